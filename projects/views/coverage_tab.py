"""The companion's tab of step 5: which index serves which operation."""

from functools import lru_cache
from typing import Any

from projects.checks.matrix import Matrix, matrix
from projects.design.tree import Design, IndexPart
from projects.design.vocabulary import Direction
from projects.snapshot.current import Digested
from projects.views.addresses import Addresses


def _part_words(design: Design, part: IndexPart) -> str:
    name = design.field_by_uid[part.field].name if part.field else f"({part.expression})"
    return f"{name} desc" if part.direction is Direction.DESCENDING else name


@lru_cache(maxsize=16)
def _matrix(digested: Digested) -> Matrix:
    return matrix(digested.design)


def coverage(digested: Digested, addresses: Addresses) -> dict[str, Any]:
    """The matrix, its rows with the address of their operation."""
    table = _matrix(digested)
    rows = [
        {
            "query": row.query,
            "address": addresses.step("queries", row.query.uid),
            "coverage": row.coverage,
            "cells": row.cells,
        }
        for row in table.rows
    ]
    return {"columns": table.columns, "rows": rows, "hidden": table.hidden_primary_keys}


def proposals(digested: Digested) -> list[dict[str, Any]]:
    """The indexes that operations lack, each once, ready to be sent to the grid of indexes."""
    design = digested.design
    found: dict[str, dict[str, Any]] = {}
    for row in _matrix(digested).rows:
        proposal = row.coverage.proposal
        if proposal is None or row.coverage.is_settled:
            continue
        known = found.setdefault(
            proposal.name,
            {
                "name": proposal.name,
                "entity": design.entity_by_uid[proposal.entity].full_name,
                "fields": ", ".join(_part_words(design, part) for part in proposal.parts),
                "method": proposal.method.value,
                "queries": [],
                "note": row.coverage.note,
            },
        )
        known["queries"].append(row.query.name)
    return list(found.values())
