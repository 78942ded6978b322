"""Submitting a draft as a revision, and withdrawing one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from projects.access import Right, features
from projects.checks import RULES
from projects.design.digest import canonical, design_json, digest, section_digests
from projects.design.tree import Design
from projects.design.vocabulary import DesignState
from projects.models import Feature, Revision, User
from projects.snapshot.current import Digested, current_design
from projects.workflow.progress import evidence_of, findings_of
from reviews.models import Assignment, ItemVerdict, Review, ReviewPolicy
from reviews.reading import effective_of, latest_verdicts, members_of, review_of, verdicts_on
from reviews.rules.carrying import Frozen, carried, definitions
from reviews.rules.eligibility import Members, approvals_needed, is_solo, why_nobody
from reviews.rules.findings import frozen_findings
from reviews.rules.terms import NoticeKind
from reviews.workflow.contributors import contributors_of
from reviews.workflow.door import Form, Refused, ReviewDoor, is_open, reviewing
from reviews.workflow.parties import typed
from reviews.workflow.sealing import FROZEN, accounts, frozen_with

# Whom to ask, with whether their decision is required.
Asked = Mapping[int, bool]


@dataclass(frozen=True)
class Submission:
    """`asked` maps people to whether their decision is required; those asked before stay asked if it is None."""

    message: str = ""
    asked: Asked | None = None


def submit(
    feature: Feature, submission: Submission, *, actor: User, now: datetime, form: Form | None = None
) -> Revision:
    """Freeze the draft as the next revision, in review.

    A draft equal to a revision that was withdrawn puts that one in review again, under its number. Raises Refused if
    nothing changed, or if nobody could approve it.
    """
    with reviewing(feature, actor=actor, now=now, right=Right.EDIT, form=form) as door:
        draft = current_design(features().get(pk=feature.pk))
        members, _ = members_of(door.project)
        last = door.head
        if refusal := nothing_designed(draft.design) or nothing_new(draft.digest, last, effective_of(door.feature)):
            raise Refused(refusal)
        contributors = contributors_of(door.feature, draft.design)
        is_same = last is not None and last.withdrawn_at is not None and last.digest == draft.digest
        number = last.number + (not is_same) if last else 1
        review = _open_review(door, members, contributors, number)
        if last and is_same:
            revision = _again(door, last)
        else:
            revision = _freeze(door, draft, contributors, typed(submission.message))
            if last:
                _carry(last, revision, now)
        told = ask(door, review, members, submission.asked)
        door.said = submitted(revision, told)
    return revision


def submitted(revision: Revision, told: int) -> str:
    """What is said to whoever submitted; `told` counts the people who were asked."""
    asked = {0: "Nobody was asked by name.", 1: "1 person was asked to review it."}
    said = asked.get(told, f"{told} people were asked to review it.")
    return f"r{revision.number} is submitted. {said} The draft can be edited on; r{revision.number} does not change."


def withdraw(feature: Feature, *, actor: User, now: datetime, reason: str = "", form: Form | None = None) -> Revision:
    """Take the head out of review; verdicts and requests for changes stay, and hold for the next one by the rules."""
    with reviewing(feature, actor=actor, now=now, right=Right.EDIT, form=form) as door:
        revision = door.in_hand
        if not is_open(revision):
            raise Refused(f"r{revision.number} is not in review, so there is nothing to withdraw.")
        before = DesignState(revision.state)
        revision.withdrawn_at = now
        revision.save(update_fields=["withdrawn_at"])
        changes = {"State": [before.label, DesignState.WITHDRAWN.label]}
        door.record("withdrew", f"r{revision.number}", changes=changes, reason=typed(reason))
        text = f"{actor.display_name} withdrew {door.feature.title} r{revision.number}."
        door.tell(_asked_in(door), NoticeKind.WITHDRAWN, text)
        door.said = withdrawn(revision)
    return revision


def withdrawn(revision: Revision) -> str:
    """What is said to whoever withdrew."""
    return f"r{revision.number} is withdrawn. The draft goes on."


def nothing_designed(design: Design) -> str:
    """Why this draft cannot be reviewed at all; empty if it can."""
    if not design.is_empty:
        return ""
    return "There is nothing to review yet: nothing is designed. Begin with step 1, then say where the data is stored."


def nothing_new(draft_digest: str, head: Revision | None, effective: Revision | None) -> str:
    """Why this draft is not worth a revision; empty if it is."""
    if head and head.digest == draft_digest and not head.withdrawn_at:
        return f"Nothing changed since r{head.number}. Change the design, then submit it."
    if effective and effective.digest == draft_digest:
        return f"The draft is the same as r{effective.number}, which is approved. There is nothing to review."
    return ""


def review_to_come(feature: Feature, members: Members, now: datetime) -> Review:
    """The open review, or one by today's policy that is not saved yet."""
    if found := Review.objects.filter(feature=feature, closed_at=None).first():
        return found
    policy = ReviewPolicy.objects.filter(project=feature.epic.project).first() or ReviewPolicy()
    needed = approvals_needed(members, policy.required_approvals)
    return Review(feature=feature, required_approvals=needed, is_solo=policy.is_solo, opened_at=now)


def never_approved(review: Review, members: Members, contributors: Mapping[int, str]) -> str:
    """Why a submission could never end in an approval; empty if it can."""
    solo = is_solo(members, review.is_solo)
    return why_nobody(members, frozenset(contributors), 1 if solo else review.required_approvals, solo=solo)


