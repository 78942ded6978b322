"""Step 3: what has no fields: key spaces, file layouts, and the caches that step 8 plans."""

from projects.design.tree import Cache, Design, FileLayout, KeySpace
from projects.exporters.blocks import (
    NOT_SPECIFIED,
    Bullets,
    Code,
    Inline,
    Table,
    Typed,
    joined,
    named,
    typed,
)
from projects.exporters.data_design.places import place_of


def key_spaces(design: Design) -> Table:
    columns = ("Key Pattern", "Value Type", "TTL", "Eviction Policy", "Purpose")
    return Table("key-spaces", columns, tuple(_key_space(design, space) for space in design.key_spaces))


def _key_space(design: Design, space: KeySpace) -> tuple[Inline, ...]:
    eviction = space.eviction.label if space.eviction else NOT_SPECIFIED
    purpose = _with_place(design, space, space.purpose)
    return Code(space.pattern), typed(space.value_type), typed(space.ttl), eviction, purpose


def file_layouts(design: Design) -> Table:
    columns = ("File Structure", "File Format", "Naming Convention", "Access Pattern")
    return Table("file-layouts", columns, tuple(_file_layout(design, layout) for layout in design.file_layouts))


def _file_layout(design: Design, layout: FileLayout) -> tuple[Inline, ...]:
    naming = Code(layout.naming) if layout.naming.strip() else NOT_SPECIFIED
    access = _with_place(design, layout, layout.access_pattern)
    return Code(layout.structure), typed(layout.format), naming, access


def _with_place(design: Design, held: KeySpace | FileLayout, text: str) -> Inline:
    place = place_of(design, held.store, held.data_element)
    details: list[Inline] = [place] if place else []
    if held.size_estimate.strip():
        details.append(("size: ", Typed(held.size_estimate)))
    return (typed(text), " (", joined(details, "; "), ")") if details else typed(text)


def caches(design: Design) -> Bullets:
    return Bullets(tuple(named(cache.name, _held_in(design, cache)) for cache in design.caches))


def _held_in(design: Design, cache: Cache) -> Inline:
    if place := place_of(design, cache.store, None):
        return (typed(cache.holds), f" ({place})")
    return typed(cache.holds)
