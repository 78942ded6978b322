"""Statements that change, rename or drop what earlier ones created."""

import pytest

from projects.design.tree import Design
from tests.projects.importers.reading import (
    checks_of,
    defaults_of,
    generated_in,
    keys_of,
    parts_of,
    read,
    references_of,
    required_in,
    types_of,
)

BEFORE = """
CREATE TABLE users (id integer PRIMARY KEY, name varchar(20) DEFAULT 'x', age integer NOT NULL,
  CONSTRAINT grown CHECK (age > 17));
CREATE TABLE posts (id serial, user_id integer REFERENCES users (id), title text);
CREATE INDEX by_title ON posts (title, user_id);
"""


def after(statements: str, dialect: str = "postgres") -> Design:
    found = read(BEFORE + statements, dialect)
    assert (found.skipped, found.left_out) == ((), ())
    return found.design


def test_columns_are_added_with_what_they_say_of_their_table() -> None:
    design = after(
        "ALTER TABLE posts ADD COLUMN IF NOT EXISTS slug text NOT NULL UNIQUE CHECK (slug <> ''), "
        "ADD editor integer REFERENCES users ON DELETE SET NULL, ADD PRIMARY KEY (id);"
    )
    assert types_of(design, "posts") == {
        "id": "serial",
        "user_id": "integer",
        "title": "text",
        "slug": "text",
        "editor": "integer",
    }
    assert keys_of(design, "posts") == [("unique", "", ["slug"]), ("primary", "", ["id"])]
    assert checks_of(design, "posts") == [("", "slug <> ''")]
    assert references_of(design, "posts") == [
        "-: user_id -> users(id), 1:N",
        "-: editor -> users(id), 1:N, delete set-null",
    ]


def test_columns_change_default_type_and_whether_they_are_required() -> None:
    design = after(
        "ALTER TABLE users ALTER COLUMN name DROP DEFAULT, ALTER name SET NOT NULL, ALTER age DROP NOT NULL, "
        "ALTER age SET DEFAULT 18, ALTER COLUMN age TYPE smallint USING age::smallint;\n"
        "ALTER TABLE posts ALTER id DROP DEFAULT;\nALTER TABLE posts ALTER id ADD GENERATED ALWAYS AS IDENTITY;"
    )
    assert defaults_of(design, "users") == {"age": "18"}
    assert required_in(design, "users") == {"id", "name"}
    assert types_of(design, "users")["age"] == "smallint"
    assert generated_in(design, "posts") == {"id": "identity"}


def test_a_dropped_column_takes_its_keys_references_and_indexes_along() -> None:
    design = after("ALTER TABLE posts DROP COLUMN user_id;")
    assert (types_of(design, "posts"), references_of(design, "posts")) == ({"id": "serial", "title": "text"}, [])
    assert design.indexes == ()


@pytest.mark.parametrize(
    ("statement", "dialect"),
    [
        ("ALTER TABLE users DROP CONSTRAINT grown;", "postgres"),
        ("ALTER TABLE users DROP CHECK grown;", "mysql"),
    ],
)
def test_constraints_are_dropped_by_name(statement: str, dialect: str) -> None:
    assert checks_of(after(statement, dialect), "users") == []


def test_tables_and_columns_are_renamed_with_all_that_leads_to_them() -> None:
    design = after(
        "ALTER TABLE users RENAME TO people;\nALTER TABLE people RENAME COLUMN id TO number;\n"
        "ALTER TABLE posts RENAME title TO heading;"
    )
    assert references_of(design, "posts") == ["-: user_id -> people(number), 1:N"]
    assert parts_of(design, "by_title") == [("heading", "", "asc"), ("user_id", "", "asc")]


def test_a_table_moves_to_another_schema() -> None:
    assert references_of(after("ALTER TABLE users SET SCHEMA auth;"), "posts") == ["-: user_id -> auth.users(id), 1:N"]


def test_mysql_changes_whole_definitions_and_renames_several_tables() -> None:
    design = after(
        "ALTER TABLE users CHANGE name full_name varchar(80) NOT NULL COMMENT 'both' AFTER id, MODIFY COLUMN age int;\n"
        "RENAME TABLE posts TO articles, users TO people;",
        "mysql",
    )
    assert types_of(design, "people") == {"id": "integer", "full_name": "varchar(80)", "age": "int"}
    assert required_in(design, "people") == {"id", "full_name"}
    assert references_of(design, "articles") == ["-: user_id -> people(id), 1:N"]


