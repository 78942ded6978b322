"""Step 4: the operations, most of them from what they do with which fields."""

from collections.abc import Iterator

from projects.design.tree import Design, FieldUse, Query
from projects.design.vocabulary import FREQUENCY_BANDS, Direction, OperationKind, UseRole
from projects.exporters.blocks import (
    NO_NAME,
    NOT_SPECIFIED,
    Block,
    Bullets,
    Code,
    Heading,
    Inline,
    Paragraph,
    Prose,
    Strong,
    Table,
    Typed,
    joined,
    not_specified,
)
from projects.exporters.escaping import one_line
from projects.exporters.in_words import condition_in_words

_FILTERS = {UseRole.EQUALITY: "equal to a value", UseRole.RANGE: "in a range"}


def query_patterns(design: Design) -> Iterator[Block]:
    yield Heading(2, "Query Patterns")
    if not design.queries:
        yield not_specified()
        return
    rows = tuple((query.name, frequency(query), one_line(query.pattern) or NOT_SPECIFIED) for query in design.queries)
    yield Table("operations", ("Operation", "Frequency", "Pattern"), rows)
    for query in design.queries:
        yield from _operation(design, query)


def frequency(query: Query) -> str:
    return f"{query.frequency.label} ({FREQUENCY_BANDS[query.frequency]})" if query.frequency else NOT_SPECIFIED


def _operation(design: Design, query: Query) -> Iterator[Block]:
    yield Heading(3, query.name, thing=query.uid)
    yield Prose(query.logic)
    facts = (*_why(query), *_extent(design, query), *uses_of(design, query))
    yield Bullets(tuple((Strong(f"{label}:"), " ", value) for label, value in facts))
    yield Prose(query.bottleneck, label="Bottlenecks")
    if query.optimization.strip():
        yield Prose(query.optimization, label="Optimization")
    yield from _caching(design, query)


def _caching(design: Design, query: Query) -> Iterator[Block]:
    cache = next((each for each in design.caches if each.uid == query.cache), None)
    if query.caching.strip() or not cache:
        yield Prose(query.caching, label="Caching")
    if cache:
        name = one_line(cache.name) or NO_NAME
        yield Paragraph((Strong("Cache:"), f" {name}, as planned under Optimization Strategies."))


def _why(query: Query) -> Iterator[tuple[str, Inline]]:
    for label, prose in (("Purpose", query.purpose), ("Reason", query.reason)):
        if prose.strip():
            yield label, Typed(prose)


def _extent(design: Design, query: Query) -> Iterator[tuple[str, Inline]]:
    kind = query.kind.label
    if query.entity:
        yield kind, Code(design.entity_by_uid[query.entity].full_name)
    else:
        yield "Kind", kind
    if space := next((each for each in design.key_spaces if each.uid == query.key_space), None):
        yield "Key space", Code(space.pattern)
    if endpoints := [Code(each.name) for each in design.endpoints if each.query == query.uid]:
        yield "Endpoints", joined(endpoints)
    for label, line in (("Rate", query.rate), ("Expected duration", query.expected_duration)):
        if line.strip():
            yield label, one_line(line)


def uses_of(design: Design, query: Query) -> Iterator[tuple[str, Inline]]:
    yield "Filtering", _filtering(design, query)
    if searched := _fields(design, query, UseRole.SEARCH):
        yield "Search", joined(searched)
    if join_fields := _fields(design, query, UseRole.JOIN):
        yield "Joins", joined(join_fields)
    sorts = [_sorted_by(design, use) for use in query.uses if use.role is UseRole.SORT]
    if sorts or query.kind is OperationKind.READ:
        yield "Sorting", joined(sorts) or "none"
    for label, role in (("Returned", UseRole.RETURNED), ("Written", UseRole.WRITTEN)):
        if fields := _fields(design, query, role):
            yield label, joined(fields)
    if query.aggregation.strip():
        yield "Aggregation", condition_in_words(query.aggregation)
    if query.pagination or query.kind is OperationKind.READ:
        yield "Pagination", query.pagination.label if query.pagination else NOT_SPECIFIED


def _filtering(design: Design, query: Query) -> Inline:
    filters: list[Inline] = [
        (_field(design, query, use), " ", _FILTERS[use.role]) for use in query.uses if use.role in _FILTERS
    ]
    if query.condition.strip():
        filters.append(("only where ", condition_in_words(query.condition)))
    return joined(filters, "; ") or "none"


def _sorted_by(design: Design, use: FieldUse) -> Inline:
    field = Code(design.field_by_uid[use.field].name)
    return (field, " descending") if use.direction is Direction.DESCENDING else field


def _fields(design: Design, query: Query, role: UseRole) -> list[Inline]:
    return [_field(design, query, use) for use in query.uses if use.role is role]


def _field(design: Design, query: Query, use: FieldUse) -> Inline:
    """A field of the query's own entity by its name, others with their entity."""
    is_own = design.entity_of_field[use.field].uid == query.entity
    return Code(design.field_by_uid[use.field].name if is_own else design.path_of_field(use.field))
