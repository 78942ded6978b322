"""SQL definitions into a Design: PostgreSQL, MySQL and SQLite, others as far as they go.

Every statement ends as taken or as skipped with a reason. Nothing is connected to, nothing is run.
"""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from pydantic import ValidationError

from projects.design.tree import Design, Identity
from projects.importers import dialects
from projects.importers.dialects import Dialect, Guess
from projects.importers.draft import Table
from projects.importers.schema import Schema
from projects.importers.source_text import Unreadable, decode
from projects.importers.sql_alter import alter_table
from projects.importers.sql_comments import comment_on
from projects.importers.sql_design import Build
from projects.importers.sql_drops import drop_indexes, drop_tables, drop_type, rename_tables
from projects.importers.sql_indexes import create_index
from projects.importers.sql_kinds import CLIENT, UNKNOWN, head_of, kind_of, reason_for
from projects.importers.sql_namespaces import set_config, set_search_path, use
from projects.importers.sql_reading import Reading, Skipped, shown
from projects.importers.sql_tables import create_table
from projects.importers.sql_types import alter_type, create_domain, create_type
from projects.importers.statements import Kind, Statement, split
from projects.importers.tokens import Cursor, NotTaken

MAX_STATEMENTS = 20_000
MAX_STATEMENT_LENGTH = 500_000

READERS: dict[str, Callable[[Cursor, Reading], Table | None]] = {
    "CREATE TABLE": create_table,
    "ALTER TABLE": alter_table,
    "DROP TABLE": drop_tables,
    "CREATE INDEX": create_index,
    "DROP INDEX": drop_indexes,
    "CREATE TYPE": create_type,
    "ALTER TYPE": alter_type,
    "DROP TYPE": drop_type,
    "CREATE DOMAIN": create_domain,
    "DROP DOMAIN": drop_type,
    "COMMENT ON": comment_on,
    "RENAME TABLE": rename_tables,
    "SET SEARCH_PATH": set_search_path,
    "USE": use,
}


