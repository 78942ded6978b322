"""The statements on a real PostgreSQL: they load in one go, and its catalog has what the design has."""

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings

from projects.design.tree import Design
from projects.exporters.sql import Dialect, ddl
from projects.workflow.demonstration import designs as demonstration
from tests.examples import at_most
from tests.projects.design.strategies import designs
from tests.projects.exporters.full_design import full_design
from tests.projects.exporters.relational_designs import relational_designs
from tests.projects.exporters.test_sql_untrusted import BREAKING, everywhere
from tests.projects.importers.loading import postgres_counts, sqlite_counts
from tests.projects.importers.reading import counts, read
from tests.projects.importers.test_sql_corpus import corpus
from tests.projects.importers.test_sql_in_postgres import for_any_version, load, postgres
from tests.projects.importers.test_sql_postgres import ORDERS

__all__ = ["postgres"]

# With the database's mark, so that the run on PostgreSQL alone does not leave these out.
pytestmark = pytest.mark.django_db
Connection = psycopg.Connection[tuple[int]]
# One server for all examples of a test: each is undone before the next.
property_test = settings(max_examples=at_most(20), suppress_health_check=[HealthCheck.function_scoped_fixture])


def loads(connection: Connection, text: str) -> None:
    """Run the whole, and undo it; what it creates beside the tables must be there for any server."""
    plain = "\n".join(line for line in text.splitlines() if not line.startswith("CREATE EXTENSION"))
    with connection.transaction(force_rollback=True):
        connection.execute(plain.encode())


@pytest.mark.parametrize("number", [0, 1])
def test_the_demonstration_loads(postgres: Connection, number: int) -> None:
    loads(postgres, ddl(demonstration()[number], Dialect.POSTGRESQL).text)


def test_a_design_with_something_of_everything_loads(postgres: Connection) -> None:
    loads(postgres, ddl(full_design(), Dialect.POSTGRESQL).text)


def test_the_catalog_has_what_the_design_has(postgres: Connection) -> None:
    design = read(ORDERS.replace("public.citext", "text").replace(", name gin_trgm_ops", ""), "postgres").design
    written = ddl(design).text
    postgres.execute(written.encode())
    assert postgres_counts(postgres) == counts(read(written, "postgres"))


@pytest.mark.parametrize("name", ["chinook", "northwind", "pagila"])
def test_files_of_the_corpus_load_as_they_are_written_again(postgres: Connection, name: str) -> None:
    text = for_any_version(corpus(f"{name}.postgres.sql").decode())
    found = read(text)
    written = ddl(found.design).text
    postgres.execute(written.encode())
    assert postgres_counts(postgres) == counts(found)


# What the server has to say of columns, constraints and indexes, without names that the file left to it.
CATALOG = """
SELECT c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull || ' ' ||
  coalesce(pg_get_expr(d.adbin, d.adrelid), '') || ' ' || a.attgenerated::text || a.attidentity::text
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped
UNION ALL
SELECT conrelid::regclass || ' ' || pg_get_constraintdef(o.oid) FROM pg_constraint o
JOIN pg_class c ON c.oid = o.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND NOT c.relispartition AND contype IN ('p', 'u', 'f', 'c', 'x')
UNION ALL
SELECT replace(replace(pg_get_indexdef(i.indexrelid), 'public.', ''), ' ONLY', '') FROM pg_index i
JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition
"""


@pytest.mark.parametrize("name", ["chinook", "northwind", "pagila"])
def test_the_server_says_the_same_of_a_file_and_of_what_is_written_of_it(postgres: Connection, name: str) -> None:
    text = for_any_version(corpus(f"{name}.postgres.sql").decode())
    found = []
    for each in (text, ddl(read(text).design).text):
        load(postgres, each)
        found.append(sorted(str(row[0]) for row in postgres.execute(CATALOG)))
        postgres.execute("DROP SCHEMA public CASCADE")
        postgres.execute("CREATE SCHEMA public")
    assert found[0] == found[1]


@pytest.mark.parametrize("name", ["chinook.mysql.sql", "sakila.mysql.sql", "sakila.sqlite.sql", "hr.oracle.sql"])
def test_files_of_other_systems_load_into_postgresql(postgres: Connection, name: str) -> None:
    found = read(corpus(name))
    postgres.execute(ddl(found.design, Dialect.POSTGRESQL).text.encode())
    assert postgres_counts(postgres) == counts(found)


@pytest.mark.parametrize("name", ["chinook.sqlite.sql", "sakila.sqlite.sql", "chinook.postgres.sql"])
def test_files_of_the_corpus_load_into_sqlite(name: str) -> None:
    found = read(corpus(name))
    assert sqlite_counts(ddl(found.design, Dialect.SQLITE).text) == counts(found)


@property_test
@given(relational_designs(Dialect.POSTGRESQL))
def test_what_postgresql_can_hold_loads(postgres: Connection, design: Design) -> None:
    loads(postgres, ddl(design, Dialect.POSTGRESQL).text)


@property_test
@given(designs())
def test_any_design_loads(postgres: Connection, design: Design) -> None:
    loads(postgres, ddl(design, Dialect.POSTGRESQL).text)


def test_nothing_typed_reaches_another_table(postgres: Connection) -> None:
    postgres.execute("CREATE TABLE victims (a integer)")
    for text in BREAKING:
        loads(postgres, ddl(everywhere(text), Dialect.POSTGRESQL).text)
    postgres.execute("SELECT a FROM victims")
