"""Design to DDL and back: what a dialect can hold comes back as it was, and any design loads.

`relational_facts` says what “as it was” covers.
"""

import logging
import sqlite3

import pytest
from hypothesis import given, settings

from projects.design.tree import Design
from projects.exporters.sql import Dialect, ddl
from tests.examples import at_most
from tests.projects.design.strategies import designs
from tests.projects.exporters.relational_designs import relational_designs
from tests.projects.exporters.relational_facts import facts
from tests.projects.exporters.sql_parsing import parsed
from tests.projects.importers.reading import counts, read
from tests.projects.importers.test_sql_corpus import corpus
from tests.projects.importers.test_sql_mysql import ORDERS as MYSQL_ORDERS
from tests.projects.importers.test_sql_postgres import ORDERS as POSTGRES_ORDERS
from tests.projects.importers.test_sql_sqlite import SHOP

OWN = {Dialect.POSTGRESQL: POSTGRES_ORDERS, Dialect.MYSQL: MYSQL_ORDERS, Dialect.SQLITE: SHOP}


@pytest.fixture(autouse=True)
def quiet_parser(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR, logger="sqlglot")


def load_into_sqlite(text: str) -> None:
    connection = sqlite3.connect(":memory:")
    try:
        connection.executescript(text)
    finally:
        connection.close()


def returned(design: Design, dialect: Dialect) -> Design:
    back = read(ddl(design, dialect).text, dialect.value)
    assert back.left_out == ()
    return back.design


def unlike(one: Design, other: Design, dialect: Dialect) -> dict[str, object]:
    """The parts in which two designs differ."""
    expected, found = facts(one, dialect), facts(other, dialect)
    return {part: (expected[part], found[part]) for part in expected if expected[part] != found[part]}


@settings(max_examples=at_most(25))
@given(relational_designs(Dialect.POSTGRESQL))
def test_what_postgresql_can_hold_comes_back(design: Design) -> None:
    written = ddl(design, Dialect.POSTGRESQL)
    parsed(written.text, Dialect.POSTGRESQL)
    assert written.notes == ()
    assert unlike(design, returned(design, Dialect.POSTGRESQL), Dialect.POSTGRESQL) == {}


@settings(max_examples=at_most(25))
@given(relational_designs(Dialect.MYSQL))
def test_what_mysql_can_hold_comes_back(design: Design) -> None:
    written = ddl(design, Dialect.MYSQL)
    parsed(written.text, Dialect.MYSQL)
    assert written.notes == ()
    assert unlike(design, returned(design, Dialect.MYSQL), Dialect.MYSQL) == {}


@settings(max_examples=at_most(25))
@given(relational_designs(Dialect.SQLITE))
def test_what_sqlite_can_hold_comes_back(design: Design) -> None:
    written = ddl(design, Dialect.SQLITE)
    load_into_sqlite(written.text)
    assert written.notes == ()
    assert unlike(design, returned(design, Dialect.SQLITE), Dialect.SQLITE) == {}


@settings(max_examples=at_most(15))
@given(designs())
def test_any_design_loads_into_sqlite_and_parses_in_each_dialect(design: Design) -> None:
    for dialect in Dialect:
        written = ddl(design, dialect)
        assert written == ddl(design, dialect)
        parsed(written.text, dialect)
        if dialect is Dialect.SQLITE:
            load_into_sqlite(written.text)


@settings(max_examples=at_most(10))
@given(designs().filter(lambda design: any(table.fields for table in design.own_tables)))
def test_what_was_written_of_any_design_stays_the_same_from_then_on(design: Design) -> None:
    for dialect in Dialect:
        once = returned(design, dialect)
        assert len(once.entities) == sum(bool(table.fields) for table in design.own_tables)
        assert unlike(once, returned(once, dialect), dialect) == {}


@pytest.mark.parametrize(
    ("dialect", "parts"),
    [
        # References to tables that the design does not hold stay in words.
        (Dialect.POSTGRESQL, {"references"}),
        # A unique text whose length of prefix was lost on import needs a length of its own.
        (Dialect.MYSQL, {"tables"}),
        # A default in double quotes is a text, and is written as one.
        (Dialect.SQLITE, {"references", "tables"}),
    ],
)
def test_our_own_schemas_come_back_but_for_what_no_design_holds(dialect: Dialect, parts: set[str]) -> None:
    design = read(OWN[dialect], dialect.value).design
    assert set(unlike(design, returned(design, dialect), dialect)) == parts


@pytest.mark.parametrize(
    "name",
    [
        "chinook.mysql.sql",
        "chinook.postgres.sql",
        "chinook.sqlite.sql",
        "northwind.postgres.sql",
        "pagila.postgres.sql",
        "sakila.mysql.sql",
        "sakila.sqlite.sql",
    ],
)
def test_files_of_the_corpus_come_back(name: str) -> None:
    dialect = Dialect(name.split(".")[1])
    found = read(corpus(name))
    written = ddl(found.design, dialect)
    assert written.notes == ()
    assert unlike(found.design, read(written.text, dialect.value).design, dialect) == {}


def test_oracles_sample_keeps_its_counts_in_another_dialect() -> None:
    found = read(corpus("hr.oracle.sql"))
    back = read(ddl(found.design).text, "postgres")
    assert (counts(back), back.checks) == (counts(found), found.checks)
