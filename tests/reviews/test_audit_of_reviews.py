"""manage.py verify_audit compares all that was said of revisions with the events that tell of it."""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

from projects.design.checklist import CHECKLIST
from projects.exporters import DOCUMENTS
from projects.management.design_command import Problems
from projects.models import Event, Feature, Project, Revision, RevisionDocument, User
from projects.workflow.revision_documents import find_document
from reviews.models import (
    Assignment,
    Comment,
    Decision,
    DraftVerdict,
    ItemVerdict,
    Review,
    Thread,
    VerdictDismissal,
    Waiver,
)
from reviews.reading import facts_of, head_of
from reviews.rules.anchors import Anchor
from reviews.rules.terms import Verdict
from reviews.workflow.decide import approve, request_changes
from reviews.workflow.demonstration import load_demonstration
from reviews.workflow.publish import publish
from reviews.workflow.reviewers import add_reviewer, ask_again, decline, remove_reviewer
from reviews.workflow.submit import Submission, submit, withdraw
from reviews.workflow.thread_states import mark_addressed, reopen_thread, resolve
from reviews.workflow.threads import Opening, open_thread, reply
from reviews.workflow.undecide import clear_request, dismiss_decision, revoke
from reviews.workflow.verdicts import confirm_carried, dismiss_fail
from reviews.workflow.verifying import CHECKS
from reviews.workflow.waivers import ItemWaiver, end_waiver, waive_finding, waive_item
from tests.factories import change_draft, make_entity
from tests.projects.commands.calling import call

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


class Story:
    """A whole review through its verbs: r1 sent back, r2 approved and revoked, r3 approved, r4 in review."""

    def __init__(self, feature: Feature, **people: User) -> None:
        self.feature = feature
        self.owner, self.architect = people["owner"], people["architect"]
        self.rui, self.sena = people["rui"], people["sena"]

    def by(self, person: User) -> dict[str, Any]:
        return {"actor": person, "now": timezone.now()}

    def submit(self, asked: dict[int, bool] | None = None) -> None:
        change_draft(self.feature, self.architect)
        submit(self.feature, Submission("Look at this", asked), **self.by(self.architect))

    def judge(self, person: User, failed: int = 0, items: tuple[int, ...] = ()) -> None:
        given = {item.number: ("fail", "No") if item.number == failed else ("pass", "") for item in CHECKLIST}
        DraftVerdict.objects.bulk_create(
            DraftVerdict(
                revision=head_of(self.feature),
                reviewer=person,
                item=item,
                verdict=verdict,
                comment=comment,
                saved_at=timezone.now(),
            )
            for item, (verdict, comment) in given.items()
            if not items or item in items
        )

    def send_back(self) -> None:
        self.submit({self.rui.pk: True, self.sena.pk: False})
        opening = Opening(Anchor(item=6), "Which index?", is_blocking=True)
        thread, _ = open_thread(self.feature, opening, **self.by(self.rui))
        self.judge(self.rui, failed=6)
        publish(self.feature, **self.by(self.rui))
        request_changes(self.feature, comment="Name the index", **self.by(self.rui))
        mark_addressed(thread, "It is named", **self.by(self.architect))
        reopen_thread(thread, "Where?", **self.by(self.owner))
        reply(thread, "In step 5", **self.by(self.architect))
        resolve(thread, "I see it,\r\nin step 5", **self.by(self.owner))
        failed = ItemVerdict.objects.get(verdict=Verdict.FAIL)
        dismiss_fail(self.feature, failed.pk, "It is there", **self.by(self.owner))
        until = timezone.now().date() + timedelta(days=9)
        waive_item(self.feature, ItemWaiver(19, until, "A pilot"), **self.by(self.owner))
        waive_item(self.feature, ItemWaiver(20, until, "A pilot"), **self.by(self.owner))
        end_waiver(self.feature, Waiver.objects.get(item=20).uid, reason="No more", **self.by(self.owner))
        found = facts_of(Revision.objects.get(), timezone.now()).findings[0]
        waive_finding(self.feature, found.subject, reason="Loaded once", **self.by(self.owner))
        decline(self.feature, reason="On leave", **self.by(self.sena))

    def approve(self) -> None:
        self.submit()
        confirm_carried(self.feature, None, **self.by(self.rui))
        clear_request(self.feature, Decision.objects.get(ended="").pk, **self.by(self.rui))
        add_reviewer(self.feature, self.sena.pk, is_required=True, **self.by(self.owner))
        add_reviewer(self.feature, self.sena.pk, is_required=False, **self.by(self.owner))
        self.judge(self.rui, items=(3, 6))
        self.sign(self.rui)
        ask_again(self.feature, self.rui.pk, reason="The key changed", **self.by(self.architect))
        for person in (self.rui, self.sena):
            self.sign(person)

    def sign(self, person: User) -> None:
        DraftVerdict.objects.filter(reviewer=person).delete()
        self.judge(person)
        approve(self.feature, comment="Sound", **self.by(person))

    def revoke(self) -> None:
        revoke(self.feature, 2, reason="I overlooked something", **self.by(self.rui))
        request_changes(self.feature, comment="Look at item 9", **self.by(self.sena))
        for decision in Decision.objects.filter(revision__number=2).filter(ended__in=("", "revoked")):
            dismiss_decision(self.feature, decision.pk, reason="It is fine", **self.by(self.owner))
        remove_reviewer(self.feature, self.rui.pk, reason="On leave", **self.by(self.owner))
        withdraw(self.feature, reason="Wait", **self.by(self.architect))
        submit(self.feature, Submission(), **self.by(self.architect))

    def go_on(self) -> None:
        change_draft(self.feature, self.owner)
        self.submit({})
        for person in (self.rui, self.sena):
            self.sign(person)
        self.submit({self.rui.pk: True})
        revoke(self.feature, 3, reason="Not after all", **self.by(self.rui))
        self.judge(self.rui, items=(1, 2))
        opening = Opening(Anchor(section="queries"), "Why this?", is_blocking=True)
        open_thread(self.feature, opening, **self.by(self.rui))
        publish(self.feature, **self.by(self.rui))


