"""One entity: its purpose, its fields with their constraints, and its relationships."""

from collections.abc import Iterator

from projects.design.tree import Design, Entity, EntityField, EntityKey
from projects.design.vocabulary import Generation, KeyKind
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
from projects.exporters.data_design.relationships import Relations
from projects.exporters.in_words import condition_in_words, default_in_words


def entity_blocks(design: Design, entity: Entity, relations: Relations) -> Iterator[Block]:
    yield Heading(4, entity.full_name, is_name=True, thing=entity.uid)
    yield Prose(entity.purpose)
    if entity.reused_from:
        yield Paragraph(("Reused from ", Code(entity.reused_from), ": it is shown here, and designed there."))
    if entity.store:
        yield Paragraph(f"Kept in {design.store_by_uid[entity.store].name}.")
    yield _fields(entity, relations)
    if rows := relations.rows.get(entity.uid):
        yield Table("relationships", ("From", "To", "Type", "Description"), tuple(rows))


def _fields(entity: Entity, relations: Relations) -> Block:
    if not entity.fields:
        return not_specified()
    rows = tuple(
        (Code(field.name), _type(field), _constraints(entity, field, relations), _about(field))
        for field in entity.fields
    )
    return Table("fields", ("Field", "Type", "Constraints", "Description"), rows)


def _type(field: EntityField) -> Inline:
    return Code(field.type) if field.type.strip() else NOT_SPECIFIED


def _about(field: EntityField) -> Inline:
    if not field.sensitivity:
        return Typed(field.description)
    sensitivity = f"sensitivity: {field.sensitivity.label.lower()}"
    return (Typed(field.description), f" ({sensitivity})") if field.description.strip() else sensitivity.capitalize()


def _constraints(entity: Entity, field: EntityField, relations: Relations) -> Inline:
    keys = [_key(entity, key, field) for key in entity.keys if field.uid in key.fields]
    said: list[Inline] = [*keys, *relations.references.get(field.uid, ())]
    if field.is_required and not (entity.primary_key and field.uid in entity.primary_key.fields):
        said.append("NOT NULL")
    if field.generation is Generation.IDENTITY:
        said.append("numbered by the database")
    if field.default.strip():
        word = "computed: " if field.generation is Generation.COMPUTED else "DEFAULT "
        said.append((word, default_in_words(field.default)))
    if field.rule.strip():
        said.append(("CHECK ", condition_in_words(field.rule)))
    return joined(said)


def _key(entity: Entity, key: EntityKey, field: EntityField) -> Inline:
    others = [Code(other.name) for uid in key.fields for other in entity.fields if uid == other.uid != field.uid]
    word = "PK" if key.kind is KeyKind.PRIMARY else "UNIQUE"
    return (f"{word} with ", joined(others, " and ")) if others else word
