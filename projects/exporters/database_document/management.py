"""Backups, how long data is kept, what removes it, and what the law asks."""

from collections.abc import Iterator

from projects.design.entries import DATABASE
from projects.design.entries import Heading as Title
from projects.design.project import ProjectDesign
from projects.design.tree import Conventions
from projects.design.vocabulary import StepName
from projects.exporters.answers import EntriesAt, Part, answer, extra, told
from projects.exporters.blocks import Block, Heading, Paragraph, Prose, label
from projects.exporters.database_document.backups import backups
from projects.exporters.policies.retention import retention
from projects.exporters.project_features import Feature, exempt_features, features_of

TITLE, RETENTION = "Data Management", "Data Retention"
NO_SOFT_DELETES = "No soft deletes: the conventions name no field for them."


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
    rules, *elements = retention(project)
    yield rules
    yield from EntriesAt(project, DATABASE, RETENTION).rest()
    yield from elements
    for feature in features_of(project, StepName.REQUIREMENTS):
        if text := feature.design.requirements.retention.strip():
            yield extra([Prose(text, label=feature.label)])
    yield exempt_features(project, StepName.REQUIREMENTS, "retention")


def _cleanup(project: ProjectDesign) -> Iterator[Part]:
    conventions = project.handbook.conventions
    written = list(EntriesAt(project, DATABASE, Title.CLEANUP).rest())
    of_features = [extra(_going(feature)) for feature in features_of(project, StepName.PERFORMANCE)]
    is_stated = any(part.blocks for part in (*written, *of_features)) or conventions != Conventions()
    yield from _soft_deletes(conventions, is_stated=is_stated)
    yield from written
    yield from of_features


def _soft_deletes(conventions: Conventions, *, is_stated: bool) -> Iterator[Part]:
    """Conventions without a field for them are an answer where the project has said anything of the matter."""
    field, after = conventions.soft_delete_field, conventions.purge_after.strip()
    if is_stated and not field.strip() and not after:
        yield extra([Paragraph(NO_SOFT_DELETES)])
        return
    yield answer("Field of soft deletes", field)
    yield answer("Removed for good", f"after {after}" if after else "")


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
