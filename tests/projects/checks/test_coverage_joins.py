"""How a query over several entities is served: each is looked up by its join field, and the worst one counts."""

from projects.checks.coverage import coverage
from projects.checks.serving import Verdict
from tests.projects.checks.builders import make_design, make_entity, make_index, make_query, make_relationship, uid_of

FULL, NONE = Verdict.FULL, Verdict.NONE
ROWS = make_entity("rows", "id uuid", "a uuid")
ORDERS = make_entity("orders", "id uuid", "row_id uuid", "state text")
LINK = make_relationship("orders.row_id", "rows.id")


def joined(*indexes, relationships=(LINK,), start="orders", **roles):
    query = make_query("Join", start, **roles)
    design = make_design(entities=(ROWS, ORDERS), queries=[query], indexes=indexes, relationships=relationships)
    return coverage(design)[0]


def test_the_inner_side_of_a_join_is_looked_up_by_its_join_field():
    found = joined(start="rows", equality=["rows.id"], join=["orders.row_id"])
    assert found.served is NONE
    assert found.proposal.in_words == "orders (row_id)"
    by_row = make_index("idx_orders_row_id", "orders", "row_id")
    assert joined(by_row, start="rows", equality=["rows.id"], join=["orders.row_id"]).served is FULL


def test_the_outer_side_of_a_join_needs_no_index_on_its_join_field():
    by_state = make_index("idx_orders_state", "orders", "state")
    found = joined(by_state, equality=["orders.state"], join=["orders.row_id"], returned=["rows.a"])
    assert found.served is FULL
    assert [part.by.name for part in found.parts] == ["idx_orders_state", "rows_pkey"]


def test_a_filter_on_the_inner_side_adds_to_its_join_field():
    found = joined(start="rows", equality=["rows.id", "orders.state"], join=["orders.row_id"])
    assert found.proposal.in_words == "orders (state, row_id)"


def test_a_join_without_relationship_goes_by_the_stated_field():
    found = joined(start="rows", equality=["rows.id"], join=["orders.row_id"], relationships=())
    assert found.proposal.in_words == "orders (row_id)"


def test_a_query_is_served_as_its_worst_entity_is():
    found = joined(equality=["orders.id", "rows.a"])
    assert [part.served for part in found.parts] == [FULL, NONE]
    assert found.served is NONE


def test_a_join_through_three_entities_is_followed():
    tags = make_entity("tags", "id uuid", "order_id uuid")
    lines = (LINK, make_relationship("tags.order_id", "orders.id"))
    query = make_query(
        "Walk", "rows", equality=["rows.id"], join=["orders.row_id", "orders.id", "tags.order_id"], returned=["tags.id"]
    )
    design = make_design(entities=(ROWS, ORDERS, tags), queries=[query], relationships=lines)
    needs = {part.entity: part.proposal.in_words for part in coverage(design)[0].parts if part.proposal}
    assert needs == {uid_of("orders"): "orders (row_id)", uid_of("tags"): "tags (order_id)"}


def test_a_join_on_several_fields_needs_them_all():
    parent = make_entity("prices", "a uuid", "b uuid", key="a, b")
    child = make_entity("lines", "id uuid", "a uuid", "b uuid")
    line = make_relationship("lines.a, lines.b", "prices.a, prices.b")
    query = make_query("Join", "lines", equality=["lines.id"], join=["lines.a", "lines.b"], returned=["prices.a"])
    design = make_design(entities=(parent, child), queries=[query], relationships=(line,))
    assert coverage(design)[0].served is FULL
