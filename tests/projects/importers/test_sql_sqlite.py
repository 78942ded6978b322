"""SQLite's definitions, compared with what SQLite itself makes of them."""

import sqlite3

import pytest

from tests.projects.importers.loading import sqlite_counts
from tests.projects.importers.reading import (
    checks_of,
    counts,
    defaults_of,
    generated_in,
    index,
    keys_of,
    parts_of,
    read,
    references_of,
    required_in,
    types_of,
)

SHOP = """PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE IF NOT EXISTS "user" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(30) NOT NULL COLLATE NOCASE,
  'quoted' TEXT DEFAULT "dq", [two words], `tick` BLOB DEFAULT x'00ff', n NUMERIC(10, 2) DEFAULT (round(1.5, 1)),
  unsigned big int DEFAULT -1, "a;b" text CHECK ("a;b" <> ';'), parent REFERENCES user,
  up INTEGER REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
  full_name text GENERATED ALWAYS AS (name || ' ' || quoted) VIRTUAL UNIQUE ON CONFLICT IGNORE
);
CREATE TABLE t2 (id integer, code text NOT NULL, x int, CONSTRAINT pk PRIMARY KEY (id AUTOINCREMENT)
  CONSTRAINT u UNIQUE (code, x) ON CONFLICT IGNORE FOREIGN KEY (x) REFERENCES missing(id) CHECK (x > 0));
CREATE TABLE pair (a INT NOT NULL, b ANY, PRIMARY KEY (a, b)) WITHOUT ROWID, STRICT;
CREATE TABLE kv (key TEXT PRIMARY KEY, value TEXT);
CREATE UNIQUE INDEX once ON "user" ("name" COLLATE NOCASE DESC, lower(quoted)) WHERE n IS NOT NULL;
CREATE INDEX main.by_code ON t2(code ASC);
CREATE TRIGGER tr AFTER UPDATE OF name ON "user" WHEN new.name <> old.name BEGIN
  UPDATE "user" SET name = CASE WHEN 1 THEN 'a;' ELSE 'end' END WHERE id = new.id;
  INSERT INTO t2 VALUES (1, 2, 3);
END;
CREATE VIEW v AS SELECT 1;
INSERT INTO "user" (id, name) VALUES (1, 'a;b''c');
DELETE FROM sqlite_sequence;
CREATE TABLE new_kv (key TEXT PRIMARY KEY NOT NULL, value TEXT, extra);
DROP TABLE kv;
ALTER TABLE new_kv RENAME TO kv;
CREATE TABLE profile (id INTEGER PRIMARY KEY REFERENCES user(id), key TEXT REFERENCES kv(key));
COMMIT;
"""


def test_counts_are_those_of_sqlite() -> None:
    found = read(SHOP)
    assert found.dialect == "sqlite"
    assert counts(found) == sqlite_counts(SHOP) == (5, 21, 5, 2)


def test_every_statement_is_taken_or_skipped() -> None:
    found = read(SHOP)
    assert (found.statements, found.taken, found.left_out) == (17, 10, ())
    assert [each.line for each in found.skipped] == [1, 2, 16, 20, 21, 22, 27]


def test_types_are_kept_as_typed_and_may_be_missing() -> None:
    assert types_of(read(SHOP).design, "user") == {
        "id": "INTEGER",
        "name": "varchar(30)",
        "quoted": "TEXT",
        "two words": "",
        "tick": "BLOB",
        "n": "NUMERIC(10,2)",
        "unsigned": "big int",
        "a;b": "text",
        "parent": "",
        "up": "INTEGER",
        "full_name": "text",
    }


def test_defaults_required_fields_and_what_sqlite_fills_in() -> None:
    design = read(SHOP).design
    assert defaults_of(design, "user") == {
        "quoted": '"dq"',
        "tick": "x'00ff'",
        "n": "(round(1.5, 1))",
        "unsigned": "-1",
        "full_name": "name || ' ' || quoted",
    }
    assert required_in(design, "user") == {"id", "name"}
    assert generated_in(design, "user") == {"id": "identity", "full_name": "computed"}


