"""How the nodes of the tree lie in columns: said once, for reading rows as nodes and writing nodes as rows."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, get_args

from django.db.models import Model, Q, QuerySet

from projects.design import tree
from projects.snapshot.tables import LISTED

Values = dict[str, Any]

# Fields of a node that hold a uid: the column that leads to it.
REFERENCES: dict[type[tree.Node], dict[str, str]] = {
    **{node: {name: f"{name}__uid" for name in names} for node, names in tree.REFERENCES.items()},
    tree.FieldPair: {"child": "child_field__uid", "parent": "parent_field__uid"},
    tree.FieldUse: {"field": "field__uid"},
    tree.IndexPart: {"field": "field__uid"},
}

# Fields of a node that hold other nodes, which are read from tables of their own.
HELD: dict[type[tree.Node], frozenset[str]] = {
    tree.Entity: frozenset({"fields", "keys", "checks", "reused_from"}),
    tree.EntityKey: frozenset({"fields"}),
    tree.Dto: frozenset({"fields"}),
    tree.DtoField: frozenset({"sources"}),
    tree.DatabaseProfile: frozenset({"environments"}),
    **{listed.node: frozenset({listed.parts.name}) for listed in LISTED if listed.parts},
}


def columns(node: type[tree.Node]) -> dict[str, str]:
    """Field of the node → column of its model."""
    references = REFERENCES.get(node, {})
    held = HELD.get(node, frozenset())
    return {name: references.get(name, name) for name in node.model_fields if name not in held}


def optional(node: type[tree.Node]) -> frozenset[str]:
    """The fields that are None where the column holds an empty text."""
    return frozenset(name for name, field in node.model_fields.items() if type(None) in get_args(field.annotation))


def read(node: type[tree.Node], rows: QuerySet[Any], *extra: str) -> list[Values]:
    """The rows as values for the node, in their order, with the `extra` columns under their own names."""
    names, empty_is_none = columns(node), optional(node)
    result = []
    for row in rows.values_list(*names.values(), *extra):
        values = dict(zip((*names, *extra), row, strict=True))
        for name in empty_is_none:
            if values[name] == "":
                values[name] = None
        result.append(values)
    return result


def grouped(rows: Iterable[Values], by: str) -> defaultdict[Any, list[Values]]:
    groups: defaultdict[Any, list[Values]] = defaultdict(list)
    for row in rows:
        groups[row.pop(by)].append(row)
    return groups


def in_order(model: type[Model], condition: Q) -> QuerySet[Any]:
    return model._default_manager.filter(condition).order_by("position", "uid")
