"""Document 3: its outline, where the facts of the handbook and of the features stand in it, and what is shared."""

import re

import pytest
from hypothesis import HealthCheck, given, settings

from projects.design import tree
from projects.design.project import Included, ProjectDesign
from projects.design.tree import Design, EntityField, Environment, Exemption, Handbook, Policies, Protection
from projects.design.vocabulary import NAME_LENGTH, OperationKind, Sensitivity, StepName, StoreKind
from projects.exporters.project_document import ProjectDocument
from projects.exporters.project_documents import (
    DATA_MANAGEMENT_DOCUMENT,
    DATABASE_HANDBOOK,
    PROJECT_DOCUMENTS,
    TECHNICAL_DESIGN_SPEC,
)
from projects.exporters.project_html import project_html
from tests.cost import calls_in
from tests.examples import at_most
from tests.projects.design.handbooks import handbooks
from tests.projects.design.strategies import designs
from tests.projects.exporters.designs import APPROVED, DRAFT, PAYMENTS, empty_design, identity, rich_design, uid
from tests.projects.exporters.full_design import full_design
from tests.projects.exporters.full_handbook import (
    empty_handbook,
    full_handbook,
    included,
    project_of,
)
from tests.projects.exporters.outline import headings, section, tables
from tests.projects.exporters.sized_designs import design_full_of, sized_design
from tests.projects.exporters.test_hostile_text import FORBIDDEN, HOSTILE, Elements
from tests.projects.exporters.walking import Place, changed

OUTLINE = """
## Database Overview
## Schema Overview
### Relationships
## Migrations
## Query Patterns
### Query Optimization
### N+1 Prevention
## Performance & Optimization
## Data Management
### Backups
### Data Retention
### Data Cleanup
### Compliance
## Security & Access Control
### Access Control
### Credentials
### Sensitive Data
### Audit Logging
## Testing Database
## Monitoring & Alerts
## Using This File
""".strip().split("\n")


def markdown(project: ProjectDesign) -> str:
    return DATABASE_HANDBOOK.markdown(project)


@pytest.mark.parametrize(
    "project",
    [
        project_of(handbook=empty_handbook()),
        project_of(included(empty_design()), handbook=empty_handbook()),
        project_of(included(full_design(), APPROVED)),
    ],
    ids=["nothing", "empty", "full"],
)
def test_the_outline_is_whole_and_nothing_is_empty(project: ProjectDesign) -> None:
    text = markdown(project)
    assert headings(text) == ["# Database: Payments platform", *OUTLINE]
    bare = [name for name in OUTLINE if not section(text, name) and f"{name}\n\n### " not in text]
    assert bare == []


def test_a_project_without_anything_says_so_everywhere() -> None:
    sections = {each.path: each for each in DATABASE_HANDBOOK.sections(project_of(handbook=empty_handbook()))}
    assert [path for path, each in sections.items() if each.is_filled] == [("Using This File",)]
    assert "the handbook alone: no feature is included" in markdown(project_of(handbook=empty_handbook()))


def test_a_section_is_filled_by_what_is_said_and_complete_if_nothing_is_missing() -> None:
    entries = (tree.Entry(key="privacy", text="By law."), tree.Entry(key="n-plus-one", text="Loaded along."))
    project = project_of(handbook=empty_handbook().with_values(entries=entries))
    found = {each.path[-1]: each for each in DATABASE_HANDBOOK.sections(project)}
    assert [name for name, each in found.items() if each.is_filled] == [
        "N+1 Prevention",
        "Compliance",
        "Using This File",
    ]
    assert [name for name, each in found.items() if each.is_complete] == ["N+1 Prevention", "Using This File"]


@pytest.mark.parametrize("document", PROJECT_DOCUMENTS, ids=lambda document: document.slug)
def test_a_document_has_as_many_sections_whatever_fills_them(document: ProjectDocument) -> None:
    nothing, full = project_of(handbook=empty_handbook()), project_of(included(full_design()))
    assert [each.path for each in document.sections(nothing)] == [each.path for each in document.sections(full)]
    assert document.standing(nothing)[0] < document.standing(full)[0] <= document.standing(full)[1]


def test_features_are_marked_with_their_revision_or_as_drafts() -> None:
    text = markdown(project_of(included(rich_design(), APPROVED), included(_payments(), DRAFT)))
    assert "the handbook, `billing/refunds` r4, `billing/payments` draft" in text
    assert "**Table** `refunds` of `billing/refunds` r4:" in text


def _payments() -> Design:
    """The feature that owns the table which refunds refer to."""
    own = PAYMENTS.with_values(reused_from="", purpose="A payment, as its owner says.")
    return Design(identity=identity(feature_key="payments", feature_title="Payments"), entities=(own,))


def test_an_entity_that_features_share_is_stated_once_with_its_owner() -> None:
    text = markdown(project_of(included(_payments()), included(rich_design(), APPROVED)))
    assert text.count("**Table** `payments`") == 1
    told = text.partition("**Table** `payments` of `billing/payments` draft:")[2].partition("**Table**")[0]
    assert "A payment, as its owner says." in told
    assert "Shared with `billing/refunds` r4." in told


