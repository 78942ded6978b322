"""Short ways to the states that tests of reviews begin in."""

from django.utils import timezone

from projects.access import Right
from projects.design.checklist import CHECKLIST
from projects.models import Feature, Revision, User
from reviews.models import Decision, ItemVerdict
from reviews.rules.terms import MEANING, DecisionKind, Verdict
from reviews.workflow.door import reviewing
from reviews.workflow.submit import Submission, submit
from tests.factories import change_draft


def give_all(revision: Revision, person: User, verdict: Verdict = Verdict.PASS) -> None:
    """The person's verdict on every item, published."""
    ItemVerdict.objects.bulk_create(
        ItemVerdict(
            revision=revision,
            item=item.number,
            reviewer=person,
            reviewer_name=person.display_name,
            verdict=verdict,
            given_at=timezone.now(),
        )
        for item in CHECKLIST
    )


def approve(feature: Feature, person: User) -> None:
    """The person's sign-off on the head, through the door but without its rules; what they are, their tests say."""
    now = timezone.now()
    with reviewing(feature, actor=person, now=now, right=Right.REVIEW) as door:
        Decision.objects.create(
            revision=door.in_hand,
            reviewer=person,
            reviewer_name=person.display_name,
            roles="Reviewer",
            kind=DecisionKind.APPROVE,
            meaning=MEANING,
            digest=door.in_hand.digest,
            decided_at=now,
        )


def submit_next(feature: Feature, person: User, message: str = "") -> Revision:
    """The next revision, with a change of the draft by this person, in review."""
    change_draft(feature, person)
    return submit(feature, Submission(message), actor=person, now=timezone.now())
