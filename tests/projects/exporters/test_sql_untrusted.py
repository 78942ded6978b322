"""Whatever people type stays a name, a literal, a comment or an expression: nothing of it becomes a statement."""

import sqlite3

import pytest
from sqlglot import exp

from projects.design.tree import Design, IndexPart, NamedType
from projects.design.vocabulary import Generation, TypeKind
from projects.exporters.sql import Dialect, ddl
from tests.projects.exporters.sql_parsing import kinds_of, parsed
from tests.projects.exporters.tables import column, design, index, reference, table, uid, unique

BREAKING = (
    "0); DROP TABLE victims; --",
    "0) , (b) ; DELETE FROM victims",
    "a > 0; DROP TABLE victims",
    "a > 0) /* ",
    "a > 0 -- ",
    "a > 0 # ",
    "'x' || $$ ; DROP TABLE victims; $$",
    "E'\\'' ; DROP TABLE victims; --'",
    "'\\'; DROP TABLE victims; -- '",
    "\"a' ; DROP TABLE victims; --",
    "a > (SELECT 1 FROM victims)",
    "a > 0 UNION SELECT 1",
    "pg_read_file('/etc/passwd') > ''",
    "load_extension('x')",
    "lo_import('/etc/passwd') > 0",
    "a > :name",
    "a > $1",
    "a > ?",
    "a > @@version",
    "/*! DROP TABLE victims */ a > 0",
    "`a` > 0 ; DROP TABLE victims",
    "x\n); DROP TABLE victims; --",
    "{% raw %}",
    "(" * 500,
    "a or " * 2000,
)
KINDS = {
    *("CREATE TABLE", "CREATE INDEX", "CREATE TYPE", "CREATE DOMAIN", "CREATE SCHEMA", "CREATE EXTENSION"),
    *("ALTER TABLE", "COMMENT ON", "PRAGMA"),
}


def everywhere(text: str) -> Design:
    """A design that has the text wherever one can type."""
    line = text.replace("\n", " ")[:200]
    name = line[:100]
    types = (
        NamedType(uid=uid("e"), name=f"e{name}", kind=TypeKind.ENUM, values=(line, "b"), description=text),
        NamedType(uid=uid("d"), name=f"d{name}", kind=TypeKind.DOMAIN, base=line, rule=text),
        NamedType(uid=uid("c"), name=f"c{name}", kind=TypeKind.COMPOSITE, values=(line,)),
    )
    fields = (
        column("t", "a", "integer", default=line, rule=line, description=text),
        column("t", name, line, default=line),
        column("t", "b", f"e{name}", default=line),
        column("t", "c", f"d{name}"),
        column("t", "d", f"c{name}"),
        column("t", "e", "text", default=line, generation=Generation.COMPUTED),
        column("t", "f", "text", rule=f"COLLATE {line}"[:200]),
        column("t", "g", f"enum('{line[:90]}')"),
        column("t", "h", "bigint", default=line, generation=Generation.IDENTITY),
        column("t", "i", "text", default=line),
    )
    key = unique("t", "b", name=line)
    whole = table("t", *fields, primary="a", checks=(text,), namespace=name, purpose=text, keys=(key,))
    return design(
        whole,
        types=types,
        relationships=(reference("t", "a", "t", "a", name=line, description=text),),
        indexes=(
            index(name, "t", "a", condition=line, purpose=text),
            index(f"2{name}", "t", IndexPart(expression=line)),
            index(f"3{name}", "t", IndexPart(field=uid("t", "a"), expression=line)),
        ),
    )


@pytest.mark.parametrize("dialect", list(Dialect))
@pytest.mark.parametrize("text", BREAKING)
def test_nothing_typed_becomes_a_statement(text: str, dialect: Dialect) -> None:
    written = ddl(everywhere(text), dialect).text
    assert kinds_of(written, dialect) <= KINDS
    # A name may be hostile; no statement is about the table that each of the texts attacks.
    named = [each.name for statement in parsed(written, dialect) for each in statement.find_all(exp.Table)]
    assert "victims" not in named


@pytest.mark.parametrize("text", BREAKING)
def test_sqlite_runs_it_and_keeps_what_is_there(text: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.executescript("CREATE TABLE victims (a);")
    connection.executescript(ddl(everywhere(text), Dialect.SQLITE).text)
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    connection.close()
    assert tables == {"victims", "t"}


def test_line_breaks_in_descriptions_stay_in_comments() -> None:
    made = design(
        table("t", column("t", "a", "integer", description="one\n); DROP TABLE t;"), purpose="x\nDROP TABLE t;")
    )
    text = ddl(made, Dialect.SQLITE).text
    assert [line for line in text.splitlines() if "DROP" in line] == ["-- DROP TABLE t;", "    -- ); DROP TABLE t;"]
