"""A column's definition: type, default, how its values come about, whether it may be empty."""

import re
from dataclasses import dataclass, field

from projects.design.field_types import Family
from projects.design.tree import Entity, EntityField, EntityKey
from projects.design.vocabulary import Generation, KeyKind
from projects.exporters.sql.agreement import Kind, agree, kind_of, refuse_disagreement
from projects.exporters.sql.defaults import default_of
from projects.exporters.sql.dialect import Dialect
from projects.exporters.sql.expression_tokens import NotWritten
from projects.exporters.sql.expressions import read
from projects.exporters.sql.index_methods import is_ordered
from projects.exporters.sql.literals import COLUMN_COMMENT, comment_lines, text_literal
from projects.exporters.sql.named_types import rules_of, value_condition
from projects.exporters.sql.types import ColumnType
from projects.exporters.sql.writing import Writing

NEXT_VALUE = re.compile(r"nextval\('(?P<name>(?:\"[^\"']+\"|\w+)(?:\.(?:\"[^\"']+\"|\w+))?)'(?:::(?:regclass|text))*\)")
COLLATE = re.compile(r"COLLATE (?:\"(?P<quoted>[^\"]+)\"|(?P<plain>\w+))", re.IGNORECASE)
COLLATIONS = {
    Dialect.POSTGRESQL: re.compile("C|POSIX|default|ucs_basic"),
    Dialect.MYSQL: re.compile(r"(?:utf8(?:mb[34])?|ascii|latin1)_(?:\w+_)?(?:bin|ci|cs)|binary", re.ASCII),
    Dialect.SQLITE: re.compile("BINARY|NOCASE|RTRIM", re.IGNORECASE),
}
ON_UPDATE = re.compile(r"ON UPDATE (?:CURRENT_TIMESTAMP(?:\(\d?\))?|NOW\(\))", re.IGNORECASE)
WHOLE_NUMBERS = frozenset({"integer", "bigint", "smallint", "mediumint", "tinyint"})


@dataclass
class ColumnText:
    """A column in parts: comments before it, its definition, and the conditions that its type brings along."""

    comments: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    conditions: list[str] = field(default_factory=list)
    # How the values come about, for those who must know: a numbered or computed column.
    generation: Generation | None = None
    sequence: str = ""


def column(each: EntityField, entity: Entity, writing: Writing) -> ColumnText:
    found = ColumnText()
    type_ = writing.column_types[each.uid]
    if writing.dialect is Dialect.SQLITE:
        found.comments += comment_lines(each.description)
    found.words = [word for word in (writing.column(each.uid), _type_text(each, entity, writing)) if word]
    rules = _rules(each, found, writing)
    values = _values(each, entity, type_, found, writing)
    is_required = each.is_required or _is_primary(each, entity) or _is_required_by_type(each, writing)
    needed = ["NOT NULL"] if is_required else []
    order = [*needed, *values] if writing.dialect is Dialect.MYSQL else [*values, *needed]
    found.words += [*rules, *order, *_last_words(each, type_, found, writing)]
    found.conditions = _conditions(each, type_, writing, found)
    return found


def _is_primary(each: EntityField, entity: Entity) -> bool:
    return any(key.kind is KeyKind.PRIMARY and each.uid in key.fields for key in entity.keys)


def _is_sole_primary(each: EntityField, entity: Entity) -> bool:
    return any(key.kind is KeyKind.PRIMARY and key.fields == (each.uid,) for key in entity.keys)


def _is_required_by_type(each: EntityField, writing: Writing) -> bool:
    domain = writing.domain_of.get(each.uid)
    return bool(domain and rules_of(domain).is_required)


def _type_text(each: EntityField, entity: Entity, writing: Writing) -> str:
    text = writing.column_types[each.uid].text
    if writing.dialect is not Dialect.SQLITE or not _is_sole_primary(each, entity):
        return text
    # Only the type INTEGER makes a primary key the number of its row.
    if each.generation is Generation.IDENTITY:
        return "INTEGER" if text.upper() != "INTEGER" else text
    is_reference = any(pair.child == each.uid for link in writing.design.relationships for pair in link.pairs)
    return "INT" if text.upper() == "INTEGER" and not is_reference else text


def _rules(each: EntityField, found: ColumnText, writing: Writing) -> list[str]:
    """The order of texts. Other rules of the field are conditions or prose, see the table's checks."""
    match = COLLATE.search(each.rule)
    if ON_UPDATE.search(each.rule) and writing.dialect is not Dialect.MYSQL:
        what, reason = f"A rule of {writing.path_of(each.uid)}", f"{writing.dialect.label} needs a trigger for it"
        found.comments.append(writing.leave_out(what, each.rule, reason))
    if not match:
        return []
    name = match["quoted"] or match["plain"]
    known = COLLATIONS[writing.dialect].fullmatch(name)
    if not known or writing.column_types[each.uid].family is not Family.TEXT:
        what = f"The order of {writing.path_of(each.uid)}"
        found.comments.append(writing.leave_out(what, each.rule, f"{writing.dialect.label} may not have {name}"))
        return []
    return [f'COLLATE "{name}"' if writing.dialect is Dialect.POSTGRESQL else f"COLLATE {name}"]


def _values(each: EntityField, entity: Entity, type_: ColumnType, found: ColumnText, writing: Writing) -> list[str]:
    if each.generation is Generation.COMPUTED:
        return _computed(each, entity, type_, found, writing)
    if each.generation is Generation.IDENTITY:
        numbered = _numbered(each, entity, type_, found, writing)
        if numbered is not None:
            return numbered
    default = each.default or _default_of_domain(each, writing)
    if not default or default.upper() == "NULL":
        return []
    try:
        return [f"DEFAULT {default_of(default, type_, writing)}"]
    except NotWritten as reason:
        found.comments.append(writing.leave_out(f"The default of {writing.path_of(each.uid)}", default, reason))
        return []


