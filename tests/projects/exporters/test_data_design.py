"""The data design as Markdown: its outline, and where each fact stands in it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from projects.design.review_record import ItemLine, ReviewRecord
from projects.design.tree import Design, Entity, Store
from projects.design.vocabulary import StoreKind
from projects.exporters import DATA_DESIGN, DOCUMENTS
from tests.projects.exporters.designs import APPROVED, DRAFT, empty_design, identity, rich_design, uid
from tests.projects.exporters.full_design import full_design
from tests.projects.exporters.outline import OUTLINE, headings, section, tables
from tests.projects.exporters.sized_designs import sized_design

GOLDEN = Path(__file__).parents[2] / "golden" / "data-design.md"
CHECKER = Path(__file__).parents[4] / "shared" / "tools" / "check_documents.py"
FIXED = [heading for heading in OUTLINE if "{" not in heading]


@pytest.fixture(scope="module")
def rich() -> str:
    return DATA_DESIGN.markdown(rich_design(), APPROVED)


@pytest.fixture(scope="module")
def full() -> str:
    return DATA_DESIGN.markdown(full_design(), APPROVED)


@pytest.fixture(scope="module")
def empty() -> str:
    return DATA_DESIGN.markdown(empty_design(), ReviewRecord())


def test_the_document_is_the_golden_one(full: str) -> None:
    assert full == GOLDEN.read_text(encoding="utf-8")


def test_equal_designs_give_equal_bytes(full: str) -> None:
    assert DATA_DESIGN.markdown(full_design(), APPROVED) == full


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
        "Key Pattern | Value Type | TTL | Eviction Policy | Purpose",
        "File Structure | File Format | Naming Convention | Access Pattern",
        "Level | On | Rule | Enforced in",
        "Entity | Initial Rows | Growth | Peak Rows | Row Size | Size after 1 Year | Size after 3 Years | Retention",
        "What | Where | TTL | Invalidation",
        "DTO Field | Data Field | Transformation | Stored or Computed | Validation Alignment",
        "Reviewer | Decision | Revision | Time (UTC) | Comment",
    ],
)
def test_tables_have_the_promised_columns(full: str, columns: str) -> None:
    assert columns in [" | ".join(table[0]) for table in tables(full)]


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


def test_the_entity_diagram_and_the_entities_are_tables_only(full: str) -> None:
    assert "#### disputes" not in full.partition("### Entities")[2].partition("### Collections")[0]
    assert "disputes {" not in full.partition("```mermaid")[2].partition("```")[0]


def test_paths_of_a_collection_document(full: str) -> None:
    shown = section(full, "#### disputes")
    assert "| `messages` | `object` | yes | yes | | What was written, newest last |" in shown
    assert "- `disputes_scheme_sent` on `scheme`, `messages.sentAt` descending" in shown
    assert "- A message has text or a file. (enforced in: nowhere yet)" in shown


def test_ends_of_an_edge_type_come_from_its_relationship(full: str) -> None:
    assert "| `Account` | `Device` | N:M | Shared devices point at rings." in section(full, "#### USED")


def test_fields_by_their_roles(full: str) -> None:
    measured, embedded = section(full, "#### provider_latency"), section(full, "#### case_embeddings")
    assert "- **Tags:** `provider`, `region`" in measured
    assert "- **Retention:** 18 months, then deleted" in measured
    assert "- **Metadata filters:** `scheme`, `closed_at`" in embedded


def test_what_is_unmapped_is_said_on_both_sides(full: str) -> None:
    shown = section(full, "### RefundResponse")
    assert "| `links`: `object` | not stored | none | Not stored | Not specified yet. |" in shown
    assert "Without a stored field or a computation: `traceId`." in shown
    assert "Fields of `refunds` not in it: `payment_id`, `status`," in shown


def test_a_store_without_a_backup_says_so(full: str) -> None:
    shown = section(full, "## Backup & Recovery")
    assert "**Case files:**\n\nNot specified yet." in shown
    assert "**Rebuildable from:** the table refunds" in shown


def test_verdicts_and_notes_stand_beside_their_items() -> None:
    passed = ItemLine(item=3, verdict="pass", is_passed=True, note="Read *twice*.")
    markdown = DATA_DESIGN.markdown(full_design(), APPROVED.model_copy(update={"items": (passed,)}))
    assert "- [x] All fields have types and constraints: pass; Read *twice*.; author: Currency has no check" in markdown
    assert "- [ ] Scalability considered: not reviewed yet; author: not applicable, one region is enough" in markdown


def test_a_demand_names_what_answers_it(full: str) -> None:
    shown = section(full, "### Project Context")
    assert "| Interface contracts | rule on `refunds.amount_minor` |" in shown
    assert "| Backend design | cache Refund page |" in shown


def test_headings_of_one_name_are_told_apart() -> None:
    twins = tuple(Entity(uid=uid("twin", number), name="Twin") for number in (1, 2))
    markdown = DATA_DESIGN.markdown(Design(identity=identity(), entities=twins), DRAFT)
    assert {"#### Twin", "#### Twin (2)"} <= set(headings(markdown))


def test_paths_come_from_the_keys() -> None:
    paths = [document.path(identity()) for document in DOCUMENTS]
    folder = "docs/plan/billing/refunds"
    assert paths == [f"{folder}/03-data-design.md", f"{folder}/data-consistency.md"]


@pytest.mark.skipif(not CHECKER.exists(), reason="the acceptance check is not beside this checkout")
@pytest.mark.parametrize(
    "design", [full_design(), rich_design(), empty_design(), sized_design(60)], ids=["full", "rich", "empty", "60"]
)
def test_the_acceptance_check_finds_nothing(design: Design, tmp_path: Path) -> None:
    path = tmp_path / DATA_DESIGN.path(design.identity)
    path.parent.mkdir(parents=True)
    path.write_text(DATA_DESIGN.markdown(design, DRAFT), encoding="utf-8")
    checked = subprocess.run([sys.executable, CHECKER, "--only", "1", tmp_path], capture_output=True, text=True)
    assert (checked.returncode, checked.stdout) == (0, "1 documents, 0 problems\n")
