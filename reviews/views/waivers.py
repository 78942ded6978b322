"""Waive an item or a finding, and end a waiver."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from projects.access import Right
from projects.design.checklist import ITEM_BY_NUMBER
from projects.design.vocabulary import Role
from reviews.models import Waiver
from reviews.views.acting import Question, answer, posted
from reviews.views.bar import Bar
from reviews.views.decision_forms import ItemWaiverForm, ReasonForm
from reviews.views.decisions import PAGE
from reviews.views.desk import ReviewDesk, open_desk
from reviews.workflow.door import Form, Refused
from reviews.workflow.waivers import ItemWaiver, end_waiver, may_waive, needs_owner, waive_finding, waive_item


@PAGE
def item(request: HttpRequest, project: str, epic: str, feature: str, number: int, item: int) -> HttpResponse:
    desk = open_desk(request, (project, epic, feature), number, Right.REVIEW)
    if item not in ITEM_BY_NUMBER:
        raise Http404("The checklist has no such item.")
    if Role.OWNER not in desk.visit.roles:
        raise PermissionDenied(_("Only an owner of this project waives items of the checklist. Ask one."))
    form = ItemWaiverForm(posted(request), today=desk.now.date())

    def act(seen: Form) -> str:
        said = ItemWaiver(item, form.cleaned_data["expires_on"], form.cleaned_data["reason"])
        return waive_item(desk.feature, said, actor=desk.user, now=desk.now, form=seen)

    verdicts = [(each.reviewer_name, each) for each in desk.facts.verdicts_by_item.get(item, ()) if each.counts]
    context = {"item": ITEM_BY_NUMBER[item], "verdicts": verdicts, "obstacle": _obstacle(desk)}
    return answer(desk, form, act, _question(desk, **context))


@PAGE
def finding(request: HttpRequest, project: str, epic: str, feature: str, number: int, subject: str) -> HttpResponse:
    desk = open_desk(request, (project, epic, feature), number, Right.COMMENT)
    found = next((each for each in desk.facts.findings if each.subject == subject), None)
    if found is None:
        raise Http404("This revision has no such finding.")
    try:
        may_waive(desk.facts, desk.user.pk, found)
        obstacle = "" if desk.is_in_review else Bar(desk).obstacle
    except Refused as refused:
        obstacle = str(refused)
    form = ReasonForm(posted(request))

    def act(seen: Form) -> str:
        reason = form.cleaned_data["reason"]
        return waive_finding(desk.feature, subject, reason=reason, actor=desk.user, now=desk.now, form=seen)

    return answer(desk, form, act, _question(desk, finding=found, obstacle=obstacle))


@PAGE
def end(request: HttpRequest, project: str, epic: str, feature: str, number: int, waiver: UUID) -> HttpResponse:
    desk = open_desk(request, (project, epic, feature), number, Right.EDIT)
    row = get_object_or_404(Waiver, feature=desk.feature, uid=waiver)
    if needs_owner(row, desk.facts) and Role.OWNER not in desk.visit.roles:
        raise PermissionDenied(_("Only an owner of this project ends a waiver of an item or an error. Ask one."))
    obstacle = _("This waiver was ended already.") if row.ended_at else ""
    form = ReasonForm(posted(request))

    def act(seen: Form) -> str:
        reason = form.cleaned_data["reason"]
        return end_waiver(desk.feature, waiver, reason=reason, actor=desk.user, now=desk.now, form=seen)

    context = {"waiver": row, "item": ITEM_BY_NUMBER.get(row.item or 0), "obstacle": obstacle}
    return answer(desk, form, act, Question("reviews/end_waiver.html", _back(desk), context))


def _question(desk: ReviewDesk, **context: Any) -> Question:
    return Question("reviews/waive.html", _back(desk), context)


def _back(desk: ReviewDesk) -> str:
    return f"{desk.addresses.review}?view=approval#review-approval"


def _obstacle(desk: ReviewDesk) -> str:
    if desk.may_dismiss:
        return ""
    return desk.why_not_eligible or Bar(desk).obstacle
