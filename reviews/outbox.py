"""The outbox: news that wait to be mailed, one letter for each person, whatever happened meanwhile.

A letter is claimed in one short transaction, sent outside of any, and marked as mailed once it was taken. Who dies in
between leaves a claim that runs out, so the letter goes later; while it holds, nobody else sends it.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from projects.models import Membership, User
from projects.workflow.counted import counted
from reviews.models import Notice
from reviews.notices import place_of, wants_mail
from reviews.reading import light
from reviews.rules.clock import zone_named

ATTEMPTS = 5
# After each attempt but the last; longer than a letter takes, and the last ones than a server is down.
WAITS = (timedelta(minutes=15), timedelta(hours=1), timedelta(hours=4), timedelta(hours=16), timedelta(hours=16))

# The controls that embed, override and isolate the direction of writing.
WITHOUT_OVERRIDES = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])

logger = logging.getLogger(__name__)


@dataclass
class Posted:
    """How many letters left, with how many notices, and what went wrong, a sentence each."""

    letters: int = 0
    notices: int = 0
    problems: list[str] = field(default_factory=list)


def post(now: datetime) -> Posted:
    """Send what waits."""
    posted = Posted()
    people = list(_waiting(now).order_by("recipient").values_list("recipient", flat=True).distinct())
    if not people:
        return posted
    connection = get_connection()
    try:
        connection.open()
    except (SMTPException, OSError) as error:
        waiting = counted([("notices", _waiting(now).count())])
        posted.problems.append(f"The mail server does not answer ({error}). Still in the outbox: {waiting}.")
        return posted
    try:
        for person in people:
            _post_to(person, connection, now, posted)
    finally:
        connection.close()
    return posted


def _waiting(now: datetime) -> Any:
    free = Q(try_after=None) | Q(try_after__lte=now)
    return Notice.objects.filter(free, mailed_at=None, attempts__lt=ATTEMPTS)


def _post_to(person: int, connection: Any, now: datetime, posted: Posted) -> None:
    reader, notices = claim(person, now)
    if not notices:
        return
    try:
        taken = letter(reader, notices, connection).send()
    except Exception as error:  # whatever is wrong with one letter, the others leave
        logger.exception("A letter to %s could not be sent.", reader.email)
        posted.problems.append(_not_taken(reader, notices, str(error) or type(error).__name__))
        return
    if not taken:
        posted.problems.append(_not_taken(reader, notices, "no reason was given"))
        return
    Notice.objects.filter(pk__in=[each.pk for each in notices]).update(mailed_at=now, try_after=None)
    posted.letters += 1
    posted.notices += len(notices)


def _not_taken(reader: User, notices: Sequence[Notice], why: str) -> str:
    attempts = max(each.attempts for each in notices) + 1
    if attempts >= ATTEMPTS:
        then = f"That was attempt {attempts}, the last one; the notices stay in the inbox."
    else:
        hours = WAITS[attempts - 1].total_seconds() / 3600
        wait = "15 minutes" if hours < 1 else "1 hour" if hours == 1 else f"{hours:.0f} hours"
        then = f"Attempt {attempts} of {ATTEMPTS}; the next one is in {wait}."
    return f"{reader.email}: not mailed, {' '.join(why.split())}. {then}"


def claim(person: int, now: datetime) -> tuple[User, list[Notice]]:
    """The person's notices that wait, oldest first, for the caller to send; nobody else gets them until it is over.

    What the person may not read any more, or does not want to have mailed, leaves the outbox without a letter.
    """
    with transaction.atomic():
        reader = User.objects.select_for_update(no_key=True).get(pk=person)
        rows = _waiting(now).filter(recipient=person).select_related("project", "feature__epic__project", "revision")
        found = list(light(rows, "revision").order_by("at", "pk"))
        joined = set(Membership.objects.filter(user=person).values_list("project", flat=True))
        wanted = [
            each
            for each in found
            if reader.is_active and each.project_id in joined and wants_mail(reader, is_turn=each.is_turn)
        ]
        kept = {each.pk for each in wanted}
        Notice.objects.filter(pk__in=[each.pk for each in found if each.pk not in kept]).update(mailed_at=now)
        if wanted:
            until = now + WAITS[max(each.attempts for each in wanted)]
            _waiting(now).filter(pk__in=kept).update(attempts=F("attempts") + 1, try_after=until)
    return reader, wanted


@dataclass(frozen=True)
class Line:
    text: str
    where: str
    at: str
    url: str


def letter(reader: User, notices: Sequence[Notice], connection: Any = None) -> EmailMessage:
    """One plain letter with all of them, what asks the reader to act first; times are in the reader's zone."""
    with translation.override(settings.LANGUAGE_CODE), timezone.override(zone_named(reader.time_zone)):
        context = {
            "turns": [_line(each) for each in notices if each.is_turn],
            "others": [_line(each) for each in notices if not each.is_turn],
            "work": settings.SITE_URL + reverse("my-work"),
            "profile": settings.SITE_URL + reverse("profile"),
        }
        body = render_to_string("reviews/mail/news.txt", context)
        headers = {"Auto-Submitted": "auto-generated"}
        return EmailMessage(_subject(notices), body, None, [reader.email], connection=connection, headers=headers)


def _line(notice: Notice) -> Line:
    at = timezone.localtime(notice.at)
    when = f"{at.day} {at:%b %Y, %H:%M} {at.tzname()}"
    return Line(_one_line(notice.text), _one_line(notice.project.title), when, settings.SITE_URL + place_of(notice))


def _subject(notices: Sequence[Notice]) -> str:
    about = _about(notices)
    if len(notices) == 1:
        [notice] = notices
        did = _one_line(f"{notice.actor_name} {notice.get_kind_display()}") if notice.actor_name else ""
        return f"{about}: {did}" if did else f"{about} {notice.get_kind_display()}"
    turns = sum(each.is_turn for each in notices)
    waiting = f", {turns} of them for you to act on" if turns else ""
    return f"{len(notices)} notices{waiting}: {about}"


def _about(notices: Iterable[Notice]) -> str:
    """What the news are about: up to three features, each with the revision if it is one."""
    subjects: dict[str, set[int]] = {}
    for each in notices:
        numbers = subjects.setdefault(_one_line((each.feature or each.project).title), set())
        if each.revision:
            numbers.add(each.revision.number)
    names = [f"{title} r{max(numbers)}" if numbers else title for title, numbers in subjects.items()]
    return ", ".join(names) if len(names) <= 3 else f"{', '.join(names[:3])} and {len(names) - 3} more"


def _one_line(text: str) -> str:
    """A header has no line breaks, and a list of news a line for each; nor does a name turn around what follows it."""
    return " ".join(text.translate(WITHOUT_OVERRIDES).split())
