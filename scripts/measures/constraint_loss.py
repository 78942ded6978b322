"""What is lost between definitions, the design read from them, and the definitions written of it again.

Counted on what was read first: keys, unique keys, checks, defaults, numbered and computed fields, references with their
actions, indexes. The files are those of ../shared/corpus, if they lie beside the checkout, and generated definitions.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from measures.designs import definitions, identity
from measures.table import Goal, Row
from projects.design.tree import Design, Entity, EntityField
from projects.exporters.sql import Dialect, ddl
from projects.importers.sql import read_schema

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
TABLES, COLUMNS = 100, 1700
NONE_LOST = Goal(0, 0)
Constraint = tuple[object, ...]


def measure() -> Iterator[Row]:
    files = sorted(CORPUS.glob("*.sql"))
    of_files = [loss_of(path.read_bytes(), path.name.split(".")[1]) for path in files]
    if of_files:
        yield _row(f"constraint loss, {len(files)} files of the corpus", of_files)
    yield _row("constraint loss, generated definitions", [loss_of(definitions(TABLES, COLUMNS).encode(), "postgres")])


def _row(name: str, losses: list[tuple[Counter[str], Counter[str]]]) -> Row:
    """`losses` hold what there was and what is missing, by kind."""
    there = sum((each for each, _ in losses), Counter())
    missing = sum((each for _, each in losses), Counter())
    note = ", ".join(f"{kind} {missing[kind]} of {count}" for kind, count in sorted(there.items()))
    return Row(name, missing.total(), NONE_LOST, note)


def loss_of(content: bytes, dialect: str) -> tuple[Counter[str], Counter[str]]:
    """What was there and what is missing. A dialect that is not written comes back in PostgreSQL's."""
    first = read_schema(content, identity=identity(TABLES), dialect=dialect).design
    written = ddl(first, Dialect(dialect) if dialect in set(Dialect) else None)
    second = read_schema(written.text, identity=identity(TABLES), dialect=written.dialect.value).design
    before, after = Counter(constraints(first)), Counter(constraints(second))
    return _by_kind(before), _by_kind(before - after)


def _by_kind(found: Counter[Constraint]) -> Counter[str]:
    kinds: Counter[str] = Counter()
    for constraint, count in found.items():
        kinds[str(constraint[0])] += count
    return kinds


def constraints(design: Design) -> Iterator[Constraint]:
    """Each constraint as its kind and what it says, without its name."""
    for entity in design.entities:
        yield from of_entity(design, entity)
        for field in entity.fields:
            yield from of_field(entity.full_name.casefold(), field)
    for link in design.relationships:
        pairs = tuple(
            (design.path_of_field(pair.child), design.path_of_field(pair.parent) if pair.parent else "")
            for pair in link.pairs
        )
        yield "references", pairs, link.on_delete, link.on_update
    for index in design.indexes:
        parts = tuple(
            (part.field and design.path_of_field(part.field), part.expression, part.direction) for part in index.parts
        )
        yield "indexes", parts, index.method, index.is_unique, index.condition


def of_entity(design: Design, entity: Entity) -> Iterator[Constraint]:
    place = entity.full_name.casefold()
    for key in entity.keys:
        yield f"{key.kind} keys", place, tuple(design.field_by_uid[uid].name for uid in key.fields)
    for check in entity.checks:
        yield "checks", place, check.expression


def of_field(place: str, field: EntityField) -> Iterator[Constraint]:
    if field.is_required:
        yield "not null", place, field.name
    if field.default:
        yield "defaults", place, field.name, field.default
    if field.generation:
        yield "generated fields", place, field.name, field.generation
