"""The fields of DTOs against stored fields, as a matrix, and what on either side leads nowhere."""

from dataclasses import dataclass
from enum import StrEnum

from projects.checks.facts import Facts
from projects.checks.mapping import FED_KINDS, fed_fields, needs_feeding
from projects.checks.questions.hand_over import is_mapped
from projects.checks.questions.question import Named
from projects.design.tree import Design, Dto, DtoField, Entity, EntityField


class Standing(StrEnum):
    STORED = "stored"
    COMPUTED = "computed"
    UNSTORED = "unstored"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class MappingRow:
    """A field of a DTO; `cells` says for each column of its matrix whether the field leads there."""

    field: DtoField
    standing: Standing
    cells: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class DtoMatrix:
    """The fields of one DTO against those of its main entity, then those of other entities that it names."""

    dto: Dto
    columns: tuple[tuple[Entity, EntityField], ...]
    rows: tuple[MappingRow, ...]

    @property
    def uses(self) -> tuple[int, ...]:
        """For each column, how many fields of the DTO lead to it."""
        return tuple(sum(row.cells[place] for row in self.rows) for place in range(len(self.columns)))


def standing_of(field: DtoField) -> Standing:
    if not is_mapped(Named(field.name, field)):
        return Standing.OPEN
    return Standing(field.kind.value) if field.kind else Standing.STORED


def matrix_of(design: Design, dto: Dto) -> DtoMatrix:
    main = design.entity_by_uid[dto.entity].fields if dto.entity else ()
    named = [uid for field in dto.fields for uid in field.sources]
    uids = tuple(dict.fromkeys([*(field.uid for field in main), *named]))
    rows = tuple(
        MappingRow(field, standing_of(field), tuple(uid in field.sources for uid in uids)) for field in dto.fields
    )
    return DtoMatrix(dto, tuple((design.entity_of_field[uid], design.field_by_uid[uid]) for uid in uids), rows)


def open_fields(design: Design) -> tuple[tuple[Dto, DtoField], ...]:
    """The fields of DTOs that lead nowhere."""
    return tuple((dto, field) for dto in design.dtos for field in dto.fields if standing_of(field) is Standing.OPEN)


def unfed_fields(facts: Facts) -> tuple[tuple[Entity, EntityField], ...]:
    """The stored fields that must hold a value, and that nothing gives one."""
    fed = fed_fields(facts.design)
    return tuple(
        (entity, field)
        for entity in facts.own(*FED_KINDS)
        for field in entity.fields
        if field.uid not in fed and needs_feeding(facts, entity, field)
    )