def test_an_entity_whose_owner_is_not_included_is_stated_once_by_those_who_share_it() -> None:
    second = rich_design().with_values(identity=identity(feature_key="disputes"))
    text = markdown(project_of(included(second), included(rich_design())))
    assert text.count("**Table** `payments`") == 1
    assert text.count("Reused from `billing/payments`") == 1
    assert "Shared with `billing/refunds` draft." in text


def test_two_tables_of_one_name_are_both_stated() -> None:
    other = rich_design().with_values(identity=identity(feature_key="returns"))
    text = markdown(project_of(included(rich_design()), included(other)))
    assert text.count("**Table** `refunds` of") == 2


def test_frequent_operations_come_first_with_the_index_that_serves_them() -> None:
    found = tables(section(markdown(project_of(included(full_design()))), "## Query Patterns"))[0]
    assert found[0] == ["Operation", "Frequency", "Expected Duration", "Index Used", "Pagination"]
    assert [row[1].partition(" ")[0] for row in found[2:]] == ["High", "High", "Medium", "Low", "Low"]
    assert found[4][3] == "`idx_refunds_payment_id_requested_at` (full)"


def test_an_operation_that_writes_is_not_paged() -> None:
    full = full_design()
    queries = tuple(
        each.with_values(kind=kind, pagination=None) for each, kind in zip(full.queries[:2], OperationKind, strict=True)
    )
    text = markdown(project_of(included(full.with_values(queries=queries))))
    rows = tables(section(text, "## Query Patterns"))[0][2:]
    assert sorted(row[4] for row in rows) == ["Not applicable: it writes", "Not specified yet."]


NO_SOFT_DELETES = "No soft deletes: the conventions name no field for them."


LEFT = "**Automated cleanup:** Not specified yet.\n\n**Manual cleanup:** Not specified yet."


@pytest.mark.parametrize(
    ("conventions", "expected"),
    [
        (tree.Conventions(), "Not specified yet."),
        (tree.Conventions(notes="Short names."), f"{NO_SOFT_DELETES}\n\n{LEFT}"),
        (
            tree.Conventions(soft_delete_field="deleted_at"),
            f"**Field of soft deletes:** deleted_at\n\n**Removed for good:** Not specified yet.\n\n{LEFT}",
        ),
    ],
    ids=["nothing", "no soft deletes", "soft deletes"],
)
def test_what_is_missing_of_cleanup(conventions: tree.Conventions, expected: str) -> None:
    handbook = empty_handbook().with_values(conventions=conventions)
    assert section(markdown(project_of(handbook=handbook)), "### Data Cleanup") == expected


def test_cleanup_is_complete_without_soft_deletes() -> None:
    entries = tuple(tree.Entry(key=key, text="Every night.") for key in ("automated-cleanup", "manual-cleanup"))
    project = project_of(handbook=empty_handbook().with_values(entries=entries))
    found = {each.path[-1]: each for each in DATABASE_HANDBOOK.sections(project)}
    assert found["Data Cleanup"].is_complete
    assert NO_SOFT_DELETES in section(markdown(project), "### Data Cleanup")


def test_a_service_without_a_version_misses_none() -> None:
    profile = tree.DatabaseProfile(uid=uid("s3"), system="S3", kind=StoreKind.FILE, hosting="AWS")
    handbook = empty_handbook().with_values(policies=Policies(databases=(profile,)))
    rows = tables(section(markdown(project_of(handbook=handbook)), "## Database Overview"))[0]
    assert rows[2] == ["S3", "", "File storage", "AWS", "yes"]


def test_a_policy_has_the_same_labels_as_in_the_other_documents() -> None:
    documents = (DATABASE_HANDBOOK, DATA_MANAGEMENT_DOCUMENT, TECHNICAL_DESIGN_SPEC)
    texts = [each.markdown(project_of()) for each in documents]
    found = [set(re.findall(r"\*\*([^*\n]+):\*\*", text)) for text in texts]
    policies = ("Migration tool", "File location", "Rolling back", "Point-in-time recovery", "Recovery procedure")
    assert {*policies, "Caching layers"} <= set.intersection(*found)
    assert "Caching system" in found[0] & found[2]
    assert all("\nRetention rules:\n" in text for text in texts)


def test_sensitive_fields_are_protected_as_their_class_is_or_as_they_say() -> None:
    policy = Policies(protections=(Protection(uid=uid("p"), classification=Sensitivity.PERSONAL, protection="masked"),))
    told = section(markdown(_with_policies(policy)), "### Sensitive Data")
    assert "| `refunds.reason_note` of `billing/refunds` draft | Personal | masked |" in told
    assert "| `disputes.contact.email` of `billing/refunds` draft | Personal | encrypted by the application |" in told


def _with_policies(policies: Policies) -> ProjectDesign:
    handbook = empty_handbook().with_values(policies=policies)
    return project_of(_draft(full_design().with_values(policies=policies)), handbook=handbook)


def _draft(design: Design) -> Included:
    return Included(design, DRAFT)


