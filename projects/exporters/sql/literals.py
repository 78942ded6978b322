"""Typed text as a literal or a comment, so that nothing of it is read as a statement."""

from projects.exporters.escaping import one_line, tidy
from projects.exporters.sql.dialect import Dialect

# MySQL's limits on comments, in characters.
TABLE_COMMENT, COLUMN_COMMENT = 2048, 1024


def text_literal(text: str, dialect: Dialect) -> str:
    doubled = text.replace("'", "''")
    # A backslash escapes in MySQL only: PostgreSQL has read it as itself since 9.1.
    return f"'{doubled.replace(chr(92), chr(92) * 2)}'" if dialect is Dialect.MYSQL else f"'{doubled}'"


def comment_lines(text: str) -> list[str]:
    """Each line of the text as a comment of its own."""
    return [f"-- {line}".rstrip() for line in tidy(text).strip().split("\n")] if text.strip() else []


def comment_line(text: str) -> str:
    return f"-- {one_line(text)}".rstrip()