def test_dropped_tables_indexes_and_types_are_gone() -> None:
    design = after("CREATE TYPE mood AS ENUM ('a');\nDROP INDEX by_title;\nDROP TABLE users CASCADE;\nDROP TYPE mood;")
    assert [each.name for each in design.entities] == ["posts"]
    assert (design.relationships, design.indexes, design.types) == ((), (), ())


def test_values_are_added_to_an_enumeration_in_their_place() -> None:
    design = after(
        "CREATE TYPE mood AS ENUM ('a', 'c');\nALTER TYPE mood ADD VALUE 'd';\n"
        "ALTER TYPE mood ADD VALUE IF NOT EXISTS 'b' BEFORE 'c';"
    )
    assert design.types[0].values == ("a", "b", "c", "d")


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("DROP TABLE nowhere", "It removes something that this file has not created before."),
        ("ALTER TABLE nowhere ADD x int", "This file creates no table nowhere."),
        ("ALTER TABLE nowhere OWNER TO shop", "Users, owners and permissions are not part of a design."),
        ("ALTER TABLE users ENABLE ROW LEVEL SECURITY", "How a table is stored or run is not part of a design."),
        ("ALTER TABLE users ADD name text", "users has a column name already; capitals make no difference."),
        ("ALTER TABLE users ADD PRIMARY KEY (name)", "users has a primary key already."),
        ("ALTER TABLE users DROP CONSTRAINT other", "users has no constraint other in this file."),
        ("ALTER TABLE users FOO BAR", "This change was not understood."),
        (
            "ALTER TABLE users ADD FOREIGN KEY (name) REFERENCES a (b, c)",
            "It does not reference as many columns as it has.",
        ),
        ("ALTER TABLE posts RENAME TO Users", "There is a table Users already."),
        ("CREATE INDEX i ON users (nothing)", "users has no column nothing."),
        ("CREATE INDEX by_title ON users (name)", "There is an index by_title already."),
        ("CREATE TABLE Users (a int)", "Line 2 creates users already; capitals do not make a difference."),
        ("COMMENT ON COLUMN users.nothing IS 'x'", "users has no column nothing."),
        ("COMMENT ON FUNCTION f() IS 'x'", "It describes something that a design does not hold."),
        ("CREATE TEMP TABLE t (a int)", "A temporary table is not part of a design."),
        ("CREATE TABLE t AS SELECT 1", "It takes its columns from a query."),
        ("CREATE TYPE r AS RANGE (SUBTYPE = int)", "Only enumerations, composites and domains are taken as types."),
        ("INSERT INTO users VALUES (1)", "Rows of data are not part of a design."),
        ("SELECT setval('a', 1)", "A query defines nothing."),
        ("CREATE OR REPLACE VIEW v AS SELECT 1", "Views are not part of a design."),
        (
            "CREATE FUNCTION f() RETURNS int AS $$ ; $$ LANGUAGE sql",
            "Functions and procedures are not part of a design.",
        ),
        ("CREATE TRIGGER t BEFORE INSERT ON users EXECUTE FUNCTION f()", "Triggers are not part of a design."),
        ("GRANT SELECT ON users TO shop", "Users, owners and permissions are not part of a design."),
        ("SET statement_timeout = 0", "Settings of the session are not part of a design."),
        ("BEGIN", "Transactions of the script are not part of a design."),
        ("DO $$ BEGIN END $$", "Procedural code is not part of a design."),
        ("VACUUM users", "Maintenance of a running database is not part of a design."),
        ("HELLO WORLD", "This kind of statement is not known to the importer."),
    ],
)
def test_what_cannot_be_taken_is_skipped_with_its_reason(statement: str, reason: str) -> None:
    found = read(f"{BEFORE}{statement};", "postgres")
    assert [(each.line, each.reason, each.statement) for each in found.skipped] == [(6, reason, statement)]
    assert found.statements == found.taken + 1
