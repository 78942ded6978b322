"""Document 4: its outline, where the facts of the handbook and of the features stand in it, and what is derived."""

import re

import pytest

from projects.design import entries, tree
from projects.design.entries import DATA_MANAGEMENT, CatalogueEntry, Place, Theme
from projects.design.project import Included, ProjectDesign
from projects.design.tree import Design, Exemption, FieldPair, Relationship
from projects.design.vocabulary import Cardinality, KeyKind, StepName
from projects.exporters.project_documents import DATA_MANAGEMENT_DOCUMENT, TECHNICAL_DESIGN_SPEC
from tests.projects.exporters.designs import (
    APPROVED,
    PAYMENTS,
    empty_design,
    identity,
    key,
    rich_design,
    uid,
)
from tests.projects.exporters.full_design import full_design
from tests.projects.exporters.full_handbook import (
    empty_handbook,
    full_handbook,
    handbook_markers,
    included,
    project_of,
)
from tests.projects.exporters.outline import headings, section, tables
from tests.projects.exporters.tables import column, reference, table
from tests.projects.exporters.test_marker_document_1 import facts, marked

OUTLINE = """
## Data Architecture Overview
### Database Strategy
### Data Access Layer
## Data Models & Relationships
### Core Entities
### Relationship Patterns
## Data Access Patterns
### Query Patterns
### Data Loading Strategies
## Data Validation & Integrity
### Input Validation
### Data Integrity
## Data Security & Privacy
### Access Control
### Data Protection
### Privacy Compliance
## Data Synchronization & Integration
### External Data Sources
### Real-time Updates
## Data Storage & File Management
### File Storage Strategy
### Storage Patterns
## Performance & Optimization
### Query Performance
### Monitoring & Alerts
## Backup & Recovery
### Backup Strategy
### Migration & Versioning
## Current Data Challenges
### Known Issues
### Technical Debt
### Future Data Plans
""".strip().split("\n")
NOTHING = project_of(handbook=empty_handbook())


def markdown(project: ProjectDesign) -> str:
    return DATA_MANAGEMENT_DOCUMENT.markdown(project)


def told(heading: str, *designs: Design, handbook: tree.Handbook | None = None) -> str:
    """What stands under the heading."""
    return section(markdown(project_of(*map(included, designs), handbook=handbook)), heading)


@pytest.mark.parametrize(
    "project",
    [NOTHING, project_of(included(empty_design()), handbook=empty_handbook()), project_of(included(full_design()))],
    ids=["nothing", "empty", "full"],
)
def test_the_outline_is_whole_and_nothing_is_empty(project: ProjectDesign) -> None:
    text = markdown(project)
    assert headings(text) == ["# Data Management: Payments platform", *OUTLINE]
    assert [name for name in OUTLINE if name.startswith("### ") and not section(text, name)] == []


def test_a_project_without_anything_says_so_everywhere() -> None:
    text = markdown(NOTHING)
    assert {section(text, name) for name in OUTLINE if name.startswith("### ")} == {"Not specified yet."}
    assert not any(each.is_filled for each in DATA_MANAGEMENT_DOCUMENT.sections(NOTHING))


def test_the_full_handbook_and_design_fill_every_section() -> None:
    project = project_of(included(full_design()))
    assert [each.path for each in DATA_MANAGEMENT_DOCUMENT.sections(project) if not each.is_complete] == []


def test_habits_alone_tell_of_entities_and_relationships_in_part() -> None:
    """They are complete with the features that have some."""
    headings = ("Core Entities", "Relationship Patterns", "Entities", "Relationships")
    documents = (DATA_MANAGEMENT_DOCUMENT, TECHNICAL_DESIGN_SPEC)
    for project, is_complete in ((project_of(), False), (project_of(included(full_design())), True)):
        found = [each for document in documents for each in document.sections(project) if each.path[-1] in headings]
        assert [(each.is_filled, each.is_complete) for each in found] == [(True, is_complete)] * len(headings)


def of(kind: type[tree.Node], *names: str) -> set[str]:
    return {f"{kind.__name__}.{name}" for name in names or kind.model_fields}


