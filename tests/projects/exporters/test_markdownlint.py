"""markdownlint finds nothing in an exported tree."""

import subprocess
import sysconfig
from collections.abc import Mapping
from pathlib import Path

import pytest

from projects.design.entries import CATALOGUE
from projects.design.project import Included, ProjectDesign
from projects.design.tree import Entry
from projects.exporters.archive import project_tree
from projects.exporters.into import merge
from projects.exporters.project_documents import PROJECT_DOCUMENTS
from projects.workflow import demonstration
from tests.projects.exporters.designs import APPROVED, DRAFT, empty_design, rich_design
from tests.projects.exporters.full_design import full_design
from tests.projects.exporters.full_handbook import empty_handbook, full_handbook, included, project_of
from tests.projects.exporters.sized_designs import design_full_of

LINTER = Path(sysconfig.get_path("scripts")) / "rumdl"
RULES = Path(__file__).with_name("markdownlint.toml")
HOSTILE = "# One\n\n\n* two | <b>three</b>\n+ four\n```\nfive\n\nhttp://example.org [x]() trailing  "


def demonstration_project() -> ProjectDesign:
    book = demonstration.handbook()
    designs = [design.with_values(policies=book.policies) for design in demonstration.designs()]
    return ProjectDesign(book, tuple(Included(design, DRAFT) for design in designs))


def hostile_project() -> ProjectDesign:
    entries = tuple(Entry(key=each.key, text=HOSTILE) for each in CATALOGUE)
    book = full_handbook().with_values(project_title=" ".join(HOSTILE.split()), entries=entries)
    return project_of(included(design_full_of(HOSTILE)), handbook=book)


PROJECTS = {
    "the demonstration": demonstration_project,
    "every fact": lambda: project_of(included(full_design(), APPROVED), included(rich_design())),
    "nothing filled in": lambda: project_of(Included(empty_design(), DRAFT), handbook=empty_handbook()),
    "no feature": lambda: ProjectDesign(empty_handbook("")),
    "hostile text": hostile_project,
}


def problems(folder: Path, files: Mapping[str, bytes]) -> list[str]:
    for path, content in files.items():
        if path.endswith(".md"):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
    words = (LINTER, "check", "--no-cache", "--output-format", "concise", "--config", str(RULES), ".")
    run = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
    return [] if run.returncode == 0 else run.stdout.splitlines() or [run.stderr]


@pytest.mark.parametrize("name", PROJECTS)
def test_the_whole_tree_keeps_the_rules(name: str, tmp_path: Path) -> None:
    assert problems(tmp_path, project_tree(PROJECTS[name]())) == []


@pytest.mark.parametrize("name", ["no feature", "hostile text"])
def test_what_is_merged_into_a_tidy_file_leaves_it_tidy(name: str, tmp_path: Path) -> None:
    project, existing = (
        demonstration_project(),
        b"# Ours\n\nWords.\n\n## Data Model\n\nOld.\n\n## Last\n\nMore words.\n",
    )
    files = {each.path: merge(existing, each.markdown_sections(project)) for each in PROJECT_DOCUMENTS}
    assert problems(tmp_path, files) == []


def test_the_rules_are_at_work(tmp_path: Path) -> None:
    assert len(problems(tmp_path, {"a.md": b"# A\n\n\n- b\n+ c\n\n### D\ntext\n"})) > 2
