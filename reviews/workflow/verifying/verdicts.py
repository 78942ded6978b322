"""Verdicts and their dismissals beside the events that published, confirmed, carried and dismissed them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from projects.models import Event, Project, Revision
from reviews.models import ItemVerdict
from reviews.reading import latest_verdicts, light
from reviews.rules.carrying import Frozen, carried
from reviews.rules.terms import Verdict
from reviews.workflow.sealing import told_account
from reviews.workflow.verdicts import in_words
from reviews.workflow.verifying.told import SUBMITTED, Told, differences

PUBLISHED, CONFIRMED, DISMISSED = "published", "confirmed", "dismissed a fail"
VERBS = (SUBMITTED, PUBLISHED, CONFIRMED, DISMISSED)
FIELDS = ("the verdict", "its author's name", "when it was given", "where it was given first", "its confirmation")
DISMISSAL = "its dismissal"
# Feature, revision, item, reviewer; their verdicts in the order they were given.
Place = tuple[int, int, int, int]
Said = dict[str, Any]


def wrong_verdicts(project: Project) -> Iterator[str]:
    """A sentence for each verdict that is told otherwise, not at all, or missing."""
    told = Told(project, VERBS)
    rows = _rows(project)
    by_revision: defaultdict[tuple[int, int], list[ItemVerdict]] = defaultdict(list)
    for place, given in rows.items():
        by_revision[place[:2]] += given
    columns = Revision.objects.filter(feature__epic__project=project).only(
        "feature", "number", "sections", "definitions"
    )
    frozen = {(each.feature_id, each.number): Frozen(each.sections, each.definitions) for each in columns}
    replay = Replay(told, by_revision, frozen)
    said = {
        (*place, index): each
        for feature, events in told.events.items()
        for place, given in replay.of(feature, events).items()
        for index, each in enumerate(given)
    }
    kept = {(*place, index): _said(row) for place, given in rows.items() for index, row in enumerate(given)}
    for (feature, number, item, _, _), problem in differences(said, kept):
        yield f"{told.name(feature, number)}: a verdict on item {item}{problem}"


def _rows(project: Project) -> dict[Place, list[ItemVerdict]]:
    found = ItemVerdict.objects.filter(revision__feature__epic__project=project)
    related = found.select_related("revision", "dismissal", "carried_from__revision").order_by("pk")
    grouped: defaultdict[Place, list[ItemVerdict]] = defaultdict(list)
    for row in light(light(related, "revision"), "carried_from__revision"):
        grouped[row.revision.feature_id, row.revision.number, row.item, row.reviewer_id].append(row)
    return grouped


def _said(row: ItemVerdict) -> Said:
    first = row.carried_from.revision.number if row.carried_from else None
    words = in_words(Verdict(row.verdict), row.comment)
    dismissal = getattr(row, "dismissal", None)
    ended = (dismissal.by_id, dismissal.at, dismissal.reason) if dismissal else None
    said = dict(zip(FIELDS, (words, row.reviewer_name, row.given_at, first, row.is_confirmed), strict=True))
    return said | {DISMISSAL: ended}


class Replay:
    """Tells from the events of a feature what its verdicts must be; `rows` are those there are by revision."""

    def __init__(
        self, told: Told, rows: Mapping[tuple[int, int], list[ItemVerdict]], frozen: Mapping[tuple[int, int], Frozen]
    ) -> None:
        self._told, self._rows, self._frozen = told, rows, frozen

    def of(self, feature: int, events: Sequence[Event]) -> dict[Place, list[Said]]:
        self._given: defaultdict[Place, list[Said]] = defaultdict(list)
        acts = {
            SUBMITTED: self._carry,
            PUBLISHED: self._publish,
            CONFIRMED: self._confirm,
            DISMISSED: self._dismiss,
        }
        for event in events:
            acts[event.verb](feature, event)
        return self._given

    def _carry(self, feature: int, event: Event) -> None:
        """Verdicts on a revision do not change once the next is submitted, so the rows say what was carried."""
        number = event.revision or 0
        before, after = self._frozen.get((feature, number - 1)), self._frozen.get((feature, number))
        if before is None or after is None:
            return
        given = {row.pk: row for row in self._rows.get((feature, number - 1), ())}
        for each in carried(latest_verdicts(given[pk] for pk in sorted(given)), before, after):
            first = each.carried_from or number - 1
            words, name = in_words(each.verdict, each.comment), given[each.pk].reviewer_name
            self._add((feature, number, each.item, each.reviewer), (words, name, event.at, first, False))

    def _publish(self, feature: int, event: Event) -> None:
        for item, (_, words) in _items(event):
            place = (feature, event.revision or 0, item, event.actor_id or 0)
            last = self._given[place][-1] if self._given[place] else None
            first = None
            # The same words again confirm what was carried.
            if last and last[FIELDS[3]] and not last[FIELDS[4]] and last[FIELDS[0]] == words and not last[DISMISSAL]:
                first = last[FIELDS[3]]
            self._add(place, (words, self._told.called(event), event.at, first, first is not None))

    def _confirm(self, feature: int, event: Event) -> None:
        for item, _ in _items(event):
            place = (feature, event.revision or 0, item, event.actor_id or 0)
            if self._given[place]:
                last = self._given[place][-1]
                name = self._told.called(event)
                self._add(place, (last[FIELDS[0]], name, event.at, last[FIELDS[3]], True))

    def _dismiss(self, feature: int, event: Event) -> None:
        person = told_account(event.changes)
        for item, _ in _items(event):
            for place, given in self._given.items():
                is_there = given and place[:3] == (feature, event.revision, item)
                is_fail = is_there and given[-1][FIELDS[0]].startswith(Verdict.FAIL.label)
                if is_fail and person in (None, place[3]):
                    given[-1][DISMISSAL] = (event.actor_id, event.at, event.reason)

    def _add(self, place: Place, values: Sequence[Any]) -> None:
        self._given[place].append(dict(zip(FIELDS, values, strict=True)) | {DISMISSAL: None})


def _items(event: Event) -> Iterator[tuple[int, list[str]]]:
    """The items that an event is about, with what was said of each before and after."""
    for label, said in event.changes.items():
        number, _, _ = label.partition(". ")
        if number.isdecimal():
            yield int(number), said
