"""Types, defaults and other expressions as they were typed, without the noise that a database's own dump adds."""

import re
from functools import lru_cache

from projects.importers.tokens import Cursor

WORDS_AFTER_TYPE = """
NOT NULL DEFAULT PRIMARY UNIQUE KEY CHECK REFERENCES FOREIGN CONSTRAINT INDEX GENERATED AS IDENTITY AUTO_INCREMENT
AUTOINCREMENT COLLATE CHARSET COMMENT ON STORED VIRTUAL PERSISTED VISIBLE INVISIBLE ENABLE DISABLE STORAGE COMPRESSION
SPARSE ROWGUIDCOL FIRST AFTER SRID COLUMN_FORMAT ENGINE_ATTRIBUTE DEFERRABLE INITIALLY OPTIONS MASKED ENCRYPTED HIDDEN
FORMAT
"""
ENDS_TYPE = frozenset(WORDS_AFTER_TYPE.split())
WORDS_AFTER_LENGTH = "UNSIGNED SIGNED ZEROFILL BINARY VARYING WITH WITHOUT LOCAL TIME ZONE ARRAY [ TO SECOND ("
AFTER_LENGTH = frozenset(WORDS_AFTER_LENGTH.split())
# An expression may hold AS, KEY, FORMAT and their like; these it cannot hold outside of brackets.
ENDS_EXPRESSION = ENDS_TYPE - {"AS", "STORAGE", "FORMAT", "INDEX", "OPTIONS", "KEY"}
SPACE_IN_BRACKETS = re.compile(r"(?<=\()\s+|\s+(?=[(),\[])|(?<=\d,)\s+(?=\d)")
BRACKETED_NAME = re.compile(r"\[([^\W\d]\w*)\]")
QUOTED_TEXT = re.compile(r"""('(?:[^']++|'')*+'|"[^"]*+"|`[^`]*+`)""")
CAST_OF_LITERAL = re.compile(
    r"(?P<value>'(?:[^']++|'')*+'|-?\d+(?:\.\d+)?|\(-?\d+(?:\.\d+)?\)|NULL|true|false)"
    r"::(?P<type>[\w .\"]+?(?:\([\d, ]+\))?(?:\[\])*)",
    re.IGNORECASE,
)
# A dump writes a negative number as '-1'::integer.
NUMBERS = frozenset({"smallint", "integer", "bigint", "numeric", "double precision", "real"})
QUOTED_NUMBER = re.compile(r"['(]-?\d+(?:\.\d+)?[')]")
SAME_TYPE = {
    "varchar": "character varying",
    "char": "character",
    "bpchar": "character",
    "int": "integer",
    "int4": "integer",
    "int8": "bigint",
    "bool": "boolean",
    "decimal": "numeric",
    "timestamptz": "timestamp with time zone",
    "timestamp": "timestamp without time zone",
}


def read_type(cursor: Cursor) -> str:
    start = cursor.position
    has_length = False
    while not cursor.is_done and cursor.word() not in ENDS_TYPE:
        # CHARACTER begins a type, CHARACTER SET follows one.
        if cursor.position > start and cursor.at("CHARACTER", "SET"):
            break
        if has_length and cursor.word() not in AFTER_LENGTH:
            break
        has_length |= cursor.word() == "("
        cursor.skip_one()
    return tidy_type(cursor.text(start, cursor.position))


@lru_cache(maxsize=4096)
def tidy_type(text: str) -> str:
    """Without the spaces that mean nothing, and without the usual schema's name."""
    pieces = QUOTED_TEXT.split(text)
    pieces[::2] = [SPACE_IN_BRACKETS.sub("", piece) for piece in pieces[::2]]
    plain = "".join(pieces)
    # SQLite and MySQL take a type in quotes.
    if len(pieces) == 3 and not pieces[0] and not pieces[2] and pieces[1][0] == "'":
        plain = plain[1:-1]
    plain = BRACKETED_NAME.sub(r"\1", plain)
    for usual in ("pg_catalog.", "public.", "dbo.", "sys."):
        plain = plain.removeprefix(usual)
    return plain


@lru_cache(maxsize=4096)
def tidy_default(text: str, type_text: str) -> str:
    """Without a cast to the column's own type, and without NULL, which is what a column has by default."""
    if cast := CAST_OF_LITERAL.fullmatch(text):
        value, to = cast["value"], _plain_type(cast["type"])
        if to in NUMBERS and QUOTED_NUMBER.fullmatch(value):
            text = value.strip("'()")
        elif to == _plain_type(type_text) or value.upper() == "NULL":
            text = value
    return "" if text.upper() in ("NULL", "(NULL)") else text


def _plain_type(text: str) -> str:
    base = tidy_type(text).lower().split("(")[0].strip()
    array = "[]" if text.rstrip().endswith("]") else ""
    base = base.removesuffix("[]")
    return SAME_TYPE.get(base, base) + array


def read_expression(cursor: Cursor) -> str:
    """An expression outside of brackets, up to the word that cannot belong to it."""
    start = cursor.position
    if not cursor.is_done:
        cursor.skip_one()
    while not cursor.is_done and cursor.word() not in ENDS_EXPRESSION:
        if cursor.at("CHARACTER", "SET"):
            break
        cursor.skip_one()
    return cursor.text(start, cursor.position)
