"""The data design as Markdown: its outline, and where each fact stands in it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from projects.design.review_record import ReviewRecord
from projects.design.tree import Design, Entity, Store
from projects.design.vocabulary import StoreKind
from projects.exporters import DATA_DESIGN, DOCUMENTS
from tests.projects.exporters.designs import APPROVED, DRAFT, empty_design, identity, rich_design, uid
from tests.projects.exporters.outline import OUTLINE, headings, section, tables
from tests.projects.exporters.sized_designs import design_full_of, sized_design

GOLDEN = Path(__file__).parents[2] / "golden" / "data-design.md"
CHECKER = Path(__file__).parents[4] / "shared" / "tools" / "check_documents.py"
FIXED = [heading for heading in OUTLINE if "{" not in heading]


@pytest.fixture(scope="module")
def rich() -> str:
    return DATA_DESIGN.markdown(rich_design(), APPROVED)


@pytest.fixture(scope="module")
def empty() -> str:
    return DATA_DESIGN.markdown(empty_design(), ReviewRecord())


def test_the_document_is_the_golden_one(rich: str) -> None:
    assert rich == GOLDEN.read_text(encoding="utf-8")


def test_equal_designs_give_equal_bytes(rich: str) -> None:
    assert DATA_DESIGN.markdown(rich_design(), APPROVED) == rich


def test_every_heading_of_the_outline_stands_in_its_place(rich: str) -> None:
    assert [heading for heading in headings(rich) if heading in FIXED] == FIXED


def test_an_empty_design_has_the_outline_and_nothing_between(empty: str) -> None:
    assert headings(empty) == ["# Data Design: Refunds", *FIXED]


@pytest.mark.parametrize("heading", ["### Sources", "## Persistence Mechanism", "## Query Patterns", "## Sign-off"])
def test_a_section_without_facts_says_so(empty: str, heading: str) -> None:
    assert section(empty, heading) == "Not specified yet."


def test_named_things_have_headings_of_their_own(rich: str) -> None:
    names = set(headings(rich)) - set(FIXED)
    assert {"### PostgreSQL 16", "#### refunds", "#### books.ledger_entries", "### List refunds of a payment"} <= names


@pytest.mark.parametrize(
    "columns",
    [
        "Project | Epic | Feature | Revision | Status | Authors | Approved by | Date | Content digest",
        "Document | Location | Status",
        "Data Element | Description | Reason for Storage | Size Estimate | Storage",
        "Rationale | Why",
        "Field | Type | Constraints | Description",
        "From | To | Type | Description",
        "Operation | Frequency | Pattern",
        "Index Name | Fields | Type | Purpose",
        "Operation | Frequency | Served by | Note",
        "Kind | On | Rule",
        "Reviewer | Decision | Revision | Time (UTC) | Comment",
    ],
)
def test_tables_have_the_promised_columns(rich: str, columns: str) -> None:
    assert columns in [" | ".join(table[0]) for table in tables(rich)]


def test_a_structure_that_no_store_can_hold_is_not_applicable(rich: str) -> None:
    assert section(rich, "### Collections") == "Not applicable: no document store is chosen."


def test_a_structure_that_a_store_could_hold_is_not_specified() -> None:
    design = Design(identity=identity(), stores=(Store(uid=uid("store"), name="Mongo", kind=StoreKind.DOCUMENT),))
    markdown = DATA_DESIGN.markdown(design, DRAFT)
    assert section(markdown, "### Collections") == "Not specified yet."
    assert section(markdown, "### Entities") == "Not applicable: no relational database is chosen."


def test_the_checklist_has_its_27_items(rich: str) -> None:
    assert len(re.findall(r"^- \[ \] .+: not reviewed yet$", rich, re.MULTILINE)) == 27


def test_a_draft_is_marked(rich: str) -> None:
    draft = DATA_DESIGN.markdown(rich_design(), DRAFT)
    assert "| Draft | Draft | Architect (AR) | Not specified yet. |" in draft
    assert "| r4 | Approved |" in rich


def test_sql_of_operations_stays_out(rich: str) -> None:
    assert "SELECT" not in rich


def test_the_only_fence_is_the_diagram(rich: str) -> None:
    assert re.findall(r"^```(.*)", rich, re.MULTILINE) == ["mermaid", ""]


def test_constraints_defaults_and_conditions_are_said_in_words(rich: str) -> None:
    assert "| `id` | `uuid` | PK, DEFAULT generated | Unique identifier |" in rich
    assert "NOT NULL, CHECK `amount_minor` is greater than 0" in rich
    assert "btree, only where `status` is not “failed”" in rich
    assert not re.search(r"[<>]=|::|nextval|\(\) ", rich)


def test_a_relationship_is_told_from_both_sides(rich: str) -> None:
    assert "| `refunds` | `refund_lines` | 1:N |" in section(rich, "#### refunds")
    assert "| `refund_lines` | `refunds` | N:1 |" in section(rich, "#### refund_lines")


def test_a_parent_outside_the_design_is_named(rich: str) -> None:
    assert "`accounts(id)` (not in this design)" in section(rich, "#### books.ledger_entries")


def test_a_reused_entity_is_shown_and_not_constrained_here(rich: str) -> None:
    assert "Reused from `billing/payments`" in section(rich, "#### payments")
    assert "| `payments` |" not in section(rich, "### Constraints")


def test_headings_of_one_name_are_told_apart() -> None:
    twins = tuple(Entity(uid=uid("twin", number), name="Twin") for number in (1, 2))
    markdown = DATA_DESIGN.markdown(Design(identity=identity(), entities=twins), DRAFT)
    assert {"#### Twin", "#### Twin (2)"} <= set(headings(markdown))


MARKERS = [
    ("conventions", "notes"),
    ("requirements", "volume"),
    ("sources", "location"),
    ("data_elements", "note"),
    ("data_elements", "access_pattern"),
    ("stores", "team_expertise"),
    ("types", "description"),
    ("entities", "purpose"),
    ("relationships", "description"),
    ("queries", "reason"),
    ("queries", "expected_duration"),
    ("indexes", "purpose"),
]


@pytest.mark.parametrize(("part", "fact"), MARKERS)
def test_every_kind_of_fact_is_printed(part: str, fact: str) -> None:
    design = design_full_of("plain")
    held = getattr(design, part)
    marked = (held[0].model_copy(update={fact: "Marker"}), *held[1:]) if isinstance(held, tuple) else None
    changed = marked or held.model_copy(update={fact: "Marker"})
    assert "Marker" in DATA_DESIGN.markdown(design.model_copy(update={part: changed}), DRAFT)


def test_paths_come_from_the_keys() -> None:
    paths = [document.path(identity()) for document in DOCUMENTS]
    assert paths == ["docs/plan/billing/refunds/03-data-design.md"]


@pytest.mark.skipif(not CHECKER.exists(), reason="the acceptance check is not beside this checkout")
@pytest.mark.parametrize("design", [rich_design(), empty_design(), sized_design(60)], ids=["rich", "empty", "60"])
def test_the_acceptance_check_finds_nothing(design: Design, tmp_path: Path) -> None:
    path = tmp_path / DATA_DESIGN.path(design.identity)
    path.parent.mkdir(parents=True)
    path.write_text(DATA_DESIGN.markdown(design, DRAFT), encoding="utf-8")
    checked = subprocess.run([sys.executable, CHECKER, "--only", "1", tmp_path], capture_output=True, text=True)
    assert (checked.returncode, checked.stdout) == (0, "1 documents, 0 problems\n")
