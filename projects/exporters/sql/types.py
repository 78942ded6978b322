"""A field's type in a dialect: as typed where the dialect knows it, else the nearest that it has."""

import re
from dataclasses import dataclass, replace

from projects.design.field_types import Family, FieldType, parse
from projects.exporters.sql.dialect import Dialect
from projects.exporters.sql.literals import text_literal
from projects.exporters.sql.type_names import (
    AFFINITIES,
    DEFAULT_LARGEST,
    EXTENSIONS,
    FRACTIONS,
    LARGEST,
    NATIVE,
    NOT_IN_SQLITE_TYPE,
    PLACE,
    PLAIN,
    SQLITE_OWN,
    SQLITE_TYPE,
    TAILS,
    affinity,
    words_of,
)

ARRAY = re.compile(r"(?P<element>.*?)\s*(?P<array>(?:\[\d{0,9}\])+| array)", re.IGNORECASE | re.DOTALL)
SHAPE = re.compile(
    r"(?P<name>(?:double precision|(?:character|char|bit) varying|[a-z_]\w*))\s*"
    r"(?:\(\s*(?P<first>\d{1,9})\s*(?:,\s*(?P<second>\d{1,9})\s*)?\))?(?P<tail>(?: \w+)*)",
    re.ASCII,
)
GEOMETRY = re.compile(r"geo(?:metry|graphy)\(\s*[a-z]+\s*(?:,\s*\d{1,6}\s*)?\)", re.IGNORECASE | re.ASCII)
# MySQL reads a backslash as an escape.
ONE_VALUE = r"\s*'(?:[^'\\]|''|\\.)*'\s*"
LIST = re.compile(rf"(?P<kind>enum|set)\s*\((?P<values>{ONE_VALUE}(?:,{ONE_VALUE})*)\)", re.IGNORECASE)
VALUE = re.compile(r"'((?:[^'\\]|''|\\.)*)'")
ESCAPED = re.compile(r"''|\\(.)")
# Beyond this a MySQL text is not a VARCHAR but a TEXT.
LONGEST_VARCHAR = 16_383
KEYED_LENGTH = 255
SMALL = frozenset({"smallint", "tinyint", "year"})


@dataclass(frozen=True)
class ColumnType:
    """`text` stands in the statement, `holds` says what values are; `values` are the only ones that it may have.

    `is_approximate` says that the dialect's type stands for one that it lacks, `extension` what must be installed.
    """

    text: str
    holds: FieldType
    values: tuple[str, ...] = ()
    is_approximate: bool = False
    extension: str = ""

    @property
    def family(self) -> Family:
        return Family.OTHER if self.holds.is_array else self.holds.family


def written_type(typed: str, dialect: Dialect, *, is_array: bool = False, is_keyed: bool = False) -> ColumnType:
    """The type for a column; a keyed one must have a length in MySQL. Types with names of their own come before."""
    text = " ".join(typed.split())
    match = ARRAY.fullmatch(text)
    if match or is_array:
        element, array = (match["element"], match["array"]) if match else (text, "[]")
        return _array(written_type(element, dialect), array, dialect)
    if not text and dialect is Dialect.SQLITE:
        return ColumnType("", _ANY, is_approximate=True)
    if listed := LIST.fullmatch(text):
        return _list(listed, text, dialect)
    if known := _native(text, dialect, is_keyed=is_keyed):
        return known
    return _translated(text, dialect, is_keyed=is_keyed)


def _array(element: ColumnType, array: str, dialect: Dialect) -> ColumnType:
    if dialect is not Dialect.POSTGRESQL:
        return replace(_plain(Family.JSON, dialect), is_approximate=True)
    dimensions = array if array.startswith("[") else "[]"
    return replace(
        element,
        text=f"{element.text}{dimensions}",
        holds=replace(element.holds, is_array=True),
        values=(),
    )


