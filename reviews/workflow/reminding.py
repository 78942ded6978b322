"""Reminders of turns that last. Each is remembered, so a run missed or doubled neither loses nor repeats one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from projects.models import Feature, User
from reviews.models import Reminder
from reviews.notices import Occasion, tell
from reviews.reading_turns import OpenReview, in_review, open_reviews
from reviews.rules.clock import REMINDERS_AT_MOST, days_between, in_days, weekdays_later, zone_named
from reviews.rules.terms import NoticeKind
from reviews.rules.turns import Turn
from reviews.tasks import after_transition

AT_ONCE = 200


@dataclass(frozen=True)
class Pace:
    """In weekdays: after how many the first reminder comes, and after how many more each further one."""

    after: int = 3
    again: int = 5


@dataclass(frozen=True)
class Due:
    """A person's turn in one review, which began with the first of these things that wait."""

    person: User
    turns: tuple[Turn, ...]
    number: int

    @property
    def began(self) -> datetime:
        return min(each.since for each in self.turns)


def remind(now: datetime, pace: Pace) -> list[Due]:
    """Remind everybody whose turn lasts long enough; what was due."""
    reminded: list[Due] = []
    waiting = list(in_review().order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(waiting), AT_ONCE):
        reviews = open_reviews(in_review().filter(pk__in=waiting[start : start + AT_ONCE]), now)
        for review, _ in _due_in(reviews, now, pace):
            reminded += _remind_in(review.revision.feature_id, now, pace)
    if reminded:
        after_transition(())
    return reminded


def _remind_in(feature: int, now: datetime, pace: Pace) -> list[Due]:
    """Again under the lock of the feature: somebody may have acted, or reminded, in the meantime."""
    reminded: list[Due] = []
    with transaction.atomic():
        Feature.objects.select_for_update().get(pk=feature)
        reviews = open_reviews(in_review().filter(feature=feature), now)
        for review, people in _due_in(reviews, now, pace):
            reminded += [due for due in people if _send(review, due, now)]
    return reminded


def _send(review: OpenReview, due: Due, now: datetime) -> bool:
    occasion = Occasion(review.revision.feature, review.revision, None, now)
    told = tell([due.person.pk], NoticeKind.REMINDER, _text(review, due, now), occasion, is_turn=True)
    if told:
        Reminder.objects.create(
            recipient=due.person, revision=review.revision, turn_began=due.began, number=due.number, sent_at=now
        )
    return bool(told)


def _text(review: OpenReview, due: Due, now: datetime) -> str:
    name = f"{review.revision.feature.title} r{review.revision.number}"
    days = days_between(due.began, now, zone_named(due.person.time_zone))
    waits = f"{name} has waited for you for {in_days(days)}" if days else f"{name} waits for you"
    last = " This is the last reminder of it." if due.number == REMINDERS_AT_MOST else ""
    return f"{waits}: {' '.join(each.sentence for each in due.turns)}{last}"


def _due_in(reviews: Sequence[OpenReview], now: datetime, pace: Pace) -> Iterator[tuple[OpenReview, list[Due]]]:
    """Each review in which somebody is to be reminded, with whom."""
    sent: defaultdict[tuple[int, int, datetime], list[Reminder]] = defaultdict(list)
    for row in Reminder.objects.filter(revision__in=[each.revision.pk for each in reviews]).order_by("number"):
        sent[row.revision_id, row.recipient_id, row.turn_began].append(row)
    people = _active({turn.person for review in reviews for turn in review.turns})
    for review in reviews:
        due = []
        for pk in dict.fromkeys(turn.person for turn in review.turns):
            if person := people.get(pk):
                turns = review.of(pk)
                began = min(each.since for each in turns)
                number = _due_number(sent[review.revision.pk, pk, began], began, person, now, pace)
                if number:
                    due.append(Due(person, turns, number))
        if due:
            yield review, due


def _due_number(sent: Sequence[Reminder], began: datetime, person: User, now: datetime, pace: Pace) -> int:
    """The number of the reminder that is due, or 0."""
    if len(sent) >= REMINDERS_AT_MOST:
        return 0
    zone = zone_named(person.time_zone)
    deadline = weekdays_later(sent[-1].sent_at if sent else began, pace.again if sent else pace.after, zone)
    return len(sent) + 1 if now >= deadline else 0


def _active(people: Iterable[int]) -> dict[int, User]:
    return {each.pk: each for each in User.objects.filter(pk__in=people, is_active=True)}
