"""The diagram draws tables; what lies in other kinds of stores stays out of it."""

from uuid import UUID, uuid4

from projects.design.tree import Design, Entity, Identity, Relationship
from projects.design.vocabulary import StructureKind
from projects.diagrams.mermaid import er_diagrams
from projects.diagrams.svg import draw
from projects.diagrams.words import describe, summary

IDENTITY = Identity(
    project_key="p", project_title="P", epic_key="e", epic_title="E", feature_key="f", feature_title="F"
)


def entity(name: str, kind: StructureKind = StructureKind.TABLE) -> Entity:
    return Entity(uid=uuid4(), name=name, kind=kind)


def design(*entities: Entity, pairs: tuple[tuple[UUID, UUID], ...] = ()) -> Design:
    relationships = tuple(Relationship(uid=uuid4(), parent=parent, child=child) for parent, child in pairs)
    return Design(identity=IDENTITY, entities=entities, relationships=relationships)


def test_collections_and_references_to_them_are_not_drawn() -> None:
    orders, lines, docs = entity("orders"), entity("lines"), entity("docs", StructureKind.COLLECTION)
    mixed = design(orders, lines, docs, pairs=((orders.uid, lines.uid), (orders.uid, docs.uid)))
    tables = design(orders, lines, pairs=((orders.uid, lines.uid),))
    assert er_diagrams(mixed) == er_diagrams(tables)
    assert draw(mixed) == draw(tables)
    assert (describe(mixed), summary(mixed)) == (describe(tables), summary(tables))


def test_without_a_table_there_is_no_diagram() -> None:
    graph = design(entity("Person", StructureKind.NODE), entity("KNOWS", StructureKind.EDGE))
    assert er_diagrams(graph) == ()
    assert describe(graph) == ""