# The structures as a whole, the code of operations and the figures of volumes stand in document 3.
TOLD = facts() & (
    of(tree.DataElement) - of(tree.DataElement, "description", "reason", "size_estimate")
    | of(tree.Store, "name", "system")
    | of(tree.Entity, "namespace", "name", "purpose", "reused_from", "no_index_reason", "departure")
    | of(tree.EntityField, "name", "protection")
    | of(tree.KeySpace, "pattern", "value_type", "ttl", "purpose")
    | of(tree.FileLayout, "structure", "format", "naming", "access_pattern")
    | of(tree.Relationship)
    | of(tree.Query) - of(tree.Query, "logic", "sql")
    | of(tree.Index)
    | of(tree.IndexPart)
    | of(tree.ValidationRule)
    | of(tree.Consistency)
    | of(tree.SyncStrategy)
    | of(tree.SharedData)
    | of(tree.Component, "name")
    | of(tree.Migration)
    | of(tree.Cache)
    | of(tree.Optimization)
    | of(tree.Lifecycle)
    | of(tree.Recovery)
    | of(tree.BackupSchedule)
    | of(tree.Replication)
    | of(tree.ReplicationNode)
)


def test_every_fact_of_a_feature_that_belongs_here_stands_here() -> None:
    text = markdown(project_of(included(marked()[0], APPROVED)))
    lost = [where for marker, where in marked()[1].items() if marker not in text]
    assert [where for where in lost if where.partition(" ")[0] in TOLD] == []


ELSEWHERE = (
    *("Conventions", "AccessRole"),
    *("DesignPolicy.normalization_notes", "DesignPolicy.keys", "DesignPolicy.constraints"),
    "DesignPolicy.project_patterns",
)


def test_every_policy_and_every_entry_of_its_own_stands_here() -> None:
    text = markdown(project_of())
    lost = {where for marker, where in handbook_markers().items() if marker not in text}
    printed = {entry.key for entry in entries.CATALOGUE if any(p.document == DATA_MANAGEMENT for p in entry.places)}
    assert lost & printed == set()
    assert [where for where in lost if "." in where and not where.startswith(ELSEWHERE)] == []


