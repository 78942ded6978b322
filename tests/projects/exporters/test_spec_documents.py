"""Documents 5 and 6: our sections, each of them whole by itself, and what stands in them."""

import re
from itertools import cycle

import pytest
from hypothesis import HealthCheck, given, settings

from projects.design import entries, tree
from projects.design.entries import TECHNICAL_DESIGN, CatalogueEntry, Place, Theme
from projects.design.project import Included
from projects.design.tree import Design, Handbook
from projects.design.vocabulary import NAME_LENGTH
from projects.exporters.project_document import ProjectDocument
from projects.exporters.project_documents import CODEBASE_SPEC, DATA_MANAGEMENT_DOCUMENT, TECHNICAL_DESIGN_SPEC
from projects.exporters.project_html import project_html
from tests.examples import at_most
from tests.projects.design.handbooks import handbooks
from tests.projects.design.strategies import designs
from tests.projects.exporters.designs import APPROVED, DRAFT, rich_design
from tests.projects.exporters.full_design import full_design
from tests.projects.exporters.full_handbook import (
    empty_handbook,
    full_handbook,
    handbook_markers,
    included,
    project_of,
)
from tests.projects.exporters.outline import headings, section, tables
from tests.projects.exporters.sized_designs import design_full_of
from tests.projects.exporters.test_data_management_document import TOLD as TOLD_IN_4
from tests.projects.exporters.test_data_management_document import of
from tests.projects.exporters.test_hostile_text import FORBIDDEN, HOSTILE, Elements
from tests.projects.exporters.test_marker_document_1 import marked
from tests.projects.exporters.walking import Place as Fact
from tests.projects.exporters.walking import changed

# The hostile texts, so many of them at once that a run takes a few seconds.
PARTS = 5
DOCUMENTS = (DATA_MANAGEMENT_DOCUMENT, TECHNICAL_DESIGN_SPEC, CODEBASE_SPEC)
SECTIONS = {
    TECHNICAL_DESIGN_SPEC: ["Data Model", "Performance & Scalability", "Rollout & Migration"],
    CODEBASE_SPEC: ["Infrastructure"],
}
SPECS = pytest.mark.parametrize("document", SECTIONS, ids=lambda document: document.slug)
NOTHING = project_of(handbook=empty_handbook())
FULL = project_of(included(full_design(), APPROVED))


@SPECS
@pytest.mark.parametrize("project", [NOTHING, FULL], ids=["nothing", "full"])
def test_our_sections_stand_under_a_title_in_their_order(document: ProjectDocument, project: object) -> None:
    found = headings(document.markdown(project))
    assert found[0] == f"# {document.title}: Payments platform"
    assert [line for line in found if line.startswith("## ")] == [f"## {name}" for name in SECTIONS[document]]


@SPECS
def test_the_sections_alone_are_the_document_without_its_head(document: ProjectDocument) -> None:
    parts = document.markdown_sections(FULL)
    assert [name for name, _ in parts] == SECTIONS[document]
    whole = document.markdown(FULL)
    assert whole.endswith("\n".join(text for _, text in parts))


@SPECS
def test_a_project_without_anything_says_so_everywhere(document: ProjectDocument) -> None:
    text = document.markdown(NOTHING)
    subjects = [line for line in headings(text) if line.startswith("### ")]
    assert {section(text, subject) for subject in subjects} == {"Not specified yet."}
    assert not any(each.is_filled for each in document.sections(NOTHING))


# Facts of steps 4, 5 and 9 are told in other documents, and so are the settings of file and key names.
TOLD_IN_5 = (
    (
        TOLD_IN_4
        - of(tree.Query)
        - of(tree.Index)
        - of(tree.IndexPart)
        - of(tree.Entity, "no_index_reason", "reused_from", "departure")
        - of(tree.EntityField, "protection")
        - of(tree.KeySpace, "ttl")
        - of(tree.FileLayout, "naming")
        - of(tree.SyncStrategy, "description", "frequency", "conflict_resolution")
        - of(tree.Recovery)
        - of(tree.BackupSchedule)
        - of(tree.Replication)
        - of(tree.ReplicationNode)
    )
    | of(tree.Store, "project_patterns", "feature_requirements", "performance_needs", "team_expertise")
    | of(tree.Volume, "initial_rows", "growth", "peak_rows")
    | of(tree.EntityField, "name", "type")
)
TOLD_IN_6 = of(tree.Recovery) | of(tree.BackupSchedule) | of(tree.Replication) | of(tree.ReplicationNode)


@pytest.mark.parametrize(
    ("document", "facts"), [(TECHNICAL_DESIGN_SPEC, TOLD_IN_5), (CODEBASE_SPEC, TOLD_IN_6)], ids=["5", "6"]
)
def test_every_fact_of_a_feature_that_belongs_here_stands_here(document: ProjectDocument, facts: set[str]) -> None:
    text = document.markdown(project_of(included(marked()[0], APPROVED)))
    lost = [where for marker, where in marked()[1].items() if marker not in text]
    assert [where for where in lost if where.partition(" ")[0] in facts] == []