def _list(listed: re.Match[str], text: str, dialect: Dialect) -> ColumnType:
    values = tuple(ESCAPED.sub(lambda escape: escape[1] or "'", value) for value in VALUE.findall(listed["values"]))
    if listed["kind"].lower() == "set":
        own = ColumnType(text, FieldType("set", Family.TEXT)) if dialect is Dialect.MYSQL else None
        return own or replace(_plain(Family.OTHER, dialect), holds=_TEXT, is_approximate=True)
    if dialect is Dialect.MYSQL:
        return ColumnType(text, FieldType("enum", Family.ENUM, values=values))
    return replace(enumeration(values, dialect), values=values)


def enumeration(values: tuple[str, ...], dialect: Dialect) -> ColumnType:
    """A column of one of these values, in a dialect that has no names for enumerations."""
    holds = FieldType("enum", Family.ENUM, values=values)
    if dialect is Dialect.MYSQL:
        return ColumnType(f"ENUM({', '.join(text_literal(value, dialect) for value in values)})", holds)
    return ColumnType("TEXT" if dialect is Dialect.SQLITE else "text", holds, values=values)


_TEXT = FieldType("text", Family.TEXT)
_ANY = FieldType("any", Family.OTHER)


def _native(text: str, dialect: Dialect, *, is_keyed: bool) -> ColumnType | None:
    """The type as typed, if it is one of the dialect's."""
    holds = parse(text)
    if holds is None:
        return None
    if dialect is Dialect.SQLITE:
        return ColumnType(text, holds) if _fits_sqlite(text, holds.family) else None
    lowered = text.lower()
    if dialect is Dialect.POSTGRESQL and GEOMETRY.fullmatch(lowered):
        return ColumnType(text, holds, extension="postgis")
    shape = SHAPE.fullmatch(lowered)
    if shape is None or not _is_known(shape, dialect):
        return None
    if dialect is Dialect.MYSQL and is_keyed and _needs_length(shape["name"]):
        return None
    extension = EXTENSIONS.get(shape["name"], "") if dialect is Dialect.POSTGRESQL else ""
    return ColumnType(text, _held(holds, shape["name"]), extension=extension)


def _held(holds: FieldType, name: str) -> FieldType:
    if name in ("bit", "varbit", "bit varying"):
        return replace(holds, family=Family.OTHER)
    return replace(holds, has_time_zone=True) if name in ("timestamptz", "timetz") else holds


def _is_known(shape: re.Match[str], dialect: Dialect) -> bool:
    name = shape["name"].replace("char varying", "character varying")
    numbers = [int(number) for number in (shape["first"], shape["second"]) if number is not None]
    most = NATIVE[dialect].get(name, -1)
    if len(numbers) > most or (
        name in ("varchar", "nvarchar", "varbinary") and dialect is Dialect.MYSQL and not numbers
    ):
        return False
    smallest = 0 if name in FRACTIONS else 1
    if numbers and not smallest <= numbers[0] <= LARGEST[dialect].get(name, DEFAULT_LARGEST):
        return False
    if len(numbers) > 1 and numbers[1] > min(numbers[0], 30 if dialect is Dialect.MYSQL else 1000):
        return False
    tail = TAILS[dialect].get(name)
    return bool(tail.fullmatch(shape["tail"])) if tail else not shape["tail"]


def _needs_length(name: str) -> bool:
    return name in ("tinytext", "text", "mediumtext", "longtext", "tinyblob", "blob", "mediumblob", "longblob", "json")


def _fits_sqlite(text: str, family: Family) -> bool:
    if not SQLITE_TYPE.fullmatch(text) or NOT_IN_SQLITE_TYPE & set(words_of(text)):
        return False
    return bool(SQLITE_OWN.fullmatch(text)) or affinity(text) in AFFINITIES.get(family, "").split()


def _translated(text: str, dialect: Dialect, *, is_keyed: bool) -> ColumnType:
    holds = parse(text)
    if holds is None or holds.family in (Family.OTHER, Family.ENUM):
        plain = "VARCHAR(255)" if is_keyed and dialect is Dialect.MYSQL else PLAIN[Family.OTHER][PLACE[dialect]]
        return ColumnType(plain, _TEXT, is_approximate=True)
    written = {
        Family.INTEGER: _integer,
        Family.DECIMAL: _decimal,
        Family.FLOAT: _float,
        Family.TEXT: _characters,
        Family.BINARY: _bytes,
        Family.TIME: _time,
        Family.TIMESTAMP: _time,
    }.get(holds.family)
    if written is None:
        return _plain(holds.family, dialect)
    translated = written(holds, dialect, is_keyed)
    return ColumnType(translated, replace(parse(translated) or holds, has_time_zone=holds.has_time_zone))


