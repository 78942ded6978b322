"""Step 10: what crosses the interface, field by field, and what of the stored data does not."""

from collections.abc import Iterator

from projects.checks.mapping_matrix import Standing, standing_of
from projects.design.tree import Design, Dto, DtoField
from projects.design.vocabulary import MappingKind
from projects.exporters.blocks import (
    NOT_SPECIFIED,
    Block,
    Code,
    Heading,
    Inline,
    Paragraph,
    Prose,
    Strong,
    Table,
    Typed,
    joined,
    not_specified,
    note,
)
from projects.exporters.data_design.naming import source_name
from projects.exporters.in_words import condition_in_words

COLUMNS = ("DTO Field", "Data Field", "Transformation", "Stored or Computed", "Validation Alignment")


def dto_mapping(design: Design) -> Iterator[Block]:
    yield Heading(2, "DTO Mapping")
    if not design.dtos:
        yield not_specified()
    for dto in design.dtos:
        yield from _dto(design, dto)


def _dto(design: Design, dto: Dto) -> Iterator[Block]:
    yield Heading(3, dto.name, is_name=True, thing=dto.uid)
    if dto.description.strip():
        yield Prose(dto.description)
    yield Paragraph(joined([*_facts(design, dto)], " "))
    if dto.fields:
        yield Table("mapping", COLUMNS, tuple(_field(design, dto, field) for field in dto.fields))
    else:
        yield not_specified()
    yield from _unmapped(design, dto)


def _facts(design: Design, dto: Dto) -> Iterator[Inline]:
    source = next((source_name(each) for each in design.sources if each.uid == dto.source), "")
    yield (Strong("Source:"), f" {source}." if source else f" {NOT_SPECIFIED}")
    if dto.direction:
        yield (Strong("Direction:"), f" {dto.direction.label.lower()}.")
    if dto.entity:
        yield (Strong("Maps to:"), " ", Code(design.entity_by_uid[dto.entity].full_name), ".")


def _field(design: Design, dto: Dto, field: DtoField) -> tuple[Inline, ...]:
    kind = field.kind.label if field.kind else NOT_SPECIFIED
    return _name(field), _data_fields(design, dto, field), _transformation(field), kind, _alignment(field)


def _name(field: DtoField) -> Inline:
    said: list[Inline] = [Code(field.type)] if field.type.strip() else []
    if field.is_required:
        said.append("required")
    return (Code(field.name), ": ", joined(said)) if said else Code(field.name)


def _data_fields(design: Design, dto: Dto, field: DtoField) -> Inline:
    """The stored fields: those of the DTO's own entity by their name, others with their entity."""
    names = [
        Code(
            design.field_by_uid[uid].name
            if design.entity_of_field[uid].uid == dto.entity
            else design.path_of_field(uid)
        )
        for uid in field.sources
    ]
    return joined(names) or ("not stored" if field.kind is MappingKind.UNSTORED else NOT_SPECIFIED)


def _transformation(field: DtoField) -> Inline:
    if field.transformation.strip():
        return condition_in_words(field.transformation)
    return "none" if field.kind is MappingKind.UNSTORED else NOT_SPECIFIED


def _alignment(field: DtoField) -> Inline:
    said: list[Inline] = [("limits: ", condition_in_words(field.limits))] if field.limits.strip() else []
    if field.alignment.strip():
        said.append(Typed(field.alignment))
    return joined(said, "; ") or NOT_SPECIFIED


def _unmapped(design: Design, dto: Dto) -> Iterator[Block]:
    """What has no counterpart on the other side."""
    if unmapped := [Code(field.name) for field in dto.fields if standing_of(field) is Standing.OPEN]:
        yield note(("Without a stored field or a computation: ", joined(unmapped), "."))
    if dto.entity:
        entity = design.entity_by_uid[dto.entity]
        mapped = {uid for field in dto.fields for uid in field.sources}
        if left := [Code(field.name) for field in entity.fields if field.uid not in mapped]:
            yield note(("Fields of ", Code(entity.full_name), " not in it: ", joined(left), "."))
