"""Bad, hostile and oversized input: one clear sentence, or a design without what could not be read."""

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.design.digest import design_json, read_design
from projects.importers import sql, sql_reading
from projects.importers.dialects import Dialect
from projects.importers.source_text import Unreadable
from tests.examples import at_most
from tests.projects.importers.reading import entity, read, types_of

MYSQL = "CREATE TABLE `t` (`id` int unsigned AUTO_INCREMENT, KEY `k` (`id`)) ENGINE=InnoDB;"
POSTGRES = "CREATE TABLE t (id serial, at timestamptz, doc jsonb DEFAULT '{}'::jsonb);"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "This file is empty."),
        ("SELECT 1;", "This file creates no table, so there is nothing to import. Most of what it holds: A query"),
        ("INSERT INTO t VALUES (1);", "Most of what it holds: Rows of data are not part of a design."),
        ('{"tables": [1, 2]}', "This file creates no table, and does not look like SQL."),
        ("-- nothing but a comment", "This file creates no table, and does not look like SQL."),
        (
            "CREATE TABLE t (a int",
            "No table of this file could be read as PostgreSQL. The first of 1 is on line 1: A brack",
        ),
        ("\n\nCREATE TABLE t (a int DEFAULT 'x);", "on line 3: A quote or a comment that opens in it never closes."),
        ("CREATE TABLE t (a int);\nDROP TABLE t;", "This file removes every table again that it creates."),
    ],
)
def test_a_file_that_gives_nothing_is_refused_with_the_reason(content: str, sentence: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(content)
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    ("content", "dialect", "sentence"),
    [
        (MYSQL, "postgres", "This file is written for MySQL, not for PostgreSQL: it has ENGINE=, AUTO_INCREMENT"),
        (POSTGRES, "mysql", "This file is written for PostgreSQL, not for MySQL: it has :: casts"),
        (POSTGRES, "dbase", "There is no dialect “dbase”. Choose one of postgres, mysql, sqlite."),
    ],
)
def test_the_wrong_dialect_is_refused_with_the_right_one(content: str, dialect: str, sentence: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(content, dialect)
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    ("name", "dialect"), [("PostgreSQL", "postgres"), ("mariadb", "mysql"), (" SQLite3 ", "sqlite")]
)
def test_a_dialect_goes_by_the_names_that_people_use(name: str, dialect: str) -> None:
    assert read("CREATE TABLE t (a int);", name).dialect == dialect


def test_too_many_statements_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sql, "MAX_STATEMENTS", 3)
    assert read("CREATE TABLE t (a int);" + "SELECT 1;" * 2).statements == 3
    with pytest.raises(Unreadable, match="This file has more than 3 statements"):
        read("CREATE TABLE t (a int);" + "SELECT 1;" * 3)


def test_a_statement_too_long_to_read_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sql, "MAX_STATEMENT_LENGTH", 30)
    found = read("CREATE TABLE t (a int);\nCREATE TABLE u (a int, b int, c int);")
    assert [(each.line, each.reason) for each in found.skipped] == [(2, "It is longer than 30 characters.")]


def test_reading_stops_when_its_time_is_over() -> None:
    ticks = itertools.count(0, sql_reading.MAX_SECONDS / 4)
    with pytest.raises(Unreadable, match="Reading this file took longer than 20 seconds, at line"):
        read("CREATE TABLE t (a int);\n" * 10, clock=lambda: next(ticks))


def test_one_long_statement_stops_in_time_too() -> None:
    ticks = itertools.count(0, 1)
    with pytest.raises(Unreadable, match="took longer"):
        read(f"CREATE TABLE t ({', '.join(f'c{n} int' for n in range(40))});", clock=lambda: next(ticks))


def test_tables_that_copy_one_another_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sql_reading, "MAX_COPIES", 5)
    with pytest.raises(Unreadable, match="copy more than 5 columns"):
        read("CREATE TABLE t (a int, b int);" + "".join(f"CREATE TABLE t{n} (LIKE t);" for n in range(3)))


def test_any_depth_of_brackets_is_read() -> None:
    found = read(f"CREATE TABLE t (a int CHECK {'(' * 50_000}a > 0{')' * 50_000}, b int);")
    assert (found.columns, found.checks) == (2, 1)


