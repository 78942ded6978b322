"""A marker typed into each fact that belongs to document 3 stands in it: facts of the handbook, and of the features."""

import re

import pytest

from projects.design import tree
from projects.design.entries import CATALOGUE, DATABASE, CatalogueEntry
from projects.exporters.project_documents import DATABASE_HANDBOOK
from tests.projects.exporters.designs import APPROVED
from tests.projects.exporters.full_design import full_design
from tests.projects.exporters.full_handbook import full_handbook, handbook_markers, included, project_of
from tests.projects.exporters.outline import section
from tests.projects.exporters.test_marker_document_1 import facts, marked


def of(kind: type[tree.Node], *names: str) -> set[str]:
    return {f"{kind.__name__}.{name}" for name in names or kind.model_fields}


# Facts of the handbook whose home among the documents is another one.
OF_OTHER_DOCUMENTS = of(tree.ModellingPolicy) - of(tree.ModellingPolicy, "orm")
TOLD_OF_FEATURES = facts() & (
    of(tree.Requirements, "access_notes", "retention")
    | of(tree.DataElement, "name", "access_pattern", "note", "retention_rule", "kept_for", "afterwards", "departure")
    | of(tree.Store)
    | of(tree.NamedType)
    | of(tree.Entity)
    | of(tree.EntityField)
    | of(tree.Check)
    | of(tree.KeySpace)
    | of(tree.FileLayout)
    | of(tree.Relationship)
    | of(tree.Query)
    | of(tree.Index)
    | of(tree.ValidationRule)
    | of(tree.Migration)
    | of(tree.Volume) - of(tree.Volume, "row_size")
    | of(tree.Cache)
    | of(tree.Optimization)
    | of(tree.Lifecycle)
    | of(tree.Recovery)
    | of(tree.BackupSchedule)
    | of(tree.Replication)
    | of(tree.ReplicationNode)
)


def test_every_fact_of_the_handbook_stands_in_it() -> None:
    text = DATABASE_HANDBOOK.markdown(project_of(included(full_design())))
    entries = {entry.key: entry for entry in CATALOGUE}
    elsewhere = {key for key, entry in entries.items() if all(place.document != DATABASE for place in entry.places)}
    lost = [where for marker, where in handbook_markers().items() if not re.search(rf"\b{marker}\b", text)]
    assert set(lost) == OF_OTHER_DOCUMENTS | elsewhere


@pytest.mark.parametrize("entry", [each for each in CATALOGUE if DATABASE in {place.document for place in each.places}])
def test_an_entry_stands_under_its_headings_with_its_label(entry: CatalogueEntry) -> None:
    sections = {each.path[-1]: each for each in DATABASE_HANDBOOK.sections(project_of())}
    written = full_handbook().text_of[entry.key]
    for place in entry.places:
        if place.document == DATABASE:
            assert (entry.label, written) in [
                (getattr(block, "label", ""), getattr(block, "text", "")) for block in sections[place.heading].blocks
            ]


def test_every_fact_of_a_feature_stands_in_it() -> None:
    design, where = marked()
    text = DATABASE_HANDBOOK.markdown(project_of(included(design, APPROVED)))
    lost = {fact for marker, fact in where.items() if fact.partition(" ")[0] in TOLD_OF_FEATURES and marker not in text}
    assert lost == set()


def test_a_feature_that_departs_says_so_once_with_its_reason() -> None:
    full = full_design()
    departing = full.with_values(
        migration=full.migration.with_values(departure="Reason of migration"),
        optimization=full.optimization.with_values(departure="Reason of optimization"),
        recoveries=tuple(each.with_values(departure="Reason of recovery") for each in full.recoveries[:1]),
        data_elements=(full.data_elements[0].with_values(departure="Reason of retention"), *full.data_elements[1:]),
        entities=(*full.entities[:1], full.entities[1].with_values(departure="Reason of entity"), *full.entities[2:]),
    )
    told = DATABASE_HANDBOOK.markdown(project_of(included(departing)))
    reasons = ("migration", "optimization", "recovery", "retention", "entity")
    assert [told.count(f"Reason of {reason}") for reason in reasons] == [1, 1, 1, 1, 1]
    assert "- **Migration tool:** Alembic" in section(told, "## Migrations")
