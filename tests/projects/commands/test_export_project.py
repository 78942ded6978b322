"""manage.py export_docs PROJECT: the whole tree, and merging into files that are there."""

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from projects.design.project import Included
from projects.design.review_record import ReviewRecord
from projects.design.vocabulary import DesignState
from projects.exporters import archive
from projects.management.design_command import Problems
from projects.models import Feature, Project
from projects.snapshot.current import current_design
from projects.workflow import project_design
from projects.workflow.apply_import import apply_import
from projects.workflow.project_design import current_project
from tests.factories import NOON, make_feature
from tests.projects.commands.calling import call
from tests.projects.snapshot.sized import sized_design

DOCUMENTS = {
    "DATABASE.md",
    "docs/data-management.md",
    "docs/specs/technical_design_spec.md",
    "docs/specs/codebase_spec.md",
}
SPEC = "docs/specs/technical_design_spec.md"
pytestmark = pytest.mark.django_db


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def place(folder: Path, contents: Mapping[str, bytes]) -> None:
    for path, content in contents.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


@pytest.fixture
def filled(feature: Feature) -> Feature:
    apply_import(feature, sized_design(2), actor=None, now=NOON)
    return feature


def feature_files(*keys: str) -> set[str]:
    names = ("03-data-design.md", "data-consistency.md", "design.json")
    return {f"docs/plan/billing/{key}/{name}" for key in keys for name in names}


def test_a_project_is_written_with_all_its_features(filled: Feature, tmp_path: Path) -> None:
    make_feature("payments/billing/disputes")
    call("export_docs", "payments", "--out", str(tmp_path))
    written = files(tmp_path)
    assert set(written) == DOCUMENTS | feature_files("refunds", "disputes")
    assert b"`billing/disputes` draft, `billing/refunds` draft" in written["DATABASE.md"]
    assert b"entities_0001" in written["DATABASE.md"]


def test_a_project_without_features_has_its_documents_too(project: Project, tmp_path: Path) -> None:
    call("export_docs", "payments", "--out", str(tmp_path))
    assert set(files(tmp_path)) == DOCUMENTS
    assert b"Not specified yet." in files(tmp_path)[SPEC]


def test_each_format_is_written(project: Project, tmp_path: Path) -> None:
    call("export_docs", "payments", "--out", str(tmp_path), "--format", "md,html")
    stems = {path.removesuffix(".md") for path in DOCUMENTS}
    assert set(files(tmp_path)) == {f"{stem}.{end}" for stem in stems for end in ("md", "html")}


def test_approved_leaves_drafts_out(filled: Feature, tmp_path: Path) -> None:
    call("export_docs", "payments", "--out", str(tmp_path), "--revision", "approved")
    assert set(files(tmp_path)) == DOCUMENTS
    assert b"entities_0001" not in files(tmp_path)["DATABASE.md"]