@pytest.mark.parametrize("heading", [line.removeprefix("### ") for line in OUTLINE if line.startswith("### ")])
def test_an_entry_that_joins_the_catalogue_is_printed(heading: str, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = CatalogueEntry("new", Theme.ACCESS, "Something new", "", (Place(DATA_MANAGEMENT, heading),))
    monkeypatch.setattr(entries, "CATALOGUE", (*entries.CATALOGUE, entry))
    handbook = full_handbook().with_values(entries=(tree.Entry(key="new", text="It is said."),))
    assert "**Something new:** It is said." in told(f"### {heading}", handbook=handbook)


def test_without_an_answer_a_label_stands_over_what_the_designs_say() -> None:
    text = told("### Query Patterns", full_design(), handbook=empty_handbook())
    assert "Standard operations:\n\n5 operations in the designs: 4 read, 1 write." in text
    assert "**Joins and relations:**" not in text


def payments() -> Design:
    """The feature that owns the table which refunds refer to."""
    own = PAYMENTS.with_values(reused_from="", purpose="A payment, as its owner says.")
    return Design(identity=identity(feature_key="payments", feature_title="Payments"), entities=(own,))


def test_an_entity_that_features_share_is_told_once_with_its_owner() -> None:
    text = told("### Core Entities", payments(), rich_design())
    assert text.count("A payment, as its owner says; fields: `id`, `status`, `captured_minor`") == 1
    assert "shared with `billing/refunds` draft" in text
    assert "Shared, and told with its owner: `payments` of `billing/payments`." in text


def test_entities_stand_under_their_epic_and_their_feature_with_its_mark() -> None:
    shop = rich_design().with_values(identity=identity(epic_key="shop", epic_title="Shop", feature_key="carts"))
    text = section(markdown(project_of(included(payments(), APPROVED), included(shop))), "### Core Entities")
    found = [line for line in text.split("\n") if line.endswith(":") or line.endswith(":**")]
    assert found == ["**Billing:**", "`billing/payments` r4:", "**Shop:**", "`shop/carts` draft:"]


def test_relationships_stand_under_their_pattern() -> None:
    people = table("people", column("people", "id"), column("people", "boss_id"), primary="id")
    tags = table("tags", column("tags", "id"), primary="id")
    columns = (column("tagged", "person_id"), column("tagged", "tag_id"))
    tagged = table("tagged", *columns, keys=(key("tagged", KeyKind.PRIMARY, "person_id", "tag_id"),))
    design = Design(
        identity=identity(),
        entities=(people, tags, tagged),
        relationships=(
            reference("people", "boss_id", "people"),
            reference("tagged", "person_id", "people", cardinality=Cardinality.ONE_TO_MANY),
            reference("tagged", "tag_id", "tags", cardinality=Cardinality.ONE_TO_OPTIONAL),
        ),
    )
    text = told("### Relationship Patterns", design, handbook=empty_handbook())
    patterns = dict(re.findall(r"^([\w-]+):\n\n(.*?)(?=\n\n[\w-]+:\n|\Z)", text, re.MULTILINE | re.DOTALL))
    assert patterns["One-to-many"].startswith("- `people` → `tagged`")
    assert patterns["One-to-one"].startswith("- `tags` – `tagged`")
    assert patterns["Many-to-many"] == "- `people` ↔ `tags` through `tagged` (`billing/refunds` draft)"
    assert patterns["Self-referencing"].startswith("- `people` (1:N): `boss_id` → `id`")


def test_a_pattern_that_nothing_follows_says_so() -> None:
    text = told("### Relationship Patterns", rich_design(), handbook=empty_handbook())
    assert "Self-referencing:\n\nNone in the model." in text


def test_a_reference_that_leads_out_of_the_project_is_told_as_such() -> None:
    lost = Relationship(uid=uid("lost"), child=uid("refunds"), pairs=(FieldPair(child=uid("refunds", "payment_id")),))
    text = told("### Data Integrity", rich_design().with_values(relationships=(lost,)))
    assert "- Not specified yet (1): `refunds` → Not specified yet." in text


def test_sizes_are_added_up_over_the_features_that_share_a_store() -> None:
    other = full_design().with_values(identity=identity(feature_key="returns"))
    once, twice = (_first_size(*designs) for designs in ([full_design()], [full_design(), other]))
    assert once == ["PostgreSQL 16", "324 MB", "649 MB", "1.30 GB"]
    assert twice == ["PostgreSQL 16", "648 MB", "1.30 GB", "2.60 GB"]


def _first_size(*designs: Design) -> list[str]:
    return [cell.replace("\u00a0", " ") for cell in tables(told("### Monitoring & Alerts", *designs))[-1][2][:4]]


def test_a_fact_that_repeats_the_policy_is_not_told_again() -> None:
    policies = tree.Policies(migration=tree.MigrationPolicy(tool="Alembic", zero_downtime="By hand."))
    plan = tree.Migration(tool="Alembic", zero_downtime="Not needed.")
    design = rich_design().with_values(policies=policies, migration=plan)
    project = project_of(Included(design, APPROVED), handbook=empty_handbook().with_values(policies=policies))
    text = section(markdown(project), "### Migration & Versioning")
    assert "Migrations of `billing/refunds` r4:\n\n- **Zero downtime:** Not needed.\n\n" in f"{text}\n\n"


def test_a_step_that_does_not_apply_says_why() -> None:
    exemption = Exemption(uid=uid("exemption"), step=StepName.BACKUP, reason="it can be read again")
    text = told("### Backup Strategy", full_design().with_values(exemptions=(exemption,)))
    assert "`billing/refunds` draft: backups: not applicable: it can be read again" in text
    assert "every Sunday" not in text


def test_equal_projects_give_equal_bytes() -> None:
    first = project_of(included(full_design(), APPROVED), included(payments()))
    again = project_of(
        *(included(Design.model_validate_json(each.design.model_dump_json()), each.record) for each in first.features)
    )
    assert markdown(first) == markdown(again)
