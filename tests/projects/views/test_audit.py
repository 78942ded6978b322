"""The audit trail of a project: its page, its filters, and its files."""

import csv
import hashlib
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from projects.models import Event, Feature, Project, User
from projects.workflow import events
from projects.workflow.events import Happening
from tests.factories import NOON, change_draft, make_feature

pytestmark = pytest.mark.django_db
HISTORY = "/projects/payments/history"
DIGEST = "5f" * 32
REPOSITORY = Path(__file__).resolve().parents[3]


def record(feature: Feature, actor: User, *happenings: Happening) -> None:
    project = Project.objects.get(pk=feature.epic.project_id)
    events.append(project, list(happenings), actor=actor, now=NOON, feature=feature)


@pytest.fixture
def told(feature: Feature, architect: User, reviewer: User) -> Feature:
    """A change of a draft, and a sign-off."""
    change_draft(feature, architect)
    changes = {"State": ["In review", "Approved"]}
    signed = Happening("signed", "review", "r2", changes=changes, reason="Sound", revision=2, digest=DIGEST)
    record(feature, reviewer, signed)
    return feature


def shown(client: Client, query: str = "") -> list[str]:
    """The events of the page, each as its words."""
    page = client.get(f"{HISTORY}/{query}").content.decode()
    items = re.findall(r'<li class="event".*?</li>', page, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", item).split()) for item in items]


def body(client: Client, form: str, query: str = "") -> str:
    return b"".join(client.get(f"{HISTORY}.{form}{query}").streaming_content).decode()


def test_a_transition_says_who_what_when_and_why(told: Feature, viewer_client: Client) -> None:
    signed, changed = shown(viewer_client)
    assert signed.startswith("Rui Reviewer signed r2 of Refunds 5f5f5f5f5f5f State In review now Approved Sound")
    assert Event.objects.get(verb="signed").hash in signed
    assert Event.objects.get(verb="signed").previous_hash in signed
    assert changed.startswith("Ada Architect created component")
    page = viewer_client.get(f"{HISTORY}/").content.decode()
    assert 'href="/projects/payments/billing/refunds/revisions/2/"' in page
    assert 'title="20 Nov 2026, 12:00 UTC"' in page


def test_what_is_in_a_revision_stands_beside_its_number(feature: Feature, reviewer: User, owner_client: Client) -> None:
    changes = {f"Item {number}": ["", "Pass"] for number in range(7)}
    resolved = Happening("resolved", "thread", "refunds.id", changes=changes, revision=2, digest=DIGEST)
    record(feature, reviewer, resolved)
    said = shown(owner_client)[0]
    assert said.startswith("Rui Reviewer resolved thread refunds.id in Refunds , r2 5f5f5f5f5f5f 7 changes Item 0")


@pytest.mark.parametrize(
    ("query", "verbs"),
    [
        ("?reviews=1", ["signed"]),
        ("?feature=billing/payouts", ["created"]),
        ("?q=sound+rui", ["signed"]),
        ("?q=5f5f5f", ["signed"]),
        ("?q=nowhere", []),
        ("?q=%00&person=x&before=%C2%B2", ["created", "signed", "created"]),
    ],
)
def test_it_is_narrowed(query: str, verbs: list[str], told: Feature, architect: User, owner_client: Client) -> None:
    change_draft(make_feature("payments/billing/payouts"), architect)
    assert [re.findall("created|signed", each)[0] for each in shown(owner_client, query)] == verbs


def test_it_is_narrowed_to_a_person(told: Feature, architect: User, owner_client: Client) -> None:
    assert len(shown(owner_client, f"?person={architect.pk}")) == 1
    assert (
        f'<option value="{architect.pk}" selected>Ada Architect'
        in owner_client.get(f"{HISTORY}/?person={architect.pk}").content.decode()
    )


def test_pages_keep_the_filter(feature: Feature, reviewer: User, owner_client: Client) -> None:
    rows = [Happening("signed", "review", f"r{number}", revision=number, digest=DIGEST) for number in range(1, 61)]
    record(feature, reviewer, *rows)
    first = owner_client.get(f"{HISTORY}/?reviews=1").content.decode()
    assert 'href="?reviews=1&amp;before=11"' in first
    assert len(shown(owner_client, "?reviews=1&before=11")) == 10


def test_the_page_takes_the_same_queries_for_more_events(
    told: Feature, architect: User, reviewer: User, owner_client: Client
) -> None:
    with CaptureQueriesContext(connection) as few:
        owner_client.get(f"{HISTORY}/")
    other = make_feature("payments/ledger/entries")
    for number in range(20):
        change_draft(other, architect)
        record(other, reviewer, Happening("signed", "review", "r1", revision=number, digest=DIGEST))
    with CaptureQueriesContext(connection) as many:
        owner_client.get(f"{HISTORY}/")
    assert len(many) == len(few)


@pytest.mark.parametrize("form", ["csv", "json"])
@pytest.mark.parametrize(
    ("name", "status"),
    [("owner", 200), ("architect", 403), ("reviewer", 403), ("viewer", 403), ("outsider", 404), ("nobody", 302)],
)
def test_only_owners_export(
    form: str, name: str, status: int, told: Feature, client_of: Callable[[str], Client]
) -> None:
    client = client_of(name)
    assert client.get(f"{HISTORY}.{form}").status_code == status
    links = f"{HISTORY}.{form}" in client.get(f"{HISTORY}/").content.decode()
    assert links == (name == "owner")


def test_csv_holds_no_formula(feature: Feature, architect: User, owner_client: Client) -> None:
    hostile = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", ' "quoted", and\nmore', "<b>|👩‍💻"]
    record(feature, architect, *(Happening("changed", "entity", each, reason=each) for each in hostile))
    text = body(owner_client, "csv")
    assert text.startswith("\ufeffnumber,at (UTC),person,")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    expected = [*(f"'{each}" for each in hostile[:6]), *hostile[6:]]
    assert [row["label"] for row in rows] == [row["reason"] for row in rows] == expected


def test_csv_is_filtered_as_the_page(told: Feature, owner_client: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(body(owner_client, "csv", "?reviews=1").removeprefix("\ufeff"))))
    assert [(row["verb"], row["revision"], row["digest"], row["feature"]) for row in rows] == [
        ("signed", "r2", DIGEST, "billing/refunds")
    ]
    assert rows[0]["at (UTC)"] == "2026-11-20T12:00:00.000000+00:00"
    assert rows[0]["changes"] == "State: In review → Approved"


