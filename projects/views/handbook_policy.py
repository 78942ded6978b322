"""A page of policies: its forms and lists, which one button saves, and the features that it touches."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from projects.access import Right, Visit, visit_project
from projects.design.vocabulary import PolicyName
from projects.views.handbook_page import render_handbook_page
from projects.views.person import signed_in
from projects.workflow.handbook.page_input import PageInput, StalePage
from projects.workflow.handbook.pages import CONVENTIONS, DATABASES, PAGE_BY_SLUG, RETENTION
from projects.workflow.handbook.saving import save_page
from projects.workflow.handbook.touched import TouchedFeatures, touched_features


@require_http_methods(["GET", "HEAD", "POST"])
def handbook_policy(request: HttpRequest, project: str, slug: str) -> HttpResponse:
    visit = visit_project(signed_in(request), project, Right.READ if request.method != "POST" else Right.MANAGE)
    if slug == PolicyName.PROTECTION:
        return redirect("handbook-policy", visit.project.key, RETENTION.slug)
    page = PAGE_BY_SLUG.get(slug)
    if page is None or page is DATABASES:
        raise Http404("The handbook has no such page.")
    sent = PageInput(page, visit.project, request.POST if request.method == "POST" else None)
    if request.method == "POST" and not sent.act(request.POST.get("act", "")) and sent.is_valid():
        try:
            is_changed = save_page(sent, actor=signed_in(request), now=timezone.now())
        except StalePage:
            return policy_page(request, visit, sent)
        messages.success(request, said_of(touched_features(visit.project, page.policies), is_changed=is_changed))
        return redirect("handbook-policy", visit.project.key, slug)
    return policy_page(request, visit, sent)


@require_http_methods(["GET", "HEAD", "POST"])
def former_conventions(request: HttpRequest, project: str) -> HttpResponse:
    """Where the conventions stood before there was a handbook; what was typed there is sent on too."""
    visit = visit_project(signed_in(request), project)
    return redirect("handbook-policy", visit.project.key, CONVENTIONS.slug, permanent=True, preserve_request=True)


def policy_page(
    request: HttpRequest, visit: Visit, sent: PageInput, template: str = "projects/handbook/policy.html", **more: Any
) -> HttpResponse:
    """The page as it was sent: 409 if somebody else saved parts of it meanwhile, 422 with errors."""
    status = 409 if sent.is_conflict or more.get("is_gone") else 422 if sent.wrong else 200
    context = {
        "page": sent.page,
        "sent": sent,
        "may_change": visit.may_manage and not visit.project.is_archived,
        "touched": touched_features(visit.project, sent.page.policies) if sent.page.policies else None,
    }
    return render_handbook_page(request, visit, template, context | more, current=sent.page.slug, status=status)


def said_of(touched: TouchedFeatures, *, is_changed: bool = True) -> str:
    """What a save says: that it is done, and which features it touches."""
    if not is_changed:
        return _("Nothing was changed.")
    following, departing = len(touched.following), len(touched.departing)
    if not following and not departing:
        return _("Saved.")
    words = _("Saved. Features that follow this: %(following)d; that depart from it: %(departing)d.")
    return words % {"following": following, "departing": departing}
