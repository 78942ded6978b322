"""Written statements as two others read them: sqlglot, and the importers' own splitter."""

from collections.abc import Iterator

import sqlglot
from sqlglot import exp

from projects.exporters.sql import Dialect
from projects.importers import dialects
from projects.importers.sql_kinds import head_of, kind_of
from projects.importers.statements import Kind, Statement, split


def statements(text: str, dialect: Dialect) -> Iterator[Statement]:
    yield from split(text, dialects.Dialect(dialect.value))


def kinds_of(text: str, dialect: Dialect) -> set[str]:
    """Like CREATE TABLE; a statement that never ends is its own kind."""
    return {
        kind_of(head_of(each.text)) if each.kind is Kind.SQL else each.kind.name for each in statements(text, dialect)
    }


def parsed(text: str, dialect: Dialect) -> list[exp.Expression]:
    """Each statement as sqlglot reads it; the description of a constraint is beyond it."""
    known = (each.text for each in statements(text, dialect) if not each.text.startswith("COMMENT ON CONSTRAINT"))
    return [sqlglot.parse_one(each, read=dialect.value) for each in known]
