from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.design.tree import Design, FieldPair, Relationship
from projects.diagrams.layout import Layout, lay_out
from projects.diagrams.links import Link, links_of
from projects.diagrams.rows import MOST_ROWS, ROW, Box, boxes_of
from tests.examples import at_most
from tests.projects.diagrams.designs import REFUNDS, design, entity, many, reference, uid
from tests.projects.diagrams.strategies import any_design

Drawn = tuple[list[Box], tuple[Link, ...], Layout]


def drawn(found: Design, aspect: float = 1.4) -> Drawn:
    links = links_of(found)
    boxes = boxes_of(found, links, keys_only=False)
    return boxes, links, lay_out(boxes, links, aspect)


def rectangles(boxes: list[Box], layout: Layout) -> list[tuple[float, float, float, float]]:
    return [
        (spot.x, spot.y, spot.x + spot.width, spot.y + box.height)
        for box, spot in zip(boxes, layout.spots, strict=True)
    ]


def overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def segments(layout: Layout) -> list[tuple[int, float, float, float, float]]:
    """The strokes of all wires as (wire, left, top, right, bottom)."""
    lines = [
        (number, line)
        for number, wire in enumerate(layout.wires)
        for line in (*wire.trunk, *(branch.points for branch in wire.branches))
    ]
    return [
        (number, min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))
        for number, line in lines
        for a, b in pairwise(line)
    ]


def assert_readable(found: Design, aspect: float = 1.4) -> None:
    boxes, links, layout = drawn(found, aspect)
    places = rectangles(boxes, layout)
    assert not [pair for pair in combinations(places, 2) if overlap(*pair)]
    assert all(x > 0 and y > 0 and right < layout.width and bottom < layout.height for x, y, right, bottom in places)
    inner = [(x + 1, y + 1, right - 1, bottom - 1) for x, y, right, bottom in places]
    strokes = segments(layout)
    assert not [stroke for stroke in strokes if any(overlap(stroke[1:], place) for place in inner)]
    assert all(left == right or top == bottom for _, left, top, right, bottom in strokes)
    assert_ends_touch(boxes, links, layout)


def assert_ends_touch(boxes: list[Box], links: tuple[Link, ...], layout: Layout) -> None:
    number_of = {box.node: number for number, box in enumerate(boxes)}
    ends = {}
    for wire in layout.wires:
        ends |= {branch.edge: (wire.start, branch.points[-1]) for branch in wire.branches}
    assert sorted(ends) == list(range(len(links)))
    for number, link in enumerate(links):
        for node, field, (x, y) in zip(
            (link.parent, link.child), (link.parent_field, link.child_field), ends[number], strict=True
        ):
            box, spot = boxes[number_of[node]], layout.spots[number_of[node]]
            assert x in (spot.x, spot.x + spot.width)
            assert abs(y - spot.y - box.port(field)) <= ROW / 2


@pytest.mark.parametrize("count", [1, 2, 5, 12, 60, 300])
def test_boxes_stand_apart_and_lines_run_between_them(count: int) -> None:
    assert_readable(many(count, references=2))


@settings(max_examples=at_most(60), deadline=None)
@given(any_design(most_entities=9), st.sampled_from([0.5, 1.4, 3.0]))
def test_any_design_is_readable(found: Design, aspect: float) -> None:
    assert_readable(found, aspect)


@pytest.mark.parametrize("count", [12, 60, 200])
def test_lines_do_not_lie_on_one_another(count: int) -> None:
    strokes = segments(drawn(many(count, references=2))[2])
    for across, start, end in ((2, 1, 3), (1, 2, 4)):
        flat = [stroke for stroke in strokes if stroke[across] == stroke[across + 2]]
        for one, other in combinations(flat, 2):
            shared = min(one[end], other[end]) - max(one[start], other[start])
            assert one[0] == other[0] or abs(one[across] - other[across]) > 1 or shared <= 1


@pytest.mark.parametrize("count", [5, 12, 60, 300])
@pytest.mark.parametrize("references", [0, 1, 2])
def test_shape_is_near_what_is_asked_for(count: int, references: int) -> None:
    layout = drawn(many(count, references=references))[2]
    assert 0.9 < layout.width / layout.height < 2.2


def test_narrow_picture_puts_parents_over_children() -> None:
    wide, narrow = drawn(REFUNDS, 1.4)[2], drawn(REFUNDS, 0.8)[2]
    assert narrow.width < wide.width
    assert_readable(REFUNDS, 0.8)


def test_nothing_to_draw_takes_no_room() -> None:
    assert drawn(design())[2].spots == ()


def test_parents_stand_left_of_their_children() -> None:
    boxes, _, layout = drawn(REFUNDS)
    x_of = {box.title: spot.x for box, spot in zip(boxes, layout.spots, strict=True)}
    assert x_of["payments"] < x_of["refunds"] < x_of["refund_lines"]


def test_chain_of_references_is_folded_into_columns() -> None:
    links = [entity(f"link_{number}", "id uuid pk\nprevious_id uuid") for number in range(20)]
    chain = tuple(reference(f"link_{n}.previous_id", f"link_{n - 1}.id") for n in range(1, 20))
    layout = drawn(design(*links, relationships=chain))[2]
    assert layout.width / layout.height < 2.5


def test_box_with_many_fields_shows_keys_first_and_counts_the_rest() -> None:
    fields = "\n".join(f"field_{number} text" for number in range(60))
    parent, child = entity("owners", "id uuid pk"), entity("wide", f"{fields}\nowner_id uuid\nid uuid pk")
    found = design(parent, child, relationships=(reference("wide.owner_id", "owners.id"),))
    rows = drawn(found)[0][1].rows
    assert len(rows) <= MOST_ROWS
    assert {"owner_id", "id"} <= {row.name for row in rows}
    assert rows[-1].name == f"+ {62 - (len(rows) - 1)} more"
    assert_readable(found)


def test_reference_to_itself_and_two_to_one_parent_have_lines_of_their_own() -> None:
    orders = entity("orders", "id uuid pk\nparent_id uuid?\nbilling_id uuid\nshipping_id uuid")
    addresses = entity("addresses", "id uuid pk")
    found = design(
        orders,
        addresses,
        relationships=(
            reference("orders.parent_id", "orders.id"),
            reference("orders.billing_id", "addresses.id"),
            reference("orders.shipping_id", "addresses.id"),
        ),
    )
    assert_readable(found)
    layout = drawn(found)[2]
    assert sorted(branch.edge for wire in layout.wires for branch in wire.branches) == [0, 1, 2]


def test_parent_that_is_missing_gets_a_box() -> None:
    found = Relationship(
        uid=uid("r"),
        child=uid("orders"),
        missing_target="accounts(id)",
        pairs=(FieldPair(child=uid("orders", "id")),),
    )
    boxes, _, _ = drawn(design(entity("orders", "id uuid pk"), relationships=(found,)))
    assert [(box.title, box.tag) for box in boxes] == [("orders", ""), ("accounts", "missing")]
