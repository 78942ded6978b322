"""The demonstration's reviews: one revision approved, another sent back, mended and in review again.

They are said through the same verbs as any other review, some days ago, by the people of the demonstration.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from projects.access import features
from projects.design.checklist import CHECKLIST
from projects.models import EntityField, Feature, Index, User
from projects.snapshot.current import current_design
from projects.workflow import demonstration
from projects.workflow.demonstration import PROJECT
from projects.workflow.editing import editing
from reviews.models import DraftVerdict, Notice, Thread
from reviews.reading import head_of
from reviews.rules.anchors import Anchor
from reviews.rules.terms import Verdict
from reviews.workflow.decide import approve, request_changes
from reviews.workflow.door import Refused
from reviews.workflow.publish import publish
from reviews.workflow.submit import Submission, submit
from reviews.workflow.thread_states import mark_addressed, resolve
from reviews.workflow.threads import Opening, open_thread, reply

PASS, FAIL, NOT_APPLICABLE = Verdict.PASS, Verdict.FAIL, Verdict.NOT_APPLICABLE
# How long ago the demonstration began.
AGO = timedelta(days=3)
BETWEEN = timedelta(minutes=11)
FOREIGN_KEYS, BACKEND, OPEN_QUESTIONS = 21, 19, (6, 8)


def load_demonstration(now: datetime) -> list[str]:
    """Make what is missing of the demonstration, with its reviews; answers the paths of the features made.

    What people changed since stays as it is: a feature gets its review only while it is as it was brought in.
    """
    made = demonstration.load_demonstration(now - AGO)
    with transaction.atomic():
        for story in (review_payments, review_refunds):
            # People who left, another policy, an archived project: then there is no such story to tell.
            with suppress(Refused, PermissionDenied), transaction.atomic():
                story(Clock(now - AGO))
        # It was told in the inbox. Nobody is behind these addresses.
        Notice.objects.filter(project__key=PROJECT, mailed_at=None).update(mailed_at=now)
    return made


@dataclass
class Clock:
    """Each thing that is said takes some minutes."""

    now: datetime

    def __call__(self) -> datetime:
        self.now += BETWEEN
        return self.now

    def sleep(self, hours: int) -> None:
        self.now += timedelta(hours=hours)


def review_payments(clock: Clock) -> None:
    """r1, signed by both reviewers: project documents hold an approved revision."""
    feature = _untouched("payments")
    if feature is None:
        return
    architect, rosa, ren = _person("architect"), _person("reviewer"), _person("reviewer-2")
    asked = {rosa.pk: True, ren.pk: True}
    message = "What the checkout needs of payments. Refunds will refer to it, so the keys are meant to last."
    submit(feature, Submission(message, asked), actor=architect, now=clock())
    for reviewer, comment in ((rosa, "The keys will last."), (ren, "")):
        _judge(feature, reviewer, dict.fromkeys(NUMBERS, (PASS, "")), clock())
        approve(feature, actor=reviewer, now=clock(), comment=comment)


NUMBERS = tuple(item.number for item in CHECKLIST)
Said = Mapping[int, tuple[Verdict, str]]


def review_refunds(clock: Clock) -> None:
    """r1 is sent back for a foreign key of another type; r2 mends it, and is half reviewed."""
    feature = _untouched("refunds")
    if feature is None:
        return
    clock.sleep(4)
    refunds = Refunds(feature, clock)
    refunds.submit_first()
    refunds.send_back()
    refunds.mend()
    refunds.submit_second()
    refunds.review_again()


class Refunds:
    """The story of one feature, in the order in which it happened."""

    def __init__(self, feature: Feature, clock: Clock) -> None:
        self.feature, self.clock = feature, clock
        self.architect, self.rosa, self.ren = _person("architect"), _person("reviewer"), _person("reviewer-2")

    def submit_first(self) -> None:
        message = "Partial refunds, line by line, with the ledger. I am least sure of the ledger’s keys."
        asked = {self.rosa.pk: True, self.ren.pk: False}
        submit(self.feature, Submission(message, asked), actor=self.architect, now=self.clock())

    def send_back(self) -> None:
        said = dict.fromkeys((number for number in NUMBERS if number not in OPEN_QUESTIONS), (PASS, ""))
        said[BACKEND] = (
            NOT_APPLICABLE,
            "The backend design is not written yet; step 1 has its endpoints.",
        )
        said[FOREIGN_KEYS] = (FAIL, "A bigint cannot refer to a uuid: the migration would fail on its first run.")
        _judge(self.feature, self.rosa, said, self.clock())
        key = EntityField.objects.get(feature=self.feature, entity__name="ledger_entries", name="refund_id")
        text = "bigint here, uuid on refunds. Did this follow the ledger’s own numbering?"
        anchor = Anchor(uid=key.uid, field="type")
        self.blocking = self._open(Opening(anchor, text, is_blocking=True), self.rosa)
        words = "The ledger’s key to refunds has another type than the key of refunds. The rest reads well."
        request_changes(self.feature, actor=self.rosa, now=self.clock(), comment=words)
        _judge(self.feature, self.ren, dict.fromkeys((1, 2, 5, 7, 9), (PASS, "")), self.clock())
        publish(self.feature, actor=self.ren, now=self.clock())

    def mend(self) -> None:
        self.clock.sleep(14)
        with editing(self.feature, actor=self.architect, now=self.clock()) as door:
            key = EntityField.objects.get(feature=self.feature, entity__name="ledger_entries", name="refund_id")
            said = "The refund that this entry books"
            changes = {"Type": [key.type, "uuid"], "Description": [key.description, said]}
            key.type, key.description = "uuid", said
            door.update(key, version=key.version, changes=changes)
            door.delete(Index.objects.get(feature=self.feature, name="idx_refunds_currency"))
        answer = "No, it was left over from the import. It is a uuid now, as the key of refunds is."
        mark_addressed(self.blocking, answer, actor=self.architect, now=self.clock())

    def submit_second(self) -> None:
        message = "The ledger refers to refunds by uuid, and the index on currency, which nothing used, is gone."
        asked = {self.rosa.pk: True, self.ren.pk: False}
        submit(self.feature, Submission(message, asked), actor=self.architect, now=self.clock())

    def review_again(self) -> None:
        self.clock.sleep(18)
        resolve(self.blocking, actor=self.rosa, now=self.clock())
        _judge(self.feature, self.rosa, {3: (PASS, ""), 4: (PASS, ""), FOREIGN_KEYS: (PASS, "")}, self.clock())
        operation = _operation(self.feature, "Refunds asked by a person")
        text = "Two calls a second over twelve million rows. Either an index, or say why the scan is fine."
        advisory = self._open(Opening(operation, text), self.rosa)
        publish(self.feature, actor=self.rosa, now=self.clock())
        answer = "Support asks it a few times a day, of the replica. I will say so with the operation."
        reply(advisory, answer, actor=self.architect, now=self.clock())

    def _open(self, opening: Opening, person: User) -> Thread:
        return open_thread(self.feature, opening, actor=person, now=self.clock())[0]


def _untouched(key: str) -> Feature | None:
    """The feature while it is as it was brought in, and was never submitted."""
    found = features().filter(epic__project__key=PROJECT, key=key, revisions=None).first()
    if found is None:
        return None
    brought = next(each for each in demonstration.designs() if each.identity.feature_key == key)
    design = current_design(found).design
    is_same = design == brought.with_values(policies=design.policies)
    return found if is_same else None


def _person(login: str) -> User:
    return User.objects.get(email=next(each.email for each in demonstration.PEOPLE if each.login == login))


def _judge(feature: Feature, reviewer: User, said: Said, now: datetime) -> None:
    """What the reviewer has chosen on the head; it is private until it is published."""
    head = head_of(feature)
    DraftVerdict.objects.bulk_create(
        DraftVerdict(revision=head, reviewer=reviewer, item=item, verdict=verdict, comment=comment, saved_at=now)
        for item, (verdict, comment) in said.items()
    )


def _operation(feature: Feature, name: str) -> Anchor:
    design = current_design(features().get(pk=feature.pk)).design
    return Anchor(uid=next(each.uid for each in design.queries if each.name == name))
