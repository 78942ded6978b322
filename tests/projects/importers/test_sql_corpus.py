"""Schemas that other people wrote, where they lie beside the checkout, and small ones of our own that always run."""

from pathlib import Path

import pytest

from tests.projects.importers.loading import sqlite_counts
from tests.projects.importers.reading import counts, read
from tests.projects.importers.test_sql_mysql import ORDERS as MYSQL_ORDERS
from tests.projects.importers.test_sql_postgres import ORDERS as POSTGRES_ORDERS
from tests.projects.importers.test_sql_sqlite import SHOP

CORPUS = Path(__file__).parents[4] / "shared" / "corpus"
FILES = (
    "chinook.mysql.sql",
    "chinook.postgres.sql",
    "chinook.sqlite.sql",
    "hr.oracle.sql",
    "northwind.postgres.sql",
    "pagila.postgres.sql",
    "sakila.mysql.sql",
    "sakila.sqlite.sql",
)


def corpus(name: str) -> bytes:
    path = CORPUS / name
    if not path.exists():
        pytest.skip(f"The corpus is not beside this checkout: there is no {path.name} in ../shared/corpus.")
    return path.read_bytes()


@pytest.mark.parametrize("text", [POSTGRES_ORDERS, MYSQL_ORDERS, SHOP], ids=["postgres", "mysql", "sqlite"])
def test_every_statement_of_our_own_schemas_is_accounted_for(text: str) -> None:
    found = read(text)
    assert found.statements == found.taken + len(found.skipped)


@pytest.mark.parametrize("name", FILES)
def test_every_statement_of_the_corpus_is_accounted_for(name: str) -> None:
    found = read(corpus(name))
    assert found.statements == found.taken + len(found.skipped)
    assert found.left_out == ()


@pytest.mark.parametrize("name", FILES)
def test_the_dialect_of_each_file_is_recognised(name: str) -> None:
    assert read(corpus(name)).dialect == name.split(".")[1]


@pytest.mark.parametrize("name", ["chinook.sqlite.sql", "sakila.sqlite.sql"])
def test_counts_are_those_that_sqlite_reports(name: str) -> None:
    content = corpus(name)
    assert counts(read(content)) == sqlite_counts(content.decode("utf-8-sig"))


def test_one_schema_in_three_dialects_has_the_same_counts() -> None:
    found = {name: counts(read(corpus(f"chinook.{name}.sql"))) for name in ("mysql", "postgres", "sqlite")}
    assert set(found.values()) == {(11, 64, 11, 11)}


def test_sakila_has_the_same_tables_columns_and_foreign_keys_in_both_dialects() -> None:
    # The SQLite file creates other indexes than the MySQL file.
    mysql, sqlite = (counts(read(corpus(f"sakila.{name}.sql"))) for name in ("mysql", "sqlite"))
    assert mysql == (*sqlite[:3], 21)


def test_oracles_sample_is_read_as_far_as_it_goes() -> None:
    assert counts(read(corpus("hr.oracle.sql"))) == (7, 35, 10, 17)


@pytest.mark.parametrize("name", FILES)
def test_nothing_but_rows_code_and_housekeeping_is_skipped(name: str) -> None:
    lost = {"This kind of statement is not known to the importer.", "This change was not understood."}
    assert not [each for each in read(corpus(name)).skipped if each.reason in lost]
