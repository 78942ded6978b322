"""Data and consistency as Markdown: its outline, and what is derived for it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings

from projects.design.review_record import ReviewRecord
from projects.design.tree import Component, ComponentAccess, Design, Entity, Exemption, Query, Replication, Store
from projects.design.vocabulary import (
    ConsistencyLevel,
    ReplicationStrategy,
    StepName,
    StoreKind,
    StructureKind,
)
from projects.exporters import DATA_CONSISTENCY
from projects.exporters.html import document_html
from tests.examples import at_most
from tests.projects.exporters.designs import DRAFT, POSTGRES, empty_design, identity, rich_design, uid
from tests.projects.exporters.full_design import full_design
from tests.projects.exporters.outline import headings, section, tables
from tests.projects.exporters.sized_designs import design_full_of, sized_design
from tests.projects.exporters.test_hostile_text import ANY_TEXT, FORBIDDEN, HOSTILE, Elements

CHECKER = Path(__file__).parents[4] / "shared" / "tools" / "check_documents.py"
OUTLINE = """
## Data Persistence
### What Data Needs to be Stored?
### Where Should Data be Stored?
### Why These Storage Choices?
## Database Schema Design
### Primary Database Schema
### Document Structure
## Query Operations
### Database Queries
### Concurrent Access
## Data Sharing Between Components
### Shared Data Elements
### Data Synchronization
## Consistency Models
### Consistency Level
## Data Replication
### Replication Strategy
### Topology
### Replication Lag and Failover
## Backup and Recovery
### Backup Strategy
### Recovery Plan
## Data Lifecycle
### Data Creation
### Data Modification
### Data Archival
### Data Deletion
### Retention Policy
""".strip().splitlines()


def written(design: Design) -> str:
    return DATA_CONSISTENCY.markdown(design, DRAFT)


@pytest.fixture(scope="module")
def full() -> str:
    return written(full_design())


@pytest.fixture(scope="module")
def empty() -> str:
    return DATA_CONSISTENCY.markdown(empty_design(), ReviewRecord())


def without_fences(markdown: str) -> str:
    return re.sub(r"^(`{3,})\w*\n.*?^\1$", "", markdown, flags=re.MULTILINE | re.DOTALL)


def fences(markdown: str) -> list[tuple[str, str]]:
    return [
        (language, text)
        for _, language, text in re.findall(r"^(`{3,})(\w+)\n(.*?)^\1$", markdown, re.MULTILINE | re.DOTALL)
    ]


def test_every_heading_of_the_outline_stands_in_its_place(full: str) -> None:
    assert [heading for heading in headings(without_fences(full)) if heading in OUTLINE] == OUTLINE


def test_an_empty_design_has_the_outline_and_nothing_between(empty: str) -> None:
    assert headings(empty) == ["# Data and Consistency: Refunds", *OUTLINE]


@pytest.mark.parametrize("heading", ["### What Data Needs to be Stored?", "### Topology", "### Data Deletion"])
def test_a_section_without_facts_says_so(empty: str, heading: str) -> None:
    assert section(empty, heading) == "Not specified yet."


@pytest.mark.parametrize(
    "columns",
    [
        "Data Element | Description | Reason for Storage | Size Estimate",
        "Data Element | Storage Type | System",
        "Data | Components Accessing | Why Shared | Synchronization",
        "Data Element | Kept for | Then",
    ],
)
def test_tables_have_the_promised_columns(full: str, columns: str) -> None:
    assert columns in [" | ".join(table[0]) for table in tables(full)]


def test_statements_and_examples_are_fenced_and_diagrams_drawn(full: str) -> None:
    languages = [language for language, _ in fences(full)]
    assert languages.count("mermaid") == 2
    assert languages[0] == "sql"
    assert "json" in languages


def test_the_rationale_of_a_store_is_told_once(full: str) -> None:
    assert full.count("Every billing feature keeps its records in this cluster") == 1
    assert full.count("PostgreSQL 16 is chosen for the reasons given for Refund.") == 3


def test_sql_of_operations_stands_here(full: str) -> None:
    assert ("sql", "SELECT * FROM refunds WHERE id = $1\n") in fences(full)


def test_options_are_printed_with_their_other_names() -> None:
    replications = tuple(
        Replication(uid=uid("replication", strategy), store=POSTGRES.uid, strategy=strategy)
        for strategy in ReplicationStrategy
    )
    text = section(written(Design(identity=identity(), stores=(POSTGRES,), replications=replications)), OUTLINE[16])
    for option in (
        "none",
        "leader-follower (master-slave)",
        "multi-leader (multi-master)",
        "leaderless (peer-to-peer)",
    ):
        assert f"** {option}." in text


@pytest.mark.parametrize("level", ConsistencyLevel)
def test_the_chosen_level_is_named(level: ConsistencyLevel) -> None:
    design = empty_design()
    chosen = design.model_copy(update={"consistency": design.consistency.model_copy(update={"level": level})})
    assert f"**Chosen:** {level.value}." in section(written(chosen), "### Consistency Level")


def test_where_nothing_is_copied_there_is_no_topology() -> None:
    none = Replication(uid=uid("none"), store=POSTGRES.uid, strategy=ReplicationStrategy.NONE)
    markdown = written(Design(identity=identity(), stores=(POSTGRES,), replications=(none,)))
    assert section(markdown, "### Topology") == "Not applicable: no store is replicated."
    assert section(markdown, "### Replication Lag and Failover") == "Not applicable: no store is replicated."


def test_what_no_store_can_hold_is_not_applicable() -> None:
    documents = Design(identity=identity(), stores=(Store(uid=uid("m"), name="Mongo", kind=StoreKind.DOCUMENT),))
    markdown = written(documents)
    assert section(markdown, "### Primary Database Schema") == "Not applicable: no relational database is chosen."
    assert section(markdown, "### Document Structure") == "Not specified yet."
    assert section(written(rich_design()), "### Document Structure") == "Not applicable: no document store is chosen."


def test_each_collection_has_an_example() -> None:
    collections = tuple(
        Entity(uid=uid("collection", n), name=f"things_{n}", kind=StructureKind.COLLECTION) for n in range(2)
    )
    markdown = written(Design(identity=identity(), entities=collections))
    assert [language for language, _ in fences(markdown)] == ["json", "json"]


def test_data_that_several_components_use_is_shared_even_if_nobody_said_so() -> None:
    components = tuple(Component(uid=uid("component", n), name=f"Part {n}") for n in (1, 2))
    element = rich_design().data_elements[0]
    design = Design(
        identity=identity(),
        stores=(POSTGRES,),
        data_elements=(element,),
        components=components,
        component_accesses=tuple(
            ComponentAccess(uid=uid("access", each.uid), component=each.uid, data_element=element.uid)
            for each in components
        ),
    )
    shared = section(written(design), "### Shared Data Elements")
    assert "| Refund | Part 1 (reads), Part 2 (reads) | Not specified yet. | Not specified yet. |" in shared


@pytest.mark.parametrize(
    ("step", "heading"),
    [
        (StepName.REQUIREMENTS, "### Retention Policy"),
        (StepName.STORAGE, "### Why These Storage Choices?"),
        (StepName.DATA_MODEL, "### Document Structure"),
        (StepName.QUERIES, "### Database Queries"),
        (StepName.INTEGRITY, "### Consistency Level"),
        (StepName.PERFORMANCE, "### Data Archival"),
        (StepName.BACKUP, "### Topology"),
    ],
)
def test_a_step_that_does_not_apply_says_why_under_its_headings(step: StepName, heading: str) -> None:
    exemption = Exemption(uid=uid("exemption"), step=step, reason="nothing of the kind is kept")
    markdown = written(full_design().model_copy(update={"exemptions": (exemption,)}))
    assert section(markdown, heading) == "Not applicable: nothing of the kind is kept"
    assert [each for each in headings(without_fences(markdown)) if each in OUTLINE] == OUTLINE


@pytest.mark.parametrize("sql", ["SELECT 1\n```\n# Not a heading\n```", "````\n~~~\t\t1  \n"])
def test_no_statement_ends_its_fence(sql: str) -> None:
    design = Design(identity=identity(), queries=(Query(uid=uid("query"), name="One", sql=sql),))
    markdown = written(design)
    assert headings(without_fences(markdown)) == [
        "# Data and Consistency: Refunds",
        *OUTLINE[:9],
        "#### One",
        *OUTLINE[9:],
    ]
    assert not re.search(r"\t|[ ]$", markdown, re.MULTILINE)


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_is_typed_stays_text(text: str) -> None:
    markdown, plain = written(design_full_of(text)), written(design_full_of("plain"))
    levels = [heading.split(" ")[0] for heading in headings(without_fences(markdown))]
    assert levels == [heading.split(" ")[0] for heading in headings(without_fences(plain))]
    for table in tables(without_fences(markdown)):
        assert {len(row) for row in table} == {len(table[0])}


@given(ANY_TEXT)
@settings(max_examples=at_most(30), deadline=None)
def test_no_element_comes_of_any_text(text: str) -> None:
    page = Elements(document_html(design_full_of(text), DRAFT, diagrams="page", document=DATA_CONSISTENCY))
    assert page.names & FORBIDDEN == set()
    assert not [name for name in page.attributes if name.startswith("on") or name == "style"]


def test_equal_designs_give_equal_bytes(full: str) -> None:
    assert written(full_design()) == full


@pytest.mark.skipif(not CHECKER.exists(), reason="the acceptance check is not beside this checkout")
@pytest.mark.parametrize("design", [full_design(), empty_design(), sized_design(60)], ids=["full", "empty", "60"])
def test_the_acceptance_check_finds_nothing(design: Design, tmp_path: Path) -> None:
    path = tmp_path / DATA_CONSISTENCY.path(design.identity)
    path.parent.mkdir(parents=True)
    path.write_text(written(design), encoding="utf-8")
    checked = subprocess.run([sys.executable, CHECKER, "--only", "2", tmp_path], capture_output=True, text=True)
    assert (checked.returncode, checked.stdout) == (0, "1 documents, 0 problems\n")
