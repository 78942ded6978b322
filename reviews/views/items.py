"""Verdicts on items: drafted one by one, published as a batch, confirmed, dismissed."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import trigger_client_event

from projects.access import Right
from projects.design.checklist import ITEM_BY_NUMBER
from projects.htmx import wants_part
from reviews.models import ItemVerdict
from reviews.rules.terms import Verdict
from reviews.views.acting import Question, answer, at_once, posted, show
from reviews.views.addresses import ReviewAddresses
from reviews.views.checklist import Checklist
from reviews.views.checklist_items import Refusal, Sheet
from reviews.views.decision_forms import Prose, QuestionForm, ReasonForm
from reviews.views.desk import ReviewDesk, open_desk, outdated_page, read_form
from reviews.views.publishing import publishing_of
from reviews.views.shell import Shell
from reviews.workflow import publish as publishing
from reviews.workflow import verdicts
from reviews.workflow.door import Form, Outdated, Refused
from reviews.workflow.verdicts import Judgement

Act = Callable[[Form], object]


class VerdictForm(QuestionForm):
    verdict = forms.ChoiceField(choices=Verdict.choices(), required=False)
    comment = Prose(
        required=False, error_messages={"max_length": _("Not saved: write at most %(limit_value)d characters.")}
    )


@require_POST
def item(request: HttpRequest, project: str, epic: str, feature: str, number: int, item: int) -> HttpResponse:
    """Keep what the reader says of one item as a draft, forget it, take a verdict back, or confirm a carried one."""
    desk = open_desk(request, (project, epic, feature), number, Right.REVIEW)
    if item not in ITEM_BY_NUMBER:
        raise Http404("The checklist has no item of that number.")
    form = VerdictForm(request.POST)
    if not form.is_valid():
        return _refused(desk, item, form, " ".join(str(error) for each in form.errors.values() for error in each))
    act = _act_of(desk, item, form)
    if act is None:
        raise Http404("This form was not made by the application.")
    try:
        act(_seen(desk))
    except Outdated as outdated:
        return _outdated(desk, item, form, outdated)
    except Refused as refused:
        return _refused(desk, item, form, str(refused))
    if not wants_part(request):
        return redirect(f"{desk.addresses.review}?view=checklist#item-{item}")
    shown = Sheet(desk).item(item)
    response = render(request, "reviews/_verdict.html", {"desk": desk, "shown": shown})
    trigger_client_event(response, "saved", {})
    return response


def _act_of(desk: ReviewDesk, item: int, form: VerdictForm) -> Act | None:
    """What the pressed button asks for; saving is what a form does without one."""
    by: dict[str, Any] = {"actor": desk.user, "now": desk.now}
    said = Judgement(item, Verdict(form.cleaned_data["verdict"] or Verdict.NONE), form.cleaned_data["comment"])
    acts: dict[str, Act] = {
        "save": lambda seen: verdicts.draft_verdict(desk.feature, said, form=seen, **by),
        "undo": lambda seen: verdicts.drop_draft(desk.feature, item, form=seen, **by),
        "take-back": lambda seen: verdicts.draft_verdict(desk.feature, Judgement(item, Verdict.NONE), form=seen, **by),
        "confirm": lambda seen: verdicts.confirm_carried(desk.feature, [item], form=seen, **by),
    }
    return acts.get(desk.request.POST.get("action", "save"))


def _seen(desk: ReviewDesk) -> Form:
    """What the form was loaded for, which is the revision of the address if it does not say. Its key is left out: a
    record keeps its fields while it is saved again and again. Raises Outdated if it says another revision."""
    form = read_form(desk.request)
    if (form.revision is not None or form.digest) and not desk.is_for(form):
        raise Outdated(desk.head)
    return Form(desk.revision.number, desk.revision.digest)


def _refused(desk: ReviewDesk, item: int, form: VerdictForm, sentence: str) -> HttpResponse:
    return _with_refusal(desk, form, Refusal(item, sentence, *_typed(form)), 422)


def _outdated(desk: ReviewDesk, item: int, form: VerdictForm, outdated: Outdated) -> HttpResponse:
    if not wants_part(desk.request):
        return outdated_page(desk.request, desk.visit, outdated.head)
    url = f"{ReviewAddresses(desk.feature, outdated.head).review}?view=checklist#item-{item}"
    return _with_refusal(desk, form, Refusal(item, str(outdated), *_typed(form), url=url), 409)


def _typed(form: VerdictForm) -> tuple[str, str]:
    return str(form.data.get("verdict", "")), str(form.data.get("comment", ""))


def _with_refusal(desk: ReviewDesk, form: VerdictForm, refusal: Refusal, status: int) -> HttpResponse:
    """The item's form with what was typed and why it was not taken: as a part, or as a page of its own."""
    shown = Sheet(desk, refusal).item(refusal.item)
    if wants_part(desk.request):
        return render(desk.request, "reviews/_verdict.html", {"desk": desk, "shown": shown}, status=status)
    back = f"{desk.addresses.review}?view=checklist#item-{refusal.item}"
    context = {"desk": desk, "visit": desk.visit, "feature": desk.feature, "addresses": desk.addresses}
    return render(desk.request, "reviews/item.html", context | {"shown": shown, "back": back}, status=status)


