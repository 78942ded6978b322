"""Step 5: the indexes of each entity, and which operation each of them serves."""

from collections.abc import Iterator

from projects.checks.coverage import QueryCoverage, coverage
from projects.design.tree import Design, Entity, Index, IndexPart
from projects.design.vocabulary import Direction
from projects.exporters.blocks import (
    NOT_SPECIFIED,
    Block,
    Code,
    Heading,
    Inline,
    Paragraph,
    Table,
    Typed,
    has_text,
    joined,
    label,
    not_specified,
    typed,
)
from projects.exporters.data_design.queries import frequency
from projects.exporters.in_words import condition_in_words


def indexing_strategy(design: Design) -> Iterator[Block]:
    yield Heading(2, "Indexing Strategy")
    parts = [block for entity in design.entities for block in entity_indexes(design, entity)]
    yield from parts or [not_specified()]
    yield Heading(3, "Query Coverage")
    yield _query_coverage(design)


def entity_indexes(design: Design, entity: Entity) -> Iterator[Block]:
    """Its indexes, and why it needs no other."""
    indexes = design.indexes_by_entity.get(entity.uid, ())
    if indexes:
        yield label(("Indexes of ", Code(entity.full_name)))
        rows = tuple(index_cells(design, index) for index in indexes)
        yield Table("indexes", ("Index Name", "Fields", "Type", "Purpose"), rows)
    if entity.no_index_reason.strip():
        words = "No other index on " if indexes else "No index on "
        yield Paragraph((words, Code(entity.full_name), " is needed: ", Typed(entity.no_index_reason)))


def index_cells(design: Design, index: Index) -> tuple[Inline, ...]:
    return Code(index.name), index_fields(design, index), _type(index), typed(index.purpose)


def index_fields(design: Design, index: Index) -> Inline:
    fields = joined([_part(design, part) for part in index.parts])
    return fields if has_text(fields) else NOT_SPECIFIED


def _part(design: Design, part: IndexPart) -> Inline:
    key = Code(design.field_by_uid[part.field].name) if part.field else condition_in_words(part.expression)
    return (key, " descending") if part.direction is Direction.DESCENDING else key


def _type(index: Index) -> Inline:
    said: list[Inline] = [index.method.label]
    if index.is_unique:
        said.append("unique")
    if index.condition.strip():
        said.append(("only where ", condition_in_words(index.condition)))
    return joined(said)


def _query_coverage(design: Design) -> Block:
    if not design.queries:
        return not_specified()
    queries = {query.uid: query for query in design.queries}
    rows = tuple(
        (queries[row.query].name, frequency(queries[row.query]), served_by(row), row.note) for row in coverage(design)
    )
    return Table("coverage", ("Operation", "Frequency", "Served by", "Note"), rows)


def served_by(row: QueryCoverage) -> Inline:
    """The index or key that a query uses, and how far it serves it."""
    if row.by is None:
        return row.served.label
    return Code(row.by.name), f" ({row.served.label.lower()})"
