"""What the checks know of database systems: limits on names, reserved words, and what each does by itself."""

import re
from dataclasses import dataclass
from functools import lru_cache

from projects.checks.reserved_words import MYSQL, ORACLE, POSTGRESQL, SQL_SERVER, SQLITE
from projects.design.systems import SystemName, named_system


@dataclass(frozen=True)
class System:
    """`name_limit` counts bytes of UTF-8 or characters; None means there is none, or none that is known."""

    name: str
    reserved_words: frozenset[str]
    name_limit: int | None = None
    counts_bytes: bool = False
    has_time_zones: bool = False
    indexes_foreign_keys: bool = False
    # Whether rows whose unique key is partly NULL may repeat.
    repeats_partial_nulls: bool = True

    def length_of(self, name: str) -> int:
        return len(name.encode()) if self.counts_bytes else len(name)

    @property
    def unit(self) -> str:
        return "bytes" if self.counts_bytes else "characters"


POSTGRES = System("PostgreSQL", POSTGRESQL, 63, counts_bytes=True, has_time_zones=True)
MY_SQL = System("MySQL", MYSQL, 64, indexes_foreign_keys=True)
MARIA_DB = System("MariaDB", MYSQL, 64, indexes_foreign_keys=True)
SQ_LITE = System("SQLite", SQLITE)
MS_SQL = System("SQL Server", SQL_SERVER, 128, has_time_zones=True, repeats_partial_nulls=False)
# Oracle allows 30 bytes before release 12.2 and 128 from there on.
ORACLE_OLD = System("Oracle", ORACLE, 30, counts_bytes=True, has_time_zones=True, repeats_partial_nulls=False)
ORACLE_NEW = System("Oracle", ORACLE, 128, counts_bytes=True, has_time_zones=True, repeats_partial_nulls=False)

KNOWN = (POSTGRES, MY_SQL, MARIA_DB, SQ_LITE, MS_SQL, ORACLE_OLD, ORACLE_NEW)

BY_NAME = {
    SystemName.POSTGRESQL: POSTGRES,
    SystemName.MARIADB: MARIA_DB,
    SystemName.MYSQL: MY_SQL,
    SystemName.SQLITE: SQ_LITE,
    SystemName.SQL_SERVER: MS_SQL,
}
ORACLE_RELEASE = re.compile(r"oracle\D*(\d+)(?:\.(\d+))?")


@lru_cache(maxsize=256)
def possible_systems(text: str) -> tuple[System, ...]:
    """The systems that a store's own words may mean; all known ones if nobody can tell."""
    name = named_system(text)
    if name is SystemName.ORACLE:
        return _oracle(text.casefold())
    return (BY_NAME[name],) if name else KNOWN


def _oracle(lowered: str) -> tuple[System, ...]:
    release = ORACLE_RELEASE.search(lowered)
    if not release or (release[1] == "12" and release[2] is None):
        return (ORACLE_OLD, ORACLE_NEW)
    number = (int(release[1]), int(release[2] or 0))
    return (ORACLE_OLD,) if number < (12, 2) else (ORACLE_NEW,)