# The five questions of phase 6, and what each of them fills.
POLICIES_IN = [
    (TECHNICAL_DESIGN_SPEC, "Data Model", ("DesignPolicy.", "DatabaseProfile.", "RetentionRule.")),
    (TECHNICAL_DESIGN_SPEC, "Data Model", ("MigrationPolicy.tool", "BackupPolicy.", "PolicySchedule.")),
    (TECHNICAL_DESIGN_SPEC, "Data Model", ("CachingPolicy.", "ModellingPolicy.")),
    (TECHNICAL_DESIGN_SPEC, "Performance & Scalability", ("CachingPolicy.",)),
    (TECHNICAL_DESIGN_SPEC, "Rollout & Migration", ("MigrationPolicy.", "Environment.migrations")),
    (CODEBASE_SPEC, "Infrastructure", ("BackupPolicy.", "PolicySchedule.", "DatabaseProfile.", "Environment.conn")),
]


@pytest.mark.parametrize(("document", "heading", "facts"), POLICIES_IN)
def test_every_answer_stands_in_the_sections_that_it_fills(
    document: ProjectDocument, heading: str, facts: tuple[str, ...]
) -> None:
    text = dict(document.markdown_sections(project_of()))[heading]
    lost = [where for marker, where in handbook_markers().items() if where.startswith(facts) and marker not in text]
    assert lost == []


@pytest.mark.parametrize("heading", ["Data Model", "Schema", "Rollback"])
def test_an_entry_that_the_catalogue_places_here_is_printed(heading: str, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = CatalogueEntry("new", Theme.ACCESS, "Something new", "", (Place(TECHNICAL_DESIGN, heading),))
    monkeypatch.setattr(entries, "CATALOGUE", (*entries.CATALOGUE, entry))
    handbook = full_handbook().with_values(entries=(tree.Entry(key="new", text="It is said."),))
    text = TECHNICAL_DESIGN_SPEC.markdown(project_of(handbook=handbook))
    level = "##" if heading == "Data Model" else "###"
    assert "**Something new:** It is said." in section(text, f"{level} {heading}")


def test_a_shared_entity_has_one_row_with_all_its_features() -> None:
    owner = Design(
        identity=rich_design().identity.with_values(feature_key="payments"),
        entities=(rich_design().entities[0].with_values(reused_from=""),),
    )
    text = section(TECHNICAL_DESIGN_SPEC.markdown(project_of(included(owner), included(rich_design()))), "### Entities")
    rows = [row for row in tables(text)[0] if row[0] == "`payments`"]
    assert [row[-1] for row in rows] == ["`billing/payments` draft, `billing/refunds` draft"]


def _handbook_of(*given: str) -> Handbook:
    """The texts in turn in every fact of the handbook, on one line where there is no room for more."""
    turns = cycle(given)

    def typed(place: Fact) -> str | None:
        if place.fact == "Entry.key":
            return None
        text = next(turns)
        return text if place.fact == "Entry.text" else re.sub(r"[\n\t]", " ", text)[:NAME_LENGTH] or "x"

    return changed(full_handbook(), typed)


def _without_code(text: str) -> str:
    return re.sub(r"^(`{3,})[^\n`]*\n.*?^\1$", "", text, flags=re.MULTILINE | re.DOTALL)


PLAIN = {
    document: headings(document.markdown(project_of(Included(design_full_of("plain"), DRAFT))))[1:]
    for document in DOCUMENTS
}


@pytest.mark.parametrize("start", range(PARTS))
def test_what_people_type_stays_text(start: int) -> None:
    texts = HOSTILE[start::PARTS]
    project = project_of(Included(design_full_of(*texts), DRAFT), handbook=_handbook_of(*texts))
    written = {document: _without_code(document.markdown(project)) for document in DOCUMENTS}
    assert {document: headings(told)[1:] for document, told in written.items()} == PLAIN
    assert all(len({len(row) for row in rows}) == 1 for told in written.values() for rows in tables(told))
    page = Elements("".join(project_html(project, document, pictures="page") for document in DOCUMENTS))
    assert page.names & FORBIDDEN == set()
    assert not [name for name in page.attributes if name.startswith("on") or name == "style"]
    assert all(address.startswith(("http://", "https://", "mailto:", "#")) for address in page.addresses)


@given(handbooks(), designs())
@settings(max_examples=at_most(8), deadline=None, suppress_health_check=list(HealthCheck))
def test_the_outlines_hold_for_any_project(handbook: Handbook, design: Design) -> None:
    project = project_of(Included(design, DRAFT), handbook=handbook)
    written = {document: _without_code(document.markdown(project)) for document in DOCUMENTS}
    assert {document: headings(told)[1:] for document, told in written.items()} == PLAIN
    assert all(len({len(row) for row in rows}) == 1 for told in written.values() for rows in tables(told))
