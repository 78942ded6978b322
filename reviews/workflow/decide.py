"""What a reviewer decides on a whole revision: to sign it, or to request changes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from projects.access import Right
from projects.models import Feature, Revision, User
from reviews.models import Decision
from reviews.rules.facts import ReviewFacts
from reviews.rules.signing import missing
from reviews.rules.states import becomes_approved
from reviews.rules.terms import MEANING, DecisionKind, Ended, NoticeKind
from reviews.workflow.door import Form, Refused, ReviewDoor, reviewing
from reviews.workflow.parties import (
    concerned,
    head_in_review,
    mending,
    require_eligible,
    roles_in_words,
    typed,
    written,
)
from reviews.workflow.publish import Published, publish_into
from reviews.workflow.sealing import SELF_APPROVED


def approve(feature: Feature, *, actor: User, now: datetime, comment: str = "", form: Form | None = None) -> str:
    """Sign the head. The caller has checked the person's password again; what they drafted is published with it.

    Answers what to tell them. Raises Refused with a sentence if they may not sign, or have items left to decide.
    """
    with reviewing(feature, actor=actor, now=now, right=Right.REVIEW, form=form) as door:
        revision = head_in_review(door)
        require_eligible(door.facts(), actor.pk)
        published = publish_into(door, is_told=False)
        facts = door.facts()
        _refuse_to_sign(facts, actor)
        _end_former(door, facts)
        decision = _decide(door, facts, DecisionKind.APPROVE, typed(comment))
        changes = {"Meaning": ["", decision.meaning], "Roles": ["", decision.roles]}
        changes |= {SELF_APPROVED: ["", "Yes"]} if decision.is_self_approval else {}
        door.record("signed", f"r{revision.number}", changes=changes, reason=decision.comment)
        after = door.facts()
        if not becomes_approved(after):
            text = f"{actor.display_name} signed {door.feature.title} r{revision.number}.{_also(published)}"
            turn = mending(door, facts) if published.asks_for_mending else set()
            door.tell(turn, NoticeKind.SIGNED, text, is_turn=True)
            door.tell(concerned(after) - turn, NoticeKind.SIGNED, text)
            door.said = f"You signed r{revision.number}. More stands before its approval: the list says what."
        else:
            door.said = f"You signed r{revision.number}. It is approved."
    return door.said


def request_changes(feature: Feature, *, actor: User, now: datetime, comment: str, form: Form | None = None) -> str:
    """Object to the head until it is cleared, dismissed or decided anew; publishes what the person drafted."""
    with reviewing(feature, actor=actor, now=now, right=Right.REVIEW, form=form) as door:
        revision = head_in_review(door)
        require_eligible(door.facts(), actor.pk)
        comment = written(comment, "what has to change")
        published = publish_into(door, is_told=False)
        facts = door.facts()
        _end_former(door, facts)
        decision = _decide(door, facts, DecisionKind.REQUEST_CHANGES, comment)
        changes = {"Roles": ["", decision.roles]}
        door.record("requested changes of", f"r{revision.number}", changes=changes, reason=comment)
        text = f"{actor.display_name} requested changes of {door.feature.title} r{revision.number}: {comment}"
        text += _also(published)
        turn = mending(door, facts)
        door.tell(turn, NoticeKind.CHANGES_REQUESTED, text, is_turn=True)
        door.tell(concerned(facts) - turn, NoticeKind.CHANGES_REQUESTED, text)
        door.said = f"Changes of r{revision.number} are requested. The architects are told."
    return door.said


@dataclass(frozen=True)
class Ending:
    """How a decision comes to stand no longer."""

    how: Ended
    reason: str = ""


def end(door: ReviewDoor, decision: Decision, ending: Ending) -> None:
    """The decision stays readable, with who ended it, when and why."""
    decision.ended, decision.ended_at, decision.ended_reason = ending.how, door.now, ending.reason
    decision.ended_by, decision.ended_by_name = door.actor, door.actor.display_name
    decision.save(update_fields=["ended", "ended_at", "ended_by", "ended_by_name", "ended_reason"])
    door.touch(_same(door, decision.revision))


def _same(door: ReviewDoor, revision: Revision) -> Revision:
    """The door's own row of the head, so that one revision is never two that differ."""
    return door.head if door.head and door.head.pk == revision.pk else revision


def _refuse_to_sign(facts: ReviewFacts, actor: User) -> None:
    if any(each.reviewer == actor.pk for each in facts.approvals):
        raise Refused(f"You signed r{facts.revision} already, and it counts.")
    if left := missing(facts, actor.pk):
        raise Refused(left.sentence)


def _end_former(door: ReviewDoor, facts: ReviewFacts) -> None:
    """The person's decisions on this revision, and their requests on earlier ones, give way to the new one.

    Sign-offs on earlier revisions stay what they are: of those.
    """
    former = [
        each.pk
        for each in facts.decisions
        if each.reviewer == door.actor.pk
        and each.stands
        and (each.revision == facts.revision or each.kind is DecisionKind.REQUEST_CHANGES)
    ]
    for decision in Decision.objects.filter(pk__in=former).select_related("revision"):
        end(door, decision, Ending(Ended.DECIDED_ANEW))


def _also(published: Published) -> str:
    return f" Published: {published}." if published else ""


def _decide(door: ReviewDoor, facts: ReviewFacts, kind: DecisionKind, comment: str) -> Decision:
    actor, revision = door.actor, door.in_hand
    signed: dict[str, Any] = {}
    if kind is DecisionKind.APPROVE:
        signed = {"meaning": MEANING, "is_self_approval": facts.is_solo and actor.pk in facts.contributors}
    return Decision.objects.create(
        revision=revision,
        reviewer=actor,
        reviewer_name=actor.display_name,
        roles=roles_in_words(facts, actor.pk),
        kind=kind,
        comment=comment,
        digest=revision.digest,
        decided_at=door.now,
        **signed,
    )
