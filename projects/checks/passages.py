"""Walks a design for code in its prose. `Query.sql` may hold SQL: it is printed in another document."""

from collections.abc import Iterator
from functools import cache

from projects.checks.code_in_prose import Passage, code_passages
from projects.design.tree import Design, Node

# Names, types and references are no prose; a type like numeric(12,2) would only cost time.
NO_PROSE = frozenset({"name", "namespace", "type", "base", "sql", "reused_from", "missing_target", "location"})
# The shortest statement anyone could write is longer.
SHORTEST_CODE = 8


@cache
def prose_fields(node_class: type[Node]) -> tuple[str, ...]:
    return tuple(
        name for name, field in node_class.model_fields.items() if field.annotation is str and name not in NO_PROSE
    )


def passages(design: Design) -> Iterator[tuple[Node, str, Passage]]:
    """Code found in prose, as (what holds it, its field, the passage)."""
    for node in _nodes(design):
        for name in prose_fields(type(node)):
            text = getattr(node, name)
            if len(text) >= SHORTEST_CODE:
                yield from ((node, name, passage) for passage in code_passages(text))


def _nodes(design: Design) -> Iterator[Node]:
    """All that may hold prose, but for what another feature owns."""
    yield design.requirements
    yield from (*design.sources, *design.data_elements, *design.stores, *design.types)
    for entity in design.own_entities:
        yield entity
        yield from (*entity.fields, *entity.keys, *entity.checks)
    yield from (*design.relationships, *design.queries, *design.indexes)