@require_safe
def progress(request: HttpRequest, project: str, epic: str, feature: str, number: int) -> HttpResponse:
    """The counts of the page as they are now, each to be put in its place."""
    desk = open_desk(request, (project, epic, feature), number)
    checklist = Checklist(desk)
    context = {"desk": desk, "visit": desk.visit, "addresses": desk.addresses, "is_anew": True}
    context |= {"checklist": checklist, "bar": checklist.bar, "publishing": publishing_of(desk)}
    context["shell"] = Shell(desk, "", checklist.bar)
    return render(request, "reviews/_progress.html", context)


@require_POST
def publish(request: HttpRequest, project: str, epic: str, feature: str, number: int) -> HttpResponse:
    """Publish the reader's drafts as one batch."""
    desk = open_desk(request, (project, epic, feature), number, Right.COMMENT)
    back = f"{desk.addresses.review}?view=checklist"
    return at_once(desk, lambda seen: publishing.publish(desk.feature, actor=desk.user, now=desk.now, form=seen), back)


@require_POST
def confirm(request: HttpRequest, project: str, epic: str, feature: str, number: int) -> HttpResponse:
    """Confirm all that was carried over of the reader's verdicts."""
    desk = open_desk(request, (project, epic, feature), number, Right.REVIEW)
    back = f"{desk.addresses.review}?view=checklist"
    return at_once(
        desk,
        lambda seen: verdicts.confirm_carried(desk.feature, None, actor=desk.user, now=desk.now, form=seen),
        back,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def dismiss_verdict(
    request: HttpRequest, project: str, epic: str, feature: str, number: int, verdict: int
) -> HttpResponse:
    desk = open_desk(request, (project, epic, feature), number, Right.REVIEW)
    row = ItemVerdict.objects.filter(pk=verdict, revision=desk.revision).first()
    if row is None:
        raise Http404("This revision has no such verdict.")
    back = f"{desk.addresses.review}?view=checklist#item-{row.item}"
    question = Question("reviews/dismiss_verdict.html", back, {"verdict": row, "item": ITEM_BY_NUMBER[row.item]})
    form = ReasonForm(posted(request))
    if not form.is_bound and (obstacle := _why_not_dismissed(desk, verdict)):
        return show(desk, replace(question, context=question.context | {"obstacle": obstacle}))
    return answer(
        desk,
        form,
        lambda seen: verdicts.dismiss_fail(
            desk.feature, verdict, form.cleaned_data["reason"], actor=desk.user, now=desk.now, form=seen
        ),
        question,
    )


def _why_not_dismissed(desk: ReviewDesk, verdict: int) -> str:
    try:
        verdicts.fail_to_dismiss(desk.facts, desk.user.pk, verdict)
    except Refused as refused:
        return str(refused)
    return ""
