"""Backups, how long data is kept, what removes it, and what the law asks."""

from collections.abc import Iterator

from projects.design.entries import DATABASE
from projects.design.entries import Heading as Title
from projects.design.project import ProjectDesign
from projects.design.tree import DataElement, RetentionRule
from projects.design.vocabulary import StepName
from projects.exporters.answers import EntriesAt, Part, answer, extra, table, told
from projects.exporters.blocks import NO_NAME, Block, Bullets, Heading, Inline, Prose, Typed, label, typed
from projects.exporters.database_document.backups import backups
from projects.exporters.escaping import one_line
from projects.exporters.project_features import Feature, exempt_features, features_of

TITLE, RETENTION = "Data Management", "Data Retention"


def data_management(project: ProjectDesign) -> Iterator[Block]:
    yield Heading(2, TITLE)
    yield from (block for part in EntriesAt(project, DATABASE, TITLE).rest() for block in part.blocks)
    yield from _coming_to_be(project)
    yield from backups(project)
    yield Heading(3, RETENTION)
    yield from told(_retention(project))
    yield Heading(3, Title.CLEANUP)
    yield from told(_cleanup(project))
    yield Heading(3, Title.COMPLIANCE)
    yield from told(EntriesAt(project, DATABASE, Title.COMPLIANCE).rest())


def _coming_to_be(project: ProjectDesign) -> Iterator[Block]:
    for feature in features_of(project, StepName.PERFORMANCE):
        life = feature.design.lifecycle
        said = [
            Prose(text, label=name)
            for name, text in (("Created", life.creation), ("Modified", life.modification))
            if text.strip()
        ]
        if said:
            yield label(("Data of ", feature.mark))
            yield from said


def _retention(project: ProjectDesign) -> Iterator[Part]:
    rules = [(one_line(each.name), typed(each.kept_for), typed(each.afterwards)) for each in _rules(project)]
    yield table("Rules", "retention-rules", ("Kind of Data", "Kept for", "Then"), rules)
    yield from EntriesAt(project, DATABASE, RETENTION).rest()
    features = list(features_of(project, StepName.REQUIREMENTS))
    rows = [_element(feature, element) for feature in features for element in _kept(feature)]
    columns = ("Data Element", "Feature", "Rule", "Kept for", "Then")
    if rows:
        yield table("Data elements", "feature-retention", columns, rows)
    if reasons := tuple(line for feature in features for line in _reasons(feature)):
        yield extra([label("Departures from the rules"), Bullets(reasons)])
    for feature in features:
        if text := feature.design.requirements.retention.strip():
            yield extra([Prose(text, label=feature.label)])
    yield exempt_features(project, StepName.REQUIREMENTS, "retention")


def _rules(project: ProjectDesign) -> tuple[RetentionRule, ...]:
    return project.handbook.policies.retention_rules


def _kept(feature: Feature) -> Iterator[DataElement]:
    for element in feature.design.data_elements:
        if any(text.strip() for text in (element.kept_for, element.afterwards, element.retention_rule)):
            yield element


def _element(feature: Feature, element: DataElement) -> tuple[Inline, ...]:
    rule = one_line(element.retention_rule) or "none"
    return one_line(element.name) or NO_NAME, feature.mark, rule, typed(element.kept_for), typed(element.afterwards)


def _reasons(feature: Feature) -> Iterator[Inline]:
    for element in feature.design.data_elements:
        if element.departure.strip():
            yield f"{one_line(element.name) or NO_NAME} of ", feature.mark, ": ", Typed(element.departure)


def _cleanup(project: ProjectDesign) -> Iterator[Part]:
    conventions = project.handbook.conventions
    yield answer("Field of soft deletes", conventions.soft_delete_field)
    yield answer("Removed for good", f"after {conventions.purge_after}" if conventions.purge_after.strip() else "")
    yield from EntriesAt(project, DATABASE, Title.CLEANUP).rest()
    for feature in features_of(project, StepName.PERFORMANCE):
        yield extra(_going(feature))


def _going(feature: Feature) -> Iterator[Block]:
    life = feature.design.lifecycle
    said = [
        Prose(text, label=name)
        for name, text in (("Archived", life.archival), ("Deleted", life.deletion))
        if text.strip()
    ]
    if said:
        yield label(("Data of ", feature.mark))
        yield from said
