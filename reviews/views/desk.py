"""The desk of a review: who is at which revision of which feature, with all that its pages and commands need."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Protocol
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from projects.access import FeatureVisit, Right, visit_feature
from projects.design.digest import canonical, digest
from projects.design.vocabulary import Role
from projects.models import Feature, Revision, User
from projects.snapshot.current import Digested
from projects.snapshot.revisions import frozen
from reviews.comparing import last_reviewed
from reviews.reading import facts_of
from reviews.rules.eligibility import why_not_eligible
from reviews.rules.facts import ReviewFacts
from reviews.rules.gate import Requirement, gate
from reviews.thread_reading import SeenThreads, seen_threads
from reviews.views.addresses import ReviewAddresses
from reviews.views.outdated import outdated_page
from reviews.workflow.door import DoneBefore, Form, Outdated, is_open

# What differs between two clicks on the same button, or is nobody's business.
NOT_ASKED = ("csrfmiddlewaretoken", "password")


class Desk(Protocol):
    """Who asks for what, at which feature: what a command needs, also where no revision is."""

    @property
    def request(self) -> HttpRequest: ...

    @property
    def visit(self) -> FeatureVisit: ...


@dataclass(frozen=True)
class ReviewDesk:
    """`revision` is the one the page is of; `revisions` are all of the feature, newest first, without their texts."""

    request: HttpRequest
    visit: FeatureVisit
    revision: Revision
    revisions: tuple[Revision, ...]
    now: datetime

    @property
    def feature(self) -> Feature:
        return self.visit.feature

    @property
    def user(self) -> User:
        return self.visit.user

    @cached_property
    def addresses(self) -> ReviewAddresses:
        return ReviewAddresses(self.feature, self.revision)

    @cached_property
    def digested(self) -> Digested:
        """The frozen design."""
        return frozen(self.revision)

    @cached_property
    def facts(self) -> ReviewFacts:
        return facts_of(self.revision, self.now)

    @cached_property
    def requirements(self) -> tuple[Requirement, ...]:
        return gate(self.facts)

    @cached_property
    def threads(self) -> SeenThreads:
        """What was published of threads, and the person's own drafts."""
        return seen_threads(self.revision, self.digested.design, self.user)

    @cached_property
    def last_reviewed(self) -> int | None:
        """The number of the last revision before this one that the person reviewed."""
        return last_reviewed(self.revision, self.user)

    @property
    def head(self) -> Revision:
        return self.revisions[0]

    @property
    def effective(self) -> Revision | None:
        return next((each for each in self.revisions if each.approved_at), None)

    @property
    def is_head(self) -> bool:
        return self.revision.pk == self.head.pk

    @property
    def is_in_review(self) -> bool:
        """Whether anything can be said of this revision now."""
        is_archived = self.visit.project.is_archived or self.feature.archived_at is not None
        return self.is_head and is_open(self.revision) and not is_archived

    def is_for(self, form: Form) -> bool:
        """Whether the form was loaded for the revision at whose address it arrived."""
        return (form.revision, form.digest) == (self.revision.number, self.revision.digest)

    @cached_property
    def why_not_eligible(self) -> str:
        return why_not_eligible(self.facts, self.user.pk)

    @property
    def may_decide(self) -> bool:
        """Give verdicts, open blocking threads, request changes, sign."""
        return self.is_in_review and not self.why_not_eligible

    @property
    def may_comment(self) -> bool:
        return self.visit.may(Right.COMMENT) and self.feature.archived_at is None

    @property
    def may_dismiss(self) -> bool:
        """Waive items and errors, dismiss: owners who did not write the design."""
        return Role.OWNER in self.visit.roles and self.may_decide

    @property
    def new_key(self) -> UUID:
        """A key for one form."""
        return uuid4()


def open_desk(request: HttpRequest, keys: tuple[str, str, str], number: int, right: Right = Right.READ) -> ReviewDesk:
    """The desk at revision `number` of the feature at `keys`: project, epic, feature. Raises as `visit_feature`."""
    visit = visit_feature(request.user, *keys, right)  # type: ignore[arg-type]  # signed in, by middleware
    listed = Revision.objects.filter(feature=visit.feature).select_related("submitted_by").order_by("-number")
    found = tuple(listed.defer("text", "findings", "evidence", "sections", "definitions"))
    revision = next((each for each in found if each.number == number), None)
    if revision is None:
        raise Http404("This feature has no revision of that number.")
    for each in found:
        each.feature = visit.feature
    return ReviewDesk(request, visit, revision, found, timezone.now())


def read_form(request: HttpRequest) -> Form:
    """What reviews/_seen.html put into the form; nonsense reads as nothing."""
    number, key = request.POST.get("seen_revision", ""), request.POST.get("key", "")
    try:
        seen, once = int(number) if number else None, UUID(key) if key else None
    except ValueError:
        raise Http404("This form was not made by the application.") from None
    return Form(seen, request.POST.get("seen_digest", ""), once, _asked(request))


def _asked(request: HttpRequest) -> str:
    """The digest of what is asked for; a repeated click has the same, also after signing in anew."""
    typed = sorted((name, values) for name, values in request.POST.lists() if name not in NOT_ASKED)
    return digest(canonical([request.get_full_path(), typed]))


def carry_out(desk: Desk, act: Callable[[Form], str], back: str | Callable[[], str]) -> HttpResponse:
    """Do it and go back, with what it answers as a message; a repeated click gets the first answer.

    `back` may be a function, where it is known only after the deed. A form for a revision that is not the head any
    more, or for another one than its address is of, is answered with 409: what changed, and what was typed. `Refused`
    goes through to the caller, who shows it where it was typed.
    """
    form = read_form(desk.request)
    if isinstance(desk, ReviewDesk) and not desk.is_for(form):
        return outdated_page(desk.request, desk.visit, desk.head)
    try:
        said = act(form)
    except DoneBefore as before:
        said = before.said
    except Outdated as outdated:
        return outdated_page(desk.request, desk.visit, outdated.head)
    if said:
        messages.success(desk.request, said)
    return redirect(back if isinstance(back, str) else back())
