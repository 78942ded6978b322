"""How decisions come to stand no longer: taken back by who made them, or dismissed by an owner with a reason."""

from datetime import datetime

from projects.access import Right
from projects.models import Feature, Revision, User
from reviews.models import Decision
from reviews.notices import Occasion, tell
from reviews.reading import effective_of, review_of
from reviews.rules.facts import DecisionFact, ReviewFacts
from reviews.rules.terms import DecisionKind, Ended, NoticeKind
from reviews.workflow.decide import Ending, end
from reviews.workflow.door import Form, Refused, ReviewDoor, reopen, reviewing
from reviews.workflow.parties import concerned, head_in_review, require_owner, written
from reviews.workflow.sealing import DECIDED, FROZEN, account, frozen_with, written_at


def clear_request(feature: Feature, decision: int, *, actor: User, now: datetime, form: Form | None = None) -> str:
    """The objector takes the own request for changes back."""
    with reviewing(feature, actor=actor, now=now, right=Right.REVIEW, form=form) as door:
        facts = door.facts()
        found = _objection(facts, decision)
        if found.reviewer != actor.pk or found.ended:
            raise Refused("Only who requested changes clears the request. An owner can dismiss it with a reason.")
        end(door, _row(decision), Ending(Ended.CLEARED))
        door.record("cleared the objection to", f"r{found.revision}")
        text = f"{actor.display_name} cleared the request for changes of {door.feature.title} r{found.revision}."
        door.tell(concerned(facts), NoticeKind.DISMISSED, text)
        door.said = "Your request for changes is cleared. It blocks no longer."
    return door.said


def dismiss_decision(
    feature: Feature, decision: int, *, actor: User, now: datetime, reason: str, form: Form | None = None
) -> str:
    """An owner who did not write the design ends a request for changes or the objection that a revocation is."""
    with reviewing(feature, actor=actor, now=now, right=Right.REVIEW, form=form) as door:
        facts = door.facts()
        require_owner(facts, actor.pk, "dismisses objections")
        head_in_review(door)
        found = _objection(facts, decision)
        reason = written(reason, "the reason")
        what = "the revocation" if found.ended else "the request for changes"
        # The row says how the decision ended last; that it was revoked first is part of that.
        kept = f"{reason} (revoked by {found.ended_by}: {found.ended_reason})" if found.ended else reason
        end(door, _row(decision), Ending(Ended.DISMISSED, kept))
        whose = facts.name(found.reviewer)
        changes = {"Of": [whose, ""], DECIDED: [written_at(found.decided_at), ""]} | account(found.reviewer)
        door.record("dismissed the objection to", f"r{found.revision}", changes=changes, reason=reason)
        text = f"{actor.display_name} dismissed {what} of {whose} on {door.feature.title} r{found.revision}: {reason}"
        door.tell(concerned(facts), NoticeKind.DISMISSED, text)
        door.said = f"{what[0].upper()}{what[1:]} of {whose} is dismissed. It blocks no longer."
    return door.said


def revoke(feature: Feature, number: int, *, actor: User, now: datetime, reason: str, form: Form | None = None) -> str:
    """A signer takes the own sign-off on the head or the effective revision back; an approval falls with it.

    The revision need not be the head, so the caller compares what the form was loaded for, and hands on its key alone.
    """
    with reviewing(feature, actor=actor, now=now, right=Right.REVIEW, form=form) as door:
        revision = _revocable(door, number)
        mine = Decision.objects.filter(revision=revision, reviewer=actor, kind=DecisionKind.APPROVE, ended="").first()
        if mine is None:
            raise Refused(f"You have no sign-off on r{number} that stands. Only who signed revokes a sign-off.")
        reason = written(reason, "the reason")
        end(door, mine, Ending(Ended.REVOKED, reason))
        door.record("revoked the sign-off of", f"r{number}", revision=revision, reason=reason)
        was_approved = revision.approved_at is not None
        if was_approved:
            _fall(door, revision)
        text = f"{actor.display_name} revoked the sign-off of {door.feature.title} r{number}: {reason}"
        occasion = Occasion(door.feature, revision, actor, now)
        tell(concerned(door.facts()) | _signers(revision), NoticeKind.REVOKED, text, occasion)
        fell = " It is not approved any more." if was_approved else ""
        door.said = f"Your sign-off of r{number} is revoked.{fell}"
    return door.said


def _revocable(door: ReviewDoor, number: int) -> Revision:
    head, effective = door.in_hand, effective_of(door.feature)
    if number == head.number:
        return head
    if effective is None or effective.number != number:
        raise Refused(f"r{number} is neither in review nor in effect, so a sign-off of it decides nothing any more.")
    effective.feature = door.feature
    return effective


def _fall(door: ReviewDoor, revision: Revision) -> None:
    """The approval falls; the one before it, if any, is in effect again, and its record says so.

    A newer head then also holds what was never approved: who wrote that may not judge it.
    """
    reopen(door, revision)
    if former := effective_of(door.feature):
        door.touch(former)
    head = door.in_hand
    if head.pk != revision.pk and not revision.contributors.keys() <= head.contributors.keys():
        head.contributors = revision.contributors | head.contributors
        head.save(update_fields=["contributors"])
        names = ", ".join(head.contributors.values())
        changes = {"Contributors": ["", names], FROZEN: ["", frozen_with(head, review_of(head))]}
        door.record("added contributors to", f"r{head.number}", changes=changes)


def _signers(revision: Revision) -> set[int]:
    return set(Decision.objects.filter(revision=revision).values_list("reviewer", flat=True))


def _objection(facts: ReviewFacts, decision: int) -> DecisionFact:
    found = next((each for each in facts.objections if each.pk == decision), None)
    if found is None:
        raise Refused("This objection stands no longer: it was cleared, dismissed or decided anew in the meantime.")
    return found


def _row(decision: int) -> Decision:
    return Decision.objects.select_related("revision").get(pk=decision)