@pytest.fixture
def story(feature: Feature, owner: User, architect: User, reviewer: User, second_reviewer: User) -> Story:
    # Without a primary key, which is an error to be waived.
    make_entity(feature, "orders", "name text")
    return Story(feature, owner=owner, architect=architect, rui=reviewer, sena=second_reviewer)


def problems(project: Project) -> list[str]:
    return [each for check in CHECKS for each in check(project)]


def test_after_each_chapter_of_a_review_nothing_is_wrong(story: Story, project: Project) -> None:
    for chapter in (story.send_back, story.approve, story.revoke, story.go_on):
        chapter()
        assert problems(project) == []
    # Who wrote what is not approved any more: the owner too.
    assert Event.objects.get(verb="added contributors to").label == "r4"
    assert "unchanged since written" in call("verify_audit", "payments")[0]


def test_the_demonstration_is_confirmed() -> None:
    load_demonstration(timezone.now())
    assert "unchanged since written" in call("verify_audit", "--all")[0]


@pytest.fixture
def approved(story: Story) -> Story:
    """r1 was sent back; r2 is the newest, and approved."""
    story.send_back()
    story.approve()
    revision = Revision.objects.get(number=2)
    find_document(revision, DOCUMENTS[0], "md", timezone.now())
    return story


def rows(model: type[Model], **which: Any) -> QuerySet[Any]:
    """Past the manager that refuses to change what is written once."""
    return QuerySet(model).filter(**which)


def change(model: type[Model], values: dict[str, Any], **which: Any) -> Callable[[], object]:
    return lambda: rows(model, **which).update(**values)


def take_away(model: type[Model], **which: Any) -> Callable[[], object]:
    return lambda: rows(model, **which)._raw_delete("default")


def copy(model: type[Model], values: dict[str, Any], **which: Any) -> Callable[[], object]:
    def insert() -> None:
        row: Any = rows(model, **which).first()
        row.pk, row._state.adding = None, True
        for name, value in values.items():
            setattr(row, name, value)
        rows(model).bulk_create([row])

    return insert


