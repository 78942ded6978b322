"""News for people: written with what they tell, counted on the person, mailed later."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet
from django.urls import reverse

from projects.design.vocabulary import MailWhen
from projects.models import Feature, Membership, Revision, User
from reviews.models import Notice
from reviews.rules.terms import NoticeKind

TEXT_LENGTH = 800


@dataclass(frozen=True)
class Occasion:
    """What the news is about, who brought it about, and when."""

    feature: Feature
    revision: Revision | None
    actor: User | None
    now: datetime


def tell(
    people: Iterable[int], kind: NoticeKind, text: str, occasion: Occasion, *, is_turn: bool = False
) -> list[Notice]:
    """One notice for each of these members but the actor; call it in the transaction of what it tells.

    Whoever is no member any more is told nothing. Those who want no such e-mail have it in the inbox alone.
    """
    actor, now = occasion.actor, occasion.now
    wanted = {person for person in people if actor is None or person != actor.pk}
    project = occasion.feature.epic.project
    members = Membership.objects.filter(project=project, user__in=wanted).values("user")
    # Their rows are locked in one order, whoever else tells them something just now.
    readers = User.objects.select_for_update(no_key=True).filter(pk__in=members, is_active=True).order_by("pk")
    notices = [
        Notice(
            recipient=reader,
            project=project,
            feature=occasion.feature,
            revision=occasion.revision,
            kind=kind,
            actor_name=actor.display_name if actor else "",
            text=text[:TEXT_LENGTH],
            is_turn=is_turn,
            at=now,
            mailed_at=None if wants_mail(reader, is_turn=is_turn) else now,
        )
        for reader in readers
    ]
    User.objects.filter(pk__in=[each.recipient_id for each in notices]).update(unread_notices=F("unread_notices") + 1)
    return Notice.objects.bulk_create(notices)


def place_of(notice: Notice) -> str:
    """The address of what it tells of, by today's keys; feature, epic, project and revision are selected with it."""
    feature = notice.feature
    if feature is None:
        return reverse("project", args=[notice.project.key])
    keys = {"project": feature.epic.project.key, "epic": feature.epic.key, "feature": feature.key}
    if notice.revision is None:
        return reverse("feature", kwargs=keys)
    return reverse("review", kwargs=keys | {"number": notice.revision.number})


def unread(person: User) -> QuerySet[Notice]:
    """What waits in the inbox: news of projects that the person left are not shown there any more."""
    return inbox_of(person).filter(read_at=None)


def inbox_of(person: User) -> QuerySet[Notice]:
    joined = Membership.objects.filter(user=person).values("project")
    return Notice.objects.filter(recipient=person, project__in=joined)


def mark_read(person: User, now: datetime, **which: object) -> int:
    """Mark the person's notices read, or those that the filter `which` leaves; how many were not yet.

    The count on the person is right after it, also of news that come at the same time: they wait for its row.
    """
    with transaction.atomic():
        locked = User.objects.select_for_update(no_key=True).get(pk=person.pk)
        number = unread(locked).filter(**which).update(read_at=now)
        recount(locked)
    return number


def recount(person: User) -> None:
    """Within a transaction that holds the person's row."""
    User.objects.filter(pk=person.pk).update(unread_notices=unread(person).count())


def wants_mail(person: User, *, is_turn: bool) -> bool:
    return person.mail_when == MailWhen.ALL or (person.mail_when == MailWhen.MY_TURN and is_turn)
