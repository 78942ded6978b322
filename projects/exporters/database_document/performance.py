"""How fast the database has to be, and what makes it so."""

from collections.abc import Iterator

from projects.capacity.volumes import forecasts
from projects.design.entries import DATABASE
from projects.design.entries import Heading as Title
from projects.design.project import ProjectDesign
from projects.design.tree import DatabaseProfile
from projects.design.vocabulary import PolicyName, StepName
from projects.exporters.answers import EntriesAt, Part, answer, extra, policy, table, told
from projects.exporters.blocks import Block, Heading, Inline, Prose, Table, label, note, typed
from projects.exporters.data_design.performance import VOLUME_COLUMNS, volume_cells
from projects.exporters.database_document.departures import fact_bullets, own_facts, reason
from projects.exporters.escaping import one_line
from projects.exporters.policies.caching import caches, caching_policy
from projects.exporters.project_features import Feature, exempt_features, features_of


def performance(project: ProjectDesign) -> Iterator[Block]:
    yield Heading(2, Title.PERFORMANCE)
    yield from told(_parts(project))


def _parts(project: ProjectDesign) -> Iterator[Part]:
    policies = project.handbook.policies
    entries = EntriesAt(project, DATABASE, Title.PERFORMANCE)
    yield from entries.take("performance-targets")
    yield answer("Indexes", policies.design.indexing)
    if any(each.indexes for each in project.designs):
        yield extra([note("Each index stands with its entity under Schema Overview.")])
    yield from entries.take("query-analysis")
    yield from policy("Caching", caching_policy(policies.caching))
    yield caches(project)
    columns = ("Database", "Least Connections", "Most Connections", "Idle Timeout", "Reuse")
    pools = [_pool(profile) for profile in policies.databases if _has_pool(profile)]
    yield table("Connection pooling", "pools", columns, pools)
    yield from entries.take("connection-management")
    yield from entries.rest()
    for feature in features_of(project, StepName.PERFORMANCE):
        yield extra(_of_feature(feature))
    yield exempt_features(project, StepName.PERFORMANCE, "performance")


def _has_pool(profile: DatabaseProfile) -> bool:
    facts = (profile.pool_minimum, profile.pool_maximum, profile.pool_idle_timeout, profile.pool_reuse)
    return any(text.strip() for text in facts)


def _pool(profile: DatabaseProfile) -> tuple[Inline, ...]:
    facts = (profile.pool_minimum, profile.pool_maximum, profile.pool_idle_timeout, profile.pool_reuse)
    return one_line(profile.full_name), *(typed(text) for text in facts)


def _of_feature(feature: Feature) -> Iterator[Block]:
    plan = feature.stated.optimization
    said: list[Block] = []
    if rows := tuple(volume_cells(forecast) for forecast in forecasts(feature.design) if forecast.volume):
        said.append(Table("volumes", VOLUME_COLUMNS, rows, numeric=frozenset({1, 3, 4, 5, 6})))
    for name, text in (("Partitioning", plan.partitioning), ("Denormalization", plan.denormalization)):
        if text.strip():
            said.append(Prose(text, label=name))
    own = [
        line
        for line in own_facts(feature, PolicyName.CACHING, PolicyName.DATABASES)
        if line.step is StepName.PERFORMANCE
    ]
    said += [*fact_bullets(own), *reason(plan.departure)]
    if said:
        yield label(("Volume and performance of ", feature.mark))
        yield from said
