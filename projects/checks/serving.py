"""Whether an access path serves a demand: the rules of query coverage, one path and one entity at a time."""

import re
from uuid import UUID

from projects.checks.access_paths import AccessPath
from projects.checks.demands import Demand
from projects.checks.lookups import Lookups
from projects.design.field_types import Family, FieldType
from projects.design.vocabulary import IndexMethod, Term


class Verdict(Term):
    """How well a query is served. Undecided asks for a person; not applicable means that no index could help."""

    FULL = "full", "Full"
    PARTLY = "partly", "Partly"
    NONE = "none", "None"
    UNDECIDED = "undecided", "Needs judgement"
    NOT_APPLICABLE = "not-applicable", "Not applicable"


# From worst to best; a path that may serve is worth more than one that does not.
RANK = {Verdict.NONE: 0, Verdict.UNDECIDED: 1, Verdict.PARTLY: 2, Verdict.FULL: 3, Verdict.NOT_APPLICABLE: 4}

SHAPE_METHODS = frozenset({IndexMethod.GEOSPATIAL, IndexMethod.GIST, IndexMethod.SPGIST})
TEXT_METHODS = frozenset({IndexMethod.TEXT, IndexMethod.GIN, IndexMethod.GIST, IndexMethod.SPGIST})
VECTOR_METHODS = frozenset({IndexMethod.VECTOR})
SEARCH_METHODS = SHAPE_METHODS | TEXT_METHODS | VECTOR_METHODS
VECTOR_TYPES = ("vector", "halfvec", "sparsevec")
# Whether these serve comparisons hangs on an operator class, which a design does not state.
OPEN_ENDED_METHODS = frozenset({IndexMethod.GIST, IndexMethod.SPGIST})


def search_methods(field_type: FieldType | None) -> frozenset[IndexMethod]:
    """The methods that can search a field of this type."""
    if field_type is None:
        return SEARCH_METHODS
    if field_type.family is Family.GEOMETRY:
        return SHAPE_METHODS
    if field_type.name.rsplit(".", 1)[-1].startswith(VECTOR_TYPES):
        return VECTOR_METHODS
    return TEXT_METHODS


class Judge:
    """Gives the verdict of one access path on one demand; it needs the names and types of the fields for that."""

    def __init__(self, lookups: Lookups) -> None:
        self._name_of = lookups.name_of
        self._type_of = lookups.type_of

    def verdict(self, path: AccessPath, demand: Demand) -> Verdict:
        verdict = self._as_if_whole(path, demand)
        if path.is_whole or verdict is Verdict.NONE or self._states(demand, path.condition):
            return verdict
        # Two conditions in different words may still be the same one.
        return Verdict.UNDECIDED if demand.condition.strip() else Verdict.NONE

    def _as_if_whole(self, path: AccessPath, demand: Demand) -> Verdict:
        if not path.parts:
            return Verdict.NONE
        if path.method is IndexMethod.BTREE:
            verdict = btree_verdict(path, demand)
        elif path.method is IndexMethod.HASH:
            verdict = hash_verdict(path, demand)
        elif path.method is IndexMethod.BRIN:
            # It skips blocks of rows, whichever of its keys is asked for; it finds no single row and keeps no order.
            verdict = Verdict.PARTLY if demand.filters & set(path.fields) else Verdict.NONE
        else:
            verdict = self._search_verdict(path, demand)
        if verdict is Verdict.NONE and self._may_serve(path, demand):
            return Verdict.UNDECIDED
        return verdict

    def _search_verdict(self, path: AccessPath, demand: Demand) -> Verdict:
        searched = [field for field in demand.searches if self._is_searched_by(path, field)]
        if not searched:
            return Verdict.NONE
        is_all = len(searched) == len(demand.searches) and not demand.filters and not demand.sorts
        return Verdict.FULL if is_all else Verdict.PARTLY

    def _is_searched_by(self, path: AccessPath, field: UUID) -> bool:
        if path.method not in search_methods(self._type_of(field)):
            return False
        return field in path.fields or any(self._mentions(part.expression, field) for part in path.parts)

    def _may_serve(self, path: AccessPath, demand: Demand) -> bool:
        first = path.parts[0]
        if path.method in OPEN_ENDED_METHODS:
            return first.field in demand.filters
        is_expression = path.is_ordered and first.field is None
        return is_expression and any(self._mentions(first.expression, field) for field in demand.fields)

    def _states(self, demand: Demand, condition: str) -> bool:
        """Whether the query's condition, or a comparison that no NULL passes, includes the index's condition."""
        if (wanted := _plain(condition)) == _plain(demand.condition):
            return True
        if "not null" in wanted and any(
            wanted == f"{self._name_of(field).casefold()} is not null" for field in demand.filters
        ):
            return True
        parts, stated = _conjuncts(wanted), _conjuncts(_plain(demand.condition))
        return bool(parts and stated) and parts <= stated

    def _mentions(self, expression: str, field: UUID) -> bool:
        return bool(re.search(rf"(?<!\w){re.escape(self._name_of(field))}(?!\w)", expression, re.IGNORECASE))


