"""News for people: written with what they tell, counted on the person, mailed later."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

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
    readers = User.objects.filter(pk__in=members, is_active=True)
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


def wants_mail(person: User, *, is_turn: bool) -> bool:
    return person.mail_when == MailWhen.ALL or (person.mail_when == MailWhen.MY_TURN and is_turn)
