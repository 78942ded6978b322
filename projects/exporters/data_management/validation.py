"""What is checked before it is stored, and what keeps stored data whole."""

from collections.abc import Iterator

from projects.design.entries import Heading as Title
from projects.design.project import ProjectDesign
from projects.exporters.answers import Part
from projects.exporters.blocks import Block, Heading
from projects.exporters.data_management.section import entries, section
from projects.exporters.derived.constraints import constraint_counts
from projects.exporters.derived.relationships import on_delete
from projects.exporters.policies.consistency import guarantees
from projects.exporters.policies.features import with_derived
from projects.exporters.policies.modelling import validation_policy, validation_rules


def validation_and_integrity(project: ProjectDesign) -> Iterator[Block]:
    yield Heading(2, "Data Validation & Integrity")
    yield from section(Title.VALIDATION, _validation(project))
    yield from section(Title.INTEGRITY, _integrity(project))


def _validation(project: ProjectDesign) -> Iterator[Part]:
    written = entries(project, Title.VALIDATION)
    yield from validation_policy(project.handbook.policies.modelling)
    yield from written.take("runtime-validation")
    yield from with_derived(written.take("database-constraints"), constraint_counts(project))
    yield from written.rest()
    yield from validation_rules(project)


def _integrity(project: ProjectDesign) -> Iterator[Part]:
    written = entries(project, Title.INTEGRITY)
    yield from with_derived(written.take("referential-integrity"), on_delete(project))
    yield from with_derived(written.take("transactional-operations"), guarantees(project).blocks)
    yield from written.rest()