def test_one_bad_element_costs_no_more_than_itself() -> None:
    found = read(
        "CREATE TABLE a (id int, 5x text,\n name varchar(20) NOT NUL, price numeric(10,2) CHEK (price > 0),\n"
        " FOREIGN KEY (nope) REFERENCES b(x), UNIQUE (id, nope), PRIMARY KEY (id), id text);"
    )
    assert types_of(found.design, "a") == {"id": "int", "name": "varchar(20)", "price": "numeric(10,2)"}
    assert [(each.line, each.reason, each.statement) for each in found.left_out] == [
        (1, "There is no column name where one should stand.", "5x text"),
        (2, "This part of the column's definition was not understood.", "NOT NUL"),
        (2, "This part of the column's definition was not understood.", "CHEK (price > 0)"),
        (3, "a has a column id already; capitals make no difference.", "id text"),
        (3, "a has no column nope.", "FOREIGN KEY (nope) REFERENCES b(x)"),
        (3, "a has no column nope.", "UNIQUE (id, nope)"),
    ]
    assert "Parts of statements that were not taken: 6. They are listed with their lines." in found.notes


def test_parts_left_out_have_their_own_lines_also_where_two_statements_share_one() -> None:
    found = read("CREATE TABLE a (x int(1),\n y int(1) FOO); CREATE TABLE b (x int(1),\n\n y int(1) BAR);", "sqlite")
    assert [each.line for each in found.left_out] == [2, 4]


def test_names_too_long_or_with_control_characters_are_changed_and_that_is_said() -> None:
    found = read(
        f'CREATE TABLE {"a" * 300} ("b\x01c" int, {"d" * 300} int);\nCREATE INDEX i ON {"a" * 300} ({"d" * 300});'
    )
    assert [len(each.name) for each in found.design.entities] == [128]
    assert [field.name[:3] for field in found.design.entities[0].fields] == ["b�c", "ddd"]
    assert any(note.startswith("Names that are longer than 128 characters or hold control") for note in found.notes)
    assert found.indexes == 1


def test_what_is_too_long_for_a_line_is_kept_in_full_in_the_description() -> None:
    formula = " + ".join(f"column_{number}" for number in range(30))
    found = read(f"CREATE TABLE t (a int GENERATED ALWAYS AS ({formula}) STORED);")
    field = entity(found.design, "t").fields[0]
    assert (len(field.default), field.default[-1]) == (200, "…")
    assert field.description == f"Default in full: {formula}"


HOSTILE = ["|", "<script>alert(1)</script>", "```", "‮rtl", "😀", "'", 'it\'s "so"', "x" * 60, "a\nb", "${7*7}", "\\"]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_and_comments_come_through_as_text(name: str) -> None:
    quoted, text = name.replace('"', '""'), name.replace("'", "''")
    found = read(f'CREATE TABLE "{quoted}" ("{quoted}" text);\nCOMMENT ON TABLE "{quoted}" IS \'{text}\';', "postgres")
    table = found.design.entities[0]
    assert table.name == table.fields[0].name == name.replace("\n", "�")
    assert table.purpose == name
    assert read_design(design_json(found.design)) == found.design


KEYWORDS = """
CREATE TABLE ALTER ADD COLUMN CONSTRAINT PRIMARY KEY UNIQUE FOREIGN REFERENCES CHECK DEFAULT NOT NULL INDEX ON USING
LIKE INHERITS PARTITION OF GENERATED ALWAYS AS IDENTITY COLLATE COMMENT IS TYPE ENUM DOMAIN DROP RENAME TO SET
MODIFY CHANGE EXCLUDE FULLTEXT IF EXISTS ( ) ( ) , , ; ; . 'a' "b" `c` [d] 1 t u int text varchar(3) = > :: [] $$ ' "
"""
SOUP = st.lists(st.sampled_from(KEYWORDS.split()) | st.text(max_size=4), max_size=40).map(" ".join)


@settings(max_examples=at_most(300))
@given(
    SOUP,
    st.sampled_from([None, *Dialect]),
    st.sampled_from(["", "CREATE TABLE x (", "ALTER TABLE t ", "ALTER TABLE t ADD "]),
)
def test_any_text_is_read_or_refused_and_every_statement_is_accounted_for(
    soup: str, dialect: str | None, head: str
) -> None:
    try:
        found = read(f"CREATE TABLE t (a int, b text);\n{head}{soup}", dialect)
    except Unreadable:
        return
    assert found.statements == found.taken + len(found.skipped)
    assert read_design(design_json(found.design)) == found.design
    assert all(each.line >= 1 and each.reason.endswith(".") for each in (*found.skipped, *found.left_out))


def test_the_limits_are_finite() -> None:
    limits = (sql.MAX_STATEMENTS, sql.MAX_STATEMENT_LENGTH, sql_reading.MAX_SECONDS, sql_reading.MAX_COPIES)
    assert all(0 < limit < math.inf for limit in limits)
