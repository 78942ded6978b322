"""What the things of a design are called where a document refers to them."""

from uuid import UUID

from projects.design.tree import (
    Check,
    Demand,
    Design,
    DtoField,
    Entity,
    EntityField,
    EntityKey,
    FileLayout,
    Index,
    KeySpace,
    Quote,
    Relationship,
    Source,
    Thing,
    ValidationRule,
)
from projects.exporters.blocks import NO_NAME, Code, Inline, Typed
from projects.exporters.escaping import one_line

# The texts that stand for a thing, the best one first.
_NAMES = ("name", "pattern", "structure", "title")
_IN_CODE = (Index, KeySpace, FileLayout, DtoField)
_IN_PROSE: dict[type[Thing], str] = {Demand: "text", ValidationRule: "rule", Quote: "text"}


def source_name(source: Source) -> str:
    title = one_line(source.title)
    return f"{source.kind.label}: {title}" if title else source.kind.label


def things_of(design: Design) -> dict[UUID, Thing]:
    return {thing.uid: thing for thing in design.things()}


def thing_name(design: Design, thing: Thing) -> Inline:
    """A thing as people call it: `refunds.status`, “Refund”, or the words of a rule."""
    if isinstance(thing, Entity):
        return Code(thing.full_name)
    if isinstance(thing, EntityField):
        return Code(design.path_of_field(thing.uid))
    if isinstance(thing, EntityKey | Check):
        return _part_of_entity(design, thing)
    if isinstance(thing, Source):
        return source_name(thing)
    if isinstance(thing, Relationship):
        return _relationship(design, thing)
    if field := _IN_PROSE.get(type(thing)):
        return Typed(getattr(thing, field))
    name = next((text for text in (getattr(thing, name, "") for name in _NAMES) if text.strip()), "")
    if name:
        return Code(name) if isinstance(thing, _IN_CODE) else one_line(name)
    return _by_what_it_is_about(design, thing)


def _part_of_entity(design: Design, part: EntityKey | Check) -> Inline:
    held_by = {each.uid: entity for entity in design.entities for each in (*entity.keys, *entity.checks)}
    kind = part.kind.label.lower() if isinstance(part, EntityKey) else "check"
    return (f"a {kind} of ", Code(held_by[part.uid].full_name))


def _relationship(design: Design, relationship: Relationship) -> Inline:
    child = Code(design.entity_by_uid[relationship.child].full_name)
    if not relationship.parent:
        return ("the reference of ", child)
    return (child, " → ", Code(design.entity_by_uid[relationship.parent].full_name))


def _by_what_it_is_about(design: Design, thing: Thing) -> Inline:
    """What has no name of its own: a volume, a schedule, a note, by the thing it is about."""
    for reference in ("entity", "store", "data_element", "component"):
        if uid := getattr(thing, reference, None):
            return thing_name(design, things_of(design)[uid])
    item, step = getattr(thing, "item", None), getattr(thing, "step", None)
    if item:
        return f"item {item} of the checklist"
    return step.label if step else NO_NAME
