"""Which databases there are, how they are reached, and what code speaks to them."""

from collections.abc import Iterator

from projects.design.entries import Heading as Title
from projects.design.project import ProjectDesign
from projects.design.tree.in_force import pooling_words
from projects.exporters.answers import Part, answer
from projects.exporters.blocks import Block, Heading
from projects.exporters.data_management.section import entries, section
from projects.exporters.policies.databases import environments, other_databases, own_pooling, stores
from projects.exporters.policies.migration import in_short


def data_architecture(project: ProjectDesign) -> Iterator[Block]:
    yield Heading(2, "Data Architecture Overview")
    yield from section(Title.STRATEGY, _strategy(project))
    yield from section(Title.ACCESS_LAYER, _access_layer(project))


def _strategy(project: ProjectDesign) -> Iterator[Part]:
    policies, written = project.handbook.policies, entries(project, Title.STRATEGY)
    primary = policies.primary
    yield answer("Primary database", primary.full_name if primary else "")
    yield answer("Database hosting", primary.hosting if primary else "")
    yield answer("Access patterns", primary.access_patterns if primary else "")
    yield answer("Connection pool", pooling_words(primary) if primary else "")
    yield from written.take("connection-management")
    yield own_pooling(project)
    yield from written.take("environment-strategy")
    yield environments(project)
    yield other_databases(project)
    yield from stores(project)
    yield from written.rest()


def _access_layer(project: ProjectDesign) -> Iterator[Part]:
    policies = project.handbook.policies
    yield answer("ORM or query builder", policies.modelling.orm)
    yield from in_short(policies.migration)
    yield from entries(project, Title.ACCESS_LAYER).rest()
