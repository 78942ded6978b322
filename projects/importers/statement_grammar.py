"""The patterns that tell where a statement ends in each dialect: quotes, comments, separators, clients' own lines."""

import re
from enum import Enum, auto
from functools import lru_cache

from projects.importers.dialects import Dialect

STANDARD_QUOTES = r"""'[^']*+'|"[^"]*+\""""
BACKSLASH_QUOTES = r"""'(?:[^'\\]++|\\.)*+'|"(?:[^"\\]++|\\.)*+\""""
BACKTICKS = r"`[^`]*+`"
BRACKETS = r"\[[^\]\n]*+\]"
# E'…' knows backslashes, '…' does not.
POSTGRES_QUOTES = (
    r"""(?<=\b[eE])'(?:[^'\\]++|\\.)*+'|(?<!\b[eE])'[^']*+'|"[^"]*+\""""
    r"""|(?<![\w$])\$(?P<tag>(?:[^\W\d]\w*+)?+)\$.*?\$(?P=tag)\$"""
)
QUOTES = {
    Dialect.POSTGRES: POSTGRES_QUOTES,
    Dialect.MYSQL: f"{BACKSLASH_QUOTES}|{BACKTICKS}",
    Dialect.SQLITE: f"{STANDARD_QUOTES}|{BACKTICKS}|{BRACKETS}",
    Dialect.ORACLE: STANDARD_QUOTES,
    Dialect.TSQL: f"{STANDARD_QUOTES}|{BRACKETS}",
}
OPENING_QUOTE = {
    Dialect.POSTGRES: r"['\"]|(?<![\w$])\$(?:[^\W\d]\w*+)?+\$",
    Dialect.MYSQL: r"['\"`]",
    Dialect.SQLITE: r"['\"`]",
    Dialect.ORACLE: r"['\"]",
    Dialect.TSQL: r"['\"]",
}
# The characters that any of these begins with.
FIRST = {
    Dialect.POSTGRES: "'\"$-/\\",
    Dialect.MYSQL: "'\"`-/#",
    Dialect.SQLITE: "'\"`[-/",
    Dialect.ORACLE: "'\"-/\n",
    Dialect.TSQL: "'\"[-/\n",
}
LINE_COMMENT = dict.fromkeys(Dialect, r"--[^\n]*+") | {Dialect.MYSQL: r"--(?=\s|\Z)[^\n]*+|\#[^\n]*+"}
NESTS_COMMENTS = (Dialect.POSTGRES, Dialect.TSQL)

# Lines that end a statement as a semicolon does, and lines that only their client program understands.
SEPARATING_LINE = {
    Dialect.TSQL: r"GO[ \t]*+\d*+[ \t]*+(?=;|\n|\Z)",
    Dialect.ORACLE: r"/[ \t]*+(?=\n|\Z)",
}
REMARK = {Dialect.ORACLE: r"REM(?:ARK)?\b[^\n]*+"}
CLIENT_COMMANDS = {
    Dialect.POSTGRES: r"\\[^\n]*+",
    Dialect.MYSQL: r"\\[^\n]*+|source\s[^\n]*+",
    Dialect.SQLITE: r"\.[a-z][^\n]*+",
    Dialect.ORACLE: r"(?:PROMPT|SET|SPOOL|WHENEVER|DEFINE|UNDEFINE|ACCEPT|CONNECT|CONN|EXIT|QUIT|PAUSE|SHOW|COLUMN"
    r"|EXECUTE|EXEC|HOST|CLEAR|TTITLE|BTITLE|VARIABLE)\b[^\n]*+|@[^\n]*+",
    Dialect.TSQL: r":[a-z][^\n]*+",
}
CLIENT_COMMAND = {dialect: re.compile(pattern, re.IGNORECASE) for dialect, pattern in CLIENT_COMMANDS.items()}

