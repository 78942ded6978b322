"""A marker typed into each fact stands in the data design, but for the facts that belong to other documents."""

from collections.abc import Iterator
from functools import cache
from typing import get_args

import pytest

from projects.design import tree
from projects.design.tree import Design, Node
from projects.design.vocabulary import Term
from projects.exporters import DATA_DESIGN
from projects.exporters.html import document_html
from tests.projects.design.fillers import bare_type
from tests.projects.exporters.designs import APPROVED
from tests.projects.exporters.full_design import full_design
from tests.projects.exporters.outline import without_diagrams
from tests.projects.exporters.walking import KEYS, Place, changed, texts

CONCURRENCY = "what happens among writers and readers is told in document 2"
SHARING = "data shared between components is told in document 2"
LIFECYCLE = "the lifecycle is told in document 2"
REPLICATION = "replication is told in document 2"
ELSEWHERE = {
    "Query.sql": "document 1 has no code; documents 2 and 3 show it",
    **{f"Consistency.{name}": CONCURRENCY for name in tree.Consistency.model_fields},
    **{f"SyncStrategy.{name}": SHARING for name in tree.SyncStrategy.model_fields},
    **{f"SharedData.{name}": SHARING for name in tree.SharedData.model_fields},
    **{f"ComponentAccess.{name}": SHARING for name in tree.ComponentAccess.model_fields},
    **{f"Lifecycle.{name}": LIFECYCLE for name in tree.Lifecycle.model_fields},
    **{f"Replication.{name}": REPLICATION for name in tree.Replication.model_fields},
    **{f"ReplicationNode.{name}": REPLICATION for name in tree.ReplicationNode.model_fields},
    "Volume.row_size": "the size that is read from it stands there; the step refuses a text that is none",
    "Exemption.reason": "it stands in place of its step, see test_exemptions.py",
}


# What a design carries of its project, and what stands beside the designs: documents 3 to 6 tell it.
OF_THE_PROJECT = ("projects.design.tree.policies", "projects.design.tree.handbook")


def node_classes() -> Iterator[type[Node]]:
    kinds = (each for each in vars(tree).values() if isinstance(each, type) and issubclass(each, Node))
    return (kind for kind in kinds if kind.__module__ not in OF_THE_PROJECT)


def facts() -> set[str]:
    """Every text that a design can hold, as Class.field."""
    return {
        f"{kind.__name__}.{name}"
        for kind in node_classes()
        for name, info in kind.model_fields.items()
        if name not in KEYS and (bare_type(info) is str or str in _item_types(info.annotation))
    }


def _item_types(annotation: object) -> tuple[object, ...]:
    items = get_args(annotation) if getattr(annotation, "__origin__", None) is tuple else ()
    return tuple(getattr(item, "__origin__", item) for item in items)


@cache
def marked() -> tuple[Design, dict[str, str]]:
    """The full design with a marker of its own in every text that it has, and the fact of each marker."""
    design = full_design()
    places = [place for place in texts(design) if place.text]
    marker_of = {place.path: f"Marker{number}x" for number, place in enumerate(places)}
    marked_design = changed(design, lambda place: marker_of.get(place.path))
    return marked_design, {marker_of[place.path]: where(place) for place in places}


def where(place: Place) -> str:
    return f"{place.fact} at {'.'.join(map(str, place.path))}"


def missing_in(text: str) -> list[str]:
    return [
        fact for marker, fact in marked()[1].items() if marker not in text and fact.partition(" ")[0] not in ELSEWHERE
    ]


def test_the_full_design_has_every_fact() -> None:
    said = {place.fact for place in texts(full_design()) if place.text}
    assert facts() - said == {"Exemption.reason"}


def test_every_fact_stands_in_the_markdown() -> None:
    assert missing_in(without_diagrams(DATA_DESIGN.markdown(marked()[0], APPROVED))) == []


@pytest.mark.parametrize("diagrams", ["page", "print"])
def test_every_fact_stands_in_the_html(diagrams: str) -> None:
    assert missing_in(document_html(marked()[0], APPROVED, diagrams=diagrams)) == []


def test_no_fact_of_another_document_stands_here() -> None:
    markdown = without_diagrams(DATA_DESIGN.markdown(marked()[0], APPROVED))
    shown = {fact.partition(" ")[0] for marker, fact in marked()[1].items() if marker in markdown}
    assert shown & set(ELSEWHERE) == set()


# Choices whose label is not their word in the document.
SAID_OTHERWISE = {
    "Direction": "only descending is said, after the field",
    "FieldRole": "the fields of a role stand together, under a word for all of them",
    "Generation": "said as a constraint, in lower case and in other words",
    "KeyKind": "a constraint of the field: PK, UNIQUE",
    "UseRole": "each role has its line, like Filtering or Sorting",
    "LetterCase": "part of a sentence",
    "TableNumber": "part of a sentence",
    "StructureKind": "each kind has its heading",
}


def test_every_choice_is_said() -> None:
    markdown = DATA_DESIGN.markdown(full_design(), APPROVED).casefold()
    told_here = [
        (fact, term) for fact, term in choices(full_design()) if not any(name.startswith(fact) for name in ELSEWHERE)
    ]
    assert told_here
    assert [term for _, term in told_here if term.label.casefold() not in markdown] == []


def choices(node: Node) -> Iterator[tuple[str, Term]]:
    """The choices made in the node and in what it holds, each after its fact."""
    for name in type(node).model_fields:
        value = getattr(node, name)
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, Node):
                yield from choices(each)
            elif isinstance(each, Term) and type(each).__name__ not in SAID_OTHERWISE:
                yield f"{type(node).__name__}.{name}", each
