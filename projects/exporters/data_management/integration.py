"""Data that comes from elsewhere, and how changes reach those who show or copy it."""

from collections.abc import Iterator

from projects.design.entries import Heading as Title
from projects.design.project import ProjectDesign
from projects.design.tree import SyncStrategy
from projects.design.vocabulary import StepName
from projects.exporters.answers import Part
from projects.exporters.blocks import NO_NAME, Block, Bullets, Heading, Inline, joined, label
from projects.exporters.data_management.section import entries, section
from projects.exporters.escaping import one_line
from projects.exporters.policies.consistency import shared_data
from projects.exporters.policies.features import phrase, with_derived
from projects.exporters.project_features import features_of


def synchronization(project: ProjectDesign) -> Iterator[Block]:
    yield Heading(2, "Data Synchronization & Integration")
    yield from section(Title.EXTERNAL, entries(project, Title.EXTERNAL).rest())
    yield from section(Title.REAL_TIME, _real_time(project))


def _real_time(project: ProjectDesign) -> Iterator[Part]:
    written = entries(project, Title.REAL_TIME)
    yield from written.take("live-data")
    yield from written.take("change-notifications")
    yield from with_derived(written.take("conflict-resolution"), _strategies(project))
    yield shared_data(project)
    yield from written.rest()


def _strategies(project: ProjectDesign) -> Iterator[Block]:
    items = tuple(
        (feature.mark, f", {one_line(strategy.name) or NO_NAME}", _strategy(strategy))
        for feature in features_of(project, StepName.INTEGRITY)
        for strategy in feature.stated.sync_strategies
    )
    if items:
        yield label("How features keep copies in step")
        yield Bullets(items)


def _strategy(strategy: SyncStrategy) -> Inline:
    facts = (
        ("", strategy.description),
        ("frequency: ", strategy.frequency),
        ("conflict resolution: ", strategy.conflict_resolution),
    )
    said = joined([(word, phrase(text)) for word, text in facts if text.strip()], "; ")
    return (": ", said) if said else ""
