"""Designs of any size, and designs that hold one text in every place where people type."""

import re
from itertools import cycle

from projects.design.tree import (
    Check,
    DataElement,
    Design,
    Entity,
    Index,
    IndexPart,
    Query,
    Requirements,
)
from projects.design.vocabulary import (
    LINE_LENGTH,
    NAME_LENGTH,
    Frequency,
    KeyKind,
    Pagination,
    UseRole,
)
from tests.projects.design.fillers import is_line, is_name
from tests.projects.exporters.designs import POSTGRES, fields_of, identity, key, reference, uid, use
from tests.projects.exporters.full_design import full_design
from tests.projects.exporters.walking import Place, changed

PARAGRAPH = (
    "The review reads each query against the index that should serve it, and says which rows the planner visits when "
    "the filter is not selective enough, so that a designer may decide whether one more column is worth its cost."
)


def sized_design(entities: int) -> Design:
    """Entities of nine fields with two references each, two indexes and one query for each of them."""
    names = [f"entity_{number}" for number in range(entities)]
    return Design(
        identity=identity(feature_title="A feature of some size"),
        requirements=Requirements(project_context=PARAGRAPH, retention=PARAGRAPH, volume=PARAGRAPH),
        stores=(POSTGRES,),
        data_elements=tuple(
            DataElement(
                uid=uid("element", name), name=name, description=PARAGRAPH, reason=PARAGRAPH, store=POSTGRES.uid
            )
            for name in names
        ),
        entities=tuple(_entity(name) for name in names),
        relationships=tuple(
            reference(name, f"parent_{way}_id", names[(number * 7 + way * 3) % number], description="Its parent.")
            for number, name in enumerate(names)
            if number
            for way in (1, 2)
        ),
        queries=tuple(_query(name) for name in names),
        indexes=tuple(_index(name, column) for name in names for column in ("parent_1_id", "status")),
    )


def _entity(name: str) -> Entity:
    return Entity(
        uid=uid(name),
        name=name,
        purpose=PARAGRAPH,
        store=POSTGRES.uid,
        fields=fields_of(
            name,
            """
            id | uuid | Unique identifier
            parent_1_id | uuid | The row it belongs to
            parent_2_id? | uuid | The row it came from
            status | varchar(16) | Where it stands, from requested to settled
            amount_minor | bigint | Amount, in minor units
            note? | text | What somebody wrote about it
            payload | jsonb | The rest, as it was received
            created_at | timestamptz | When the row was made
            updated_at | timestamptz | When it was last changed
            """,
            status={"default": "'requested'"},
            amount_minor={"rule": "amount_minor >= 0"},
            created_at={"default": "now()"},
        ),
        keys=(key(name, KeyKind.PRIMARY, "id"),),
        checks=(Check(uid=uid(name, "check"), expression="status IN ('requested', 'sent', 'settled')"),),
    )


def _query(name: str) -> Query:
    return Query(
        uid=uid("query", name),
        name=f"List {name} by parent",
        frequency=Frequency.HIGH,
        entity=uid(name),
        pattern="Filtered list with pagination",
        logic=PARAGRAPH,
        uses=(use(name, "parent_1_id", UseRole.EQUALITY), use(name, "created_at", UseRole.SORT)),
        pagination=Pagination.KEYSET,
        bottleneck=PARAGRAPH,
        caching="None: it is read once.",
    )


def _index(name: str, column: str) -> Index:
    return Index(
        uid=uid("index", name, column),
        name=f"idx_{name}_{column}",
        entity=uid(name),
        parts=(IndexPart(field=uid(name, column)),),
        purpose="Serves the list",
    )


def design_full_of(*given: str) -> Design:
    """The text in every field that takes it: whole in prose, on one line and cut where there is less room.

    Of several texts each field has one, in turn.
    """
    turns = cycle(given)

    def full(place: Place) -> str | None:
        if place.fact == "Entity.reused_from" and not place.text:
            return None
        text = next(turns)
        line = re.sub(r"[\n\t]", " ", text)[:LINE_LENGTH]
        if is_name(place.info):
            return line[:NAME_LENGTH] or "x"
        return line if is_line(place.info) else text or ("x" if place.info.is_required() else "")

    return changed(full_design(), full)
