"""What is let pass with a reason: an item of the checklist until a date, a finding while nothing about it changes."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied

from projects.access import RIGHTS, Right
from projects.design.checklist import ITEM_BY_NUMBER
from projects.design.vocabulary import Role, Severity
from projects.models import Feature, User
from reviews.models import Waiver
from reviews.rules.facts import FindingFact, ReviewFacts
from reviews.rules.terms import NoticeKind
from reviews.workflow.door import Form, Refused, ReviewDoor, reviewing
from reviews.workflow.parties import concerned, head_in_review, require_owner, written
from reviews.workflow.sealing import RULE, SUBJECT

LASTS_AT_MOST = timedelta(days=366)
EDITORS = RIGHTS[Right.EDIT]


@dataclass(frozen=True)
class ItemWaiver:
    """Lets an item of the checklist pass until the end of a day (UTC), in the head and in later revisions."""

    item: int
    expires_on: date
    reason: str


def waive_item(feature: Feature, waiver: ItemWaiver, *, actor: User, now: datetime, form: Form | None = None) -> str:
    item, expires_on = waiver.item, waiver.expires_on
    if item not in ITEM_BY_NUMBER:
        raise Refused("The checklist has no such item.")
    with reviewing(feature, actor=actor, now=now, right=Right.REVIEW, form=form) as door:
        facts = door.facts()
        require_owner(facts, actor.pk, "waives items of the checklist")
        head_in_review(door)
        reason = written(waiver.reason, "the reason")
        _refuse_day(expires_on, now)
        for former in Waiver.objects.filter(feature=door.feature, item=item, ended_at=None):
            if former.expires_on and former.expires_on >= facts.today:
                raise Refused(f"Item {item} is waived already, until {former.expires_on}.")
            _end(door, former, "Expired")
        label = f"item {item}: {ITEM_BY_NUMBER[item].wording}"
        row = _create(door, reason, item=item, expires_on=expires_on)
        door.record("waived", label, changes={"Until": ["", str(expires_on)]}, reason=reason, object_uid=row.uid)
        _tell(door, facts, f"waived item {item}", f"until {expires_on}: {reason}")
        door.said = f"Item {item} is waived until {expires_on}."
    return door.said


def waive_finding(
    feature: Feature, subject: str, *, reason: str, actor: User, now: datetime, form: Form | None = None
) -> str:
    """Let a finding of the head pass until the thing that it is about changes, or what it says of it."""
    with reviewing(feature, actor=actor, now=now, right=Right.COMMENT, form=form) as door:
        facts = door.facts()
        head_in_review(door)
        found = next((each for each in facts.findings if each.subject == subject), None)
        if found is None:
            raise Refused(f"r{facts.revision} has no such finding.")
        may_waive(facts, actor.pk, found)
        reason = written(reason, "the reason")
        if found.waiver:
            raise Refused("This finding is waived already.")
        row = _create(door, reason, rule=found.rule, subject=found.subject, path=found.path[:400])
        changes = {found.severity.label: ["", found.message], RULE: ["", row.rule], SUBJECT: ["", row.subject]}
        door.record("waived", found.path or found.rule, changes=changes, reason=reason, object_uid=row.uid)
        _tell(door, facts, f"waived the {found.severity.label.lower()} “{found.message}”", f": {reason}")
        door.said = "The finding is waived while nothing about it changes."
    return door.said


def may_waive(facts: ReviewFacts, person: int, finding: FindingFact) -> None:
    """Errors: an owner who did not write the design; others: architects and owners. Raises as `require_owner`."""
    if finding.severity is Severity.ERROR:
        require_owner(facts, person, "waives errors")
    elif not facts.members.get(person, frozenset()) & EDITORS:
        raise PermissionDenied("Only architects and owners of this project waive warnings and advice. Ask one.")


def end_waiver(
    feature: Feature, uid: UUID, *, reason: str, actor: User, now: datetime, form: Form | None = None
) -> str:
    """From now on it covers nothing; what was approved with it stays approved."""
    with reviewing(feature, actor=actor, now=now, right=Right.EDIT, form=form) as door:
        row = Waiver.objects.filter(feature=door.feature, uid=uid, ended_at=None).first()
        if row is None:
            raise Refused("This waiver was ended in the meantime.")
        facts = door.facts()
        if needs_owner(row, facts) and Role.OWNER not in facts.members.get(actor.pk, frozenset()):
            raise PermissionDenied("Only an owner of this project ends a waiver of an item or an error. Ask one.")
        reason = written(reason, "the reason")
        _end(door, row, reason)
        what = f"item {row.item}" if row.item else row.path or row.rule
        door.record("ended the waiver of", what, reason=reason, object_uid=row.uid)
        _tell(door, facts, f"ended the waiver of {what}", f": {reason}")
        door.said = "The waiver is ended."
    return door.said


def needs_owner(waiver: Waiver, facts: ReviewFacts) -> bool:
    """Of items and errors; also where nobody can tell any more what it was of."""
    about = next((each for each in facts.findings if each.subject == waiver.subject), None)
    return bool(waiver.item) or about is None or about.severity is Severity.ERROR


def _refuse_day(expires_on: date, now: datetime) -> None:
    today = now.astimezone(UTC).date()
    if not today < expires_on <= today + LASTS_AT_MOST:
        raise Refused(f"A waiver ends on a day after today and within a year: until {today + LASTS_AT_MOST} at most.")


def _create(door: ReviewDoor, reason: str, **what: object) -> Waiver:
    return Waiver.objects.create(
        feature=door.feature, reason=reason, by=door.actor, by_name=door.actor.display_name, at=door.now, **what
    )


def _end(door: ReviewDoor, waiver: Waiver, reason: str) -> None:
    waiver.ended_at, waiver.ended_by_name, waiver.ended_reason = door.now, door.actor.display_name, reason
    waiver.save(update_fields=["ended_at", "ended_by_name", "ended_reason"])


def _tell(door: ReviewDoor, facts: ReviewFacts, what: str, more: str) -> None:
    text = f"{door.actor.display_name} {what} in {door.feature.title} r{facts.revision}"
    door.tell(concerned(facts), NoticeKind.WAIVED, text + more if more.startswith(":") else f"{text} {more}")