@pytest.mark.parametrize(("revision", "mark"), [("", "r3"), ("approved", "r3"), ("draft", "draft")])
def test_an_approved_revision_stands_before_the_draft(
    revision: str, mark: str, filled: Feature, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = ReviewRecord(state=DesignState.APPROVED, revision=3)
    make_feature("payments/billing/disputes")

    def approved(found: list[Feature]) -> dict[int, object]:
        return {each.pk: (current_design(each), record) for each in found if each.key == "refunds"}

    monkeypatch.setattr(project_design, "approved_designs", approved)
    included: tuple[Included, ...] = current_project(filled.epic.project, revision).project.features
    marks = {each.path: each.mark for each in included}
    assert marks.pop("billing/refunds") == mark
    assert marks == ({} if revision == "approved" else {"billing/disputes": "draft"})


def test_only_our_sections_of_files_that_are_there_change(filled: Feature, tmp_path: Path) -> None:
    before = "\ufeff# Spec\r\n\r\nKept.  \r\n\r\n## Data Model ##\r\n\r\nOld.\r\n\r\n## Security\r\n\r\nEnd".encode()
    place(tmp_path, {SPEC: before, "DATABASE.md": b"## Team\n\nWords.\n"})
    call("export_docs", "payments", "--out", str(tmp_path), "--into")
    merged = files(tmp_path)[SPEC]
    assert merged.startswith(before[: before.index(b"## Data")] + b"## Data Model\r\n\r\n")
    assert merged.endswith(b"\r\n\r\n" + before[before.index(b"## Security") :])
    assert merged.index(b"## Rollout & Migration\r\n") < merged.index(b"## Security")
    assert merged.count(b"\n") == merged.count(b"\r\n")
    assert files(tmp_path)["DATABASE.md"].startswith(b"## Team\n\nWords.\n\n## Database Overview\n")
    assert set(files(tmp_path)) == DOCUMENTS | feature_files("refunds")


def test_merging_again_changes_nothing(filled: Feature, tmp_path: Path) -> None:
    place(tmp_path, {SPEC: b"# Spec\n\n## Other\n\nWords"})
    call("export_docs", "payments", "--out", str(tmp_path), "--into")
    before = files(tmp_path)
    out, _ = call("export_docs", "payments", "--out", str(tmp_path), "--into")
    assert files(tmp_path) == before
    assert out.startswith("0 files written")


def test_a_heading_that_stands_twice_is_said(project: Project, tmp_path: Path) -> None:
    place(tmp_path, {SPEC: b"## Data Model\n\n## Data Model\n"})
    out, _ = call("export_docs", "payments", "--out", str(tmp_path), "--into")
    assert f"{SPEC} has “Data Model” more than once: the first is ours." in out


def test_a_table_under_the_title_stays_and_is_said_to_be_old(filled: Feature, tmp_path: Path) -> None:
    call("export_docs", "payments", "--out", str(tmp_path))
    before = files(tmp_path)["DATABASE.md"].partition(b"\n## ")[0]
    make_feature("payments/billing/disputes")
    out, _ = call("export_docs", "payments", "--out", str(tmp_path), "--into")
    assert "DATABASE.md keeps the table under its title, of an earlier state." in out
    assert files(tmp_path)["DATABASE.md"].partition(b"\n## ")[0] == before


def test_a_file_keeps_its_rights(project: Project, tmp_path: Path) -> None:
    place(tmp_path, {SPEC: b"# Spec\n"})
    (tmp_path / SPEC).chmod(0o600)
    call("export_docs", "payments", "--out", str(tmp_path), "--into")
    assert (tmp_path / SPEC).stat().st_mode & 0o777 == 0o600


def make_link_outside(folder: Path) -> None:
    (folder.parent / "elsewhere").mkdir()
    (folder / "docs").symlink_to(folder.parent / "elsewhere")


def make_link_to_itself(folder: Path) -> None:
    (folder / "DATABASE.md").symlink_to("DATABASE.md")


def make_two_names(folder: Path) -> None:
    place(folder, {"DATABASE.md": b"# One\n"})
    (folder / "docs").mkdir()
    (folder / "docs" / "data-management.md").symlink_to("../DATABASE.md")


HINDRANCES = {
    "is not UTF-8 text": lambda folder: place(folder, {SPEC: b"caf\xe9"}),
    "ends inside a code fence": lambda folder: place(folder, {SPEC: b"```\n"}),
    "is a folder, where a file": lambda folder: (folder / SPEC).mkdir(parents=True),
    "is a file, where a folder": lambda folder: place(folder, {"docs": b""}),
    "leads out of": make_link_outside,
    "leads back to itself": make_link_to_itself,
    "are one file": make_two_names,
    "is no ordinary file": lambda folder: os.mkfifo(folder / "DATABASE.md"),
}


@pytest.mark.parametrize("says", HINDRANCES)
def test_what_cannot_be_written_is_refused_before_anything_is(says: str, project: Project, tmp_path: Path) -> None:
    out = tmp_path / "repository"
    out.mkdir()
    HINDRANCES[says](out)
    before = files(tmp_path)
    with pytest.raises(Problems, match=says) as refused:
        call("export_docs", "payments", "--out", str(out), "--into")
    assert "Nothing was written." in str(refused.value)
    assert files(tmp_path) == before


def test_a_document_that_fails_leaves_the_folder_as_it_was(
    filled: Feature, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> bytes:
        raise ZeroDivisionError

    monkeypatch.setitem(archive.PROJECT_FORMATS, "pdf", fail)
    with pytest.raises(ZeroDivisionError):
        call("export_docs", "payments", "--out", str(tmp_path / "new"), "--format", "md,pdf")
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_the_folder_as_it_was(
    filled: Feature, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place(tmp_path, {"DATABASE.md": b"# Before\n"})
    asked: list[int] = []

    def fill(descriptor: int, mode: str) -> object:
        asked.append(descriptor)
        if len(asked) > 5:
            raise OSError(28, "No space left on device")
        return os.fdopen(descriptor, mode)

    monkeypatch.setattr("projects.management.writing.open_descriptor", fill)
    with pytest.raises(Problems, match="No space left"):
        call("export_docs", "payments", "--out", str(tmp_path))
    assert files(tmp_path) == {"DATABASE.md": b"# Before\n"}
    assert not (tmp_path / "docs").exists()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--revision", "3"), "belongs to one feature"),
        (("--revision", "newest"), "is no revision"),
        (("--format", ""), "is no list of formats"),
        (("--into", "--format", "md,html"), "--into merges Markdown alone"),
        (("--into", "--format", "pdf"), "--into merges Markdown alone"),
        (("--out", ""), "--out is empty"),
    ],
)
def test_wrong_use_ends_with_2(
    words: tuple[str, ...], says: str, project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Problems, match=says) as refused:
        call("export_docs", "payments", "--out", str(tmp_path), *words)
    assert refused.value.returncode == 2
    assert files(tmp_path) == {}
