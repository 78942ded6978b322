"""Where statements begin and end."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.importers.dialects import Dialect
from projects.importers.statements import Kind, split


def texts(text: str, dialect: Dialect = Dialect.POSTGRES) -> list[str]:
    return [statement.text for statement in split(text, dialect)]


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT 'a;b'",
        "SELECT 'it''s; here'",
        r"SELECT E'it\'s; here'",
        'SELECT "a;b"',
        "SELECT $$a;b$$",
        "SELECT $tag$ ; $$ ; $tag$",
        "SELECT 1 -- a;b\n + 2",
        "SELECT /* a;b /* nested; */ still; */ 1",
        "CREATE TABLE t (a text DEFAULT ';', b int)",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT CASE WHEN 1 > 2 THEN 1 END; SELECT 2; END",
    ],
)
def test_a_hidden_semicolon_ends_nothing_in_postgresql(statement: str) -> None:
    assert texts(f"{statement};\nSELECT 2;") == [statement, "SELECT 2"]


@pytest.mark.parametrize(
    "statement",
    [
        r"SELECT 'it\'s; here'",
        'SELECT "a;b"',
        "SELECT `a;b`",
        "SELECT 1 # a;b\n + 2",
        "SELECT 1 -- a;b\n + 2",
        "CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN IF 1 THEN SET @a = 1; END IF; END",
        "CREATE DEFINER=`root`@`localhost` PROCEDURE p() BEGIN CASE x WHEN 1 THEN SELECT 1; END CASE; END",
    ],
)
def test_a_hidden_semicolon_ends_nothing_in_mysql(statement: str) -> None:
    assert texts(f"{statement};\nSELECT 2;", Dialect.MYSQL) == [statement, "SELECT 2"]


def test_a_trigger_of_sqlite_is_one_statement_with_or_without_a_semicolon_at_its_end() -> None:
    trigger = "CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE a SET b = CASE WHEN 1 THEN 2 END; DELETE FROM a; END"
    assert texts(f"{trigger};\nSELECT 2;\n{trigger}", Dialect.SQLITE) == [trigger, "SELECT 2", trigger]


def test_a_body_whose_begin_has_no_end_does_not_take_the_rest_of_the_file_with_it() -> None:
    found = texts("CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1;\nCREATE TABLE b (x int);", Dialect.SQLITE)
    assert found[-1] == "CREATE TABLE b (x int)"


def test_rows_of_a_copy_belong_to_it() -> None:
    text = "COPY t (a) FROM stdin;\nit's; here\n\\N\n\\.\n\nSELECT 1;"
    assert [(each.text, each.line) for each in split(text, Dialect.POSTGRES)] == [
        ("COPY t (a) FROM stdin", 1),
        ("SELECT 1", 6),
    ]


def test_lines_of_psql_are_commands_of_a_client() -> None:
    found = list(split("\\connect shop\nSELECT 1;\n\\echo 'it''s\nSELECT 2;", Dialect.POSTGRES))
    assert [each.kind for each in found] == [Kind.CLIENT_COMMAND, Kind.SQL, Kind.CLIENT_COMMAND, Kind.SQL]


def test_a_delimiter_counts_until_the_next_one() -> None:
    text = "DELIMITER ;;\nCREATE PROCEDURE p() BEGIN SELECT 1; END;;\nDELIMITER ;\nSELECT 1; SELECT 2"
    assert texts(text, Dialect.MYSQL) == ["CREATE PROCEDURE p() BEGIN SELECT 1; END", "SELECT 1", "SELECT 2"]


def test_what_mysql_runs_in_a_comment_is_read_and_keeps_its_line() -> None:
    text = "/*!40101 SET NAMES utf8 */;\n/*!50001 CREATE TABLE t\n(a int) */;\nSELECT '/*!40000 kept */'"
    found = [(each.text.split(), each.line) for each in split(text, Dialect.MYSQL)]
    assert found == [
        (["SET", "NAMES", "utf8"], 1),
        (["CREATE", "TABLE", "t", "(a", "int)"], 2),
        (["SELECT", "'/*!40000", "kept", "*/'"], 4),
    ]


def test_the_sandbox_line_of_mariadb_is_no_statement() -> None:
    assert texts("/*!999999\\- enable the sandbox mode */\nSELECT 1;", Dialect.MYSQL) == ["SELECT 1"]


def test_go_lines_separate_statements_of_sql_server() -> None:
    text = "CREATE TABLE [go;a] (a int)\nGO\nCREATE PROCEDURE p AS BEGIN SELECT 1; END\ngo 5\nSELECT 1"
    assert texts(text, Dialect.TSQL) == [
        "CREATE TABLE [go;a] (a int)",
        "CREATE PROCEDURE p AS BEGIN SELECT 1; END",
        "SELECT 1",
    ]


def test_lines_of_sqlplus_are_remarks_commands_and_separators() -> None:
    text = (
        "rem it's a remark\nPROMPT it's a prompt\nSET ECHO OFF\nCREATE TABLE t (a int)\n/\n"
        "CREATE OR REPLACE TRIGGER g BEFORE INSERT ON t BEGIN NULL; END;\n/\nCREATE TABLE u (a int);"
    )
    found = list(split(text, Dialect.ORACLE))
    assert [each.text for each in found if each.kind is Kind.CLIENT_COMMAND] == ["PROMPT it's a prompt", "SET ECHO OFF"]
    assert [each.text for each in found if each.kind is Kind.SQL] == [
        "CREATE TABLE t (a int)",
        "CREATE OR REPLACE TRIGGER g BEFORE INSERT ON t BEGIN NULL; END;",
        "CREATE TABLE u (a int)",
    ]


@pytest.mark.parametrize("dialect", Dialect)
def test_a_create_at_the_start_of_a_line_needs_no_semicolon_before_it(dialect: Dialect) -> None:
    text = "CREATE TABLE a (x int)\nCREATE INDEX i ON a (x)\nCREATE TABLE b (\n  created int\n)"
    assert texts(text, dialect) == [
        "CREATE TABLE a (x int)",
        "CREATE INDEX i ON a (x)",
        "CREATE TABLE b (\n  created int\n)",
    ]


def test_a_bracket_that_stays_open_ends_with_the_next_create() -> None:
    assert texts("CREATE TABLE a (x int\nCREATE TABLE b (x int);") == [
        "CREATE TABLE a (x int",
        "CREATE TABLE b (x int)",
    ]


def test_lines_are_those_of_the_first_word() -> None:
    text = "\n-- a comment\n/* and\nanother */ SELECT 1;\n\n\nSELECT\n2;SELECT 3"
    assert [each.line for each in split(text, Dialect.POSTGRES)] == [4, 7, 8]


@pytest.mark.parametrize("rest", ["'", '"', "$$", "/*", "$body$ ;", "'a;b\n;"])
def test_what_is_never_closed_runs_to_the_end_and_says_so(rest: str) -> None:
    found = list(split(f"SELECT 1;\nSELECT {rest}", Dialect.POSTGRES))
    assert [each.kind for each in found] == [Kind.SQL, Kind.UNFINISHED]


PIECES = {
    Dialect.POSTGRES: [
        "SELECT 'a;b'",
        "SELECT $$;$$",
        'INSERT INTO "a;b" VALUES (1)',
        "CREATE TABLE t (a int)",
        "DO $x$;$x$",
    ],
    Dialect.MYSQL: [r"SELECT 'a\';b'", "INSERT INTO `a;b` VALUES (1)", "CREATE TABLE t (a int)", 'SELECT "it\'s;"'],
    Dialect.SQLITE: [
        "SELECT 'a;b'",
        "INSERT INTO [a;b] VALUES (1)",
        "CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; SELECT CASE WHEN 1 THEN 2 END; END",
    ],
    Dialect.ORACLE: ["CREATE TABLE t (a int)", "INSERT INTO t VALUES ('a;b')"],
    Dialect.TSQL: ["CREATE TABLE [t;] (a int)", "INSERT INTO t VALUES ('a;b')"],
}
BETWEEN = st.sampled_from([";", ";\n", "; -- a 'comment\n", ";\n/* a; 'comment */\n", ";;\n\n"])


@st.composite
def scripts(draw: st.DrawFn) -> tuple[Dialect, list[str], str]:
    dialect = draw(st.sampled_from(list(Dialect)))
    statements = draw(st.lists(st.sampled_from(PIECES[dialect]), max_size=12))
    return dialect, statements, "".join(statement + draw(BETWEEN) for statement in statements)


@given(scripts())
def test_statements_written_one_after_the_other_come_back(script: tuple[Dialect, list[str], str]) -> None:
    dialect, statements, text = script
    assert texts(text, dialect) == statements


SOUP = st.text(st.sampled_from("aE $'\"`[]();\\/*-#\n.@é😀") | st.characters(codec="utf-8"), max_size=200)
HEADS = "CREATE TRIGGER TABLE BEGIN CASE END IF COPY FROM stdin ; DELIMITER ;; GO / ( ) $$ '"
WORDS = st.lists(st.sampled_from(HEADS.split()) | SOUP)


@given(WORDS, st.sampled_from(list(Dialect)), st.sampled_from([" ", "\n"]))
def test_any_text_splits_into_parts_of_itself_on_lines_that_it_has(
    words: list[str], dialect: Dialect, gap: str
) -> None:
    text = gap.join(words)
    found = list(split(text, dialect))
    assert all(each.text.strip() for each in found)
    assert [each.line for each in found] == sorted(each.line for each in found)
    assert all(1 <= each.line <= text.count("\n") + 1 for each in found)
    if dialect is not Dialect.MYSQL:
        assert all(each.text in text for each in found)


HOSTILE = [
    "(",
    "'",
    '"',
    "$a$ ",
    "$$ ",
    "/*",
    "-- \n",
    ";",
    "\\x\n",
    "CREATE TRIGGER t BEGIN ;",
    "COPY a FROM stdin;\n",
    "CREATE TABLE a (\n",
]


@pytest.mark.parametrize("dialect", Dialect)
@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_the_text_and_not_with_its_square(piece: str, dialect: Dialect) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        started = time.process_time()
        for _ in split(text, dialect):
            pass
        return time.process_time() - started

    # Sixteen times the text: a quadratic splitter takes 256 times as long. The floor takes out the clock's noise.
    assert seconds(320_000) < 80 * max(seconds(20_000), 0.002)
