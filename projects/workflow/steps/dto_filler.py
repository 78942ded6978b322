"""“Map the fields of orders”: a DTO field for each field of the main entity that the DTO leaves out."""

import re
from uuid import UUID

from projects.design.field_types import Family, parse
from projects.design.tree import Design
from projects.design.tree import Dto as DtoNode
from projects.design.vocabulary import DtoDirection, MappingKind
from projects.models import Dto, DtoField, DtoSource, EntityField
from projects.models.base import Row
from projects.workflow.editing import Door
from projects.workflow.forms import Scope
from projects.workflow.steps.step import Filler

# What crosses an interface is mostly JSON, which has these types.
WIRE_TYPES = {
    Family.INTEGER: "integer",
    Family.FLOAT: "number",
    Family.BOOLEAN: "boolean",
    Family.UUID: "string (uuid)",
    Family.DATE: "string (date)",
    Family.TIMESTAMP: "string (date-time)",
    Family.DECIMAL: "string (decimal)",
    Family.MONEY: "string (decimal)",
    Family.BINARY: "string (base64)",
    Family.JSON: "object",
    Family.GEOMETRY: "object",
}


def words(design: Design, holder: Row | None) -> str:
    dto = next((each for each in design.dtos if holder is not None and each.uid == holder.uid), None)
    entity = design.entity_by_uid.get(dto.entity) if dto and dto.entity else None
    if dto is None or entity is None:
        return ""
    named = _mapped(dto)
    return f"Map the fields of {entity.full_name}" if any(field.uid not in named for field in entity.fields) else ""


def _mapped(dto: DtoNode) -> set[UUID]:
    return {uid for field in dto.fields for uid in field.sources}


def make(scope: Scope) -> list[tuple[Row, dict[str, list[str]]]]:
    dto = scope.holder
    if not isinstance(dto, Dto) or dto.entity_id is None:
        return []
    taken = {field.name.casefold() for field in dto.fields.all()}
    rows: list[tuple[Row, dict[str, list[str]]]] = []
    for field in _left_out(scope, dto):
        row = _mapped_row(dto, field)
        if row.name.casefold() not in taken:
            taken.add(row.name.casefold())
            rows.append((row, {"DTO field": ["", row.name], "Data fields": ["", field.name]}))
    return rows


def finish(door: Door, rows: list[Row]) -> None:
    for row in rows:
        door.replace_parts(row, "sources", [DtoSource(field=row.maps)])  # type: ignore[attr-defined]  # _mapped_row


def _left_out(scope: Scope, dto: Dto) -> list[EntityField]:
    """The fields that no field of the DTO leads to; what the system sets by itself no request brings."""
    fields = EntityField.objects.filter(entity=dto.entity).order_by("position", "uid")
    named = set(DtoSource.objects.filter(dto_field__dto=dto).values_list("field", flat=True))
    standard = {name.strip().casefold() for name in scope.conventions.standard_fields.split(",")}
    is_request = dto.direction == DtoDirection.REQUEST
    holders = {field.name.rpartition(".")[0] for field in fields}
    return [
        field
        for field in fields
        if field.pk not in named
        and field.name not in holders
        and not (is_request and (field.name.casefold() in standard or field.generation))
    ]


def _mapped_row(dto: Dto, field: EntityField) -> DtoField:
    row = DtoField(
        feature=dto.feature,
        dto=dto,
        name=camel_case(field.name),
        type=wire_type(field.type, is_array=field.is_array),
        is_required=field.is_required,
        limits=_limits(field.type),
        kind=MappingKind.STORED,
    )
    row.maps = field  # type: ignore[attr-defined]  # what `finish` links once the row is saved
    return row


def camel_case(name: str) -> str:
    """`payment_id` as paymentId; each part of a path for itself."""
    return ".".join(_camel(part) for part in name.split("."))


def _camel(name: str) -> str:
    first, *others = [part for part in re.split(r"[_\-\s]+", name) if part] or [name]
    head = first.lower() if first.isupper() else first[:1].lower() + first[1:]
    return head + "".join(part[:1].upper() + (part[1:].lower() if part.isupper() else part[1:]) for part in others)


def wire_type(text: str, *, is_array: bool) -> str:
    found = parse(text)
    word = WIRE_TYPES.get(found.family, "string") if found else ""
    return f"array of {word}" if word and (is_array or (found and found.is_array)) else word


def _limits(text: str) -> str:
    found = parse(text)
    if found is None or found.is_array:
        return ""
    if found.values:
        return f"one of: {', '.join(found.values)}"[:200]
    return f"at most {found.length} characters" if found.family is Family.TEXT and found.length else ""


FILLER = Filler(words, make, finish)