def test_an_integer_primary_key_is_numbered_unless_it_is_a_key_of_another_table() -> None:
    design = read(SHOP + "CREATE TABLE plain (id INTEGER PRIMARY KEY);").design
    assert generated_in(design, "plain") == {"id": "identity"}
    assert generated_in(design, "profile") == {}
    assert generated_in(design, "pair") == {}


def test_constraints_need_no_commas_between_them() -> None:
    design = read(SHOP).design
    assert keys_of(design, "t2") == [("primary", "pk", ["id"]), ("unique", "u", ["code", "x"])]
    assert references_of(design, "t2") == ["-: x -> nothing(?), 1:N"]
    assert checks_of(design, "t2") == [("", "x > 0")]
    assert generated_in(design, "t2") == {"id": "identity"}


def test_a_table_rebuilt_under_another_name_keeps_its_references() -> None:
    design = read(SHOP).design
    assert references_of(design, "profile") == ["-: id -> user(id), 1:0..1", "-: key -> kv(key), 1:N"]


def test_foreign_keys_without_columns_lead_to_the_primary_key() -> None:
    assert references_of(read(SHOP).design, "user") == [
        "-: parent -> user(id), 1:N",
        "-: up -> user(id), 1:N, delete cascade, update no-action",
    ]


def test_indexes_keep_collations_expressions_and_conditions() -> None:
    design = read(SHOP).design
    assert parts_of(design, "once") == [("name", '"name" COLLATE NOCASE', "desc"), (None, "lower(quoted)", "asc")]
    assert (index(design, "once").is_unique, index(design, "once").condition) == (True, "n IS NOT NULL")


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE a (x, y, z)",
        "CREATE TABLE a (x INTEGER PRIMARY KEY DESC, y INT DEFAULT (1 + 2) UNIQUE NOT NULL)",
        "CREATE TABLE a (key TEXT PRIMARY KEY, value TEXT, action, match, plan)",
        "CREATE TABLE a (x TEXT DEFAULT 'a, b' CHECK (x IN ('c', 'd')), y DOUBLE PRECISION)",
        "CREATE TABLE a (x INT CONSTRAINT c1 NOT NULL CONSTRAINT c2 UNIQUE, CONSTRAINT c3 UNIQUE (x))",
        "CREATE TABLE a (x UNSIGNED BIG INT, y VARYING CHARACTER(255), z DECIMAL(10,5), w LONG VARCHAR (10))",
        "CREATE TABLE a (x INT, y INT, FOREIGN KEY (x, y) REFERENCES a (y, x) MATCH FULL ON DELETE SET DEFAULT)",
        "CREATE TABLE a (x INT REFERENCES a ON DELETE SET NULL NOT DEFERRABLE, y INT AS (x * 2) STORED)",
        "CREATE TABLE a(x int/*c*/not null,-- d\ny text collate rtrim,z date default current_date)",
        'CREATE TABLE "#a" (x INT)',
        "CREATE TABLE a (x TEXT DEFAULT CURRENT_TIMESTAMP, y REAL DEFAULT +1.5e3, z INT DEFAULT TRUE, w DEFAULT NULL)",
    ],
)
def test_whatever_sqlite_accepts_is_counted_as_it_does(statement: str) -> None:
    found = read(statement, "sqlite")
    assert counts(found) == sqlite_counts(statement)
    assert (found.left_out, found.skipped) == ((), ())


def test_a_collation_in_a_key_is_listed_as_left_out() -> None:
    found = read("CREATE TABLE a (x TEXT, UNIQUE (x COLLATE NOCASE))", "sqlite")
    assert keys_of(found.design, "a") == [("unique", "", ["x"])]
    assert [each.statement for each in found.left_out] == ["x COLLATE NOCASE"]


def test_the_database_used_here_is_a_real_one() -> None:
    assert sqlite3.sqlite_version_info >= (3, 37)
