"""manage.py verify_audit finds what was done to the database behind the application's back."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from projects.design.checklist import CHECKLIST
from projects.management.design_command import Problems, WrongUse
from projects.models import Event, Feature, Project, User
from projects.models.append_only import WrittenOnce
from reviews.models import Decision, DraftVerdict, ItemVerdict
from reviews.reading import head_of
from reviews.rules.terms import Verdict
from reviews.workflow.decide import approve
from reviews.workflow.submit import Submission, submit
from tests.factories import change_draft, make_project
from tests.projects.commands.calling import call

pytestmark = pytest.mark.django_db
ELSEWHERE = "0" * 63 + "1"


@pytest.fixture
def submitted(feature: Feature, architect: User, second_reviewer: User) -> Feature:
    """A change, a submission and a change: three events, of which the second is about a revision."""
    change_draft(feature, architect)
    submit(feature, Submission("First try"), actor=architect, now=timezone.now())
    change_draft(feature, architect)
    return feature


@pytest.fixture
def approved(submitted: Feature, reviewer: User, second_reviewer: User) -> Feature:
    """Two signatures with the verdicts that they publish, and an approval too: eight events."""
    for person in (reviewer, second_reviewer):
        draft_all(submitted, person)
        approve(submitted, actor=person, now=timezone.now())
    return submitted


def draft_all(feature: Feature, person: User) -> None:
    """A pass of every item on the head, to be published with what the person says next."""
    head, now = head_of(feature), timezone.now()
    DraftVerdict.objects.bulk_create(
        DraftVerdict(revision=head, reviewer=person, item=item.number, verdict=Verdict.PASS, saved_at=now)
        for item in CHECKLIST
    )


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def verdict() -> str:
    with pytest.raises(Problems) as refused:
        call("verify_audit", "payments")
    return "\n".join(refused.value.lines)


def test_what_nobody_touched_is_confirmed(approved: Feature) -> None:
    assert call("verify_audit", "payments")[0] == "8 events, unchanged since written.\n"


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("feature_id", None),
        ("actor_id", None),
        ("verb", "withdrew"),
        ("kind", "component "),
        ("object_uid", "0" * 32),
        ("object_version", 77),
        ("label", "r9"),
        ("changes", '{"State": ["Draft", "Approved"]}'),
        ("kept", '{"rows": []}'),
        ("reason", "None"),
        ("revision", 9),
        ("digest", ELSEWHERE),
        ("at", "2026-01-01 00:00:00.000001+00:00"),
        ("previous_hash", ELSEWHERE),
        ("hash", ELSEWHERE),
    ],
)
def test_an_edit_of_any_column_is_found(column: str, value: Any, submitted: Feature) -> None:
    sql(f"UPDATE projects_event SET {column} = %s WHERE sequence = 2", value)
    assert "Event 2 is not as it was written." in verdict()


@pytest.mark.parametrize(("column", "value"), [("revision", 1), ("digest", ELSEWHERE)])
def test_an_event_that_is_said_to_be_of_a_revision_is_found(column: str, value: Any, submitted: Feature) -> None:
    sql(f"UPDATE projects_event SET {column} = %s WHERE sequence = 1", value)
    assert "Event 1 is not as it was written." in verdict()


def test_an_event_moved_to_another_project_is_found(submitted: Feature) -> None:
    sql("UPDATE projects_event SET project_id = %s WHERE sequence = 3", make_project().pk)
    assert "Event 3 is not as it was written." in verdict()


@pytest.mark.parametrize("also", ["", ", digest = ''"])
def test_a_revision_that_is_taken_out_of_an_event_is_found(also: str, submitted: Feature) -> None:
    sql(f"UPDATE projects_event SET revision = NULL{also} WHERE sequence = 2")
    assert "Event 2 is not as it was written." in verdict()


@pytest.mark.parametrize("sequence", [1, 2, 3])
def test_a_removed_event_is_found(sequence: int, submitted: Feature) -> None:
    sql("DELETE FROM projects_event WHERE sequence = %s", sequence)
    assert "is not as it was written." in verdict()


def test_swapped_events_are_found(submitted: Feature) -> None:
    for now, then in ((2, 99), (1, 2), (99, 1)):
        sql("UPDATE projects_event SET sequence = %s WHERE sequence = %s", then, now)
    assert "Event 1 is not as it was written." in verdict()


def test_a_removed_tail_is_found_though_the_project_was_told_of_it(approved: Feature) -> None:
    """Then the chain by itself is whole; the approval that it no longer tells of is not."""
    last = Event.objects.get(sequence=7)
    sql("DELETE FROM projects_event WHERE sequence > 7")
    assert "Event 8 is not as it was written." in verdict()
    sql("UPDATE projects_project SET event_count = 7, event_hash = %s", last.hash)
    assert "the history has no approval of it" in verdict()


def test_a_chain_made_anew_differs_from_an_export(
    approved: Feature, tmp_path: Path, owner_client: Any, architect: User
) -> None:
    file = tmp_path / "history.json"
    file.write_bytes(b"".join(owner_client.get("/projects/payments/history.json").streaming_content))
    change_draft(approved, architect)
    assert "9 events" in call("verify_audit", "payments", "--against", str(file))[0]
    file.write_text(file.read_text().replace(Event.objects.get(sequence=2).hash, ELSEWHERE))
    with pytest.raises(Problems, match="Event 2 is another than in"):
        call("verify_audit", "payments", "--against", str(file))


def test_a_person_may_be_given_another_name(approved: Feature) -> None:
    sql("UPDATE projects_event SET actor_name = 'Person 7'")
    sql("UPDATE projects_user SET name = 'Person 7', email = 'p7@example.org' WHERE name = 'Ada Architect'")
    assert "unchanged since written" in call("verify_audit", "payments")[0]


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE projects_revision SET text = '{\"format\":1}'", "its text is not the one that was submitted"),
        ("UPDATE projects_revision SET number = 4", "r4 of billing/refunds: the history has no submission"),
        ("UPDATE projects_revision SET approved_at = '2026-01-01 00:00:00+00:00'", "has no approval of it"),
        (f"UPDATE reviews_decision SET digest = '{ELSEWHERE}'", "on another digest than that of the revision"),
        ("UPDATE reviews_decision SET decided_at = '2026-01-01 00:00:00+00:00'", "has no decision at 2026-01-01"),
        (
            "UPDATE reviews_decision SET ended = 'revoked', ended_at = '2026-01-01 00:00:00+00:00'",
            "does not say that the decision was revoked",
        ),
    ],
)
def test_what_revisions_and_decisions_say_is_compared_with_the_history(
    statement: str, found: str, approved: Feature
) -> None:
    sql(statement)
    assert found in verdict()


def test_a_text_with_its_digest_changed_too_is_found(approved: Feature) -> None:
    text = '{"format":1}'
    sql("UPDATE projects_revision SET text = %s, digest = %s", text, hashlib.sha256(text.encode()).hexdigest())
    assert "the history has no submission of it with this digest" in verdict()


def test_a_decision_nobody_made_is_found(approved: Feature, owner: User) -> None:
    given = Decision.objects.first()
    assert given
    given.pk, given.reviewer, given.reviewer_name = None, owner, owner.display_name
    given.save()
    assert "r1 of billing/refunds, Olu Owner: the history has no decision" in verdict()


def test_all_projects_at_once(approved: Feature) -> None:
    make_project("ledger")
    out = call("verify_audit", "--all")[0]
    assert out == "ledger: 0 events, unchanged since written.\npayments: 8 events, unchanged since written.\n"
    Project.objects.filter(key="ledger").update(event_count=3)
    with pytest.raises(Problems, match=r"ledger: Event 1 is not as it was written\."):
        call("verify_audit", "--all")


@pytest.mark.parametrize("words", [(), ("payments", "--all"), ("nothing",), ("payments", "--against", "/no/such")])
def test_wrong_use_is_refused(words: tuple[str, ...], project: Project) -> None:
    with pytest.raises(WrongUse):
        call("verify_audit", *words)


@pytest.mark.parametrize("content", ["", "[]", json.dumps({"project": {"id": 0}, "events": []})])
def test_another_file_is_refused(content: str, project: Project, tmp_path: Path) -> None:
    file = tmp_path / "other.json"
    file.write_text(content)
    with pytest.raises(WrongUse, match=r"other\.json is"):
        call("verify_audit", "payments", "--against", str(file))


def test_a_verdict_is_neither_changed_nor_deleted(approved: Feature) -> None:
    given = ItemVerdict.objects.first()
    assert given
    given.verdict = "fail"
    for act in (given.save, given.delete, ItemVerdict.objects.all().delete):
        with pytest.raises(WrittenOnce):
            act()
    with pytest.raises(WrittenOnce):
        ItemVerdict.objects.update(verdict="fail")
    assert not ItemVerdict.objects.filter(verdict="fail").exists()


def test_it_is_confirmed_in_any_time_zone(submitted: Feature) -> None:
    """The hash is over UTC, whatever zone the server speaks."""
    with timezone.override("Pacific/Auckland"):
        assert "unchanged" in call("verify_audit", "payments")[0]