def canonical_by_hand(value: Any) -> str:
    """The JSON of docs/audit.md, written again without the product's code or json.dumps."""
    if isinstance(value, dict):
        return (
            "{" + ",".join(f"{canonical_by_hand(key)}:{canonical_by_hand(value[key])}" for key in sorted(value)) + "}"
        )
    if isinstance(value, list):
        return "[" + ",".join(map(canonical_by_hand, value)) + "]"
    if isinstance(value, str):
        short = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
        return '"' + "".join(short.get(each) or (f"\\u{ord(each):04x}" if each < " " else each) for each in value) + '"'
    return {"None": "null", "True": "true", "False": "false"}.get(str(value), str(value))


def chain_holds(trail: dict[str, Any]) -> bool:
    """What docs/audit.md says, step by step."""
    previous = "0" * 64
    for number, event in enumerate(trail["events"], 1):
        covered = event["covered"]
        text = canonical_by_hand(covered).encode("utf-8")
        links = (covered["sequence"], covered["previous_hash"], covered["project"])
        if hashlib.sha256(text).hexdigest() != event["hash"] or links != (number, previous, trail["project"]["id"]):
            return False
        previous = event["hash"]
    return (trail["event_count"], trail["event_hash"]) == (len(trail["events"]), previous)


@pytest.fixture
def exported(told: Feature, architect: User, owner_client: Client) -> dict[str, Any]:
    hostile = '“Ünïcode” \u2028 \x01 \\ " \n 👩‍💻 ' + "ﷺ"
    kept = {"rows": [{"fields": {"ratio": 0.25, "size": -3, "is_null": None, "is_set": True}, "é": [[]]}]}
    record(told, architect, Happening("deleted", "entity", hostile, changes={"ß": [hostile, ""]}, kept=kept))
    change_draft(told, architect)
    return json.loads(body(owner_client, "json"))


def test_a_stranger_verifies_the_chain_from_json_alone(exported: dict[str, Any]) -> None:
    assert len(exported["events"]) == 4
    assert chain_holds(exported)


@pytest.mark.parametrize("name", ["label", "at", "revision", "digest", "actor", "feature", "changes", "kept"])
def test_a_stranger_sees_an_edit_of_the_file(name: str, exported: dict[str, Any]) -> None:
    exported["events"][1]["covered"][name] = "other"
    assert not chain_holds(exported)


def test_a_stranger_sees_that_events_are_missing(exported: dict[str, Any]) -> None:
    assert not chain_holds(exported | {"events": exported["events"][:-1]})
    assert not chain_holds(exported | {"events": exported["events"][1:]})
    assert not chain_holds(exported | {"events": exported["events"][::-1]})


def test_the_program_in_the_documentation_verifies_it_too(
    exported: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = re.search(r"```python\n(.*?)```", (REPOSITORY / "docs/audit.md").read_text(), re.DOTALL)
    assert program
    monkeypatch.chdir(tmp_path)
    Path("history.json").write_text(json.dumps(exported, ensure_ascii=False), encoding="utf-8")
    exec(program[1], {})
    exported["events"][0]["covered"]["label"] = "other"
    Path("history.json").write_text(json.dumps(exported, ensure_ascii=False), encoding="utf-8")
    with pytest.raises(AssertionError):
        exec(program[1], {})


def test_a_long_history_is_sent_in_pieces(told: Feature, architect: User, owner_client: Client) -> None:
    """The file is never in memory as a whole, and its queries do not grow with it."""
    record(told, architect, *(Happening("changed", "entity", f"row {number}") for number in range(2500)))
    with CaptureQueriesContext(connection) as seen:
        pieces = list(owner_client.get(f"{HISTORY}.json").streaming_content)
    assert len(pieces) > 2500
    assert max(map(len, pieces)) < 2000
    assert len(seen) < 10
