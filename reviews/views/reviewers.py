"""Who is asked to review: a page to see and change that."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from projects.access import Right
from projects.design.vocabulary import Role
from reviews.rules.eligibility import eligible
from reviews.views.acting import Question, answer, posted, show
from reviews.views.decision_forms import OptionalReasonForm, ReasonForm, ReviewerForm
from reviews.views.decisions import PAGE
from reviews.views.desk import ReviewDesk, open_desk
from reviews.views.gate import GateView, Person
from reviews.workflow import reviewers as verbs
from reviews.workflow.door import Form


@PAGE
def reviewers(request: HttpRequest, project: str, epic: str, feature: str, number: int) -> HttpResponse:
    is_post = request.method == "POST"
    desk = open_desk(request, (project, epic, feature), number, Right.EDIT if is_post else Right.READ)
    may_ask = desk.is_in_review and desk.visit.may_edit
    form = ReviewerForm(posted(request), people=_people(desk))
    context = {
        "people": [_asked(desk, each, may_ask=may_ask) for each in GateView(desk).people],
        "may_ask": may_ask,
    }
    question = Question("reviews/reviewers.html", desk.addresses.at("reviewers"), context)
    if not is_post:
        return show(desk, question, form)

    def act(seen: Form) -> str:
        return verbs.add_reviewer(
            desk.feature,
            form.cleaned_data["person"],
            is_required=form.cleaned_data["is_required"],
            actor=desk.user,
            now=desk.now,
            form=seen,
        )

    return answer(desk, form, act, question)


@dataclass(frozen=True)
class Asked:
    """Somebody on the page, with the addresses of what the reader may do about it."""

    name: str
    mark: str
    is_required: bool
    asked_at: datetime | None
    ask_again: str = ""
    remove: str = ""
    decline: str = ""


def _asked(desk: ReviewDesk, person: Person, *, may_ask: bool) -> Asked:
    at = desk.addresses.at
    row = next((each for each in desk.facts.assignments if each.reviewer == person.pk), None)
    may_remove = row and may_ask and (Role.OWNER in desk.visit.roles or not row.is_required)
    may_decline = row and desk.is_in_review and person.pk == desk.user.pk and not row.is_required
    return Asked(
        person.name,
        person.mark,
        person.is_required,
        row.asked_at if row else None,
        ask_again=at("ask-again", person=person.pk) if may_ask and person.pk in eligible(desk.facts) else "",
        remove=at("remove-reviewer", person=person.pk) if may_remove else "",
        decline=at("decline") if may_decline else "",
    )


def _people(desk: ReviewDesk) -> list[tuple[int, str]]:
    """Whoever may decide on this revision."""
    found = [(person, desk.facts.name(person)) for person in eligible(desk.facts)]
    return sorted(found, key=lambda each: (each[1].casefold(), each[0]))


@PAGE
def ask_again(request: HttpRequest, project: str, epic: str, feature: str, number: int, person: int) -> HttpResponse:
    """The page is for those who have signed; the others are asked again at once."""
    desk = open_desk(request, (project, epic, feature), number, Right.EDIT)
    has_signed = any(each.reviewer == person for each in desk.facts.approvals)
    form = (ReasonForm if has_signed else OptionalReasonForm)(posted(request))

    def act(seen: Form) -> str:
        reason = form.cleaned_data["reason"]
        return verbs.ask_again(desk.feature, person, actor=desk.user, now=desk.now, reason=reason, form=seen)

    context = {"name": desk.facts.name(person), "has_signed": has_signed}
    return answer(desk, form, act, Question("reviews/ask_again.html", desk.addresses.at("reviewers"), context))


@PAGE
def remove(request: HttpRequest, project: str, epic: str, feature: str, number: int, person: int) -> HttpResponse:
    desk = open_desk(request, (project, epic, feature), number, Right.EDIT)
    asked = next((each for each in desk.facts.assignments if each.reviewer == person), None)
    needs_owner = bool(asked and asked.is_required and Role.OWNER not in desk.visit.roles)
    obstacle = _("Only an owner of this project lets a required decision go. Ask one.") if needs_owner else ""
    if asked is None and request.method != "POST":
        obstacle = _("This person is not asked any more.")
    form = (ReasonForm if asked and asked.is_required else OptionalReasonForm)(posted(request))

    def act(seen: Form) -> str:
        reason = form.cleaned_data["reason"]
        return verbs.remove_reviewer(desk.feature, person, actor=desk.user, now=desk.now, reason=reason, form=seen)

    context = {"name": desk.facts.name(person), "asked": asked, "obstacle": obstacle}
    return answer(desk, form, act, Question("reviews/remove_reviewer.html", desk.addresses.at("reviewers"), context))


@PAGE
def decline(request: HttpRequest, project: str, epic: str, feature: str, number: int) -> HttpResponse:
    desk = open_desk(request, (project, epic, feature), number, Right.COMMENT)
    form = OptionalReasonForm(posted(request))

    def act(seen: Form) -> str:
        return verbs.decline(desk.feature, actor=desk.user, now=desk.now, reason=form.cleaned_data["reason"], form=seen)

    return answer(desk, form, act, Question("reviews/decline.html", desk.addresses.at("reviewers")))
