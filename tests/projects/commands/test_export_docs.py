"""manage.py export_docs"""

from pathlib import Path

import pytest

from projects.management.design_command import Problems
from projects.models import Feature
from projects.workflow.apply_import import apply_import
from tests.factories import NOON
from tests.projects.commands.calling import call
from tests.projects.snapshot.sized import sized_design

PATH = "payments/billing/refunds"
FOLDER = "docs/plan/billing/refunds"
pytestmark = pytest.mark.django_db


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def filled(feature: Feature) -> Feature:
    apply_import(feature, sized_design(2), actor=None, now=NOON)
    return feature


def test_a_feature_is_written_as_its_tree(filled: Feature, tmp_path: Path) -> None:
    call("export_docs", PATH, "--out", str(tmp_path), "--format", "md,html")
    names = {f"{name}.{end}" for name in ("03-data-design", "data-consistency") for end in ("md", "html")}
    assert files(tmp_path) == {f"{FOLDER}/{name}" for name in names | {"design.json"}}
    assert (tmp_path / FOLDER / "data-consistency.md").read_text().startswith("# Data and Consistency: Refunds")
    assert (tmp_path / FOLDER / "03-data-design.md").read_text().startswith("# Data Design: Refunds")


def test_a_pdf_is_printed(filled: Feature, tmp_path: Path) -> None:
    call("export_docs", PATH, "--out", str(tmp_path), "--format", "pdf")
    for name in ("03-data-design.pdf", "data-consistency.pdf"):
        assert (tmp_path / FOLDER / name).read_bytes().startswith(b"%PDF-")


def test_writing_again_gives_the_same_bytes(filled: Feature, tmp_path: Path) -> None:
    trees = [tmp_path / name for name in ("one", "two")]
    for folder in trees:
        call("export_docs", PATH, "--out", str(folder))
    assert [{name: (folder / name).read_bytes() for name in files(folder)} for folder in trees[:1]] == [
        {name: (folder / name).read_bytes() for name in files(folder)} for folder in trees[1:]
    ]


@pytest.mark.parametrize(
    ("words", "returncode", "says"),
    [
        ((PATH, "--format", "docx"), 2, "Choose from md, html, pdf"),
        ((PATH, "--into"), 2, "--into"),
        ((PATH, "--revision", "approved"), 1, "no approved revision"),
        (("payments", "--revision", "3"), 2, "belongs to one feature"),
        (("payments/billing",), 2, "PROJECT/EPIC/FEATURE"),
        (("nothing",), 2, "There is no project"),
    ],
)
def test_wrong_use_and_refusals_write_nothing(
    words: tuple[str, ...], returncode: int, says: str, feature: Feature, tmp_path: Path
) -> None:
    with pytest.raises(Problems, match=says) as refused:
        call("export_docs", *words, "--out", str(tmp_path))
    assert refused.value.returncode == returncode
    assert files(tmp_path) == set()
