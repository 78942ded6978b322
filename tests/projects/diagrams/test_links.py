import pytest

from projects.design.tree import FieldPair, Relationship
from projects.design.vocabulary import Cardinality
from projects.diagrams.links import End, Link, Missing, key_marks, links_of
from tests.projects.diagrams.designs import REFUNDS, design, entity, reference, uid

PARENT = entity("orders", "id uuid pk")
TAGS = entity("tags", "id uuid pk")
JUNCTION = entity("order_tags", "order_id uuid pk\ntag_id uuid pk")


def many_to_many(junction: str | None) -> Relationship:
    return Relationship(
        uid=uid("N:M", junction),
        parent=uid("orders"),
        child=uid("tags"),
        cardinality=Cardinality.MANY_TO_MANY,
        junction=uid(junction) if junction else None,
        pairs=(
            FieldPair(child=uid("order_tags", "order_id"), parent=uid("orders", "id")),
            FieldPair(child=uid("order_tags", "tag_id"), parent=uid("tags", "id")),
        ),
    )


def only_link(kind: str, cardinality: Cardinality = Cardinality.ONE_TO_MANY) -> Link:
    child = entity("lines", f"id uuid pk\norder_id {kind}")
    return links_of(design(PARENT, child, relationships=(reference("lines.order_id", "orders.id", cardinality),)))[0]


@pytest.mark.parametrize(("kind", "end"), [("uuid", End.ONE), ("uuid?", End.ZERO_OR_ONE)])
def test_parent_end_says_whether_the_reference_may_be_empty(kind: str, end: End) -> None:
    assert only_link(kind).parent_end is end


@pytest.mark.parametrize(
    ("cardinality", "end"),
    [
        (Cardinality.ONE_TO_ONE, End.ONE),
        (Cardinality.ONE_TO_OPTIONAL, End.ZERO_OR_ONE),
        (Cardinality.ONE_TO_MANY, End.MANY),
    ],
)
def test_child_end_says_the_cardinality(cardinality: Cardinality, end: End) -> None:
    assert only_link("uuid", cardinality).child_end is end


def test_field_of_the_primary_key_is_never_empty() -> None:
    child = entity("lines", "order_id uuid? pk")
    link = links_of(design(PARENT, child, relationships=(reference("lines.order_id", "orders.id"),)))[0]
    assert link.parent_end is End.ONE


def test_reference_without_a_named_column_leads_to_the_primary_key() -> None:
    child = entity("lines", "id uuid pk\norder_id uuid")
    found = Relationship(
        uid=uid("r"), parent=uid("orders"), child=uid("lines"), pairs=(FieldPair(child=uid("lines", "order_id")),)
    )
    assert links_of(design(PARENT, child, relationships=(found,)))[0].parent_field == uid("orders", "id")


def test_missing_parent_is_known_by_its_words() -> None:
    found = Relationship(uid=uid("r"), child=uid("orders"), missing_target="accounts(id)")
    assert links_of(design(PARENT, relationships=(found,)))[0].parent == Missing("accounts")


def test_many_to_many_is_drawn_through_its_junction() -> None:
    links = links_of(design(PARENT, TAGS, JUNCTION, relationships=(many_to_many("order_tags"),)))
    assert [(link.parent, link.child, link.child_field, link.label) for link in links] == [
        (uid("orders"), uid("order_tags"), uid("order_tags", "order_id"), "order_id"),
        (uid("tags"), uid("order_tags"), uid("order_tags", "tag_id"), "tag_id"),
    ]


def test_reference_of_the_junction_that_is_listed_is_not_drawn_twice() -> None:
    listed = reference("order_tags.order_id", "orders.id")
    links = links_of(design(PARENT, TAGS, JUNCTION, relationships=(many_to_many("order_tags"), listed)))
    assert sorted(link.label for link in links) == ["order_id", "tag_id"]


def test_many_to_many_without_junction_is_one_line_with_two_feet() -> None:
    (link,) = links_of(design(PARENT, TAGS, JUNCTION, relationships=(many_to_many(None),)))
    assert (link.parent_end, link.child_end) == (End.MANY, End.MANY)


def test_key_marks_name_every_key_that_a_field_is_in() -> None:
    marks = key_marks(REFUNDS)
    assert marks[uid("refunds", "id")] == ("PK",)
    assert marks[uid("refunds", "payment_id")] == ("FK",)
    assert marks[uid("refunds", "provider_ref")] == ("UQ",)
    assert uid("refunds", "status") not in marks
