"""Names as a dialect can hold them: short enough, no two alike, quoted where they must be."""

import hashlib
import re
import unicodedata
from collections.abc import Callable

from projects.checks.reserved_words import MYSQL, POSTGRESQL, SQLITE
from projects.checks.systems import MY_SQL, POSTGRES, SQ_LITE, System
from projects.checks.words import word_set
from projects.exporters.sql.dialect import Dialect

SYSTEMS: dict[Dialect, System] = {
    Dialect.POSTGRESQL: POSTGRES,
    Dialect.MYSQL: MY_SQL,
    Dialect.SQLITE: SQ_LITE,
}
# One list for all dialects, and words that begin another thing than a column, so that a design reads alike in each.
RESERVED = (
    POSTGRESQL
    | MYSQL
    | SQLITE
    | word_set(
        """
        between bit boolean coalesce comment domain exclude exists extract greatest grouping interval least nullif
        overlay period position precision row setof substring treat trim values
        """
    )
)
PLAIN = {
    Dialect.POSTGRESQL: re.compile(r"[a-z_][a-z0-9_]*"),
    Dialect.MYSQL: re.compile(r"[A-Za-z_][A-Za-z0-9_]*"),
    Dialect.SQLITE: re.compile(r"[A-Za-z_][A-Za-z0-9_]*"),
}
DIGEST_LENGTH = 8
SYSTEM_COLUMNS = frozenset({"tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"})
# MySQL's names have no characters of four bytes.
BEYOND_PLANE_0 = re.compile("[\U00010000-\U0010ffff]")


def quoted(name: str, dialect: Dialect) -> str:
    """The name as it stands in a statement, in quotes only if it needs them."""
    if PLAIN[dialect].fullmatch(name) and name.lower() not in RESERVED:
        return name
    mark = "`" if dialect is Dialect.MYSQL else '"'
    return f"{mark}{name.replace(mark, mark * 2)}{mark}"


def fitted(name: str, dialect: Dialect, *, is_column: bool = False) -> str:
    """The name itself if the dialect takes it, or the nearest that it takes; the same every time."""
    if dialect is Dialect.MYSQL:
        name = BEYOND_PLANE_0.sub("_", name).rstrip() or "_"
    if dialect is Dialect.SQLITE and not is_column and name.lower().startswith("sqlite_"):
        name = f"_{name}"
    if dialect is Dialect.POSTGRESQL and is_column and name in SYSTEM_COLUMNS:
        name = f"{name}_"
    return shortened(name, SYSTEMS[dialect])


def shortened(name: str, system: System) -> str:
    limit = system.name_limit
    if limit is None or system.length_of(name) <= limit:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:DIGEST_LENGTH]
    room = limit - DIGEST_LENGTH - 1
    start = name.encode()[:room].decode(errors="ignore") if system.counts_bytes else name[:room]
    return f"{start}_{digest}"


def namespace_name(name: str, dialect: Dialect) -> str:
    is_taken = dialect is Dialect.POSTGRESQL and name.lower().startswith("pg_")
    return fitted(f"_{name}" if is_taken else name, dialect, is_column=True)


class Taken:
    """The names in use, by the scope in which no two may be alike; capitals make no difference."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self._by_scope: dict[str, set[str]] = {}

    def _key(self, name: str) -> str:
        if self.dialect is not Dialect.MYSQL:
            return name.casefold()
        # MySQL compares names without their accents.
        letters = unicodedata.normalize("NFKD", name)
        return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()

    def claim(self, scope: str, name: str) -> bool:
        """Whether the name was free; it is taken from now on."""
        names = self._by_scope.setdefault(scope, set())
        key = self._key(name)
        if key in names:
            return False
        names.add(key)
        return True

    def unlike(self, scope: str, name: str, fit: Callable[[str], str]) -> str:
        """The name, or the name with the first number that makes it unlike the others."""
        number = 1
        candidate = fit(name)
        while not self.claim(scope, candidate):
            number += 1
            candidate = fit(f"{name}_{number}")
        return candidate
