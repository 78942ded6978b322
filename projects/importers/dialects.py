"""Which database a text was written for, by signs that only its dialect has."""

import re
from dataclasses import dataclass
from enum import StrEnum

from projects.importers.source_text import Unreadable

# Signs stand in the head of a file and in its definitions; more than these only takes time.
HEAD_LENGTH = 3_000
DEFINITIONS = 40
DEFINITION_LENGTH = 1_500


class Dialect(StrEnum):
    """The dialects by the names that sqlglot gives them."""

    POSTGRES = "postgres"
    MYSQL = "mysql"
    SQLITE = "sqlite"
    ORACLE = "oracle"
    TSQL = "tsql"

    @property
    def label(self) -> str:
        return LABELS[self]

    @property
    def is_supported(self) -> bool:
        return self in SUPPORTED

    @property
    def usual_namespace(self) -> str:
        """The schema that people do not write down."""
        return {Dialect.POSTGRES: "public", Dialect.SQLITE: "main", Dialect.TSQL: "dbo"}.get(self, "")


LABELS = {
    Dialect.POSTGRES: "PostgreSQL",
    Dialect.MYSQL: "MySQL",
    Dialect.SQLITE: "SQLite",
    Dialect.ORACLE: "Oracle",
    Dialect.TSQL: "SQL Server",
}
SUPPORTED = (Dialect.POSTGRES, Dialect.MYSQL, Dialect.SQLITE)
OTHER_NAMES = {
    "postgresql": Dialect.POSTGRES,
    "pg": Dialect.POSTGRES,
    "mariadb": Dialect.MYSQL,
    "sqlite3": Dialect.SQLITE,
    "sqlserver": Dialect.TSQL,
    "mssql": Dialect.TSQL,
}

