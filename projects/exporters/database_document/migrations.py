"""How schemas change: the project's policy, and what features say beside it."""

from collections.abc import Iterator

from projects.design.entries import DATABASE
from projects.design.project import ProjectDesign
from projects.design.vocabulary import PolicyName, StepName
from projects.exporters.answers import EntriesAt, Part, answer, extra, policy, told
from projects.exporters.blocks import Block, Heading, Prose, label
from projects.exporters.database_document.departures import fact_bullets, own_facts, reason
from projects.exporters.policies.databases import migrations_by_environment
from projects.exporters.policies.migration import best_practices, going_back, keeping
from projects.exporters.project_features import Feature, exempt_features, features_of

TITLE = "Migrations"


def migrations(project: ProjectDesign) -> Iterator[Block]:
    yield Heading(2, TITLE)
    yield from told(_parts(project))


def _parts(project: ProjectDesign) -> Iterator[Part]:
    yield from policy("Policy of the project", _policy(project))
    yield from EntriesAt(project, DATABASE, TITLE).rest()
    for feature in features_of(project, StepName.MIGRATION):
        yield extra(_of_feature(feature))
    yield exempt_features(project, StepName.MIGRATION, "migrations")


def _policy(project: ProjectDesign) -> Iterator[Part]:
    said = project.handbook.policies.migration
    yield from keeping(said)
    yield migrations_by_environment(project)
    yield from going_back(said)
    yield answer("Zero downtime", said.zero_downtime)
    yield best_practices(said)


def _of_feature(feature: Feature) -> Iterator[Block]:
    plan = feature.stated.migration
    own = (
        ("Creating the schema", plan.setup),
        ("Seeding", plan.seeding),
        ("Baseline", plan.baseline),
        ("Dependencies", plan.dependencies),
        ("Data migrations", plan.data_migrations),
        ("Data preservation", plan.data_preservation),
    )
    said = [
        *(Prose(text, label=name) for name, text in own if text.strip()),
        *fact_bullets(own_facts(feature, PolicyName.MIGRATION)),
        *reason(plan.departure),
    ]
    if said:
        yield label(("Migrations of ", feature.mark))
        yield from said
