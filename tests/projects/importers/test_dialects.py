"""Which dialect a text is taken for, and why."""

import pytest

from projects.importers.dialects import Dialect, guess
from tests.cost import ends


@pytest.mark.parametrize(
    ("text", "dialect"),
    [
        ("CREATE TABLE t (id serial, doc jsonb);", Dialect.POSTGRES),
        ("CREATE TABLE t (a text DEFAULT 'x'::text);", Dialect.POSTGRES),
        ("CREATE TABLE t (a timestamp with time zone);", Dialect.POSTGRES),
        ("CREATE TABLE `t` (a int);", Dialect.MYSQL),
        ("CREATE TABLE t (a int unsigned);", Dialect.MYSQL),
        ("CREATE TABLE t (a int, KEY k (a)) ENGINE=InnoDB;", Dialect.MYSQL),
        ("CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT);", Dialect.SQLITE),
        ("PRAGMA foreign_keys=OFF;\nCREATE TABLE t (a);", Dialect.SQLITE),
        ("CREATE TABLE t (a int) WITHOUT ROWID;", Dialect.SQLITE),
        ("CREATE TABLE t (a VARCHAR2(10));", Dialect.ORACLE),
        ("CREATE TABLE [dbo].[t] (a int)\nGO", Dialect.TSQL),
        ("CREATE TABLE t (a int IDENTITY(1,1), b nvarchar(max));", Dialect.TSQL),
    ],
)
def test_signs_tell_the_dialect(text: str, dialect: Dialect) -> None:
    found = guess(text)
    assert found.dialect is dialect
    assert found.reason.startswith(f"Read as {dialect.label}, because of ")


def test_without_a_sign_it_is_read_as_postgresql_and_that_is_said() -> None:
    found = guess("CREATE TABLE t (a int);")
    assert found.dialect is Dialect.POSTGRES
    assert found.reason == "Nothing in the file belongs to one dialect only, so it was read as PostgreSQL."


def test_definitions_behind_many_rows_of_data_count() -> None:
    rows = "INSERT INTO x VALUES (1, 'some text');\n" * 20_000
    assert guess(f"{rows}CREATE TABLE t (id int AUTO_INCREMENT) ENGINE=InnoDB;").dialect is Dialect.MYSQL


@pytest.mark.parametrize("piece", ["CREATE TYPE ", "CREATE TABLE ) ", "\n", " ", "[a", "-- x\n", "time ", "COPY a\n"])
def test_no_text_makes_recognising_slow(piece: str) -> None:
    # A pattern that tries again from each start takes minutes on these.
    with ends():
        guess(piece * (7_000_000 // len(piece)))