PROOF = 3
# (dialect, weight, what people call the sign, pattern). Three points are as good as proof.
SIGNS: tuple[tuple[Dialect, int, str, str], ...] = (
    (Dialect.POSTGRES, 4, "“PostgreSQL database dump”", r"--\s*PostgreSQL database"),
    (Dialect.POSTGRES, 3, "dollar quotes", r"\bAS\s+\$\w*\$"),
    (Dialect.POSTGRES, 3, "ALTER TABLE ONLY", r"\bALTER\s+TABLE\s+ONLY\b"),
    (Dialect.POSTGRES, 3, "COPY … FROM stdin", r"\bFROM\s+stdin\b"),
    (Dialect.POSTGRES, 2, ":: casts", r"[\w')\]]::[\"a-z]"),
    (Dialect.POSTGRES, 2, "nextval", r"\bnextval\s*\("),
    (Dialect.POSTGRES, 2, "serial", r"\b(?:big|small)?serial\b"),
    (Dialect.POSTGRES, 2, "jsonb, bytea, timestamptz", r"\b(?:jsonb|bytea|timestamptz|tsvector|citext|inet)\b"),
    (Dialect.POSTGRES, 2, "OWNER TO", r"\bOWNER\s+TO\b"),
    (Dialect.POSTGRES, 2, "CREATE EXTENSION", r"\bCREATE\s+(?:EXTENSION|DOMAIN)\b"),
    (Dialect.POSTGRES, 2, "CREATE TYPE … AS ENUM", r"\bCREATE\s+TYPE\s+[^\s;(]{1,150}\s+AS\s+ENUM\b"),
    (Dialect.POSTGRES, 2, "USING gin", r"\bUSING\s+\"?(?:gin|gist|brin)\b"),
    (Dialect.POSTGRES, 1, "time with time zone", r"\btime(?:stamp)?\s*(?:\(\d\)\s*)?with(?:out)?\s+time\s+zone\b"),
    (Dialect.POSTGRES, 1, "USING btree", r"\bUSING\s+btree\s*\("),
    (Dialect.POSTGRES, 1, "character varying", r"\bcharacter\s+varying\b"),
    (Dialect.POSTGRES, 1, "uuid", r"\buuid\b"),
    (Dialect.POSTGRES, 1, "“PostgreSQL”", r"\A(?s:.{0,2000})\bPostgre(?:SQL|s)\b"),
    (Dialect.POSTGRES, 1, "arrays", r"\b(?:text|integer|int|varchar|uuid)(?:\(\d+\))?\[\]"),
    (Dialect.MYSQL, 4, "“MySQL dump”", r"--\s*(?:MySQL|MariaDB) (?:dump|Script)|phpMyAdmin SQL Dump"),
    (Dialect.MYSQL, 3, "ENGINE=", r"\)\s*ENGINE\s*="),
    (Dialect.MYSQL, 3, "AUTO_INCREMENT", r"\bAUTO_INCREMENT\b"),
    (Dialect.MYSQL, 3, "/*! comments", r"/\*M?!\d"),
    (Dialect.MYSQL, 3, "DELIMITER", r"(?m)^ *DELIMITER +\S+ *$"),
    (Dialect.MYSQL, 2, "unsigned numbers", r"\bUNSIGNED\b"),
    (Dialect.MYSQL, 2, "CHARSET", r"\b(?:CHARSET|CHARACTER\s+SET)\s*=?\s*(?:utf8|latin1)"),
    (Dialect.MYSQL, 2, "backticks", r"\bTABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?`"),
    (Dialect.MYSQL, 2, "enum as a column's type", r"(?m)[\w`]\s+(?:enum|set)\s*\(\s*'"),
    (Dialect.MYSQL, 2, "KEY in a table", r"(?m)^ *(?:UNIQUE\s+|FULLTEXT\s+)?KEY\s+[`\w]+\s*\("),
    (Dialect.MYSQL, 1, "“MySQL”", r"\A(?s:.{0,2000})\b(?:MySQL|MariaDB)\b"),
    (Dialect.MYSQL, 1, "mediumtext, longblob", r"\b(?:tiny|medium|long)(?:text|blob|int)\b"),
    (Dialect.SQLITE, 3, "AUTOINCREMENT", r"\bAUTOINCREMENT\b"),
    (Dialect.SQLITE, 3, "PRAGMA", r"(?m)^ *PRAGMA\s+\w+"),
    (Dialect.SQLITE, 3, "WITHOUT ROWID", r"\)\s*(?:STRICT\s*,\s*)?WITHOUT\s+ROWID\b"),
    (Dialect.SQLITE, 3, "STRICT", r"\)\s*(?:WITHOUT\s+ROWID\s*,\s*)?STRICT\s*;"),
    (Dialect.SQLITE, 3, "sqlite_ tables", r"\bsqlite_(?:sequence|master|stat1|schema)\b"),
    (Dialect.SQLITE, 2, "USING fts5", r"\bUSING\s+(?:fts[345]|rtree)\b"),
    (Dialect.SQLITE, 2, "datetime('now')", r"\b(?:datetime|date|strftime|julianday)\s*\(\s*'(?:now|%)"),
    (Dialect.SQLITE, 1, "INTEGER PRIMARY KEY", r"\bINTEGER\s+(?:NOT\s+NULL\s+)?PRIMARY\s+KEY\b"),
    (Dialect.SQLITE, 1, "“SQLite”", r"\A(?s:.{0,2000})\bSQLite\b"),
    (Dialect.ORACLE, 3, "VARCHAR2", r"\bN?VARCHAR2\s*\("),
    (Dialect.ORACLE, 2, "NUMBER", r"\bNUMBER\s*(?:\(\s*(?:\d+|\*)|,|\s+NOT\b|\s*\n)"),
    (Dialect.ORACLE, 2, "SQL*Plus lines", r"(?mi)^ *(?:REM\b|PROMPT\b|SET\s+(?:ECHO|FEEDBACK|DEFINE)\b)"),
    (Dialect.ORACLE, 2, "SYSDATE", r"\bSYSDATE\b|\bSYSTIMESTAMP\b"),
    (Dialect.ORACLE, 2, "BYTE or CHAR lengths", r"\(\s*\d+\s+(?:BYTE|CHAR)\s*\)"),
    (Dialect.TSQL, 3, "GO lines", r"(?mi)^ *GO *\d* *$"),
    (Dialect.TSQL, 3, "[dbo]", r"\[dbo\]\s*\.|\bdbo\s*\."),
    (Dialect.TSQL, 3, "IDENTITY(1,1)", r"\bIDENTITY\s*\(\s*\d+\s*,\s*\d+\s*\)"),
    (Dialect.TSQL, 2, "CLUSTERED", r"\b(?:NON)?CLUSTERED\b"),
    (Dialect.TSQL, 2, "nvarchar(max), datetime2", r"\b(?:n?varchar\s*\(\s*max\s*\)|datetime2|uniqueidentifier)"),
    (Dialect.TSQL, 2, "getdate()", r"\b(?:getdate|sysutcdatetime|newid)\s*\(\s*\)"),
    (Dialect.SQLITE, 1, "brackets around names", r"\bTABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?\["),
    (Dialect.TSQL, 1, "brackets around names", r"\bTABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?\["),
)
COMPILED = tuple(
    (dialect, weight, name, re.compile(pattern, re.IGNORECASE)) for dialect, weight, name, pattern in SIGNS
)
DEFINITION = re.compile(r"\b(?:CREATE|ALTER)\s{1,9}(?:TABLE|TYPE|INDEX)\b|(?<=\n)GO\b", re.IGNORECASE)
BLANKS = re.compile(r"[ \t\f\v\xa0]+")
BLANK_LINES = re.compile(r"\s*\n\s*")


