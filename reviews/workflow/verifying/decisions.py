"""Decisions beside the events that made them and those that ended them."""

from collections.abc import Iterator, Sequence
from typing import Any

from projects.models import Event, Project
from reviews.models import Decision
from reviews.reading import light
from reviews.rules.terms import DecisionKind, Ended
from reviews.workflow.sealing import DECIDED, FROZEN, SELF_APPROVED, told_account, written_at
from reviews.workflow.verifying.told import REVOKED, SUBMITTED, UNTOLD, OneOf, Told, moment

MADE_BY = {"signed": DecisionKind.APPROVE, "requested changes of": DecisionKind.REQUEST_CHANGES}
CLEARED, DISMISSED, ASKED_AGAIN = "cleared the objection to", "dismissed the objection to", "asked to review again"
VERBS = (SUBMITTED, *MADE_BY, REVOKED, CLEARED, DISMISSED, ASKED_AGAIN)
# Revision, reviewer, when; within one feature.
Key = tuple[int, int, Any]
Said = dict[str, Any]
STANDING = {"ended": "", "ended_at": None, "ended_by_id": None, "ended_by_name": "", "ended_reason": ""}
ENDING = (*STANDING,)
MADE = ("kind", "comment", "digest", "meaning", "roles", "reviewer_name", "is_self_approval")


def wrong_decisions(project: Project) -> Iterator[str]:
    """A sentence for each decision that the history tells otherwise or not at all, and for each that is missing."""
    told = Told(project, VERBS)
    rows: dict[int, dict[Key, Decision]] = {}
    found = Decision.objects.filter(revision__feature__epic__project=project).select_related("revision")
    for row in light(found, "revision").order_by("pk"):
        key = (row.revision.number, row.reviewer_id, row.decided_at)
        rows.setdefault(row.revision.feature_id, {})[key] = row
    for feature in dict.fromkeys([*told.events, *rows]):
        kept = rows.get(feature, {})
        said = Replay(told, kept).of(told.events[feature])
        for key, event_said in said.items():
            if key not in kept:
                name = f"{told.name(feature, key[0])}, {event_said['by']}"
                yield f"{name}: the decision at {moment(key[2])} is in the history, and not in the database."
        for key, row in kept.items():
            name = f"{told.name(feature, key[0])}, {row.reviewer_name}"
            yield from (f"{name}: {problem}" for problem in _of_one(row, said.get(key)))


def _of_one(row: Decision, said: Said | None) -> Iterator[str]:
    if row.digest != row.revision.digest:
        yield "the decision is on another digest than that of the revision."
    if said is None:
        yield f"the history has no decision at {moment(row.decided_at)}."
        return
    if wrong := [name.replace("_", " ") for name in MADE if getattr(row, name) != said[name]]:
        yield f"the decision is not as in the history: {', '.join(wrong)}."
    if any(getattr(row, name) != said[name] for name in ENDING):
        if row.ended and row.ended != said["ended"]:
            yield f"the history does not say that the decision was {row.get_ended_display()}."
        elif said["ended"] and not row.ended:
            yield f"the history says that the decision was {Ended(said['ended']).label}."
        else:
            yield "how the decision ended is not as in the history."


class Replay:
    """Tells from the events of one feature what its decisions must be. `rows` answer where old events are silent."""

    def __init__(self, told: Told, rows: dict[Key, Decision]) -> None:
        self._told, self._rows = told, rows
        self._said: dict[Key, Said] = {}
        # Whether events are as complete as those of today.
        self._is_complete = False

    def of(self, events: Sequence[Event]) -> dict[Key, Said]:
        acts = {
            SUBMITTED: self._submit,
            REVOKED: self._revoke,
            CLEARED: self._clear,
            DISMISSED: self._dismiss,
            ASKED_AGAIN: self._ask_again,
        }
        for event in events:
            acts.get(event.verb, self._make)(event)
        return self._said

    def _submit(self, event: Event) -> None:
        self._is_complete = FROZEN in event.changes

    def _make(self, event: Event) -> None:
        number, person, kind = event.revision or 0, event.actor_id or 0, MADE_BY[event.verb]
        for said in self._standing(person):
            if said["number"] == number or said["kind"] == DecisionKind.REQUEST_CHANGES:
                self._end(said, event, Ended.DECIDED_ANEW, "")
        meaning = event.changes["Meaning"][1] if "Meaning" in event.changes else ""
        is_self_approval = SELF_APPROVED in event.changes or (False if self._is_complete else UNTOLD)
        self._said[number, person, event.at] = {
            "number": number,
            "by": event.actor_name,
            "person": person,
            "kind": kind,
            "comment": event.reason,
            "digest": event.digest,
            "meaning": meaning,
            "roles": event.changes["Roles"][1] if "Roles" in event.changes else UNTOLD,
            "reviewer_name": self._told.called(event),
            "is_self_approval": is_self_approval,
        } | STANDING

    def _revoke(self, event: Event) -> None:
        for said in self._standing(event.actor_id):
            if said["number"] == event.revision and said["kind"] == DecisionKind.APPROVE:
                self._end(said, event, Ended.REVOKED, event.reason)

    def _clear(self, event: Event) -> None:
        for said in self._standing(event.actor_id):
            if f"r{said['number']}" == event.label and said["kind"] == DecisionKind.REQUEST_CHANGES:
                self._end(said, event, Ended.CLEARED, "")

    def _dismiss(self, event: Event) -> None:
        person = told_account(event.changes)
        for key, said in self._said.items():
            if person is None:
                row = self._rows.get(key)
                is_meant = row is not None and (row.ended, row.ended_at) == (Ended.DISMISSED, event.at)
            else:
                is_meant = key[1] == person and written_at(key[2]) == event.changes[DECIDED][0]
            if is_meant and f"r{key[0]}" == event.label:
                names = said["ended_by_name"] if said["ended"] else None
                revoked = [f"{event.reason} (revoked by {each}: {said['ended_reason']})" for each in _names(names)]
                self._end(said, event, Ended.DISMISSED, OneOf(revoked) if revoked else event.reason)

    def _ask_again(self, event: Event) -> None:
        person = told_account(event.changes)
        for key, said in self._said.items():
            row = self._rows.get(key)
            by_row = row is not None and (row.ended, row.ended_at) == (Ended.ASKED_AGAIN, event.at)
            is_meant = by_row if person is None else key[1] == person
            if is_meant and not said["ended"] and said["number"] == event.revision and said["kind"] == "approve":
                self._end(said, event, Ended.ASKED_AGAIN, event.reason)

    def _standing(self, person: int | None) -> list[Said]:
        return [each for each in self._said.values() if each["person"] == person and not each["ended"]]

    def _end(self, said: Said, event: Event, how: Ended, reason: Any) -> None:
        said |= {
            "ended": how,
            "ended_at": event.at,
            "ended_by_id": event.actor_id,
            "ended_by_name": self._told.called(event),
            "ended_reason": reason,
        }


def _names(name: OneOf | None) -> list[str]:
    return sorted(name.allowed or ()) if name else []
