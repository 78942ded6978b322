"""What the tool derives, beside what a person types: it follows every save, and never moves the focus."""

import re

import pytest
from playwright.sync_api import expect

from projects.models import Entity, Feature, User
from tests.browser.bench import Bench, answers_to, expect_focus
from tests.browser.conftest import PHONE, OpenBrowser
from tests.factories import make_entity

pytestmark = pytest.mark.browser


@pytest.fixture
def entity(feature: Feature) -> Entity:
    return make_entity(feature, "refunds", "id uuid", "reason text")


def test_the_picture_the_findings_and_the_rail_follow_a_save(bench: Bench, entity: Entity) -> None:
    bench.open("data-model")
    mark = bench.page.locator("#rail [aria-current=step] .rail-count")
    expect(mark).to_have_count(0)
    reference = bench.new("fields", "reference")
    bench.new("fields", "name").fill("payment_id")
    bench.new("fields", "type").fill("uuid")
    reference.fill("payments.id")
    bench.page.keyboard.press("Control+Enter")
    expect(bench.companion.locator(".erd")).to_contain_text("payment_id")
    expect(bench.companion.locator(".companion-findings")).to_contain_text("payments")
    expect(mark).to_have_text("1")
    expect_focus(bench.page, "new-name")
    expect(bench.page.locator("[data-announcer]")).to_contain_text("1 error")


def test_the_tabs_are_addresses(bench: Bench, entity: Entity) -> None:
    bench.open("data-model")
    bench.companion.get_by_role("link", name="Document", exact=True).click()
    expect(bench.companion.locator(".document-part")).to_contain_text("refunds")
    bench.page.wait_for_url(re.compile("companion=document"))
    bench.page.reload()
    expect(bench.companion.locator(".document-part")).to_contain_text("refunds")
    bench.companion.get_by_role("link", name="Findings").click()
    bench.page.wait_for_url(re.compile("companion=findings"))
    bench.page.go_back()
    expect(bench.companion.locator(".document-part")).to_contain_text("refunds")


def test_a_change_of_tab_leaves_the_focus_on_it_and_the_form_as_it_is(bench: Bench, entity: Entity) -> None:
    bench.open("data-model")
    bench.page.locator(".form-body").evaluate("pane => { pane.scrollTop = 200 }")
    tab = bench.companion.get_by_role("link", name="Document", exact=True)
    tab.focus()
    bench.page.keyboard.press("Enter")
    expect(tab).to_have_attribute("aria-current", "page")
    expect(tab).to_be_focused()
    assert bench.page.locator(".form-body").evaluate("pane => pane.scrollTop") == 200


def test_a_save_leaves_the_tab_as_it_is(bench: Bench, entity: Entity) -> None:
    bench.open("data-model")
    bench.companion.get_by_role("link", name="Document", exact=True).click()
    with answers_to(bench.page, "fields"):
        bench.cell(entity.fields.get(name="reason"), "description").fill("How far the refund has come")
        bench.page.keyboard.press("Control+s")
    expect(bench.companion.locator(".document-part")).to_contain_text("How far the refund has come")


def test_a_finding_leads_to_the_row_it_is_about_in_another_step(bench: Bench, entity: Entity) -> None:
    bench.open("data-model")
    field = entity.fields.get(name="reason")
    with answers_to(bench.page, "fields"):
        bench.cell(field, "name").fill("Reason")
        bench.page.keyboard.press("Control+s")
    bench.page.goto(f"{bench.base}steps/queries/?companion=findings")
    bench.companion.get_by_role("link", name="refunds.Reason").first.click()
    expect(bench.page.locator(".step-title")).to_have_text("Data model")
    expect(bench.cell(field, "name")).to_be_focused()


def test_on_a_phone_the_panes_are_tabs_and_the_steps_a_select(
    open_browser: OpenBrowser, architect: User, feature: Feature, entity: Entity
) -> None:
    bench = Bench(open_browser(architect, viewport=PHONE, has_touch=True), feature)
    bench.open("data-model")
    expect(bench.field("Entity")).to_be_visible()
    expect(bench.companion).not_to_be_visible()
    bench.page.get_by_role("link", name="Diagram, findings, document").click()
    expect(bench.companion.locator(".erd")).to_be_visible()
    expect(bench.field("Entity")).not_to_be_visible()
    bench.page.get_by_label("Step 3 of 12").select_option(label="4 Query patterns")
    expect(bench.page.locator(".step-title")).to_have_text("Query patterns")