@dataclass(frozen=True)
class Guess:
    dialect: Dialect
    signs: tuple[str, ...]
    points_of: dict[Dialect, int]

    @property
    def points(self) -> int:
        return self.points_of[self.dialect]

    @property
    def reason(self) -> str:
        if not self.signs:
            return "Nothing in the file belongs to one dialect only, so it was read as PostgreSQL."
        return f"Read as {self.dialect.label}, because of {self.signs_text}."

    @property
    def signs_text(self) -> str:
        return ", ".join(self.signs[:3])


def named(name: str) -> Dialect:
    lowered = name.strip().lower()
    if lowered in OTHER_NAMES:
        return OTHER_NAMES[lowered]
    try:
        return Dialect(lowered)
    except ValueError:
        known = ", ".join(dialect.value for dialect in SUPPORTED)
        raise Unreadable(f"There is no dialect “{name[:60]}”. Choose one of {known}.") from None


def guess(text: str) -> Guess:
    """The dialect with the most signs in the text; PostgreSQL where there is none."""
    sample = _sample(text)
    signs: dict[Dialect, list[str]] = {dialect: [] for dialect in Dialect}
    points = dict.fromkeys(Dialect, 0)
    for dialect, weight, name, pattern in COMPILED:
        if pattern.search(sample):
            points[dialect] += weight
            signs[dialect].append(name)
    # max() keeps the first of equals, and the supported dialects stand first.
    best = max(Dialect, key=lambda dialect: points[dialect])
    return Guess(best, tuple(signs[best]), points)


def _sample(text: str) -> str:
    """The head and the first definitions, without runs of blanks: the signs' patterns rely on that for their speed."""
    pieces = [text[:HEAD_LENGTH]]
    position = 0
    while len(pieces) <= DEFINITIONS and (match := DEFINITION.search(text, position)):
        position = match.start() + DEFINITION_LENGTH
        pieces.append(text[match.start() : position])
    return BLANK_LINES.sub("\n", BLANKS.sub(" ", "\n".join(pieces)))
