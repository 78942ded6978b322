"""Facts that read better in words of their own: a type of which only the limit changed."""

from dataclasses import replace
from typing import Any

from projects.design import tree
from projects.design.field_types import Family, FieldType, parse
from projects.design.tree import Node

_NARROW_SPACE = "\u202f"
_UNITS = {Family.TEXT: "characters", Family.BINARY: "bytes"}

# What the fact is called, and its value before and after.
Told = tuple[str, tuple[str, str]]


def in_special_words(node: Node, name: str, old: Any, new: Any) -> Told | None:
    if isinstance(node, tree.EntityField | tree.DtoField) and name == "type":
        return _limit(old, new)
    return None


def _limit(old: str, new: str) -> Told | None:
    """`varchar(2000)` to `varchar(500)` is another limit and no other type."""
    before, after = parse(old), parse(new)
    if before is None or after is None or not (before.length and after.length) or before.length == after.length:
        return None
    if replace(before, length=None) != replace(after, length=None) or (unit := _UNITS.get(before.family)) is None:
        return None
    return "limit", (_in(unit, before), _in(unit, after))


def _in(unit: str, read: FieldType) -> str:
    return f"{read.length or 0:,} {unit}".replace(",", _NARROW_SPACE)
