"""Exclusion constraints of PostgreSQL, which a design keeps among the checks in their own words."""

import re

from projects.checks.words import word_set
from projects.design.tree import Entity
from projects.exporters.sql.agreement import is_condition, refuse_disagreement
from projects.exporters.sql.dialect import Dialect
from projects.exporters.sql.expression_tokens import NotWritten
from projects.exporters.sql.expressions import read
from projects.exporters.sql.writing import Writing

SHAPE = re.compile(
    r"EXCLUDE\s+USING\s+(?P<method>gist|spgist|btree|hash)\s*\((?P<parts>[^()]*)\)(?:\s*WHERE\s*\((?P<condition>.*)\))?\s*",
    re.IGNORECASE | re.DOTALL,
)
PART = re.compile(
    r"\s*(?:\"(?P<quoted>[^\"]+)\"|(?P<plain>\w+))\s+WITH\s+(?P<operator>=|&&|<>|-\|-|~=)\s*", re.IGNORECASE
)
# Types that gist holds without an extension.
RANGES = word_set("int4range int8range numrange tsrange tstzrange daterange box circle polygon")


def is_exclusion(text: str) -> bool:
    return text.lstrip()[:8].upper() == "EXCLUDE "


def exclusion(text: str, entity: Entity, writing: Writing) -> str:
    """The constraint with the names that the columns go by. Raises NotWritten."""
    match = SHAPE.fullmatch(text)
    if writing.dialect is not Dialect.POSTGRESQL or not match:
        raise NotWritten(f"{writing.dialect.label} does not have it")
    parts = [_part(part, match["method"].lower(), entity, writing) for part in match["parts"].split(",")]
    written = f"EXCLUDE USING {match['method'].lower()} ({', '.join(parts)})"
    if not match["condition"]:
        return written
    scope = writing.scope(entity, only_fixed=True)
    expression = read(match["condition"], scope)
    refuse_disagreement(expression, scope)
    if not is_condition(expression.tree, scope):
        raise NotWritten("it is no condition")
    return f"{written} WHERE ({writing.used(expression)})"


def _part(text: str, method: str, entity: Entity, writing: Writing) -> str:
    match = PART.fullmatch(text)
    if not match:
        raise NotWritten("its parts were not understood")
    name = (match["quoted"] or match["plain"]).casefold()
    found = next((each for each in entity.fields if each.name.casefold() == name), None)
    if found is None:
        raise NotWritten(f"there is no field {match['quoted'] or match['plain']}")
    type_ = writing.column_types[found.uid]
    if method == "gist" and type_.text.lower() not in RANGES:
        writing.extensions.add("btree_gist")
    return f"{writing.column(found.uid)} WITH {match['operator']}"