def _plain(family: Family, dialect: Dialect) -> ColumnType:
    text = PLAIN[family][PLACE[dialect]]
    extension = EXTENSIONS.get(text, "") if dialect is Dialect.POSTGRESQL else ""
    return ColumnType(text, FieldType(text.lower(), family), extension=extension)


def _integer(holds: FieldType, dialect: Dialect, is_keyed: bool) -> str:
    if dialect is Dialect.SQLITE:
        return "INTEGER"
    if holds.name == "bigint":
        name = "numeric(20)" if holds.is_unsigned and dialect is Dialect.POSTGRESQL else "bigint"
    elif holds.name in SMALL:
        name = "integer" if holds.is_unsigned else "smallint"
    else:
        name = "bigint" if holds.is_unsigned else "integer"
    return name if dialect is Dialect.POSTGRESQL else name.upper().replace("INTEGER", "INT")


def _decimal(holds: FieldType, dialect: Dialect, is_keyed: bool) -> str:
    name = "DECIMAL" if dialect is Dialect.MYSQL else "NUMERIC"
    most, most_scale = {Dialect.MYSQL: (65, 30)}.get(dialect, (1000, 1000))
    precision = min(holds.precision or 0, most)
    scale = min(holds.scale or 0, precision, most_scale)
    numbers = f"({precision},{scale})" if scale else f"({precision})" if precision else ""
    text = f"{name}{numbers}" if numbers or dialect is not Dialect.MYSQL else "DECIMAL(65,30)"
    return text.lower() if dialect is Dialect.POSTGRESQL else text


def _float(holds: FieldType, dialect: Dialect, is_keyed: bool) -> str:
    if dialect is Dialect.SQLITE:
        return "REAL"
    is_small = holds.name == "real"
    if dialect is Dialect.MYSQL:
        return "FLOAT" if is_small else "DOUBLE"
    return "real" if is_small else "double precision"


def _characters(holds: FieldType, dialect: Dialect, is_keyed: bool) -> str:
    is_fixed = holds.name in ("char", "nchar") and (holds.length or 1) <= KEYED_LENGTH
    length = holds.length or (1 if is_fixed else 0)
    if dialect is Dialect.MYSQL and is_keyed and not 1 <= length <= LONGEST_VARCHAR:
        length = KEYED_LENGTH
    if not 1 <= length <= (LONGEST_VARCHAR if dialect is Dialect.MYSQL else 10_485_760):
        large = "LONGTEXT" if holds.name in ("longtext", "clob", "nclob") or length else "TEXT"
        return {Dialect.POSTGRESQL: "text", Dialect.MYSQL: large}.get(dialect, "TEXT")
    text = f"{'CHAR' if is_fixed else 'VARCHAR'}({length})"
    return text.lower() if dialect is Dialect.POSTGRESQL else text


def _bytes(holds: FieldType, dialect: Dialect, is_keyed: bool) -> str:
    if dialect is not Dialect.MYSQL:
        return "bytea" if dialect is Dialect.POSTGRESQL else "BLOB"
    return f"VARBINARY({min(holds.length or KEYED_LENGTH, 767)})" if is_keyed else "LONGBLOB"


def _time(holds: FieldType, dialect: Dialect, is_keyed: bool) -> str:
    if dialect is Dialect.SQLITE:
        return "TEXT"
    precision = f"({min(holds.length, 6)})" if holds.length is not None else ""
    if holds.family is Family.TIME:
        text = f"time{precision}"
    elif dialect is Dialect.MYSQL:
        text = f"{'timestamp' if holds.has_time_zone else 'datetime'}{precision}"
    else:
        text = f"timestamp{precision}"
    if dialect is Dialect.MYSQL:
        return text.upper()
    return f"{text} with time zone" if holds.has_time_zone else text
