"""Search or jump, from any page: by key, by button, and without JavaScript by link."""

import re

import pytest
from playwright.sync_api import Page, expect

from projects.models import Entity, Feature
from tests.browser.bench import Bench
from tests.factories import make_entity, make_feature

pytestmark = pytest.mark.browser


@pytest.fixture
def entity(feature: Feature) -> Entity:
    return make_entity(feature, "refunds", "id uuid", "amount_minor bigint", "status text")


def open_dialog(page: Page) -> None:
    page.wait_for_load_state("load")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox", name="Search or jump to")).to_be_focused()


def test_a_field_is_found_from_another_step_and_gets_the_focus(bench: Bench, entity: Entity) -> None:
    bench.open("queries")
    open_dialog(bench.page)
    bench.page.keyboard.type("refunds")
    options = bench.page.locator("#search-dialog [role=option]")
    expect(options.filter(has_text="refunds.amount_minor")).to_have_count(1)
    expect(options.first).to_have_attribute("aria-selected", "true")
    bench.page.keyboard.press("Control+a")
    bench.page.keyboard.type("amount")
    expect(options).to_have_count(1)
    bench.page.keyboard.press("Enter")
    expect(bench.page.locator(".step-title")).to_have_text("Data model")
    expect(bench.cell(entity.fields.get(name="amount_minor"), "name")).to_be_focused()


def test_arrows_choose_and_the_focus_stays_in_the_field(bench: Bench, entity: Entity) -> None:
    bench.open("queries")
    open_dialog(bench.page)
    bench.page.keyboard.type("refunds")
    field = bench.page.get_by_role("combobox", name="Search or jump to")
    options = bench.page.locator("#search-dialog [role=option]")
    expect(options).to_have_count(5)
    for key, chosen in (("ArrowDown", 1), ("ArrowUp", 0), ("ArrowUp", 4), ("ArrowDown", 0)):
        bench.page.keyboard.press(key)
        expect(options.nth(chosen)).to_have_attribute("aria-selected", "true")
        expect(field).to_have_attribute("aria-activedescendant", options.nth(chosen).get_attribute("id") or "")
    expect(field).to_be_focused()


def test_escape_closes_and_gives_the_focus_back(bench: Bench, entity: Entity) -> None:
    bench.open("data-model", entity)
    cell = bench.cell(entity.fields.get(name="status"), "type")
    cell.focus()
    open_dialog(bench.page)
    bench.page.keyboard.type("amo")
    bench.page.keyboard.press("Escape")
    expect(bench.page.locator("#search-dialog")).not_to_be_visible()
    expect(cell).to_be_focused()
    expect(cell).to_have_value("text")


def test_the_button_opens_it_and_outside_a_project_it_leads_to_features(page: Page, feature: Feature) -> None:
    make_feature("payments/ledger/postings")
    page.goto("/projects/")
    page.get_by_role("link", name="Search or jump to").click()
    page.keyboard.type("post")
    expect(page.locator("#search-dialog [role=option]")).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/projects/payments/ledger/postings/"))


def test_the_slash_still_filters_the_list(page: Page, feature: Feature) -> None:
    page.goto("/projects/payments/")
    page.wait_for_load_state("load")
    page.keyboard.press("/")
    expect(page.get_by_label("Filter features")).to_be_focused()
