"""The types that each dialect knows, and what stands in one for a type of another."""

import re
from collections.abc import Iterator

from projects.checks.reserved_words import SQLITE
from projects.checks.words import word_set
from projects.design.field_types import Family
from projects.exporters.sql.dialect import Dialect


def _most_arguments(*groups: tuple[int, str]) -> dict[str, int]:
    return {name.replace("_", " "): most for most, names in groups for name in names.split()}


# How many numbers a type may take in brackets, by its name in small letters.
POSTGRESQL = _most_arguments(
    (0, "int integer int2 int4 int8 smallint bigint serial serial2 serial4 serial8 smallserial bigserial oid"),
    (
        0,
        "float4 float8 real double_precision money bool boolean text name bytea uuid date json jsonb xml citext hstore",
    ),
    (0, "point line lseg box path polygon circle inet cidr macaddr macaddr8 tsvector tsquery ltree bpchar"),
    (0, "int4range int8range numrange tsrange tstzrange daterange geometry geography"),
    (1, "bit varbit bit_varying float varchar character_varying char character time timetz timestamp timestamptz"),
    (1, "interval vector halfvec"),
    (2, "numeric decimal dec"),
)
MYSQL = _most_arguments(
    (0, "bool boolean date tinytext mediumtext longtext tinyblob mediumblob longblob json"),
    (0, "geometry point linestring polygon multipoint multilinestring multipolygon geometrycollection"),
    (1, "tinyint smallint mediumint int integer bigint bit datetime timestamp time year char character nchar varchar"),
    (1, "nvarchar character_varying binary varbinary text blob vector"),
    (2, "decimal numeric dec fixed float double double_precision real"),
)
NATIVE = {Dialect.POSTGRESQL: POSTGRESQL, Dialect.MYSQL: MYSQL}
EXTENSIONS = {
    "citext": "citext",
    "hstore": "hstore",
    "ltree": "ltree",
    "vector": "vector",
    "halfvec": "vector",
    "geometry": "postgis",
    "geography": "postgis",
}
# What may follow the name and its numbers.
ZONE = r"(?: with(?:out)? time zone)?"
INTERVAL_FIELDS = r"(?: (?:year|month|day|hour|minute|second)(?: to (?:month|hour|minute|second))?)?"
MYSQL_TAIL = r"(?: (?:unsigned|signed|zerofill|binary))*(?: (?:character set|charset) \w+)?(?: collate \w+)?"
TAILS = {
    Dialect.POSTGRESQL: {
        **dict.fromkeys(("time", "timestamp"), re.compile(ZONE)),
        "interval": re.compile(INTERVAL_FIELDS),
    },
    Dialect.MYSQL: {name: re.compile(MYSQL_TAIL) for name in MYSQL},
}
# The largest first number; the smallest is 1, of a fraction of seconds 0.
LARGEST = {
    Dialect.POSTGRESQL: {
        **dict.fromkeys(("varchar", "character varying", "char", "character"), 10_485_760),
        **dict.fromkeys(("bit", "varbit", "bit varying"), 83_886_080),
        **dict.fromkeys(("numeric", "decimal", "dec"), 1000),
        **dict.fromkeys(("time", "timetz", "timestamp", "timestamptz", "interval"), 6),
        "float": 53,
        "vector": 16_000,
        "halfvec": 16_000,
    },
    Dialect.MYSQL: {
        **dict.fromkeys(("varchar", "nvarchar", "character varying"), 16_383),
        **dict.fromkeys(("char", "nchar", "character", "binary"), 255),
        **dict.fromkeys(("decimal", "numeric", "dec", "fixed"), 65),
        **dict.fromkeys(("time", "timestamp", "datetime"), 6),
        **dict.fromkeys(("tinyint", "smallint", "mediumint", "int", "integer", "bigint"), 255),
        "bit": 64,
        "varbinary": 65_535,
    },
}
FRACTIONS = frozenset(["time", "timetz", "timestamp", "timestamptz", "interval", "datetime"])
DEFAULT_LARGEST = 255

# Families with one type of a dialect for all of them. Numbers, texts and times are put together in `types`.
PLAIN: dict[Family, tuple[str, str, str]] = {
    Family.MONEY: ("numeric(19,4)", "DECIMAL(19,4)", "NUMERIC(19,4)"),
    Family.BOOLEAN: ("boolean", "BOOLEAN", "BOOLEAN"),
    Family.UUID: ("uuid", "CHAR(36)", "TEXT"),
    Family.DATE: ("date", "DATE", "DATE"),
    Family.INTERVAL: ("interval", "VARCHAR(64)", "TEXT"),
    Family.JSON: ("jsonb", "JSON", "TEXT"),
    Family.GEOMETRY: ("geometry", "GEOMETRY", "TEXT"),
    Family.NETWORK: ("inet", "VARCHAR(43)", "TEXT"),
    Family.SEARCH: ("tsvector", "LONGTEXT", "TEXT"),
    Family.XML: ("xml", "LONGTEXT", "TEXT"),
    Family.OTHER: ("text", "TEXT", "TEXT"),
}
PLACE = {Dialect.POSTGRESQL: 0, Dialect.MYSQL: 1, Dialect.SQLITE: 2}

# SQLite takes any words for a type and keeps values by the affinity that it reads out of them: one that would turn
# texts into numbers is no type for the family.
AFFINITIES: dict[Family, str] = {
    **dict.fromkeys(
        (Family.INTEGER, Family.DECIMAL, Family.FLOAT, Family.MONEY, Family.BOOLEAN), "INTEGER NUMERIC REAL"
    ),
    **dict.fromkeys((Family.DATE, Family.TIME, Family.TIMESTAMP, Family.JSON), "NUMERIC TEXT"),
    Family.TEXT: "TEXT",
    Family.BINARY: "BLOB TEXT",
}
AFFINITY_SIGNS = (
    ("INTEGER", ("INT",)),
    ("TEXT", ("CHAR", "CLOB", "TEXT")),
    ("BLOB", ("BLOB",)),
    ("REAL", ("REAL", "FLOA", "DOUB")),
)
SQLITE_TYPE = re.compile(r"[A-Za-z_]\w*(?: [A-Za-z_]\w*)*(?:\(\d{1,9}(?:,\d{1,9})?\))?", re.ASCII)
# Types that its documentation names and nobody else has.
SQLITE_OWN = re.compile(r"any|(?:unsigned )?big int|native character(?:\(\d{1,9}\))?", re.IGNORECASE)
NOT_IN_SQLITE_TYPE = SQLITE | word_set(
    "not null default primary unique check references collate constraint generated always as on with without"
)


def affinity(words: str) -> str:
    """SQLite's rules for the affinity of a column, in their order (sqlite.org/datatype3.html, 3.1)."""
    upper = words.upper()
    return next((name for name, signs in AFFINITY_SIGNS if any(sign in upper for sign in signs)), "NUMERIC")


def words_of(text: str) -> Iterator[str]:
    yield from re.findall(r"[a-z_]\w*", text.lower())