def _default_of_domain(each: EntityField, writing: Writing) -> str:
    domain = writing.domain_of.get(each.uid)
    return rules_of(domain).default if domain else ""


def _computed(each: EntityField, entity: Entity, type_: ColumnType, found: ColumnText, writing: Writing) -> list[str]:
    scope = writing.scope(entity, only_fixed=True, stored_only=True)
    try:
        expression = read(each.default, scope)
        refuse_disagreement(expression, scope)
        if not agree(kind_of(expression.tree, scope), Kind(type_.family, type_)) and type_.family is not Family.TEXT:
            raise NotWritten("it gives another type than the field's")
        if not expression.columns:
            raise NotWritten("it computes nothing from other fields")
        if _is_only_computed(entity) or (_is_primary(each, entity) and writing.dialect is Dialect.SQLITE):
            raise NotWritten("the values of a table cannot all be computed")
        text = writing.used(expression)
    except NotWritten as reason:
        found.comments.append(writing.leave_out(f"The formula of {writing.path_of(each.uid)}", each.default, reason))
        return []
    found.generation = Generation.COMPUTED
    return [f"GENERATED ALWAYS AS ({text}) STORED"]


def _is_only_computed(entity: Entity) -> bool:
    return all(each.generation is Generation.COMPUTED for each in entity.fields)


def _numbered(
    each: EntityField, entity: Entity, type_: ColumnType, found: ColumnText, writing: Writing
) -> list[str] | None:
    """How the dialect numbers rows; None if it does not number this field, and its default counts."""
    number = {Dialect.POSTGRESQL: _sequence, Dialect.MYSQL: _auto_increment, Dialect.SQLITE: _row_number}
    words = number[writing.dialect](each, entity, type_, found, writing)
    if words is None:
        reason = f"{writing.dialect.label} does not number a field of this type or place"
        found.comments.append(writing.leave_out(f"The numbering of {writing.path_of(each.uid)}", each.type, reason))
        return None if not NEXT_VALUE.fullmatch(each.default) else []
    found.generation = Generation.IDENTITY
    if each.default and not NEXT_VALUE.fullmatch(each.default):
        what = f"The default of {writing.path_of(each.uid)}"
        found.comments.append(writing.leave_out(what, each.default, "the database numbers the field"))
    return words


def _sequence(
    each: EntityField, entity: Entity, type_: ColumnType, found: ColumnText, writing: Writing
) -> list[str] | None:
    if "serial" in type_.text.lower():
        return []
    if type_.family not in (Family.INTEGER, Family.DECIMAL) or type_.holds.is_array:
        return None
    match = NEXT_VALUE.fullmatch(each.default)
    if match and writing.can_hold(match["name"]):
        found.sequence = match["name"]
        return [f"DEFAULT {each.default}"]
    return ["GENERATED BY DEFAULT AS IDENTITY"] if type_.holds.name in WHOLE_NUMBERS else None


def _auto_increment(
    each: EntityField, entity: Entity, type_: ColumnType, found: ColumnText, writing: Writing
) -> list[str] | None:
    numbered = [other for other in entity.fields if other.generation is Generation.IDENTITY]
    leads_key = any(key.fields[0] == each.uid and _can_be_key(key, writing) for key in entity.keys)
    if type_.family is not Family.INTEGER or not leads_key or numbered[0].uid != each.uid:
        return None
    return ["AUTO_INCREMENT"]


def _can_be_key(key: EntityKey, writing: Writing) -> bool:
    return all(is_ordered(writing.column_types[uid], writing.dialect) for uid in key.fields)


def _row_number(
    each: EntityField, entity: Entity, type_: ColumnType, found: ColumnText, writing: Writing
) -> list[str] | None:
    return [] if _is_sole_primary(each, entity) else None


def _last_words(each: EntityField, type_: ColumnType, found: ColumnText, writing: Writing) -> list[str]:
    if writing.dialect is not Dialect.MYSQL:
        return []
    words = []
    if ON_UPDATE.search(each.rule) and type_.family is Family.TIMESTAMP:
        digits = f"({type_.holds.length})" if type_.holds.length else ""
        words.append(f"ON UPDATE CURRENT_TIMESTAMP{digits}")
    if each.description.strip():
        words.append(f"COMMENT {text_literal(each.description.strip()[:COLUMN_COMMENT], writing.dialect)}")
        if len(each.description.strip()) > COLUMN_COMMENT:
            writing.note(f"The description of {writing.path_of(each.uid)} is cut to {COLUMN_COMMENT} characters.")
    return words


def _conditions(each: EntityField, type_: ColumnType, writing: Writing, found: ColumnText) -> list[str]:
    """The values of an enumeration and the rules of a domain, where the dialect has no types with names."""
    name = writing.column(each.uid)
    conditions = []
    if type_.values:
        values = ", ".join(text_literal(value, writing.dialect) for value in type_.values)
        conditions.append(f"{name} IN ({values})")
    domain = writing.domain_of.get(each.uid)
    for rule in rules_of(domain).conditions if domain else ():
        try:
            conditions.append(value_condition(rule, name, type_, writing))
        except NotWritten as reason:
            what = f"A rule of the type of {writing.path_of(each.uid)}"
            found.comments.append(writing.leave_out(what, rule, reason))
    return conditions
