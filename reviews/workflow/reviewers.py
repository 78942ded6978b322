"""Who is asked to review: added, asked again, taken off, or declining."""

from datetime import datetime

from django.core.exceptions import PermissionDenied

from projects.access import Right
from projects.design.vocabulary import Role
from projects.models import Feature, User
from reviews.models import Assignment, Decision, Review
from reviews.rules.eligibility import eligible
from reviews.rules.facts import ReviewFacts
from reviews.rules.gate import owners
from reviews.rules.terms import DecisionKind, Ended, NoticeKind
from reviews.workflow.decide import Ending, end
from reviews.workflow.door import Form, Refused, ReviewDoor, reviewing
from reviews.workflow.parties import head_in_review, typed, written
from reviews.workflow.sealing import account


def add_reviewer(
    feature: Feature, person: int, *, is_required: bool, actor: User, now: datetime, form: Form | None = None
) -> str:
    """Ask somebody who may decide; asking who is asked already changes whether their decision is required.

    That it is not required any more is an owner's word.
    """
    with reviewing(feature, actor=actor, now=now, right=Right.EDIT, form=form) as door:
        facts, review = _in_review(door)
        name = _able(facts, person)
        row = Assignment.objects.filter(review=review, reviewer_id=person, ended_at=None).first()
        if row and row.is_required == is_required:
            raise Refused(f"{name} is asked already. To have them look again, ask again.")
        if row and row.is_required:
            _require_owner(facts, actor)
        how = "Required" if is_required else "Optional"
        if row:
            former = "Required" if row.is_required else "Optional"
            row.is_required = is_required
            row.save(update_fields=["is_required"])
        else:
            former = ""
            Assignment.objects.create(
                review=review, reviewer_id=person, is_required=is_required, asked_by=actor, asked_at=now
            )
        door.record("asked to review", name, kind="person", changes={"Decision": [former, how]} | account(person))
        text = f"{actor.display_name} asks for your review of {door.feature.title} r{door.in_hand.number}."
        door.tell([person], NoticeKind.ASKED, text, is_turn=True)
        door.said = f"{name} is asked. Their decision is {how.lower()}."
    return door.said


def remove_reviewer(
    feature: Feature, person: int, *, actor: User, now: datetime, reason: str = "", form: Form | None = None
) -> str:
    """Take somebody off the review: a required one only by an owner, with a reason.

    What they said stays: a request for changes or a fail of theirs still blocks until it is dismissed.
    """
    with reviewing(feature, actor=actor, now=now, right=Right.EDIT, form=form) as door:
        facts, review = _in_review(door)
        row = _asked(review, person)
        if row.is_required:
            _require_owner(facts, actor)
            reason = written(reason, "the reason")
        reason = typed(reason)
        row.ended_at = now
        row.save(update_fields=["ended_at"])
        name = facts.name(person)
        before = "Required" if row.is_required else "Optional"
        door.record(
            "took off the review",
            name,
            kind="person",
            changes={"Decision": [before, ""]} | account(person),
            reason=reason,
        )
        text = f"{actor.display_name} took you off the review of {door.feature.title} r{facts.revision}."
        door.tell([person], NoticeKind.UNASSIGNED, f"{text} {reason}".strip())
        door.said = f"{name} is off the review."
    return door.said


def decline(feature: Feature, *, actor: User, now: datetime, reason: str = "", form: Form | None = None) -> str:
    """A reviewer who is asked will not review. A required decision does not lapse so: an owner takes it off."""
    with reviewing(feature, actor=actor, now=now, right=Right.COMMENT, form=form) as door:
        facts, review = _in_review(door)
        row = _asked(review, actor.pk)
        if row.is_required:
            raise Refused("Your decision is required. An owner can take you off the review, with a reason.")
        reason = typed(reason)
        row.ended_at = now
        row.save(update_fields=["ended_at"])
        name = actor.display_name
        door.record(
            "declined to review",
            name,
            kind="person",
            changes={"Decision": ["Optional", ""]} | account(actor.pk),
            reason=reason,
        )
        asking = {row.asked_by_id} if row.asked_by_id else set()
        text = f"{name} declined to review {door.feature.title} r{facts.revision}. {reason}"
        door.tell(owners(facts) | asking, NoticeKind.UNASSIGNED, text.strip())
        door.said = "You are off the review. The owners are told."
    return door.said


def ask_again(
    feature: Feature, person: int, *, actor: User, now: datetime, reason: str = "", form: Form | None = None
) -> str:
    """It is the person's turn anew; a sign-off of theirs on the head counts no longer, for which a reason is due."""
    with reviewing(feature, actor=actor, now=now, right=Right.EDIT, form=form) as door:
        facts, review = _in_review(door)
        name = _able(facts, person)
        row, _ = Assignment.objects.get_or_create(
            review=review, reviewer_id=person, ended_at=None, defaults={"asked_by": actor, "asked_at": now}
        )
        row.asked_at = now
        row.save(update_fields=["asked_at"])
        found = Decision.objects.filter(revision=door.in_hand, reviewer=person, kind=DecisionKind.APPROVE, ended="")
        signed = found.select_related("revision").first()
        reason = written(reason, "the reason") if signed else typed(reason)
        if signed:
            end(door, signed, Ending(Ended.ASKED_AGAIN, reason))
        door.record("asked to review again", name, kind="person", changes=account(person), reason=reason)
        text = f"{actor.display_name} asks for your review of {door.feature.title} r{facts.revision} again. {reason}"
        door.tell([person], NoticeKind.ASKED_AGAIN, text.strip(), is_turn=True)
        door.said = f"{name} is asked again." + (" Their sign-off counts no longer." if signed else "")
    return door.said


def _in_review(door: ReviewDoor) -> tuple[ReviewFacts, Review]:
    head_in_review(door)
    review = door.review
    if review is None:
        raise Refused("No review of this feature is open.")
    return door.facts(), review


def _able(facts: ReviewFacts, person: int) -> str:
    """The name of somebody who may decide on the head; raises Refused for others."""
    if person not in facts.members:
        raise Refused("This person is not in the project. An owner can invite them as a reviewer.")
    if person not in eligible(facts):
        sentence = "they changed the design, or have neither the role Reviewer nor Owner"
        raise Refused(f"{facts.name(person)} cannot decide on r{facts.revision}: {sentence}.")
    return facts.name(person)


def _asked(review: Review, person: int) -> Assignment:
    row = Assignment.objects.filter(review=review, reviewer_id=person, ended_at=None).first()
    if row is None:
        raise Refused("This person is not asked any more.")
    return row


def _require_owner(facts: ReviewFacts, actor: User) -> None:
    if Role.OWNER not in facts.members.get(actor.pk, frozenset()):
        raise PermissionDenied("Only an owner of this project lets a required decision go. Ask one.")
