"""Rows from a spreadsheet: a preview first, then all of them or none."""

import pytest
from playwright.sync_api import Page, expect

from projects.models import Entity, Feature
from tests.browser.bench import Bench
from tests.browser.conftest import Watch
from tests.factories import make_entity

pytestmark = pytest.mark.browser


@pytest.fixture
def entity(feature: Feature, bench: Bench) -> Entity:
    entity = make_entity(feature, "refunds", "id uuid")
    bench.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    bench.open("data-model", entity)
    return entity


def paste(page: Page, text: str) -> None:
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+v")


def test_several_lines_open_the_preview_and_are_added_when_confirmed(bench: Bench, entity: Entity) -> None:
    bench.new("fields", "name").focus()
    paste(bench.page, "Field\tType\tDescription\namount\tbigint\tIn minor units\ncurrency\tchar(3)\t\n")
    expect(bench.page.get_by_text("2 rows read. Nothing is saved until you confirm.")).to_be_visible()
    expect(bench.page.locator(".grid-row")).to_contain_text(["amount", "currency"])
    assert entity.fields.count() == 1
    bench.page.get_by_role("button", name="Add 2 rows").click()
    expect(bench.rows("fields")).to_have_count(3)
    expect(bench.page.locator(".toast")).to_contain_text("2 rows added.")
    assert entity.fields.get(name="amount").description == "In minor units"


def test_rows_that_cannot_be_taken_are_left_out_one_by_one(bench: Bench, entity: Entity, watch: Watch) -> None:
    watch.expect("answer: 422 ")
    bench.new("fields", "name").focus()
    paste(bench.page, "amount\tbigint\nid\tuuid\nnote\ttext\n")
    expect(bench.page.locator("[data-error-summary]")).to_contain_text("1 of 3 rows cannot be taken.")
    expect(bench.page.locator("[data-error-summary]")).to_be_focused()
    save = bench.page.get_by_role("button", name="Add the others, without those left out")
    save.click()
    expect(bench.page.locator("[data-error-summary]")).to_contain_text("1 of 3 rows cannot be taken.")
    assert entity.fields.count() == 1
    bench.page.get_by_label("Leave out row 2").check()
    save.click()
    expect(bench.rows("fields")).to_have_count(3)


def test_what_is_typed_elsewhere_is_saved_before_the_preview_opens(bench: Bench, entity: Entity) -> None:
    bench.cell(entity.fields.get(), "description").fill("Unique")
    bench.new("fields", "name").focus()
    paste(bench.page, "a\ttext\nb\ttext")
    expect(bench.page.get_by_text("2 rows read.")).to_be_visible()
    assert entity.fields.get().description == "Unique"


def test_one_copied_cell_is_just_text(bench: Bench, entity: Entity) -> None:
    bench.new("fields", "name").focus()
    paste(bench.page, "amount\n")
    expect(bench.new("fields", "name")).to_have_value("amount")


def test_lines_of_prose_stay_prose(bench: Bench, entity: Entity) -> None:
    bench.cell(entity.fields.get(), "description").focus()
    paste(bench.page, "One line\nand another")
    expect(bench.cell(entity.fields.get(), "description")).to_have_value("One line\nand another")
