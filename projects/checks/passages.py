"""Walks a design for code in its prose. `Query.sql` may hold SQL: it is printed in another document."""

from collections.abc import Iterator
from functools import cache

from projects.checks.code_in_prose import Passage, code_passages
from projects.design.tree import LISTS, Design, Dto, Node

# Names, types and references are no prose; a type like numeric(12,2) would only cost time.
NO_PROSE = frozenset(
    {"name", "namespace", "type", "base", "sql", "reused_from", "missing_target", "location"}
    | {"structure", "value_type", "file_name", "file_digest", "embedding_model", "tool"}
)
PRINTED_ELSEWHERE = (
    *("quotes", "sync_strategies", "shared_data", "component_accesses", "replications", "replication_nodes"),
)
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
    """All that the data design document may print, but for what another feature owns.

    Quotes keep the words of their source. Consistency, sharing, replication and lifecycle are printed in the document
    on data and consistency, which may hold code.
    """
    yield from (design.requirements, design.migration, design.optimization)
    for name in LISTS:
        if name in ("entities", *PRINTED_ELSEWHERE):
            continue
        for thing in getattr(design, name):
            yield thing
            if isinstance(thing, Dto):
                yield from thing.fields
    for entity in design.own_entities:
        yield entity
        yield from (*entity.fields, *entity.keys, *entity.checks)
