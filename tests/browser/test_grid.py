"""The grid under fingers: moving, saving, adding, deleting, and where the focus is afterwards."""

import re

import pytest
from playwright.sync_api import expect

from projects.models import Entity, EntityField, Feature, Index, IndexPart, User
from tests.browser.bench import Bench, Held, answers_to, expect_focus, focused, kept_drafts
from tests.browser.conftest import OpenBrowser, Watch
from tests.factories import make_entity

pytestmark = pytest.mark.browser


@pytest.fixture
def entity(feature: Feature) -> Entity:
    return make_entity(feature, "refunds", "id uuid", "status text", "amount bigint", "currency char(3)")


@pytest.fixture
def fields(entity: Entity, bench: Bench) -> dict[str, EntityField]:
    bench.open("data-model", entity)
    return {field.name: field for field in entity.fields.all()}


def test_enter_goes_down_shift_enter_up_and_leaving_a_row_saves_it(
    bench: Bench, fields: dict[str, EntityField]
) -> None:
    page, keyboard = bench.page, bench.page.keyboard
    bench.cell(fields["status"], "type").fill("varchar(12)")
    with answers_to(page, "fields") as answer:
        keyboard.press("Enter")
    expect_focus(page, f"{fields['amount'].uid}-type")
    sent = answer.value.request.post_data or ""
    assert f"{fields['status'].uid}-type" in sent
    assert str(fields["amount"].uid) not in sent
    keyboard.press("Shift+Enter")
    expect_focus(page, f"{fields['status'].uid}-type")
    bench.expect_saved()
    assert EntityField.objects.get(name="status").type == "varchar(12)"
    assert kept_drafts(page) == 0


def test_tab_reads_the_cells_of_a_row_in_order_and_saves_nothing_by_itself(
    bench: Bench, fields: dict[str, EntityField]
) -> None:
    requests: list[str] = []
    bench.page.on("request", lambda request: requests.append(request.method))
    bench.cell(fields["status"], "name").focus()
    visited = [focused(bench.page)]
    for _ in range(8):
        bench.page.keyboard.press("Tab")
        visited.append(focused(bench.page))
    names = ("name", "type", "key", "is_required", "default", "reference", "rule", "sensitivity", "description")
    assert visited == [f"{fields['status'].uid}-{name}" for name in names]
    assert "POST" not in requests


def test_escape_gives_a_cell_its_saved_value_back(bench: Bench, fields: dict[str, EntityField]) -> None:
    cell = bench.cell(fields["status"], "type")
    cell.fill("nonsense")
    cell.press("Escape")
    expect(cell).to_have_value("text")
    bench.cell(fields["amount"], "type").focus()
    assert EntityField.objects.get(name="status").version == 1


def test_the_place_in_the_grid_stands_in_the_status_line(bench: Bench, fields: dict[str, EntityField]) -> None:
    bench.cell(fields["amount"], "name").focus()
    expect(bench.page.locator("[data-grid-place]")).to_have_text("Row 3 of 4")


def test_alt_and_arrows_move_a_row_and_the_focus_goes_along(bench: Bench, fields: dict[str, EntityField]) -> None:
    page = bench.page
    bench.cell(fields["amount"], "type").focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(bench.rows("fields").nth(1)).to_have_id(f"row-{fields['amount'].uid}")
    expect_focus(page, f"{fields['amount'].uid}-type")
    page.keyboard.press("Alt+ArrowDown")
    expect(bench.rows("fields").nth(2)).to_have_id(f"row-{fields['amount'].uid}")
    expect(bench.rows("fields").last.locator(".row-number")).to_have_text("4")


def test_moving_a_row_keeps_what_is_typed_in_it(bench: Bench, fields: dict[str, EntityField]) -> None:
    bench.cell(fields["amount"], "type").fill("numeric(12,2)")
    bench.page.keyboard.press("Alt+ArrowUp")
    expect(bench.rows("fields").nth(1)).to_have_id(f"row-{fields['amount'].uid}")
    expect(bench.cell(fields["amount"], "type")).to_have_value("numeric(12,2)")
    assert EntityField.objects.get(name="amount").type == "numeric(12,2)"


