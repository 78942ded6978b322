"""The same essentials where no script runs: forms, buttons, links and whole pages."""

import pytest
from playwright.sync_api import Page, expect

from projects.models import Entity, EntityField, Feature, Index, IndexPart, Requirements, User
from tests.browser.bench import Bench
from tests.browser.conftest import PHONE, OpenBrowser, Watch
from tests.factories import make_entity

pytestmark = pytest.mark.browser


@pytest.fixture
def page(open_browser: OpenBrowser, architect: User) -> Page:
    return open_browser(architect, java_script_enabled=False)


@pytest.fixture
def entity(feature: Feature, bench: Bench) -> Entity:
    entity = make_entity(feature, "refunds", "id uuid", "status text", "amount bigint")
    bench.open("data-model", entity)
    return entity


def save_rows(bench: Bench, part: str) -> None:
    bench.grid(part).get_by_role("button", name="Save rows").click()


def names(entity: Entity) -> list[str]:
    return list(entity.fields.order_by("position", "uid").values_list("name", flat=True))


@pytest.mark.smoke
def test_a_design_grows_from_the_first_store_to_an_index(bench: Bench, feature: Feature) -> None:
    page = bench.page
    bench.open("requirements")
    bench.new("data-elements", "name").fill("Refund")
    bench.new("data-elements", "reason").fill("Support follows each one")
    bench.grid("data-elements").get_by_role("button", name="Add row").click()
    expect(bench.rows("data-elements")).to_have_count(1)
    bench.field("Retention requirements").fill("Ten years")
    page.get_by_role("button", name="Save", exact=True).click()
    assert Requirements.objects.get().retention == "Ten years"
    page.locator("#rail").get_by_role("link", name="Persistence mechanism").click()
    bench.field("Store").fill("PostgreSQL 16")
    page.get_by_role("button", name="Add store").click()
    page.locator("#rail").get_by_role("link", name="Data model").click()
    bench.field("Entity").fill("refunds")
    bench.field("Store").select_option(label="PostgreSQL 16")
    page.get_by_role("button", name="Add entity").click()
    for cells in ({"name": "id", "type": "uuid", "key": "PK"}, {"name": "status", "type": "text", "key": ""}):
        for name, text in cells.items():
            bench.put(bench.new("fields", name), text)
        bench.grid("fields").get_by_role("button", name="Add row").click()
    expect(bench.rows("fields")).to_have_count(2)
    expect(bench.companion.locator("svg.erd")).to_contain_text("status")
    page.locator("#rail").get_by_role("link", name="Indexing").click()
    bench.new("indexes", "entity_name").fill("refunds")
    bench.new("indexes", "fields_text").fill("status")
    bench.grid("indexes").get_by_role("button", name="Add row").click()
    expect(bench.rows("indexes")).to_have_count(1)
    page.locator("#rail").get_by_role("link", name="Document").click()
    expect(page.locator("#document")).to_contain_text("idx_refunds_status")
    page.locator("summary", has_text="Download").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Markdown of 03-data-design.md").click()
    assert waiting.value.suggested_filename == "03-data-design.md"


def test_a_whole_grid_is_saved_with_the_row_that_was_added(bench: Bench, entity: Entity) -> None:
    fields = {field.name: field for field in entity.fields.all()}
    bench.cell(fields["status"], "type").fill("char(1)")
    bench.cell(fields["amount"], "description").fill("In minor units")
    bench.new("fields", "name").fill("currency")
    save_rows(bench, "fields")
    expect(bench.rows("fields")).to_have_count(4)
    assert EntityField.objects.get(name="status").type == "char(1)"
    assert EntityField.objects.get(name="amount").description == "In minor units"


def test_a_row_that_is_not_valid_keeps_its_text_and_the_others_are_saved(
    bench: Bench, entity: Entity, watch: Watch
) -> None:
    watch.expect("answer: 422 ")
    fields = {field.name: field for field in entity.fields.all()}
    bench.cell(fields["status"], "name").fill("id")
    bench.cell(fields["amount"], "type").fill("integer")
    save_rows(bench, "fields")
    expect(bench.page.locator("[data-error-summary]")).to_contain_text("1 row could not be saved")
    expect(bench.cell(fields["status"], "name")).to_have_value("id")
    expect(bench.cell(fields["status"], "name")).to_have_attribute("aria-invalid", "true")
    assert names(entity) == ["id", "status", "amount"]
    assert EntityField.objects.get(name="amount").type == "integer"
    bench.cell(fields["status"], "name").fill("state")
    save_rows(bench, "fields")
    expect(bench.page.locator("[data-error-summary]")).to_have_count(0)
    assert names(entity) == ["id", "state", "amount"]