def _open_review(door: ReviewDoor, members: Members, contributors: Mapping[int, str], number: int) -> Review:
    """The open review, or a new one that begins with the revision of this number."""
    review = review_to_come(door.feature, members, door.now)
    if review.pk is None:
        review.first_number = number
    if refusal := never_approved(review, members, contributors):
        raise Refused(refusal)
    review.save()
    return review


def _freeze(door: ReviewDoor, draft: Digested, contributors: Mapping[int, str], message: str) -> Revision:
    last = door.head
    former = DesignState(last.state).label if last else DesignState.DRAFT.label
    _supersede(door, last)
    number = last.number + 1 if last else 1
    revision = Revision.objects.create(
        feature=door.feature,
        number=number,
        text=design_json(draft.design),
        digest=draft.digest,
        sections=section_digests(draft.design),
        definitions=definitions(),
        findings=frozen_findings(draft.design, findings_of(draft)),
        evidence=[
            {"item": each.number, "state": each.state.value, "reason": each.reason} for each in evidence_of(draft)
        ],
        rules=rules_version(),
        contributors={str(pk): name for pk, name in contributors.items()},
        message=message,
        submitted_by=door.actor,
        submitted_at=door.now,
        events_until=door.project.event_count,
        state=DesignState.IN_REVIEW,
    )
    door.head = revision
    changes = {
        "State": [former, DesignState.IN_REVIEW.label],
        "Contributors": ["", ", ".join(contributors.values())],
        FROZEN: ["", frozen_with(revision, review_of(revision))],
    }
    door.record("submitted", f"r{number}", changes=changes, reason=message, object_uid=revision.uid)
    return revision


def rules_version() -> str:
    """Names the set of rules that made the findings: its members with their severities."""
    return digest(canonical(sorted([rule.code, rule.severity.value] for rule in RULES)))


def _supersede(door: ReviewDoor, last: Revision | None) -> None:
    """The revision before is not in review any more, before the new one is: one at a time is."""
    if last and is_open(last):
        last.state = DesignState.SUPERSEDED
        last.save(update_fields=["state"])
        door.touch(last)


def _again(door: ReviewDoor, revision: Revision) -> Revision:
    revision.withdrawn_at = None
    revision.save(update_fields=["withdrawn_at"])
    changes = {"State": [DesignState.WITHDRAWN.label, DesignState.IN_REVIEW.label]}
    door.record("submitted again", f"r{revision.number}", changes=changes)
    return revision


def _carry(before: Revision, after: Revision, now: datetime) -> None:
    """Repeat in `after` what holds for it of the verdicts on `before`; each keeps saying where it was given first."""
    rows = {row.pk: row for row in verdicts_on(before)}
    frozen = (Frozen(before.sections, before.definitions), Frozen(after.sections, after.definitions))
    ItemVerdict.objects.bulk_create(
        ItemVerdict(
            revision=after,
            item=each.item,
            reviewer_id=each.reviewer,
            reviewer_name=rows[each.pk].reviewer_name,
            verdict=each.verdict,
            comment=each.comment,
            given_at=now,
            carried_from=rows[each.pk].carried_from or rows[each.pk],
        )
        for each in carried(latest_verdicts(rows.values()), *frozen)
    )


def ask(door: ReviewDoor, review: Review, members: Members, asked: Asked | None) -> int:
    """Ask these people, and tell everybody who is asked that it is their turn; how many they are.

    Whoever is required stays so: only an owner takes them off, with a reason (`reviewers`).
    """
    standing = {row.reviewer_id: row for row in Assignment.objects.filter(review=review, ended_at=None)}
    for person, is_required in (asked or {}).items():
        if person not in members:
            raise Refused("Somebody whom you ask is not in this project any more. Choose the reviewers again.")
        row = standing.get(person) or Assignment(review=review, reviewer_id=person, asked_by=door.actor)
        row.is_required, row.asked_at = is_required or row.is_required, door.now
        row.save()
        standing[person] = row
    if asked is not None:
        for person in standing.keys() - asked.keys():
            if not standing[person].is_required:
                Assignment.objects.filter(pk=standing.pop(person).pk).update(ended_at=door.now)
    Assignment.objects.filter(pk__in=[row.pk for row in standing.values()]).update(asked_at=door.now)
    _record_asked(door, standing)
    text = f"{door.actor.display_name} submitted {door.feature.title} r{door.in_hand.number} and asks for your review."
    door.tell(standing, NoticeKind.SUBMITTED, text, is_turn=True)
    return len(standing)


def _record_asked(door: ReviewDoor, standing: Mapping[int, Assignment]) -> None:
    if standing or Assignment.objects.filter(review=door.review, ended_at=door.now).exists():
        people = User.objects.in_bulk(standing)
        names = [
            people[person].display_name + (" (required)" if row.is_required else "") for person, row in standing.items()
        ]
        changes = {"Asked": ["", ", ".join(sorted(names))]} | accounts(standing.values())
        door.record("asked for review of", f"r{door.in_hand.number}", changes=changes)


def _asked_in(door: ReviewDoor) -> set[int]:
    found = Assignment.objects.filter(review=door.review, ended_at=None)
    return set(found.values_list("reviewer", flat=True))