def test_alt_enter_opens_the_menu_of_the_row_and_escape_gives_the_focus_back(
    bench: Bench, fields: dict[str, EntityField]
) -> None:
    page, menu = bench.page, bench.row(fields["status"]).locator("details")
    bench.cell(fields["status"], "name").focus()
    page.keyboard.press("Alt+Enter")
    expect(menu).to_have_attribute("open", "")
    expect(menu.locator(".menu-item").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(menu.locator(".menu-item").nth(1)).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(menu.locator("summary")).to_be_focused()


def test_the_menu_of_the_last_row_is_on_the_window(bench: Bench, fields: dict[str, EntityField]) -> None:
    line = bench.row(fields["currency"])
    line.hover()
    line.locator("summary").click()
    box = line.locator(".menu-panel").bounding_box()
    assert box
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 900
    assert box["x"] + box["width"] <= 1366


def test_ctrl_enter_adds_rows_one_after_the_other(bench: Bench, fields: dict[str, EntityField]) -> None:
    page, keyboard = bench.page, bench.page.keyboard
    bench.cell(fields["status"], "type").focus()
    keyboard.press("Control+Enter")
    expect_focus(page, "new-name")
    for name in ("one", "two"):
        keyboard.type(name)
        keyboard.press("Control+Enter")
        expect(bench.new("fields", "name")).to_have_value("")
        expect_focus(page, "new-name")
    expect(bench.rows("fields")).to_have_count(6)
    assert list(EntityField.objects.order_by("position").values_list("name", flat=True))[-2:] == ["one", "two"]


def test_what_is_typed_while_a_row_is_being_added_belongs_to_that_row(
    bench: Bench, fields: dict[str, EntityField]
) -> None:
    page, held = bench.page, Held(bench.page)
    bench.new("fields", "name").fill("late")
    page.keyboard.press("Control+s")
    expect(bench.state).to_contain_text("Saving…")
    page.keyboard.press("Tab")
    page.keyboard.type("uuid")
    held.release()
    expect(bench.rows("fields")).to_have_count(5)
    added = EntityField.objects.get(name="late")
    expect_focus(page, f"{added.uid}-type")
    with answers_to(page, "fields"):
        bench.cell(fields["id"], "name").focus()
    assert EntityField.objects.get(name="late").type == "uuid"


def test_an_answer_never_replaces_what_has_the_focus(bench: Bench, fields: dict[str, EntityField]) -> None:
    page, held, status = bench.page, Held(bench.page), fields["status"]
    bench.cell(status, "type").fill("char(1)")
    page.keyboard.press("Control+s")
    bench.cell(status, "default").press_sequentially("'x'")
    expect(bench.state).to_contain_text("Saving…")
    held.release()
    expect(page.locator(f'[name="{status.uid}-version"]')).to_have_value("2")
    expect_focus(page, f"{status.uid}-default")
    expect(bench.cell(status, "default")).to_have_value("'x'")
    with answers_to(page, "fields"):
        bench.cell(fields["id"], "name").focus()
    saved = EntityField.objects.get(name="status")
    assert (saved.type, saved.default, saved.version) == ("char(1)", "'x'", 3)


def test_a_row_left_twice_quickly_is_saved_in_order(bench: Bench, fields: dict[str, EntityField]) -> None:
    page, held, status = bench.page, Held(bench.page), fields["status"]
    bench.cell(status, "type").fill("char(1)")
    bench.cell(fields["amount"], "type").focus()
    bench.cell(status, "default").fill("'y'")
    bench.cell(fields["amount"], "type").focus()
    expect(bench.state).to_contain_text("Saving…")
    held.release()
    expect(page.locator(f'[name="{status.uid}-version"]')).to_have_value("3")
    saved = EntityField.objects.get(name="status")
    assert (saved.type, saved.default) == ("char(1)", "'y'")


def test_a_row_that_is_not_valid_says_why_below_and_leaves_the_focus_alone(
    bench: Bench, fields: dict[str, EntityField], watch: Watch
) -> None:
    watch.expect("answer: 422 ")
    status = bench.cell(fields["status"], "name")
    status.fill("id")
    bench.cell(fields["currency"], "type").focus()
    errors = bench.page.locator(".row-errors")
    expect(errors).to_contain_text("Another field of this entity has this name.")
    expect(bench.state).to_contain_text("1 row not saved")
    expect_focus(bench.page, f"{fields['currency'].uid}-type")
    expect(status).to_have_value("id")
    status.focus()
    status.press("Escape")
    expect(status).to_have_value("status")
    bench.cell(fields["currency"], "type").focus()
    expect(errors).to_have_count(0)
    bench.expect_saved()


def test_an_add_row_that_is_not_valid_keeps_its_text_and_the_focus(
    bench: Bench, fields: dict[str, EntityField], watch: Watch
) -> None:
    watch.expect("answer: 422 ")
    bench.new("fields", "name").fill("id")
    bench.page.keyboard.press("Control+Enter")
    expect(bench.page.locator(".row-errors")).to_be_visible()
    expect(bench.new("fields", "name")).to_have_value("id")
    expect(bench.new("fields", "name")).to_have_attribute("aria-invalid", "true")
    assert focused(bench.page).startswith("new-")
    expect(bench.rows("fields")).to_have_count(4)


def test_a_deleted_row_can_be_brought_back_where_it_was(bench: Bench, fields: dict[str, EntityField]) -> None:
    status = fields["status"]
    bench.menu(status, "Delete")
    gone = bench.page.locator(".row-deleted")
    expect(gone).to_contain_text("status is deleted.")
    # The same column of the row that comes after it; a menu is in none, so the first.
    expect_focus(bench.page, f"{fields['amount'].uid}-name")
    expect(bench.rows("fields").locator(".row-number")).to_have_text(["1", "2", "3"])
    assert not EntityField.objects.filter(uid=status.uid).exists()
    gone.get_by_role("button", name="Undo").click()
    expect(bench.rows("fields").nth(1)).to_have_id(f"row-{status.uid}")
    expect(bench.cell(status, "name")).to_be_focused()
    assert EntityField.objects.filter(uid=status.uid).exists()


def test_a_row_that_others_hang_on_asks_before_it_goes(
    bench: Bench, feature: Feature, entity: Entity, fields: dict[str, EntityField]
) -> None:
    index = Index.objects.create(feature=feature, entity=entity, name="by_status", position=1)
    IndexPart.objects.create(index=index, field=fields["status"], position=0)
    bench.menu(fields["status"], "Delete")
    title = bench.page.locator("[data-conflict-title]")
    expect(title).to_have_text("Delete status?")
    expect(title).to_be_focused()
    bench.page.get_by_role("button", name="Keep it").click()
    expect(title).to_have_count(0)
    assert EntityField.objects.filter(name="status").exists()
    bench.menu(fields["status"], "Delete")
    bench.page.get_by_role("button", name="Delete status").click()
    expect(bench.page.locator(".row-deleted")).to_contain_text("1 index")
    assert not Index.objects.exists()


def test_duplicating_a_row_goes_on_in_the_copy(bench: Bench, fields: dict[str, EntityField]) -> None:
    bench.menu(fields["status"], "Duplicate")
    expect(bench.rows("fields")).to_have_count(5)
    copy = EntityField.objects.get(name="status_copy")
    expect(bench.rows("fields").nth(2)).to_have_id(f"row-{copy.uid}")
    expect(bench.cell(copy, "name")).to_be_focused()


def test_the_history_of_a_row_is_one_click_away(bench: Bench, fields: dict[str, EntityField]) -> None:
    with answers_to(bench.page, "fields"):
        bench.cell(fields["status"], "type").fill("char(1)")
        bench.page.keyboard.press("Control+s")
    bench.menu_link(fields["status"], "History")
    expect(bench.page.locator("table.history")).to_contain_text("char(1)")


def test_ctrl_s_saves_at_once_and_says_when(bench: Bench, fields: dict[str, EntityField]) -> None:
    bench.cell(fields["status"], "type").fill("char(9)")
    with answers_to(bench.page, "fields"):
        bench.page.keyboard.press("Control+s")
    expect(bench.state).to_contain_text(re.compile(r"Saved \d\d:\d\d"))
    expect_focus(bench.page, f"{fields['status'].uid}-type")


def test_a_person_who_only_reads_gets_no_cells_to_type_in(
    open_browser: OpenBrowser, reviewer: User, feature: Feature, entity: Entity
) -> None:
    bench = Bench(open_browser(reviewer), feature)
    bench.open("data-model", entity)
    expect(bench.rows("fields")).to_have_count(4)
    assert bench.page.locator(".grid :is(input, select, textarea):enabled:not([type=hidden])").count() == 0
    expect(bench.page.get_by_text("read only")).to_be_visible()
