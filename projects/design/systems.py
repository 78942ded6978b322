"""Which database system the words of a store mean."""

import re
from enum import StrEnum
from functools import lru_cache


class SystemName(StrEnum):
    """The systems that rules and calculations know something of, by the names that people read."""

    POSTGRESQL = "PostgreSQL"
    MARIADB = "MariaDB"
    MYSQL = "MySQL"
    SQLITE = "SQLite"
    SQL_SERVER = "SQL Server"
    ORACLE = "Oracle"


# Oracle last: "MySQL" is also a product name of Oracle's.
_PATTERNS: tuple[tuple[re.Pattern[str], SystemName], ...] = (
    (re.compile(r"postgres|timescale|\balloydb\b|\bneon\b|\bsupabase\b|\bpg ?\d"), SystemName.POSTGRESQL),
    (re.compile(r"maria ?db"), SystemName.MARIADB),
    (re.compile(r"mysql|percona"), SystemName.MYSQL),
    (re.compile(r"sqlite|\blibsql\b|\bturso\b"), SystemName.SQLITE),
    (re.compile(r"sql server|mssql|azure sql"), SystemName.SQL_SERVER),
    (re.compile(r"oracle"), SystemName.ORACLE),
)


@lru_cache(maxsize=256)
def named_system(text: str) -> SystemName | None:
    """The system that a text like “PostgreSQL 16” names; None if nobody can tell."""
    lowered = text.casefold()
    return next((name for pattern, name in _PATTERNS if pattern.search(lowered)), None)