@dataclass(frozen=True)
class SchemaImport:
    """What was read, counted as a database counts it, and what was not.

    `statements` is `taken` plus the number of `skipped`; `left_out` lists parts that taken statements lost.
    """

    design: Design
    dialect: str
    tables: int
    columns: int
    foreign_keys: int
    indexes: int
    checks: int
    statements: int
    taken: int
    skipped: tuple[Skipped, ...]
    left_out: tuple[Skipped, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of a statement: `reason` says why it was skipped, `table` what it changed."""

    statement: Statement
    reason: str = ""
    table: Table | None = None


def read_schema(
    content: bytes | str,
    *,
    identity: Identity,
    dialect: str | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> SchemaImport:
    """Read definitions into a new Design under `identity`; the dialect is recognised where none is given.

    Raises Unreadable, with a sentence for the person who brought the file, where nothing can be made of it.
    """
    text, encoding_note = decode(content)
    guess = dialects.guess(text)
    chosen = dialects.named(dialect) if dialect else guess.dialect
    if dialect and _is_evidently_other(guess, chosen):
        raise Unreadable(
            f"This file is written for {guess.dialect.label}, not for {chosen.label}: it has {guess.signs_text}. "
            f"Choose {guess.dialect.label}, or let the dialect be recognised."
        )
    schema = Schema(
        usual_namespace=chosen.usual_namespace,
        names_indexes_by_table=chosen in (Dialect.MYSQL, Dialect.TSQL),
    )
    reading = Reading(chosen, schema, clock, clock())
    outcomes = _read_statements(text, reading)
    if not schema.tables:
        raise Unreadable(_why_nothing(outcomes, guess, chosen))
    notes = [encoding_note, *_dialect_notes(guess, chosen, is_given=bool(dialect))]
    return _result(identity, reading, outcomes, [note for note in notes if note])


def _read_statements(text: str, reading: Reading) -> list[_Outcome]:
    outcomes: list[_Outcome] = []
    for statement in split(text, reading.dialect):
        if len(outcomes) == MAX_STATEMENTS:
            raise Unreadable(
                f"This file has more than {MAX_STATEMENTS:,} statements. Bring the definitions without the rows of "
                "data: pg_dump --schema-only, mysqldump --no-data, or sqlite3 FILE .schema."
            )
        reading.statement = statement
        reading.check_time()
        outcomes.append(_read_statement(statement, reading))
    return outcomes


def _read_statement(statement: Statement, reading: Reading) -> _Outcome:
    if statement.kind is Kind.CLIENT_COMMAND:
        return _Outcome(statement, CLIENT)
    if statement.kind is Kind.UNFINISHED:
        return _Outcome(statement, "A quote or a comment that opens in it never closes.")
    head = head_of(statement.text)
    reader = READERS.get(kind_of(head))
    if reader is None:
        is_taken = head[:1] == ("SELECT",) and set_config(statement.text, reading)
        return _Outcome(statement, "" if is_taken else reason_for(head))
    if len(statement.text) > MAX_STATEMENT_LENGTH:
        return _Outcome(statement, f"It is longer than {MAX_STATEMENT_LENGTH:,} characters.")
    before = len(reading.left_out)
    try:
        return _Outcome(statement, table=reader(reading.cursor(), reading))
    except NotTaken as reason:
        # Its parts are not listed beside it.
        del reading.left_out[before:]
        return _Outcome(statement, str(reason))


def _result(identity: Identity, reading: Reading, outcomes: list[_Outcome], notes: list[str]) -> SchemaImport:
    build = Build(reading.schema)
    try:
        design = build.design(identity)
    except ValidationError as error:
        raise Unreadable(f"What was read is no valid design: {error.errors()[0]['msg']}.") from error
    skipped = tuple(
        Skipped(outcome.statement.line, reason, shown(outcome.statement.text))
        for outcome in outcomes
        if (reason := outcome.reason or _folded(outcome, build))
    )
    left_out = tuple(sorted(reading.left_out, key=lambda part: part.line))
    conditions = [condition for table in build.tables for condition in table.conditions]
    return SchemaImport(
        design=design,
        dialect=reading.dialect.value,
        tables=len(design.entities),
        columns=sum(not column.is_inherited for table in build.tables for column in table.columns.values()),
        foreign_keys=len(design.relationships),
        indexes=len(design.indexes),
        checks=sum(not condition.is_exclusion for condition in conditions),
        statements=len(outcomes),
        taken=len(outcomes) - len(skipped),
        skipped=skipped,
        left_out=left_out,
        notes=(*notes, *reading.notes, *build.notes(), *_count_notes(left_out)),
    )


def _folded(outcome: _Outcome, build: Build) -> str:
    """Why a statement counts for nothing that only touches a partition."""
    table = outcome.table
    # A table that was dropped later has no root.
    root = build.roots.get(table, table) if table else None
    if table is None or root is None or root is table or table.line == outcome.statement.line:
        return ""
    return f"It belongs to a partition, which was folded into {root.name.full}."


def _count_notes(left_out: tuple[Skipped, ...]) -> list[str]:
    if not left_out:
        return []
    return [f"Parts of statements that were not taken: {len(left_out)}. They are listed with their lines."]


def _dialect_notes(guess: Guess, chosen: Dialect, *, is_given: bool) -> list[str]:
    notes = [] if is_given else [guess.reason]
    if is_given and guess.points > guess.points_of[chosen]:
        notes.append(f"It was read as {chosen.label}, but looks like {guess.dialect.label}: {guess.signs_text}.")
    if not chosen.is_supported:
        notes.append(
            f"{chosen.label} is another dialect than PostgreSQL, MySQL and SQLite: it was read as far as it goes. "
            "Compare the result with the file."
        )
    return notes


def _is_evidently_other(guess: Guess, chosen: Dialect) -> bool:
    return guess.dialect is not chosen and guess.points >= max(dialects.PROOF, 3 * guess.points_of[chosen])


def _why_nothing(outcomes: list[_Outcome], guess: Guess, chosen: Dialect) -> str:
    tried = [outcome for outcome in outcomes if kind_of(head_of(outcome.statement.text)) == "CREATE TABLE"]
    if refused := next((outcome for outcome in tried if outcome.reason), None):
        return (
            f"No table of this file could be read as {chosen.label}. The first of {len(tried)} is on line "
            f"{refused.statement.line}: {refused.reason}"
        )
    if tried:
        return "This file removes every table again that it creates."
    most = Counter(outcome.reason for outcome in outcomes).most_common(1)
    if not most or most[0][0] == UNKNOWN:
        return "This file creates no table, and does not look like SQL. Bring the definitions of a database."
    return f"This file creates no table, so there is nothing to import. Most of what it holds: {most[0][0]}"