def btree_verdict(path: AccessPath, demand: Demand) -> Verdict:
    """Full if the leading keys are all equality fields in any order, followed by a range field or the sort in order."""
    keys, count = path.fields, len(demand.equality)
    leads = set(keys[:count]) == set(demand.equality)
    if leads and not demand.searches and _continues(path, demand, count):
        return Verdict.FULL
    return Verdict.PARTLY if keys[0] in demand.filters else Verdict.NONE


def _continues(path: AccessPath, demand: Demand, count: int) -> bool:
    rest = path.parts[count:]
    if not demand.ranges and not demand.sorts:
        return bool(count)
    if rest and rest[0].field in demand.ranges:
        return True
    return bool(demand.sorts) and gives_order(path, demand)


def gives_order(path: AccessPath, demand: Demand) -> bool:
    """Whether the keys after the equality fields are the sort fields in order, all as asked or all reversed."""
    count = len(demand.equality)
    keys = path.parts[count : count + len(demand.sorts)]
    if not path.is_ordered or tuple(key.field for key in keys) != demand.sort_fields:
        return False
    turns = {key.direction is direction for key, (_, direction) in zip(keys, demand.sorts, strict=True)}
    return len(turns) <= 1


def hash_verdict(path: AccessPath, demand: Demand) -> Verdict:
    """A hash serves equality on all of its keys and nothing else."""
    keys = set(path.fields)
    if not keys <= set(demand.equality):
        return Verdict.NONE
    is_all = keys == set(demand.equality) and not (demand.ranges or demand.sorts or demand.searches)
    return Verdict.FULL if is_all else Verdict.PARTLY


def reads_one_row(path: AccessPath, demand: Demand) -> bool:
    """Whether the query fixes every field of a unique key, so that there is nothing left to filter or sort."""
    return path.is_unique and path.is_whole and bool(path.parts) and set(path.fields) <= set(demand.equality)


def leading_filters(path: AccessPath, demand: Demand) -> tuple[UUID, ...]:
    """The leading keys of a path that narrow the rows down: equality fields, then at most one range field."""
    used: list[UUID] = []
    for field in path.fields:
        if field is None or field not in demand.filters:
            break
        used.append(field)
        if field not in demand.equality:
            break
    return tuple(used)


def _plain(condition: str) -> str:
    return re.sub(r"\s*([=<>!(),]+)\s*", r"\1", " ".join(condition.split())).casefold()


def _conjuncts(condition: str) -> frozenset[str]:
    """The parts of a condition that is a plain list of demands; empty where an AND could bind otherwise."""
    without_texts = re.sub(r"'[^']*'", "", condition)
    if re.search(r"\bor\b|\bbetween\b|\bcase\b", without_texts):
        return frozenset()
    parts = [part.strip() for part in re.split(r"\band\b", condition)]
    # An AND inside brackets or quotes leaves pieces that are open at one end.
    is_open = any(part.count("(") != part.count(")") or part.count("'") % 2 for part in parts)
    return frozenset() if is_open else frozenset(parts) - {""}