def replace_document() -> None:
    content = b"# Approved, it says"
    rows(RevisionDocument).update(content=content, content_digest=sha256(content).hexdigest())


def in_record(**values: Any) -> Callable[[], object]:
    def edit() -> None:
        for row in rows(Revision, number=2):
            rows(Revision, pk=row.pk).update(record=json.loads(json.dumps(row.record)) | values)

    return edit


SIGNED = {"kind": "approve", "ended": ""}
NONE = {"ended": "", "ended_at": None, "ended_by": None, "ended_by_name": "", "ended_reason": ""}
R2 = {"number": 2}
WITHDRAWN = {"approved_at": None, "withdrawn_at": LONG_AGO, "state": "withdrawn"}
TAMPERED: dict[str, tuple[Callable[[], object], str]] = {
    "a request made an approval": (change(Decision, {"kind": "approve"}, ended="cleared"), "as in the history: kind"),
    "a comment": (change(Decision, {"comment": "Fine"}, **SIGNED), "as in the history: comment"),
    "a meaning": (change(Decision, {"meaning": "I looked"}, **SIGNED), "as in the history: meaning"),
    "roles": (change(Decision, {"roles": "Owner"}, **SIGNED), "as in the history: roles"),
    "roles of a request": (change(Decision, {"roles": "Owner"}, ended="cleared"), "as in the history: roles"),
    "a signer's name": (change(Decision, {"reviewer_name": "Mallory"}, **SIGNED), "reviewer name"),
    "self-approval": (change(Decision, {"is_self_approval": True}, **SIGNED), "is self approval"),
    "decisions": (take_away(Decision), "the decision at"),
    "a decision": (take_away(Decision, ended="cleared"), "r1 of billing/refunds, Rui Reviewer: the decision at"),
    "an un-ended request": (change(Decision, NONE, ended="cleared"), "says that the decision was cleared"),
    "why it ended": (change(Decision, {"ended_reason": "So"}, ended="asked-again"), "how the decision ended"),
    "contributors": (change(Revision, {"contributors": {}}, **R2), "r2 of billing/refunds: findings, evidence, contr"),
    "findings": (change(Revision, {"findings": []}, **R2), "that it was frozen with"),
    "evidence": (change(Revision, {"evidence": []}, **R2), "that it was frozen with"),
    "sections": (change(Revision, {"sections": {}}, **R2), "that it was frozen with"),
    "definitions": (change(Revision, {"definitions": {}}, **R2), "that it was frozen with"),
    "rules": (change(Revision, {"rules": "x"}, **R2), "that it was frozen with"),
    "the last event": (change(Revision, {"events_until": 0}, **R2), "that it was frozen with"),
    "a message": (change(Revision, {"message": "So"}, **R2), "of its submission: message"),
    "who submitted": (lambda: rows(Revision, **R2).update(submitted_by=User.objects.first()), "who submitted it"),
    "when it was submitted": (change(Revision, {"submitted_at": LONG_AGO}, **R2), "when it was submitted"),
    "a record": (change(Revision, {"record": {}}, **R2), "the record kept of its review"),
    "no record": (change(Revision, {"record": None}, **R2), "the record kept of its review"),
    "signers in a record": (in_record(approved_by=["Mallory"]), "the record kept of its review"),
    "items in a record": (in_record(items=[]), "the record kept of its review"),
    "authors in an old record": (change(Revision, {"record": {"state": "superseded"}}, number=1), "the record kept"),
    "a state alone": (change(Revision, {"state": "approved"}, number=1), "its state is approved, and superseded"),
    "an approval taken back": (change(Revision, WITHDRAWN, **R2), "has an approval of it at"),
    "a withdrawal": (change(Revision, {"withdrawn_at": LONG_AGO}, number=1), "says that it was not withdrawn"),
    "an approval": (change(Revision, {"approved_at": LONG_AGO, "state": "approved"}, number=1), "has no approval"),
    "an advisory thread": (change(Thread, {"is_blocking": False}), "as in the history: whether it blocks"),
    "an unresolved thread": (change(Thread, {"resolved_at": None}), "whether it is resolved"),
    "an addressed thread": (change(Thread, {"addressed_at": LONG_AGO}), "whether it is addressed"),
    "a reason to resolve": (change(Thread, {"resolution": "So"}), "why it was resolved"),
    "another place": (change(Thread, {"item": 7}), "what it is about"),
    "a hidden thread": (change(Thread, {"published_at": None}), "is in the history, and not in the database"),
    "a comment's text": (change(Comment, {"text": "Fine"}), "as in the history: its text"),
    "a comment taken away": (take_away(Comment, text="Where?"), "a comment in the thread about"),
    "a waiver of another item": (change(Waiver, {"item": 21}, item=19), "its item"),
    "a longer waiver": (change(Waiver, {"expires_on": date(2099, 1, 1)}, item=19), "until when"),
    "a waiver's reason": (change(Waiver, {"reason": "So"}, item=19), "the reason"),
    "a waiver brought back": (
        change(Waiver, {"ended_at": None, "ended_by_name": "", "ended_reason": ""}, item=20),
        "the waiver of item 20 is not as in the history: how it ended",
    ),
    "an inserted waiver": (copy(Waiver, {"uid": uuid4(), "item": 8}, item=19), "the waiver of item 8 is in the data"),
    "a waived finding": (change(Waiver, {"subject": "0" * 64}, item=None), "its finding"),
    "fewer approvals": (change(Review, {"required_approvals": 1}), "that it was frozen with"),
    "solo": (change(Review, {"is_solo": True}), "that it was frozen with"),
    "an open review": (change(Review, {"closed_at": None}), "is open, though a revision of it is approved"),
    "a document": (replace_document, "is not what its design and record make"),
    "a document alone": (change(RevisionDocument, {"content": b"So"}), "the digests differ"),
    "a verdict": (change(ItemVerdict, {"verdict": "pass"}, verdict="fail"), "a verdict on item 6 is not as in"),
    "a verdict's comment": (change(ItemVerdict, {"comment": "So"}, verdict="fail"), "the verdict"),
    "a verdict taken away": (take_away(ItemVerdict, item=9, revision__number=2), "a verdict on item 9 is in the hist"),
    "an inserted verdict": (copy(ItemVerdict, {"given_at": LONG_AGO}, item=9), "a verdict on item 9 is in the data"),
    "a carried verdict": (
        change(ItemVerdict, {"carried_from": None}, carried_from__isnull=False),
        "where it was given first",
    ),
    "a dismissal's reason": (change(VerdictDismissal, {"reason": "So"}), "its dismissal"),
    "a dismissal": (take_away(VerdictDismissal), "a verdict on item 6 is not as in the history: its dismissal"),
    "an optional reviewer": (change(Assignment, {"is_required": False}), "whether their decision is required"),
    "a reviewer taken off": (
        change(Assignment, {"ended_at": LONG_AGO}, ended_at=None),
        "that Rui Reviewer is asked to review is not as in the history: whether they were taken off",
    ),
    "a reviewer who was not asked": (take_away(Assignment), "that somebody is asked to review is in the history"),
}


class Undo(Exception):
    """Ends a transaction without a trace."""


def found_after(tamper: Callable[[], object]) -> str:
    lines: list[str] = []
    with suppress(Undo), transaction.atomic():
        tamper()
        try:
            call("verify_audit", "payments")
        except Problems as refused:
            lines = list(refused.lines)
        raise Undo
    return "\n".join(lines)


def test_what_is_changed_in_the_database_is_found(approved: Story) -> None:
    """The review, which takes a second to be told, is the same for all of them."""
    said = {what: (found_after(tamper), found) for what, (tamper, found) in TAMPERED.items()}
    assert {what: got for what, (got, found) in said.items() if found not in got} == {}
    assert "unchanged since written" in call("verify_audit", "payments")[0]
