"""One entity of any kind: its purpose and place, its fields with their constraints, and its relationships."""

from collections.abc import Iterator

from projects.design.tree import Design, Entity, EntityField, EntityKey
from projects.design.vocabulary import Generation, KeyKind, StructureKind
from projects.exporters.blocks import (
    NOT_SPECIFIED,
    Block,
    Code,
    Heading,
    Inline,
    Paragraph,
    Prose,
    Table,
    Typed,
    joined,
    not_specified,
)
from projects.exporters.data_design.places import place_of
from projects.exporters.data_design.relationships import Relations
from projects.exporters.in_words import condition_in_words, default_in_words


def table_blocks(design: Design, entity: Entity, relations: Relations) -> Iterator[Block]:
    yield from opening(design, entity)
    yield fields_table(entity, relations)
    yield from relationships_of(entity, relations)


def opening(design: Design, entity: Entity) -> Iterator[Block]:
    """The heading, what the entity is for, and where it belongs."""
    yield Heading(4, entity.full_name, is_name=True, thing=entity.uid)
    yield Prose(entity.purpose)
    if entity.reused_from:
        yield Paragraph(("Reused from ", Code(entity.reused_from), ": it is shown here, and designed there."))
    if place := place_of(design, entity.store, entity.data_element):
        yield Paragraph(f"{place[0].upper()}{place[1:]}.")
    if entity.departure.strip():
        yield Prose(entity.departure, label="Departs from the project's conventions")


def relationships_of(entity: Entity, relations: Relations) -> Iterator[Block]:
    if rows := relations.rows.get(entity.uid):
        yield Table("relationships", ("From", "To", "Type", "Description"), tuple(rows))


def fields_table(entity: Entity, relations: Relations) -> Block:
    if not entity.fields:
        return not_specified()
    rows = tuple(
        (Code(field.name), type_of(field), constraints_of(entity, field, relations), about(field))
        for field in entity.fields
    )
    return Table("fields", ("Field", "Type", "Constraints", "Description"), rows)


def type_of(field: EntityField) -> Inline:
    kind: Inline = Code(field.type) if field.type.strip() else NOT_SPECIFIED
    return ("list of ", kind) if field.is_array and field.type.strip() else kind


def about(field: EntityField) -> Inline:
    """What the field means, and who may know it."""
    protection: list[Inline] = [f"sensitivity: {field.sensitivity.label.lower()}"] if field.sensitivity else []
    if field.protection.strip():
        protection.append(("protection: ", Typed(field.protection)))
    if not field.description.strip():
        return joined(protection)
    return (Typed(field.description), " (", joined(protection), ")") if protection else Typed(field.description)


def constraints_of(entity: Entity, field: EntityField, relations: Relations, *, says_required: bool = True) -> Inline:
    """Keys, references, whether a value is required, what fills it, and its rule; all in words."""
    keys = [_key(entity, key, field) for key in entity.keys if field.uid in key.fields]
    said: list[Inline] = [*keys, *relations.references.get(field.uid, ())]
    if says_required and field.is_required and not (entity.primary_key and field.uid in entity.primary_key.fields):
        said.append("NOT NULL" if entity.kind is StructureKind.TABLE else "required")
    if field.generation is Generation.IDENTITY:
        said.append("numbered by the database")
    if field.default.strip():
        word = "computed: " if field.generation is Generation.COMPUTED else "DEFAULT "
        said.append((word, default_in_words(field.default)))
    elif field.generation is Generation.COMPUTED:
        said.append("computed")
    if field.rule.strip():
        said.append(("CHECK ", condition_in_words(field.rule)))
    return joined(said)


def _key(entity: Entity, key: EntityKey, field: EntityField) -> Inline:
    others = [Code(other.name) for uid in key.fields for other in entity.fields if uid == other.uid != field.uid]
    word = "PK" if key.kind is KeyKind.PRIMARY else "UNIQUE"
    return (f"{word} with ", joined(others, " and ")) if others else word
