"""--revision of export_docs, export_design and check_design: the revisions that were frozen."""

import json
from pathlib import Path

import pytest
from django.utils import timezone

from projects.management.design_command import Problems
from projects.models import Feature, Revision, User
from reviews.workflow.submit import Submission, submit
from tests.factories import change_draft, make_entity
from tests.projects.commands.calling import call
from tests.reviews.cast import approve, give_all

pytestmark = pytest.mark.django_db
PATH = "payments/billing/refunds"
DESIGN = "docs/plan/billing/refunds/03-data-design.md"


@pytest.fixture
def approved(feature: Feature, architect: User, reviewer: User, second_reviewer: User) -> Revision:
    """r1 is approved, r2 in review, and the draft went on."""
    make_entity(feature, "refunds", "id uuid")
    change_draft(feature, architect)
    first = submit(feature, Submission(), actor=architect, now=timezone.now())
    for person in (reviewer, second_reviewer):
        give_all(first, person)
        approve(feature, person)
    make_entity(feature, "disputes", "id uuid")
    change_draft(feature, architect)
    submit(feature, Submission(), actor=architect, now=timezone.now())
    make_entity(feature, "chargebacks", "id uuid")
    change_draft(feature, architect)
    first.refresh_from_db()
    return first


def exported(folder: Path, path: str, *words: str) -> str:
    call("export_docs", path, "--out", str(folder), *words)
    return (folder / DESIGN).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "marks", "last_entity"),
    [
        ((), "| r1 | Approved |", "refunds"),
        (("--revision", "approved"), "| r1 | Approved |", "refunds"),
        (("--revision", "2"), "| r2 | In review |", "disputes"),
        (("--revision", "r2"), "| r2 | In review |", "disputes"),
        (("--revision", "draft"), "| Draft | Draft |", "chargebacks"),
    ],
)
def test_documents_are_of_the_revision_asked_for(
    words: tuple[str, ...], marks: str, last_entity: str, approved: Revision, tmp_path: Path
) -> None:
    text = exported(tmp_path, PATH, *words)
    assert marks in text
    names = ("refunds", "disputes", "chargebacks")
    held = [name for name in names if f"\n#### {name}\n" in text]
    assert held == list(names[: names.index(last_entity) + 1])


def test_a_project_is_exported_with_the_same_bytes(approved: Revision, tmp_path: Path) -> None:
    of_project = exported(tmp_path / "project", "payments")
    assert of_project == exported(tmp_path / "feature", PATH)
    assert "`billing/refunds` r1" in (tmp_path / "project" / "DATABASE.md").read_text(encoding="utf-8")
    design = (tmp_path / "project" / "docs/plan/billing/refunds/design.json").read_text(encoding="utf-8")
    assert design == approved.text


def test_the_design_file_is_what_was_signed(approved: Revision) -> None:
    assert call("export_design", PATH, "--revision", "1")[0].strip() == approved.text
    assert call("export_design", PATH, "--revision", "approved")[0].strip() == approved.text
    assert call("export_design", PATH)[0].strip() != approved.text


def findings(*words: str) -> list[str]:
    try:
        return [each["rule"] for each in json.loads(call("check_design", *words, "--format", "json")[0])]
    except Problems:
        raise AssertionError("an error was found") from None


def test_findings_are_those_that_were_frozen(approved: Revision) -> None:
    frozen = approved.findings[:1]
    Revision.objects.filter(pk=approved.pk).update(
        findings=[each | {"rule": "a-rule-of-then", "severity": "advice"} for each in frozen]
    )
    assert findings(PATH, "--revision", "1") == ["a-rule-of-then"]
    assert "a-rule-of-then" in findings("payments", "--revision", "approved")
    assert "a-rule-of-then" not in findings(PATH)


@pytest.mark.parametrize("command", ["export_docs", "export_design", "check_design"])
@pytest.mark.parametrize(
    ("revision", "returncode", "says"),
    [
        ("3", 1, r"has no revision 3\. Submitted are r1, r2\."),
        ("9" * 30, 2, "is no revision"),
        ("²", 2, "is no revision"),
        ("latest", 2, "is no revision"),
    ],
)
def test_what_is_not_there_is_refused(
    command: str, revision: str, returncode: int, says: str, approved: Revision, tmp_path: Path
) -> None:
    out = ("--out", str(tmp_path)) if command == "export_docs" else ()
    with pytest.raises(Problems, match=says) as refused:
        call(command, PATH, "--revision", revision, *out)
    assert refused.value.returncode == returncode
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("command", ["export_docs", "check_design"])
def test_a_number_belongs_to_one_feature(command: str, approved: Revision, tmp_path: Path) -> None:
    out = ("--out", str(tmp_path)) if command == "export_docs" else ()
    with pytest.raises(Problems, match="belongs to one feature") as refused:
        call(command, "payments", "--revision", "1", *out)
    assert refused.value.returncode == 2


@pytest.mark.parametrize("command", ["export_docs", "export_design", "check_design"])
def test_a_text_that_was_changed_is_refused(command: str, approved: Revision, tmp_path: Path) -> None:
    Revision.objects.filter(pk=approved.pk).update(text=approved.text.replace("refunds", "refinds"))
    out = ("--out", str(tmp_path)) if command == "export_docs" else ()
    with pytest.raises(Problems, match="r1 was changed in the database") as refused:
        call(command, PATH, "--revision", "approved", *out)
    assert refused.value.returncode == 1
    assert not list(tmp_path.iterdir())
