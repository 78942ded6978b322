"""Loads definitions into real databases and counts what those report."""

import sqlite3

from psycopg import Connection

Counts = tuple[int, int, int, int]


def sqlite_counts(text: str) -> Counts:
    """Tables, columns, foreign keys and created indexes that SQLite reports after running the text."""
    with sqlite3.connect(":memory:") as connection:
        connection.executescript(text)
        tables = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not name.startswith("sqlite_")
        ]
        # table_xinfo, unlike table_info, shows generated columns.
        columns = sum(_count(connection, "pragma_table_xinfo(?)", name) for name in tables)
        references = sum(
            _count(connection, "(SELECT DISTINCT id FROM pragma_foreign_key_list(?))", name) for name in tables
        )
        (indexes,) = connection.execute(
            "SELECT count(*) FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        ).fetchone()
    connection.close()
    return len(tables), columns, references, indexes


def _count(connection: sqlite3.Connection, source: str, name: str) -> int:
    (found,) = connection.execute(f"SELECT count(*) FROM {source}", (name,)).fetchone()
    return int(found)


# Ordinary and partitioned tables of the user's schemas, without partitions.
TABLES = """
SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
"""
COUNTS = (
    f"SELECT count(*) FROM ({TABLES}) t",
    f"SELECT count(*) FROM pg_attribute WHERE attrelid IN ({TABLES}) AND attnum > 0 AND attislocal "
    "AND NOT attisdropped",
    f"SELECT count(*) FROM pg_constraint WHERE conrelid IN ({TABLES}) AND contype = 'f' AND conparentid = 0",
    f"SELECT count(*) FROM pg_index i WHERE indrelid IN ({TABLES}) AND NOT EXISTS "
    "(SELECT FROM pg_constraint WHERE conindid = i.indexrelid AND contype IN ('p', 'u', 'x'))",
)


def postgres_counts(connection: Connection[tuple[int]]) -> Counts:
    """The same as PostgreSQL's catalog has it for the database connected to."""
    tables, columns, references, indexes = (connection.execute(query).fetchone() or (0,) for query in COUNTS)
    return tables[0], columns[0], references[0], indexes[0]
