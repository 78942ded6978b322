"""The structures of all features in short, each once: what it is for, and what its fields are called."""

from collections.abc import Iterator
from itertools import groupby

from projects.design.project import ProjectDesign
from projects.design.tree import Design, Entity, EntityField
from projects.design.vocabulary import StepName, StructureKind
from projects.exporters.answers import Part, extra, table
from projects.exporters.blocks import (
    NOT_SPECIFIED,
    Block,
    Bullets,
    Code,
    Inline,
    Paragraph,
    Strong,
    joined,
    label,
    typed,
)
from projects.exporters.data_design.cover import title
from projects.exporters.escaping import one_line
from projects.exporters.policies.features import phrase
from projects.exporters.project_features import Feature, exempt_features, features_of
from projects.exporters.shared_entities import Sharing


def entities_by_epic(project: ProjectDesign) -> Iterator[Part]:
    """For each epic its features with their structures; a shared one stands with its owner."""
    features = list(features_of(project, StepName.DATA_MODEL))
    sharing = Sharing(features)
    for _, held in groupby(features, key=lambda feature: feature.design.identity.epic_key):
        epic = list(held)
        yield extra(_epic(epic, sharing))
    yield exempt_features(project, StepName.DATA_MODEL, "data model")


def entity_rows(project: ProjectDesign) -> Part:
    """Every structure once: what it is, what for, of which fields, and which features work with it."""
    features = list(features_of(project, StepName.DATA_MODEL))
    sharing = Sharing(features)
    rows = tuple(row for feature in features for row in _rows(feature, sharing))
    columns = ("Entity", "Kind", "Purpose", "Fields", "Features")
    return Part("Entities of the features", table("Entities of the features", "project-entities", columns, rows).blocks)


def _rows(feature: Feature, sharing: Sharing) -> Iterator[tuple[Inline, ...]]:
    design = feature.design
    for entity in design.entities:
        if sharing.is_told_by(feature, entity):
            fields = joined([_field(field) for field in entity.fields]) or NOT_SPECIFIED
            yield (
                Code(entity.full_name),
                entity.kind.label,
                typed(entity.purpose),
                fields,
                _features(feature, entity, sharing),
            )
    for space in design.key_spaces:
        yield Code(space.pattern), "Key space", typed(space.purpose), typed(space.value_type), feature.mark
    for layout in design.file_layouts:
        yield Code(layout.structure), "Files", typed(layout.access_pattern), typed(layout.format), feature.mark


def _field(field: EntityField) -> Inline:
    kind = one_line(field.type)
    name = f"{field.name}: {kind}" if kind else field.name
    return (Code(name), " (list)") if field.is_array else Code(name)


def _features(feature: Feature, entity: Entity, sharing: Sharing) -> Inline:
    return joined([feature.mark, *(other.mark for other in sharing.others(feature, entity))])


def _epic(features: list[Feature], sharing: Sharing) -> Iterator[Block]:
    told = [(feature, blocks) for feature in features if (blocks := list(_feature(feature, sharing)))]
    if told:
        identity = features[0].design.identity
        yield Paragraph(Strong(f"{title(identity.epic_title, identity.epic_key)}:"), style="label")
    for feature, blocks in told:
        yield label(feature.mark)
        yield from blocks


def _feature(feature: Feature, sharing: Sharing) -> Iterator[Block]:
    design = feature.design
    told = [entity for entity in design.entities if sharing.is_told_by(feature, entity)]
    items = [*(_entity(feature, entity, sharing) for entity in told), *_without_fields(design)]
    if items:
        yield Bullets(tuple(items))
    if elsewhere := [entity for entity in design.entities if not sharing.is_told_by(feature, entity)]:
        words = [(Code(entity.full_name), " of ", Code(entity.reused_from)) for entity in elsewhere]
        yield Paragraph(("Shared, and told with its owner: ", joined(words), "."))


def _entity(feature: Feature, entity: Entity, sharing: Sharing) -> Inline:
    said: list[Inline] = [Code(entity.full_name)]
    if entity.kind is not StructureKind.TABLE:
        said.append(f" ({entity.kind.label.lower()})")
    if entity.reused_from:
        said += [" (of ", Code(entity.reused_from), ", which is not included)"]
    if entity.purpose.strip():
        said += [": ", phrase(entity.purpose)]
    if entity.fields:
        said += ["; fields: ", joined([Code(field.name) for field in entity.fields])]
    if others := sharing.others(feature, entity):
        said += ["; shared with ", joined([other.mark for other in others])]
    if entity.departure.strip():
        said += ["; departs from the conventions: ", phrase(entity.departure)]
    return tuple(said)


def _without_fields(design: Design) -> Iterator[Inline]:
    """Key spaces and file layouts, which have no fields."""
    for space in design.key_spaces:
        facts = ((space.value_type, "value: "), (space.ttl, "TTL: "))
        said: list[Inline] = [(word, phrase(text)) for text, word in facts if text.strip()]
        yield _held(Code(space.pattern), "key space", space.purpose, said)
    for layout in design.file_layouts:
        yield _held(Code(layout.structure), "files", layout.format, [])


def _held(name: Inline, kind: str, text: str, more: list[Inline]) -> Inline:
    said: list[Inline] = [phrase(text)] if text.strip() else []
    details = joined([*said, *more], "; ")
    return (name, f" ({kind}): ", details) if details else (name, f" ({kind})")


def file_layouts(project: ProjectDesign) -> Iterator[tuple[Inline, ...]]:
    """Structure, format, naming, access pattern, feature."""
    for feature in features_of(project, StepName.DATA_MODEL):
        for layout in feature.design.file_layouts:
            yield (
                Code(layout.structure),
                typed(layout.format),
                Code(layout.naming) if one_line(layout.naming) else typed(""),
                typed(layout.access_pattern),
                feature.mark,
            )
