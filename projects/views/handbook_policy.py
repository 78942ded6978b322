"""A page of policies: its forms and lists, which one button saves, and the features that it touches."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from projects.access import Right, Visit, visit_project
from projects.design.vocabulary import PolicyName
from projects.views.handbook_page import render_handbook_page
from projects.views.person import signed_in
from projects.workflow.handbook.page_input import PageInput, StalePage
from projects.workflow.handbook.pages import CONVENTIONS, DATABASES, PAGE_BY_SLUG, RETENTION, Page
from projects.workflow.handbook.retention_names import Followed, Naming
from projects.workflow.handbook.saving import save_page
from projects.workflow.handbook.touched import touched_features

MOST_NAMED = 5


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
            saved = save_page(sent, actor=signed_in(request), now=timezone.now())
        except StalePage:
            return policy_page(request, visit, sent)
        messages.success(request, said_of(page) if saved.is_changed else _("Nothing was changed."))
        _tell_names(request, saved.followed)
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


def said_of(page: Page) -> str:
    """What a save says: that it is done, and for whom. The page after it counts the features."""
    return _("Saved. Features that leave it open follow it.") if page.policies else _("Saved.")


def _tell_names(request: HttpRequest, followed: Followed) -> None:
    """Say what became of data elements that name retention rules which were renamed or deleted."""
    for naming in followed.renamed:
        said = ngettext(
            "One data element of %(features)s names the rule “%(rule)s” now.",
            "%(number)d data elements of %(features)s name the rule “%(rule)s” now.",
            naming.elements,
        )
        messages.success(request, said % _words(naming))
    for naming in followed.gone:
        said = ngettext(
            "One data element of %(features)s names “%(rule)s”, which is gone: choose another rule there.",
            "%(number)d data elements of %(features)s name “%(rule)s”, which is gone: choose another rule there.",
            naming.elements,
        )
        messages.warning(request, said % _words(naming))


def _words(naming: Naming) -> dict[str, Any]:
    features = ", ".join(naming.features[:MOST_NAMED])
    more = len(naming.features) - MOST_NAMED
    if more > 0:
        features = _("%(features)s and %(number)d more") % {"features": features, "number": more}
    return {"number": naming.elements, "features": features, "rule": naming.rule}
