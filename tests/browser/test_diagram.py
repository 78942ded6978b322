"""The picture of the data model: it leads to the forms, and can be fitted, zoomed and moved."""

from itertools import pairwise

import pytest
from playwright.sync_api import Locator, Page, expect

from projects.models import Entity, EntityField, Feature, Relationship, RelationshipPair
from tests.browser.bench import Bench, answers_to
from tests.factories import make_entity

pytestmark = pytest.mark.browser

View = tuple[float, ...]


def view_of(picture: Locator) -> View:
    return tuple(float(number) for number in (picture.get_attribute("viewBox") or "").split())


def relate(parent: Entity, child: Entity) -> None:
    made = Relationship.objects.create(feature=parent.feature, parent=parent, child=child, position=1)
    RelationshipPair.objects.create(
        relationship=made, child_field=child.fields.last(), parent_field=parent.fields.first(), position=0
    )


@pytest.fixture
def five(feature: Feature) -> list[Entity]:
    entities = [make_entity(feature, f"things_{number}", "id uuid", "other_id uuid") for number in range(5)]
    for parent, child in pairwise(entities):
        relate(parent, child)
    return entities


@pytest.fixture
def picture(bench: Bench, five: list[Entity]) -> Locator:
    bench.open("data-model")
    found = bench.companion.locator("svg.erd")
    expect(found).to_be_visible()
    return found


def test_an_entity_in_the_picture_leads_to_its_form(bench: Bench, five: list[Entity], picture: Locator) -> None:
    picture.get_by_role("link", name="things_3").click()
    expect(bench.field("Entity")).to_have_value("things_3")
    expect(bench.companion.locator("svg.erd [aria-current=true]")).to_have_count(1)


def test_an_entity_in_the_picture_is_reached_by_keyboard(bench: Bench, five: list[Entity], picture: Locator) -> None:
    picture.get_by_role("link", name="things_4").focus()
    bench.page.keyboard.press("Enter")
    expect(bench.field("Entity")).to_have_value("things_4")


def test_buttons_zoom_and_fit(bench: Bench, picture: Locator) -> None:
    whole = view_of(picture)
    bench.page.get_by_role("button", name="Zoom in").click()
    assert view_of(picture)[2] < whole[2]
    bench.page.get_by_role("button", name="Fit").click()
    assert view_of(picture) == whole
    bench.page.get_by_role("button", name="Zoom out").click()
    assert view_of(picture)[2] > whole[2]


@pytest.mark.parametrize(
    ("key", "number", "grows"),
    [("+", 2, False), ("-", 2, True), ("ArrowRight", 0, True), ("ArrowUp", 1, False)],
)
def test_keys_zoom_and_move(bench: Bench, picture: Locator, key: str, number: int, grows: bool) -> None:
    whole = view_of(picture)
    bench.page.locator("[data-diagram-canvas]").focus()
    bench.page.keyboard.press(key)
    assert (view_of(picture)[number] > whole[number]) is grows
    bench.page.keyboard.press("0")
    assert view_of(picture) == whole


def test_dragging_moves_the_picture_and_follows_no_link(bench: Bench, picture: Locator) -> None:
    whole, address = view_of(picture), bench.page.url
    box = picture.get_by_role("link", name="things_2").bounding_box()
    assert box
    drag(bench.page, box["x"] + 20, box["y"] + 20, 60)
    assert view_of(picture)[0] < whole[0]
    assert bench.page.url == address


def drag(page: Page, x: float, y: float, by: float) -> None:
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by, y + by, steps=4)
    page.mouse.up()


def test_a_save_leaves_the_picture_where_the_person_moved_it(
    bench: Bench, five: list[Entity], picture: Locator
) -> None:
    bench.page.get_by_role("button", name="Zoom in").click()
    seen = picture.get_attribute("viewBox") or ""
    with answers_to(bench.page, "fields"):
        bench.cell(five[0].fields.get(name="id"), "name").fill("renamed")
        bench.page.keyboard.press("Control+s")
    expect(picture).to_contain_text("renamed")
    # The new picture stands there for a moment before it is moved.
    expect(picture).to_have_attribute("viewBox", seen)


def test_without_entities_the_pane_says_what_will_stand_there(bench: Bench) -> None:
    bench.open("data-model")
    expect(bench.companion).to_contain_text("The diagram is drawn from the entities of step 3")
    expect(bench.companion.locator("svg.erd")).to_have_count(0)


def test_one_entity_is_not_blown_up(bench: Bench, feature: Feature) -> None:
    make_entity(feature, "refunds", "id uuid")
    bench.open("data-model")
    box = bench.companion.locator(".erd a").bounding_box()
    assert box
    assert box["height"] < 120


def test_sixty_entities_fit_and_have_a_page_of_their_own(bench: Bench, feature: Feature) -> None:
    entities = [Entity(feature=feature, name=f"things_{number}", position=number) for number in range(60)]
    Entity.objects.bulk_create(entities)
    EntityField.objects.bulk_create(
        EntityField(feature=feature, entity=entity, name=name, type="uuid", position=place)
        for entity in entities
        for place, name in enumerate(("id", "other_id"))
    )
    bench.open("data-model")
    expect(bench.companion.locator(".erd a")).to_have_count(60)
    bench.companion.get_by_role("link", name="Open the diagram in its own page").click()
    expect(bench.page.get_by_role("heading", name="Diagram of Refunds")).to_be_visible()
    boxes = bench.page.locator(".erd a")
    expect(boxes).to_have_count(60)
    assert all(is_inside(bench.page, boxes.nth(number)) for number in (0, 30, 59))
    bench.page.get_by_role("link", name="Keys only").click()
    expect(boxes).to_have_count(60)
    boxes.nth(41).click()
    expect(bench.page.locator(".step-title")).to_have_text("Data model")


def is_inside(page: Page, box: Locator) -> bool:
    inner, outer = box.bounding_box(), page.locator("[data-diagram-canvas]").bounding_box()
    assert inner
    assert outer
    return outer["x"] <= inner["x"] and inner["x"] + inner["width"] <= outer["x"] + outer["width"] + 1


def test_the_picture_is_also_in_words(bench: Bench, picture: Locator) -> None:
    bench.page.get_by_text("The diagram in words").click()
    expect(bench.page.locator(".diagram-words")).to_contain_text("things_0")