def test_where_every_classified_field_is_public_there_is_nothing_to_protect() -> None:
    def public(field: EntityField) -> EntityField:
        return field.with_values(sensitivity=Sensitivity.PUBLIC)

    design = _payments()
    shown = design.entities[0].with_values(fields=tuple(map(public, design.entities[0].fields)))
    text = markdown(project_of(_draft(design.with_values(entities=(shown,))), handbook=empty_handbook()))
    assert "Not applicable: every field that is classified is public." in section(text, "### Sensitive Data")


def test_stores_without_a_plan_of_their_own_follow_the_policy_or_have_none_yet() -> None:
    handbook = empty_handbook()
    unplanned = section(markdown(project_of(_draft(rich_design()), handbook=handbook)), "### Backups")
    assert "No backup is planned yet for: PostgreSQL 16 of `billing/refunds` draft." in unplanned
    policies = Policies(backup=tree.BackupPolicy(rto="1 hour"))
    followed = handbook.with_values(policies=policies)
    project = project_of(_draft(rich_design().with_values(policies=policies)), handbook=followed)
    assert "These stores follow the policy: PostgreSQL 16 of" in section(markdown(project), "### Backups")


def test_a_step_that_does_not_apply_says_why() -> None:
    exemption = Exemption(uid=uid("exemption"), step=StepName.MIGRATION, reason="the store has no schema")
    project = project_of(included(full_design().with_values(exemptions=(exemption,))))
    told = section(markdown(project), "## Migrations")
    assert "`billing/refunds` draft: migrations: not applicable: the store has no schema" in told
    assert "One migration creates all tables" not in told


def test_code_that_people_give_as_an_example_stays() -> None:
    text = "Read one:\n\n```sql\nSELECT 1;\n```\n\nNever write DELETE FROM orders by hand."
    handbook = empty_handbook().with_values(
        entries=(tree.Entry(key="standard-operations", text=text),),
        access_roles=(tree.AccessRole(uid=uid("role"), name="app", rights="SELECT id FROM orders\n\n```\nGRANT\n```"),),
    )
    told = markdown(project_of(handbook=handbook))
    assert "\n```sql\nSELECT 1;\n```\n" in told
    assert "Never write DELETE FROM orders by hand." in told
    assert "| app | SELECT id FROM orders `GRANT` | Not specified yet. |" in told


def test_equal_projects_give_equal_bytes() -> None:
    def made() -> str:
        return markdown(project_of(included(full_design(), APPROVED), included(_payments())))

    assert made() == made()


def test_the_digest_changes_with_the_handbook_and_with_each_design() -> None:
    def digest(project: ProjectDesign) -> str:
        return re.findall(r"`([0-9a-f]{64})`", markdown(project))[0]

    projects = [
        project_of(included(rich_design())),
        project_of(included(rich_design(), APPROVED)),
        project_of(included(full_design())),
        project_of(included(rich_design()), handbook=empty_handbook()),
    ]
    assert len({digest(project) for project in projects}) == len(projects)


def _handbook_of(text: str) -> Handbook:
    """The text in every fact of the handbook, on one line where there is no room for more."""

    def typed(place: Place) -> str | None:
        if place.fact == "Entry.key":
            return None
        line = re.sub(r"[\n\t]", " ", text)[:NAME_LENGTH] or "x"
        if place.field == "name" and place.kind is not Environment:
            # Lists by name have each name once.
            return f"{line[: NAME_LENGTH - 4]} {place.path[-2]}"
        return text if place.fact == "Entry.text" else line

    return changed(full_handbook(), typed)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_type_stays_text(text: str) -> None:
    project = project_of(_draft(design_full_of(text)), handbook=_handbook_of(text))
    told = markdown(project)
    assert [heading for heading in headings(_without_code(told)) if not heading.startswith("# ")] == OUTLINE
    assert all(len({len(row) for row in table}) == 1 for table in tables(_without_code(told)))
    page = Elements(project_html(project, DATABASE_HANDBOOK, pictures="page"))
    assert page.names & FORBIDDEN == set()
    assert not [name for name in page.attributes if name.startswith("on") or name == "style"]
    assert all(address.startswith(("http://", "https://", "mailto:", "#")) for address in page.addresses)


def _without_code(text: str) -> str:
    return re.sub(r"^(`{3,})[^\n`]*\n.*?^\1$", "", text, flags=re.MULTILINE | re.DOTALL)


@given(handbooks(), designs())
@settings(max_examples=at_most(20), deadline=None, suppress_health_check=list(HealthCheck))
def test_the_outline_holds_for_any_project(handbook: Handbook, design: Design) -> None:
    told = _without_code(markdown(project_of(_draft(design), handbook=handbook)))
    assert headings(told)[1:] == OUTLINE
    assert all(len({len(row) for row in table}) == 1 for table in tables(told))


def test_three_hundred_entities_cost_no_more_than_ten_times_thirty() -> None:
    many, few = (project_of(included(sized_design(size))) for size in (300, 30))
    assert markdown(many).count("**Table** ") == 300
    assert calls_in(lambda: markdown(many)) < 15 * calls_in(lambda: markdown(few))
