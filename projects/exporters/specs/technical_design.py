"""Document 5, our sections of the technical design specification."""

from collections.abc import Iterator

from projects.design.entries import TECHNICAL_DESIGN
from projects.design.project import ProjectDesign
from projects.exporters.answers import Part, answer, extra
from projects.exporters.blocks import Block, note
from projects.exporters.derived.constraints import constraint_counts
from projects.exporters.derived.entities import entity_rows
from projects.exporters.derived.relationships import relationship_patterns
from projects.exporters.derived.volumes import volumes, volumes_by_entity
from projects.exporters.keeping_code import keeping_code
from projects.exporters.policies import migration
from projects.exporters.policies.backup import database_backups
from projects.exporters.policies.caching import caching, caching_policy
from projects.exporters.policies.consistency import guarantees, shared_data
from projects.exporters.policies.databases import databases, migrations_by_environment, rationales, stores
from projects.exporters.policies.modelling import shape, validation_policy, validation_rules
from projects.exporters.policies.optimization import optimization
from projects.exporters.policies.retention import lifecycles, retention
from projects.exporters.project_cover import project_cover
from projects.exporters.specs.section import Subject, section, untitled

TITLE = "Technical Design Specification"


def technical_design_spec(project: ProjectDesign) -> Iterator[Block]:
    yield from project_cover(project, TITLE)
    yield from keeping_code(_sections(project))


def _sections(project: ProjectDesign) -> Iterator[Block]:
    for title, subjects in (
        ("Data Model", _data_model(project)),
        ("Performance & Scalability", _performance(project)),
        ("Rollout & Migration", _rollout(project)),
    ):
        yield from section(project, TECHNICAL_DESIGN, title, subjects)


def _data_model(project: ProjectDesign) -> Iterator[Subject]:
    policies = project.handbook.policies
    yield "Entities", [answer("Main entities", policies.design.entities), entity_rows(project)]
    habits = answer("How entities relate", policies.design.relationships)
    yield "Relationships", [habits, *relationship_patterns(project)]
    yield "Schema", [*shape(policies.design), extra(constraint_counts(project))]
    yield "Storage Engines", [databases(project), *stores(project), *rationales(project), shared_data(project)]
    yield "Data Retention", [*retention(project), lifecycles(project)]
    yield "Migrations", _migrations(project)
    yield "Validation", _validation(project)
    yield "Backups", database_backups(project)
    yield "Caching", caching_policy(policies.caching)


def _migrations(project: ProjectDesign) -> Iterator[Part]:
    """In short: the whole stands in a section of its own."""
    policy = project.handbook.policies.migration
    yield from migration.in_short(policy)
    yield extra(
        [note("How they are made, run and taken back stands under Rollout & Migration.")] if policy.tool else ()
    )


def _validation(project: ProjectDesign) -> Iterator[Part]:
    policy = project.handbook.policies.modelling
    yield answer("ORM or query builder", policy.orm)
    yield from validation_policy(policy)
    yield from validation_rules(project)
    yield guarantees(project)


def _performance(project: ProjectDesign) -> Iterator[Subject]:
    yield "Caching Strategies", caching(project)
    yield "Growth", [volumes(project), volumes_by_entity(project), optimization(project)]


def _rollout(project: ProjectDesign) -> Iterator[Subject]:
    policy = project.handbook.policies.migration
    yield "Migration Strategy", [*migration.changing(policy), migrations_by_environment(project)]
    yield "Zero Downtime", [untitled(policy.zero_downtime)]
    yield "Rollback", migration.going_back(policy)
    of_features = [migration.seeding(project), migration.data_migrations(project)]
    yield "Plans of Features", [*migration.plans_of_features(project), *of_features]
