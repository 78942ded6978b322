"""A marker typed into each fact that belongs to document 2 stands in it: in Markdown, on the page and in print."""

import re

import pytest

from projects.design import tree
from projects.exporters import DATA_CONSISTENCY
from projects.exporters.html import document_html
from tests.projects.exporters.designs import APPROVED
from tests.projects.exporters.full_design import full_design
from tests.projects.exporters.test_marker_document_1 import facts, marked


def of(kind: type[tree.Node], *names: str) -> set[str]:
    return {f"{kind.__name__}.{name}" for name in names or kind.model_fields}


TOLD = facts() & (
    of(tree.DataElement)
    | of(tree.Store)
    | of(tree.Requirements, "access_notes", "retention", "volume")
    | of(tree.Query) - of(tree.Query, "logic", "optimization")
    | of(tree.KeySpace, "pattern")
    | of(tree.Cache, "name")
    | of(tree.Component)
    | of(tree.Consistency)
    | of(tree.SyncStrategy)
    | of(tree.SharedData)
    | of(tree.Lifecycle)
    | of(tree.Recovery)
    | of(tree.BackupSchedule)
    | of(tree.Replication)
    | of(tree.ReplicationNode)
)
# Stores that hold no data element and have no copies are named in document 1 alone, and so are unused caches.
FIRST_OF_ITS_KIND = ("Store", "KeySpace", "Cache", "Component")


def missing_in(text: str) -> list[str]:
    """The facts of which no marker is in the text, and the places that lack one where every thing is told."""
    places = [(where.partition(" ")[0], where, marker in text) for marker, where in marked()[1].items()]
    found = {fact for fact, _, is_there in places if is_there}
    lost = [where for fact, where, is_there in places if fact in TOLD and not is_there]
    return [where for where in lost if where.partition(" ")[0] not in found or not where.startswith(FIRST_OF_ITS_KIND)]


def test_every_fact_stands_in_the_markdown() -> None:
    assert missing_in(DATA_CONSISTENCY.markdown(marked()[0], APPROVED)) == []


@pytest.mark.parametrize("diagrams", ["page", "print"])
def test_every_fact_stands_in_the_html(diagrams: str) -> None:
    assert missing_in(document_html(marked()[0], APPROVED, diagrams=diagrams, document=DATA_CONSISTENCY)) == []


def test_the_schema_holds_what_it_is_made_from() -> None:
    markdown = DATA_CONSISTENCY.markdown(full_design(), APPROVED)
    statements = "\n".join(re.findall(r"^```sql\n(.*?)^```", markdown, re.MULTILINE | re.DOTALL))
    assert all(table.name in statements for table in full_design().own_tables)
    assert all(field.name in statements for table in full_design().own_tables for field in table.fields)


def test_every_choice_is_said() -> None:
    design = full_design()
    markdown = DATA_CONSISTENCY.markdown(design, APPROVED).casefold()
    chosen = [
        design.consistency.level,
        design.requirements.access_profile,
        *(each.strategy for each in design.replications),
        *(each.role for each in design.replication_nodes),
        *(each.kind for each in design.backup_schedules),
        *(each.access for each in design.component_accesses),
        *(query.frequency for query in design.queries),
    ]
    assert [term for term in chosen if term and term.label.casefold() not in markdown] == []