CREATES = r"CREATE\s+(?:TABLE|INDEX|UNIQUE\s+INDEX|TYPE|DOMAIN|VIEW|SEQUENCE)\s"
STARTS_NEW = r"(?:CREATE|ALTER\s+TABLE|INSERT\s+INTO|DROP\s+TABLE|COMMENT\s+ON|PRAGMA|GRANT)\s"
STARTS_NEW_IN_TSQL = r"(?:CREATE|ALTER\s+TABLE|INSERT|DROP\s+TABLE|USE|PRINT|EXEC|GRANT|SET\s+\w+\s+(?:ON|OFF))\s"
ROUTINE = re.compile(
    r"(?:CREATE|ALTER)\s+(?:OR\s+(?:REPLACE|ALTER)\s+)?(?:DEFINER\s*=\s*\S+(?:\s*@\s*\S+)?\s+)?"
    r"(?:(?:TEMP|TEMPORARY|EDITIONABLE|NONEDITIONABLE|AGGREGATE|CONSTRAINT)\s+){0,2}"
    r"(?:TRIGGER|PROC|PROCEDURE|FUNCTION|EVENT|PACKAGE|TYPE\s+BODY)\b",
    re.IGNORECASE,
)
ANONYMOUS_BLOCK = re.compile(r"(?:DECLARE|BEGIN)\b", re.IGNORECASE)
DEFINITION = re.compile(
    r"CREATE\s+(?:\w+\s+){0,3}?(?:TABLE|INDEX|TYPE|DOMAIN|SCHEMA|SEQUENCE)\b|ALTER\s+TABLE\b|COMMENT\s+ON\b|DROP\b",
    re.IGNORECASE,
)


class Mode(Enum):
    """What may stand inside a statement."""

    PLAIN = auto()
    # A new definition at the start of a line begins a statement, with or without a semicolon before it.
    DEFINITION = auto()
    # BEGIN … END may hold semicolons.
    ROUTINE = auto()
    # Only a separating line ends it: routines of Oracle and SQL Server.
    BLOCK = auto()


def mode_of(text: str, position: int, dialect: Dialect, delimiter: str) -> Mode:
    has_blocks = dialect in SEPARATING_LINE
    if ROUTINE.match(text, position):
        if has_blocks:
            return Mode.BLOCK
        return Mode.ROUTINE if delimiter == ";" else Mode.PLAIN
    if dialect is Dialect.ORACLE and ANONYMOUS_BLOCK.match(text, position):
        return Mode.BLOCK
    if dialect is Dialect.TSQL or DEFINITION.match(text, position):
        return Mode.DEFINITION
    return Mode.PLAIN


@lru_cache(maxsize=64)
def blank(dialect: Dialect, delimiter: str) -> re.Pattern[str]:
    """What may stand between statements, block comments aside."""
    parts = (
        r"\s++",
        LINE_COMMENT[dialect],
        re.escape(delimiter),
        SEPARATING_LINE.get(dialect),
        REMARK.get(dialect),
    )
    return re.compile(f"(?:{'|'.join(part for part in parts if part)})*+", re.IGNORECASE)


@lru_cache(maxsize=64)
def event(dialect: Dialect, delimiter: str, mode: Mode) -> re.Pattern[str]:
    """Skips, in one go, what cannot matter, and matches what can as a named group; none at the end of the text."""
    events = _events(dialect, delimiter, mode)
    first = re.escape(FIRST[dialect] + delimiter[0] + ("()\n" if mode is Mode.DEFINITION else ""))
    plain = rf"[^{first}]++"
    if mode is Mode.ROUTINE:
        plain = rf"[^{first}\w.@]++|[.@]\w*+|END\s++(?:IF|LOOP|WHILE|REPEAT|FOR)\b|(?!(?:BEGIN|CASE|END)\b)\w++"
    # Atomic, character by character at worst: nothing in it is ever tried twice.
    skipped = f"(?:{plain}|{QUOTES[dialect]}|{LINE_COMMENT[dialect]}|(?!{'|'.join(events.values())}).)*+"
    named = "|".join(f"(?P<{name}>{pattern})" for name, pattern in events.items())
    return re.compile(rf"{skipped}(?:{named}|\Z)", re.IGNORECASE | re.DOTALL)


def _events(dialect: Dialect, delimiter: str, mode: Mode) -> dict[str, str]:
    events = {"comment": r"/\*", "unclosed": OPENING_QUOTE[dialect]}
    if mode is not Mode.BLOCK:
        events["end"] = re.escape(delimiter)
    if dialect in SEPARATING_LINE:
        events["separator"] = rf"\n[ \t]*+{SEPARATING_LINE[dialect]}"
    if mode is Mode.DEFINITION:
        new = STARTS_NEW_IN_TSQL if dialect is Dialect.TSQL else STARTS_NEW
        # CREATE stands in no brackets, so there it ends even those that nobody closed.
        events |= {"create": rf"\n(?=[ \t]*+{CREATES})", "new": rf"\n(?=[ \t]*+{new})"}
        events |= {"open": r"\(", "close": r"\)"}
    if mode is Mode.ROUTINE:
        begin = r"BEGIN\s++ATOMIC" if dialect is Dialect.POSTGRES else "BEGIN"
        events |= {"begin": rf"{begin}\b", "case": r"CASE\b", "finish": r"END(?:\s++CASE)?\b"}
    if dialect is Dialect.POSTGRES:
        events["command"] = r"\\"
    return events
