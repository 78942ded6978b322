"""Sign, request changes, revoke, clear and dismiss."""

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from projects.access import Right
from projects.design.vocabulary import Role
from projects.workflow.people import in_words
from reviews.rules.terms import MEANING
from reviews.views.acting import Question, answer, at_once, posted, show
from reviews.views.bar import Bar
from reviews.views.decision_forms import ChangesForm, ReasonForm, SignForm
from reviews.views.desk import ReviewDesk, open_desk
from reviews.workflow import decide, undecide
from reviews.workflow.door import Form

PAGE = require_http_methods(["GET", "HEAD", "POST"])


@sensitive_post_parameters("password")
@PAGE
def approve(request: HttpRequest, project: str, epic: str, feature: str, number: int) -> HttpResponse:
    desk = open_desk(request, (project, epic, feature), number, Right.REVIEW)
    bar = Bar(desk)
    context = {
        "meaning": MEANING,
        "roles": in_words(desk.visit.roles),
        "obstacle": bar.obstacle,
        "others": bar.left_to_others,
        "is_self_approval": desk.facts.is_solo and desk.user.pk in desk.facts.contributors,
    }
    question = Question("reviews/approve.html", desk.addresses.review, context)
    form = SignForm(posted(request))
    if not form.is_bound and bar.obstacle:
        return show(desk, question)
    if form.is_valid() and not _is_authentic(desk, form):
        return show(desk, question, form)
    return answer(
        desk,
        form,
        lambda seen: decide.approve(
            desk.feature, actor=desk.user, now=desk.now, comment=form.cleaned_data["comment"], form=seen
        ),
        question,
    )


def _is_authentic(desk: ReviewDesk, form: SignForm) -> bool:
    """Whether the password is the person's own. Nobody is signed in by this, so other tabs keep their CSRF tokens;
    attempts count with those of the sign-in."""
    credentials = {"email": desk.user.email, "password": form.cleaned_data["password"]}
    try:
        person = get_adapter().authenticate(desk.request, **credentials)
    except ValidationError:
        form.add_error("password", _("Not signed: too many wrong passwords. Try again in some minutes."))
        return False
    if person is None or person.pk != desk.user.pk:
        form.add_error("password", _("This is not your password. Nothing was signed; your comment is kept."))
        return False
    return True


@PAGE
def request_changes(request: HttpRequest, project: str, epic: str, feature: str, number: int) -> HttpResponse:
    desk = open_desk(request, (project, epic, feature), number, Right.REVIEW)
    obstacle = "" if desk.may_decide else Bar(desk).obstacle
    question = Question("reviews/request_changes.html", desk.addresses.review, {"obstacle": obstacle})
    form = ChangesForm(posted(request))
    return answer(
        desk,
        form,
        lambda seen: decide.request_changes(
            desk.feature, actor=desk.user, now=desk.now, comment=form.cleaned_data["comment"], form=seen
        ),
        question,
    )


@PAGE
def revoke(request: HttpRequest, project: str, epic: str, feature: str, number: int) -> HttpResponse:
    desk = open_desk(request, (project, epic, feature), number, Right.REVIEW)
    mine = next((each for each in desk.facts.approvals if each.reviewer == desk.user.pk), None)
    question = Question("reviews/revoke.html", desk.addresses.review, {"decision": mine})
    form = ReasonForm(posted(request))

    def act(seen: Form) -> str:
        # The effective revision need not be the newest one, which is what the door compares with.
        return undecide.revoke(
            desk.feature,
            number,
            actor=desk.user,
            now=desk.now,
            reason=form.cleaned_data["reason"],
            form=Form(key=seen.key, asked=seen.asked),
        )

    return answer(desk, form, act, question)


@require_POST
def clear(request: HttpRequest, project: str, epic: str, feature: str, number: int, decision: int) -> HttpResponse:
    desk = open_desk(request, (project, epic, feature), number, Right.REVIEW)
    return at_once(
        desk,
        lambda seen: undecide.clear_request(desk.feature, decision, actor=desk.user, now=desk.now, form=seen),
        desk.addresses.review,
    )


@PAGE
def dismiss(request: HttpRequest, project: str, epic: str, feature: str, number: int, decision: int) -> HttpResponse:
    desk = open_desk(request, (project, epic, feature), number, Right.REVIEW)
    if Role.OWNER not in desk.visit.roles:
        raise PermissionDenied(_("Only an owner of this project dismisses objections. Ask one."))
    found = next((each for each in desk.facts.decisions if each.pk == decision), None)
    if found is None:
        raise Http404("This revision has no such decision.")
    obstacle = "" if desk.may_dismiss else desk.why_not_eligible or Bar(desk).obstacle
    context = {"decision": found, "name": found.reviewer_name, "obstacle": obstacle}
    form = ReasonForm(posted(request))
    return answer(
        desk,
        form,
        lambda seen: undecide.dismiss_decision(
            desk.feature, decision, actor=desk.user, now=desk.now, reason=form.cleaned_data["reason"], form=seen
        ),
        Question("reviews/dismiss_decision.html", desk.addresses.review, context),
    )