def test_a_conflict_is_shown_in_its_row_and_settled_by_a_button(bench: Bench, entity: Entity, watch: Watch) -> None:
    watch.expect("answer: 409 ")
    status = entity.fields.get(name="status")
    EntityField.objects.filter(pk=status.pk).update(type="char(3)", version=2)
    bench.cell(status, "type").fill("enum_x")
    save_rows(bench, "fields")
    expect(bench.page.locator(".conflict")).to_contain_text("Your input is kept here")
    bench.page.get_by_role("button", name="Take all of mine").click()
    expect(bench.page.locator(".conflict")).to_have_count(0)
    assert EntityField.objects.get(pk=status.pk).type == "enum_x"


def test_rows_are_moved_and_duplicated_by_buttons(bench: Bench, entity: Entity) -> None:
    amount = entity.fields.get(name="amount")
    bench.menu(amount, "Move up")
    expect(bench.rows("fields").nth(1)).to_have_id(f"row-{amount.uid}")
    assert names(entity) == ["id", "amount", "status"]
    bench.menu(amount, "Duplicate")
    expect(bench.rows("fields")).to_have_count(4)
    assert names(entity) == ["id", "amount", "amount_copy", "status"]


def test_deleting_asks_on_a_page_of_its_own_and_the_history_brings_it_back(
    bench: Bench, feature: Feature, entity: Entity
) -> None:
    page, status = bench.page, entity.fields.get(name="status")
    index = Index.objects.create(feature=feature, entity=entity, name="by_status", position=1)
    IndexPart.objects.create(index=index, field=status, position=0)
    bench.menu(status, "Delete")
    expect(page.get_by_role("heading", name="Delete status?")).to_be_visible()
    expect(page.locator("main")).to_contain_text("1 index")
    page.get_by_role("button", name="Delete status").click()
    expect(bench.rows("fields")).to_have_count(2)
    page.locator(".toast").get_by_role("link", name="Undo it in the history").click()
    page.get_by_role("button", name="Undo: deleted status").click()
    expect(page.locator(".toast")).to_contain_text("Deleted status: undone.")
    assert names(entity) == ["id", "status", "amount"]
    assert Index.objects.count() == 1


def test_a_row_is_deleted_at_once_where_nothing_goes_along(bench: Bench, entity: Entity) -> None:
    bench.menu(entity.fields.get(name="status"), "Delete")
    expect(bench.rows("fields")).to_have_count(2)
    assert names(entity) == ["id", "amount"]


def test_rows_are_pasted_through_a_field_for_text(bench: Bench, entity: Entity, watch: Watch) -> None:
    watch.expect("answer: 422 ")
    page = bench.page
    bench.grid("fields").get_by_role("link", name="Paste rows…").click()
    page.get_by_label("Rows", exact=True).fill("currency\tchar(3)\nid\tuuid")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("[data-error-summary]")).to_contain_text("1 of 2 rows cannot be taken")
    page.get_by_label("Leave out row 2").check()
    page.get_by_role("button", name="Add the others, without those left out").click()
    expect(bench.rows("fields")).to_have_count(4)
    assert names(entity)[-1] == "currency"


def test_the_tabs_of_the_companion_are_links(bench: Bench, entity: Entity) -> None:
    bench.companion.get_by_role("link", name="Findings").click()
    expect(bench.companion.locator(".finding").first).to_contain_text("refunds")
    bench.companion.get_by_role("link", name="Document", exact=True).click()
    expect(bench.companion.locator(".document-part")).to_contain_text("amount")


def test_on_a_phone_the_step_is_chosen_from_a_select_with_a_button(
    open_browser: OpenBrowser, architect: User, feature: Feature
) -> None:
    bench = Bench(open_browser(architect, java_script_enabled=False, viewport=PHONE), feature)
    bench.open("data-model")
    bench.page.get_by_label("Step 3 of 12").select_option(label="5 Indexing")
    bench.page.get_by_role("button", name="Go").click()
    expect(bench.page.locator(".step-title")).to_have_text("Indexing")
    expect(bench.companion).to_be_visible()


def test_a_record_is_saved_by_its_button(bench: Bench, entity: Entity) -> None:
    bench.field("Purpose").fill("Money on its way back")
    bench.page.get_by_role("button", name="Save", exact=True).click()
    expect(bench.page.locator(".toast")).to_contain_text("Saved.")
    assert Entity.objects.get().purpose == "Money on its way back"
