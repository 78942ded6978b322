"""The page on which owners say what reviews in their project ask for."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.access import Right, visit_project
from projects.views.card import saved, status_of
from projects.views.person import signed_in
from projects.views.project_page import render_project_page
from reviews.reading import members_of
from reviews.rules.eligibility import approvals_needed
from reviews.views.decision_forms import ReviewPolicyForm
from reviews.views.decisions import PAGE
from reviews.workflow.review_policy import change_policy, policy_of


@PAGE
def review_policy(request: HttpRequest, project: str) -> HttpResponse:
    visit = visit_project(signed_in(request), project, Right.READ if request.method != "POST" else Right.MANAGE)
    policy = policy_of(visit.project)
    members, _names = members_of(visit.project)
    needed = approvals_needed(members, policy.required_approvals)
    # The form writes what was typed into its instance, also where that is refused.
    form = ReviewPolicyForm(request.POST if request.method == "POST" else None, instance=policy)
    changed = saved(
        request,
        form,
        lambda: change_policy(
            visit.project, form.values, loaded=form.loaded, actor=signed_in(request), now=timezone.now()
        ),
    )
    if changed:
        messages.success(request, _("Saved. Reviews that are open keep what held when they began."))
        return redirect("review-policy", visit.project.key)
    context = {"form": form, "needed": needed, "people": len(members)}
    return render_project_page(
        request, visit, "reviews/policy.html", context, tab="project-settings", status=status_of(form)
    )
