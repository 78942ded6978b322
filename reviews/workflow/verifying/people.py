"""Who is asked to review, and what is waived, beside the events that say so."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from projects.models import Event, Project
from reviews.models import Assignment, Review, Waiver
from reviews.workflow.sealing import RULE, SUBJECT, told_account, told_accounts
from reviews.workflow.verifying.told import UNTOLD, OneOf, Told, differences, review_at, reviews_of

WAIVED, ENDED = "waived", "ended the waiver of"
ITEM, UNTIL, FINDING, REASON = "its item", "until when", "its finding", "the reason"
BY, AT, ENDING = "who waived it", "when", "how it ended"
ASKED_FOR, ASKED, ASKED_AGAIN, JOINED = "asked for review of", "asked to review", "asked to review again", "published"
LEAVING = ("took off the review", "declined to review")
REQUIRED, TURN, LEFT = "whether their decision is required", "when they were asked", "whether they were taken off"
Said = dict[str, Any]


def wrong_waivers(project: Project) -> Iterator[str]:
    """A sentence for each waiver that is told otherwise, not at all, or missing."""
    told = Told(project, (WAIVED, ENDED))
    said: dict[Any, Said] = {}
    for feature, events in told.events.items():
        for event in events:
            if event.verb == WAIVED:
                _waive(told, said, feature, event)
            elif event.object_uid in said:
                said[event.object_uid][ENDING] = _ending(told, event, event.reason)
    rows = {row.uid: _waiver(row) for row in Waiver.objects.filter(feature__epic__project=project).order_by("pk")}
    for uid, problem in differences(said, rows):
        row = rows.get(uid) or said[uid]
        what = f"item {row[ITEM]}" if row[ITEM] else "a finding"
        yield f"{told.name(row['its feature'])}: the waiver of {what}{problem}"


def _waive(told: Told, said: dict[Any, Said], feature: int, event: Event) -> None:
    until = event.changes["Until"][1] if "Until" in event.changes else ""
    item = int(event.label.partition(":")[0].removeprefix("item ")) if until else None
    for former in said.values():
        # One that expired makes place.
        if item and former["its feature"] == feature and former[ITEM] == item and former[ENDING][0] is None:
            former[ENDING] = _ending(told, event, "Expired")
    rule = event.changes[RULE][1] if RULE in event.changes else ""
    finding = (rule, event.changes[SUBJECT][1] if rule else "", event.label if event.label != rule else "")
    said[event.object_uid] = {
        "its feature": feature,
        ITEM: item,
        UNTIL: until,
        FINDING: ("", "", "") if item else OneOf([finding, (rule, finding[1], event.label)]) if rule else UNTOLD,
        REASON: event.reason,
        BY: OneOf([(event.actor_id, name) for name in told.called(event).allowed or ()]),
        AT: event.at,
        ENDING: (None, "", ""),
    }


def _ending(told: Told, event: Event, reason: str) -> OneOf:
    return OneOf([(event.at, name, reason) for name in told.called(event).allowed or ()])


def _waiver(row: Waiver) -> Said:
    return {
        "its feature": row.feature_id,
        ITEM: row.item,
        UNTIL: str(row.expires_on or ""),
        FINDING: (row.rule, row.subject, row.path),
        REASON: row.reason,
        BY: (row.by_id, row.by_name),
        AT: row.at,
        ENDING: (row.ended_at, row.ended_by_name, row.ended_reason),
    }


def wrong_assignments(project: Project) -> Iterator[str]:
    """A sentence for each person who is asked though the history does not say so, or the other way round.

    Of a review of which some event does not say by account whom it was about, nothing is said.
    """
    told = Told(project, (ASKED_FOR, ASKED, ASKED_AGAIN, JOINED, *LEAVING))
    reviews = reviews_of(project)
    replay = Assigned()
    for feature, events in told.events.items():
        for event in events:
            if review := review_at(reviews.get(feature, ()), event.revision or 0):
                replay.take(review, event)
    rows: defaultdict[int, dict[Any, Said]] = defaultdict(dict)
    names, features = {}, {each.pk: each.feature_id for found in reviews.values() for each in found}
    found = Assignment.objects.filter(review__feature__epic__project=project).select_related("reviewer")
    for row in found.order_by("pk"):
        names[row.reviewer_id] = row.reviewer.display_name
        key = (row.reviewer_id, sum(person == row.reviewer_id for person, _ in rows[row.review_id]))
        rows[row.review_id][key] = {REQUIRED: row.is_required, TURN: row.asked_at, LEFT: row.ended_at}
    for pk in features.keys() - replay.untold:
        for (person, _), problem in differences(replay.told[pk], rows[pk]):
            name = names.get(person, "somebody")
            yield f"{told.name(features[pk])}: that {name} is asked to review{problem}"


class Assigned:
    """Tells from events who is asked in each review, by person and how often; `untold` are not told in full."""

    def __init__(self) -> None:
        self.told: defaultdict[int, dict[tuple[int, int], Said]] = defaultdict(dict)
        self.untold: set[int] = set()

    def take(self, review: Review, event: Event) -> None:
        asked = told_accounts(event.changes)
        person = event.actor_id if event.verb == JOINED else told_account(event.changes)
        if asked is not None:
            self._ask(review, asked, event.at)
        elif person is None:
            self.untold.add(review.pk)
        else:
            said = self._standing(review, person, event.at)
            said |= self._turn(event)

    def _ask(self, review: Review, asked: dict[int, bool], at: datetime) -> None:
        standing = {each for (each, _), said in self.told[review.pk].items() if said[LEFT] is None}
        for each in standing - asked.keys():
            self._standing(review, each, at)[LEFT] = at
        for each, is_required in asked.items():
            self._standing(review, each, at).update({REQUIRED: is_required, TURN: at})

    def _turn(self, event: Event) -> Said:
        if event.verb in LEAVING:
            return {LEFT: event.at}
        if event.verb == ASKED:
            return {REQUIRED: event.changes["Decision"][1] == "Required"}
        return {TURN: event.at} if event.verb == ASKED_AGAIN else {}

    def _standing(self, review: Review, person: int, at: datetime) -> Said:
        """That the person is asked; from now on, if they were not."""
        told = self.told[review.pk]
        number = sum(each == person for each, _ in told)
        if number and told[person, number - 1][LEFT] is None:
            return told[person, number - 1]
        told[person, number] = {REQUIRED: False, TURN: at, LEFT: None}
        return told[person, number]
