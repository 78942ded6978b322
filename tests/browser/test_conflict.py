"""Two people in one row: both versions are shown, each cell is chosen, and nothing that was typed is lost."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from projects.models import Entity, EntityField, Feature, User
from projects.workflow.editing import editing
from tests.browser.bench import Bench, answers_to, expect_focus
from tests.browser.conftest import OpenBrowser, Watch
from tests.factories import make_entity

pytestmark = pytest.mark.browser


@pytest.fixture
def status(feature: Feature) -> EntityField:
    entity = make_entity(feature, "refunds", "id uuid", "status text", "amount bigint")
    return entity.fields.get(name="status")


@pytest.fixture
def page_of_entity(bench: Bench, status: EntityField, watch: Watch) -> Bench:
    watch.expect("answer: 409 ")
    bench.open("data-model", status.entity)
    return bench


def save_as(person: User, row: EntityField | Entity, **values: str) -> None:
    """As somebody else would, while this page is open."""
    row = type(row).objects.get(pk=row.pk)
    changes = {}
    for name, value in values.items():
        changes[name.capitalize()] = [str(getattr(row, name)), value]
        setattr(row, name, value)
    with editing(row.feature, actor=person, now=timezone.now()) as door:
        door.update(row, version=row.version, changes=changes)


@pytest.mark.smoke
def test_two_browsers_in_one_row_see_both_versions_and_choose_by_cell(
    open_browser: OpenBrowser, owner: User, architect: User, feature: Feature, status: EntityField, watch: Watch
) -> None:
    watch.expect("answer: 409 ")
    mine, theirs = (Bench(open_browser(person), feature) for person in (architect, owner))
    for bench in (mine, theirs):
        bench.open("data-model", status.entity)
    with answers_to(theirs.page, "fields"):
        theirs.cell(status, "type").fill("char(3)")
        theirs.cell(status, "description").fill("Theirs")
        theirs.page.keyboard.press("Control+s")
    mine.cell(status, "type").fill("enum_x")
    mine.cell(status, "default").fill("'new'")
    mine.cell(status, "description").fill("Mine")
    mine.page.keyboard.press("Control+s")

    notice = mine.page.locator(".row-conflict")
    expect(notice).to_contain_text("Olu Owner")
    for text in ("text", "char(3)", "enum_x", "Theirs", "Mine"):
        expect(notice).to_contain_text(text)
    expect(notice).to_contain_text("only you changed it, kept")
    expect(mine.cell(status, "type")).to_have_value("enum_x")
    notice.locator("tr", has_text="Description").get_by_label("Mine").check()
    notice.get_by_role("button", name="Save my choices").click()

    expect(notice).to_have_count(0)
    saved = EntityField.objects.get(pk=status.pk)
    assert (saved.type, saved.default, saved.description) == ("char(3)", "'new'", "Mine")
    expect(mine.cell(status, "type")).to_have_value("char(3)")
    mine.expect_saved()


@pytest.mark.parametrize(("button", "kept"), [("Take all of mine", "enum_x"), ("Take all of theirs", "char(3)")])
def test_a_conflict_is_settled_by_one_button(
    page_of_entity: Bench, owner: User, status: EntityField, button: str, kept: str
) -> None:
    bench = page_of_entity
    save_as(owner, status, type="char(3)")
    bench.cell(status, "type").fill("enum_x")
    bench.page.keyboard.press("Control+s")
    bench.page.get_by_role("button", name=button).click()
    expect(bench.page.locator(".row-conflict")).to_have_count(0)
    expect(bench.cell(status, "type")).to_have_value(kept)
    assert EntityField.objects.get(pk=status.pk).type == kept


def test_the_rest_of_the_page_stays_usable_and_the_focus_where_it_is(
    page_of_entity: Bench, owner: User, status: EntityField
) -> None:
    bench, amount = page_of_entity, status.entity.fields.get(name="amount")
    save_as(owner, status, type="char(3)")
    bench.cell(status, "type").fill("enum_x")
    bench.cell(amount, "type").focus()
    expect(bench.page.locator(".row-conflict")).to_be_visible()
    expect(bench.page.locator(".row-conflict [role=alert]")).to_have_count(1)
    expect_focus(bench.page, f"{amount.uid}-type")
    with answers_to(bench.page, "fields"):
        bench.cell(amount, "type").fill("integer")
        bench.page.keyboard.press("Control+s")
    assert EntityField.objects.get(name="amount").type == "integer"
    expect(bench.page.locator(".row-conflict")).to_be_visible()


def test_with_the_focus_in_the_row_the_heading_of_the_conflict_gets_it(
    page_of_entity: Bench, owner: User, status: EntityField
) -> None:
    bench = page_of_entity
    save_as(owner, status, type="char(3)")
    bench.cell(status, "type").fill("enum_x")
    bench.page.keyboard.press("Control+s")
    expect(bench.page.locator("[data-conflict-title]")).to_be_focused()


def test_a_row_that_somebody_deleted_keeps_what_was_typed(
    page_of_entity: Bench, owner: User, status: EntityField
) -> None:
    bench = page_of_entity
    with editing(status.feature, actor=owner, now=timezone.now()) as door:
        door.delete(status)
    bench.cell(status, "type").fill("typed here")
    bench.page.keyboard.press("Control+s")
    expect(bench.page.locator(".row-errors")).to_contain_text("Somebody deleted this row")
    expect(bench.cell(status, "type")).to_have_value("typed here")


def test_a_record_in_conflict_shows_both_versions_too(page_of_entity: Bench, owner: User, status: EntityField) -> None:
    bench = page_of_entity
    save_as(owner, status.entity, purpose="Money on its way back")
    bench.field("Purpose").fill("What support asked for")
    notice = bench.page.locator(".record .conflict")
    expect(notice).to_contain_text("Money on its way back")
    expect(bench.field("Purpose")).to_have_value("What support asked for")
    notice.get_by_label("What support asked for").check()
    notice.get_by_role("button", name="Save my choices").click()
    expect(notice).to_have_count(0)
    assert Entity.objects.get().purpose == "What support asked for"
