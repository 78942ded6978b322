"""The operations with the SQL that people gave them, and what happens when several run at once."""

from collections.abc import Iterator

from projects.design.tree import Design, Query
from projects.exporters.blocks import (
    NOT_SPECIFIED,
    Block,
    Bullets,
    Code,
    CodeBlock,
    Heading,
    Inline,
    Prose,
    Typed,
    joined,
    label,
    named,
    not_specified,
    typed,
)
from projects.exporters.data_design.queries import frequency, uses_of
from projects.exporters.escaping import one_line


def database_queries(design: Design) -> Iterator[Block]:
    yield Heading(2, "Query Operations")
    yield Heading(3, "Database Queries")
    if not design.queries:
        yield not_specified()
    for query in design.queries:
        yield Heading(4, query.name, thing=query.uid)
        yield Bullets(tuple(named(name, value) for name, value in query_facts(design, query)))
        if query.sql.strip():
            yield label("Query Execution")
            yield CodeBlock("sql", query.sql)


def concurrent_access(design: Design) -> Iterator[Block]:
    answers = design.consistency
    yield Heading(3, "Concurrent Access")
    yield Prose(answers.concurrent_reads, label="Concurrent Reads")
    yield Prose(answers.concurrent_writes, label="Concurrent Writes")
    yield Prose(answers.reads_during_writes, label="Read-Write Concurrency")
    yield Prose(answers.transactions, label="Transactions")


def query_facts(design: Design, query: Query) -> Iterator[tuple[str, Inline]]:
    yield "Purpose", typed(query.purpose)
    yield "Frequency", joined([frequency(query), *([one_line(query.rate)] if query.rate.strip() else [])])
    yield "Reason", typed(query.reason)
    yield "Data Accessed", _data(design, query)
    yield "Access Pattern", joined([query.kind.label, Typed(query.pattern) if query.pattern.strip() else NOT_SPECIFIED])
    yield from uses_of(design, query)
    if query.expected_duration.strip():
        yield "Expected duration", one_line(query.expected_duration)
    if query.bottleneck.strip():
        yield "Bottleneck", Typed(query.bottleneck)
    if caching := _caching(design, query):
        yield "Caching", caching


def _data(design: Design, query: Query) -> Inline:
    """Every entity that the operation touches, its own one first, and its key space."""
    names = [design.entity_by_uid[query.entity].full_name] if query.entity else []
    names += [design.entity_of_field[use.field].full_name for use in query.uses]
    names += [space.pattern for space in design.key_spaces if space.uid == query.key_space]
    return joined([Code(name) for name in dict.fromkeys(names)]) or NOT_SPECIFIED


def _caching(design: Design, query: Query) -> Inline:
    cache = next((one_line(cache.name) for cache in design.caches if cache.uid == query.cache), "")
    parts: list[Inline] = [f"in the cache {cache}"] if cache else []
    return joined([*parts, *([Typed(query.caching)] if query.caching.strip() else [])], "; ")
