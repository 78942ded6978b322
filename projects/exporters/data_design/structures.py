"""Step 3: collections, measurements, vector collections and search indexes, with what is particular to each kind."""

from collections.abc import Iterator

from projects.design.tree import Design, Entity
from projects.design.vocabulary import FieldRole
from projects.exporters.blocks import (
    NOT_SPECIFIED,
    Block,
    Bullets,
    Code,
    Inline,
    Strong,
    Table,
    Typed,
    joined,
    label,
    not_specified,
    typed,
)
from projects.exporters.data_design.entities import (
    about,
    constraints_of,
    fields_table,
    opening,
    relationships_of,
    type_of,
)
from projects.exporters.data_design.indexing import index_fields
from projects.exporters.data_design.integrity import rules_of
from projects.exporters.data_design.relationships import Relations
from projects.exporters.data_design.retention import retention_of


def collection_blocks(design: Design, entity: Entity, relations: Relations) -> Iterator[Block]:
    yield from collection_structure(design, entity, relations)
    yield label(("Indexes of ", Code(entity.full_name)))
    yield _listed(_indexes(design, entity))
    yield label(("Validation rules of ", Code(entity.full_name)))
    yield _listed(rules_of(design, entity))


def collection_structure(design: Design, entity: Entity, relations: Relations) -> Iterator[Block]:
    yield from opening(design, entity)
    yield Bullets((_fact("Size limit of one collection document", typed(entity.size_limit)),))
    yield _paths(entity, relations)
    yield from relationships_of(entity, relations)


def measurement_blocks(design: Design, entity: Entity, relations: Relations) -> Iterator[Block]:
    yield from opening(design, entity)
    yield Bullets(
        (
            _fact("Time", _fields(entity, FieldRole.TIME)),
            _fact("Tags", _fields(entity, FieldRole.TAG)),
            _fact("Values", _fields(entity, FieldRole.VALUE)),
            _fact("Resolution", typed(entity.resolution)),
            _fact("Retention", retention_of(design, entity.data_element)),
            _fact("Downsampling", typed(entity.downsampling)),
        )
    )
    yield fields_table(entity, relations)
    yield from relationships_of(entity, relations)


def vector_blocks(design: Design, entity: Entity, relations: Relations) -> Iterator[Block]:
    yield from opening(design, entity)
    yield Bullets(
        (
            _fact("Source", typed(entity.derived_from)),
            _fact("Model", typed(entity.embedding_model)),
            _fact("Dimensions", str(entity.dimensions) if entity.dimensions else NOT_SPECIFIED),
            _fact("Distance metric", entity.metric.label if entity.metric else NOT_SPECIFIED),
            _fact("Index type", entity.vector_index.label if entity.vector_index else NOT_SPECIFIED),
            _fact("Vector", _fields(entity, FieldRole.VECTOR)),
            _fact("Metadata filters", _fields(entity, FieldRole.FILTER)),
        )
    )
    yield fields_table(entity, relations)
    yield from relationships_of(entity, relations)


def search_blocks(design: Design, entity: Entity, relations: Relations) -> Iterator[Block]:
    yield from opening(design, entity)
    yield Bullets((_fact("Source", typed(entity.derived_from)), _fact("Refresh", typed(entity.refresh))))
    yield _searched(entity, relations)
    yield from relationships_of(entity, relations)


def _paths(entity: Entity, relations: Relations) -> Block:
    if not entity.fields:
        return not_specified()
    rows = tuple(
        (
            Code(field.name),
            Code(field.type) if field.type.strip() else NOT_SPECIFIED,
            "yes" if field.is_required else "no",
            "yes" if field.is_array else "no",
            constraints_of(entity, field, relations, says_required=False),
            about(field),
        )
        for field in entity.fields
    )
    return Table("paths", ("Path", "Type", "Required", "Array", "Constraints", "Description"), rows)


def _searched(entity: Entity, relations: Relations) -> Block:
    if not entity.fields:
        return not_specified()
    rows = tuple(
        (
            Code(field.name),
            type_of(field),
            typed(field.analyser),
            typed(field.weight),
            constraints_of(entity, field, relations),
            about(field),
        )
        for field in entity.fields
    )
    return Table("searched", ("Field", "Type", "Analyser", "Weight", "Constraints", "Description"), rows)


def _fact(name: str, value: Inline) -> Inline:
    return (Strong(f"{name}:"), " ", value)


def _fields(entity: Entity, role: FieldRole) -> Inline:
    return joined([Code(field.name) for field in entity.fields if field.role is role]) or NOT_SPECIFIED


def _indexes(design: Design, entity: Entity) -> list[Inline]:
    found = [
        (Code(index.name), " on ", index_fields(design, index))
        for index in design.indexes_by_entity.get(entity.uid, ())
    ]
    if entity.no_index_reason.strip():
        return [*found, ("no other index is needed: " if found else "none is needed: ", Typed(entity.no_index_reason))]
    return [*found]


def _listed(items: list[Inline]) -> Block:
    return Bullets(tuple(items)) if items else not_specified()
