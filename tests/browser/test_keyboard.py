"""The workbench without a mouse: skip link, rail, single keys, findings, dialogs."""

import pytest
from playwright.sync_api import expect

from projects.models import Entity, Feature, User
from tests.browser.bench import Bench, expect_focus
from tests.browser.conftest import OpenBrowser
from tests.factories import make_entity

pytestmark = pytest.mark.browser


@pytest.fixture
def entity(feature: Feature) -> Entity:
    return make_entity(feature, "refunds", "id uuid", "Status text")


def test_the_first_tab_leads_past_the_bars_to_the_content(bench: Bench, entity: Entity) -> None:
    bench.open("data-model")
    bench.page.keyboard.press("Tab")
    skip = bench.page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    bench.page.keyboard.press("Enter")
    expect_focus(bench.page, "main")


def test_the_rail_leads_to_every_step(bench: Bench, entity: Entity) -> None:
    bench.open("requirements")
    items = bench.page.locator("#rail a")
    expect(items).to_have_count(12)
    items.first.focus()
    for _ in range(2):
        bench.page.keyboard.press("Tab")
    bench.page.keyboard.press("Enter")
    expect(bench.page.locator(".step-title")).to_have_text("Data model")
    expect(bench.page.locator("#rail [aria-current=step]")).to_contain_text("Data model")


def test_brackets_go_to_the_step_before_and_after(bench: Bench, entity: Entity) -> None:
    bench.open("data-model")
    bench.page.keyboard.press("]")
    expect(bench.page.locator(".step-title")).to_have_text("Query patterns")
    # The words are there before the scripts are, which listen for the key.
    bench.page.wait_for_load_state("load")
    bench.page.keyboard.press("[")
    expect(bench.page.locator(".step-title")).to_have_text("Data model")


def test_single_keys_are_letters_in_a_field(bench: Bench, entity: Entity) -> None:
    bench.open("data-model")
    field = bench.new("fields", "default")
    field.focus()
    bench.page.keyboard.type("[].?\\")
    expect(field).to_have_value("[].?\\")
    expect(bench.page.locator("#shortcuts")).not_to_be_visible()
    expect(bench.page.locator(".step-title")).to_have_text("Data model")
    field.press("Escape")
    expect(field).to_have_value("")


def test_single_keys_can_be_switched_off(
    open_browser: OpenBrowser, architect: User, feature: Feature, entity: Entity
) -> None:
    architect.has_shortcuts = False
    architect.save()
    bench = Bench(open_browser(architect), feature)
    bench.open("data-model")
    bench.page.keyboard.press("]")
    bench.page.keyboard.press("?")
    expect(bench.page.locator("#shortcuts")).not_to_be_visible()
    expect(bench.page.locator(".step-title")).to_have_text("Data model")


def test_the_question_mark_shows_all_keys_and_escape_closes_them(bench: Bench, entity: Entity) -> None:
    bench.open("data-model")
    bench.page.keyboard.press("?")
    dialog = bench.page.get_by_role("dialog", name="Keyboard")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("step before, after")
    bench.page.keyboard.press("Escape")
    expect(dialog).not_to_be_visible()


def test_the_dot_leads_from_finding_to_finding(bench: Bench, entity: Entity) -> None:
    """The link of a finding focuses the cell that it is about."""
    bench.open("data-model")
    links = bench.companion.locator(".finding a")
    expect(links.first).to_be_visible()
    names = {field.name: field for field in entity.fields.all()}
    shouting = bench.cell(names["Status"], "name")
    for _ in range(links.count()):
        bench.page.locator("#main").focus()
        bench.page.keyboard.press(".")
        if shouting.evaluate("cell => cell === document.activeElement"):
            break
    expect(shouting).to_be_focused()


def test_the_backslash_opens_the_companion_as_a_drawer_and_escape_closes_it(
    open_browser: OpenBrowser, architect: User, feature: Feature, entity: Entity
) -> None:
    bench = Bench(open_browser(architect, viewport={"width": 1000, "height": 800}), feature)
    bench.open("data-model")
    expect(bench.companion).not_to_be_visible()
    bench.page.keyboard.press("\\")
    expect(bench.companion).to_be_visible()
    expect(bench.companion.get_by_role("link", name="Diagram", exact=True)).to_be_focused()
    bench.page.keyboard.press("Escape")
    expect(bench.companion).not_to_be_visible()
    expect(bench.page.get_by_role("button", name="Companion")).to_be_focused()


def test_the_width_of_the_companion_is_set_by_keys_and_remembered(bench: Bench, entity: Entity) -> None:
    bench.open("data-model")
    before = bench.companion.bounding_box()
    assert before
    edge = bench.page.get_by_role("separator", name="Width of the companion")
    edge.focus()
    bench.page.keyboard.press("ArrowLeft")
    expect(edge).to_have_attribute("aria-valuenow", str(round(before["width"]) + 32))
    bench.page.reload()
    after = bench.companion.bounding_box()
    assert after
    assert round(after["width"]) == round(before["width"]) + 32


def test_the_menu_of_the_account_opens_by_key_and_gives_the_focus_back(bench: Bench, entity: Entity) -> None:
    bench.open("data-model")
    opener = bench.page.locator(".avatar-button")
    first = bench.page.locator(".menu-item", has_text="My work")
    opener.focus()
    bench.page.keyboard.press("Enter")
    bench.page.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    bench.page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    expect(first).not_to_be_visible()


def test_a_stretch_of_the_page_is_worked_by_tab_alone(bench: Bench, entity: Entity) -> None:
    """Every stop is on the page and can be seen: nothing hidden takes the focus, and nothing holds it."""
    bench.open("data-model")
    stops = set()
    for _ in range(120):
        bench.page.keyboard.press("Tab")
        stop = bench.page.evaluate(WHERE)
        if stop["path"] == "BODY":
            break
        assert stop["shows"], stop
        stops.add(stop["path"])
    assert any("companion" in each for each in stops)


WHERE = """() => {
  const e = document.activeElement;
  const { width, height } = e.getBoundingClientRect();
  const path = [e.outerHTML.slice(0, 200)];
  for (let one = e; one; one = one.parentElement) path.unshift(one.id || one.tagName);
  return { path: e === document.body ? 'BODY' : path.join(' > '), shows: width > 0 && height > 0 };
}"""
