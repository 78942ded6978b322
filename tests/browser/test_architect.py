"""The whole way of an architect, from sign-in to the printed document."""

from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from projects.models import Entity, Feature, Index, Query, Relationship, Store, User
from tests.browser.bench import Bench, answers_to, expect_focus
from tests.browser.conftest import OpenBrowser

pytestmark = [pytest.mark.browser, pytest.mark.smoke]

WIDE = {"width": 1600, "height": 1000}
PRINTING_MS = 60_000
PASSWORD = "paper and blueprint ink"


@pytest.fixture
def page(open_browser: OpenBrowser) -> Page:
    return open_browser(viewport=WIDE)


@pytest.fixture
def signed_in(page: Page, architect: User) -> Page:
    architect.set_password(PASSWORD)
    architect.save()
    page.goto("/")
    page.get_by_label("Email").fill(architect.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Projects", exact=True)).to_be_visible()
    return page


@pytest.fixture
def bench(signed_in: Page) -> Bench:
    """A feature made by hand: project, epic and feature, each by its form."""
    page = signed_in
    page.get_by_role("link", name="New project").first.click()
    page.get_by_label("Title", exact=True).fill("Payments platform")
    # The key is proposed when the title is left.
    page.get_by_label("Key", exact=True).focus()
    expect(page.get_by_label("Key", exact=True)).to_have_value("payments-platform")
    page.get_by_role("button", name="Create project").click()
    page.get_by_role("link", name="New feature").first.click()
    page.get_by_label("Title of the new epic").fill("Billing")
    page.get_by_label("Title", exact=True).fill("Refunds")
    page.get_by_role("button", name="Create feature").click()
    expect(page.locator(".step-title")).to_have_text("Requirements")
    return Bench(page, Feature.objects.select_related("epic__project").get())


def test_an_architect_designs_a_feature_and_prints_it(bench: Bench, tmp_path: Path) -> None:
    says_what_must_be_kept(bench)
    chooses_a_store(bench)
    models_the_data(bench)
    writes_down_an_operation(bench)
    indexes_it(bench)
    takes_the_document_home(bench, tmp_path)


def step(bench: Bench, name: str) -> None:
    bench.page.locator("#rail").get_by_role("link", name=name).click()
    expect(bench.page.locator(".step-title")).to_have_text(name)


def says_what_must_be_kept(bench: Bench) -> None:
    bench.add("sources", kind="PRD", title="Refunds: product requirements", status="Approved")
    bench.add("data-elements", name="Refund", reason="Support follows each one", description="Money on its way back")
    bench.field("Retention requirements").fill("Ten years, as the law asks.")
    bench.page.get_by_role("button", name="Save", exact=True).click()
    bench.companion.get_by_role("link", name="Document", exact=True).click()
    expect(bench.companion.locator(".document-part").first).to_contain_text("Ten years, as the law asks.")


def chooses_a_store(bench: Bench) -> None:
    step(bench, "Persistence mechanism")
    bench.field("Store").fill("PostgreSQL 16")
    bench.field("System").fill("PostgreSQL 16")
    bench.field("Project patterns").fill("Every billing feature keeps its records there.")
    bench.page.get_by_role("button", name="Add store").click()
    # From now on the record saves itself, a moment after the last key.
    with answers_to(bench.page, "stores"):
        bench.field("Team expertise").press_sequentially("Two people are on call.")
    assert Store.objects.get().team_expertise == "Two people are on call."


def models_the_data(bench: Bench) -> None:
    page = bench.page
    step(bench, "Data model")
    bench.field("Entity").fill("payments")
    bench.field("Store").select_option(label="PostgreSQL 16")
    page.get_by_role("button", name="Add entity").click()
    bench.add("fields", name="id", type="uuid", key="PK")
    page.get_by_role("link", name="Entity", exact=True).click()
    bench.field("Entity").fill("refunds")
    page.get_by_role("button", name="Add entity").click()
    types_fields_by_keyboard(bench)
    expect(bench.companion.locator(".erd")).to_contain_text("amount_minor")
    expect(bench.companion.locator(".findings-head")).to_contain_text("1")
    chooses_what_happens_on_delete(bench)


def types_fields_by_keyboard(bench: Bench) -> None:
    page, keyboard = bench.page, bench.page.keyboard
    bench.new("fields", "name").click()
    keyboard.type("id")
    keyboard.press("Tab")
    keyboard.type("uuid")
    keyboard.press("Tab")
    keyboard.type("PK")
    keyboard.press("Control+Enter")
    expect(bench.rows("fields")).to_have_count(1)
    expect_focus(page, "new-name")
    keyboard.type("payment_id")
    keyboard.press("Tab")
    keyboard.type("uuid")
    for _ in range(4):
        keyboard.press("Tab")
    keyboard.type("payments.id")
    keyboard.press("Control+Enter")
    expect(bench.rows("fields")).to_have_count(2)
    bench.add("fields", name="amount_minor", type="bigint", is_required="yes", description="In minor units")
    fields = {field.name: field for field in Entity.objects.get(name="refunds").fields.all()}
    assert set(fields) == {"id", "payment_id", "amount_minor"}
    assert fields["id"].is_required


def chooses_what_happens_on_delete(bench: Bench) -> None:
    bench.page.reload()
    relationship = Relationship.objects.get()
    with answers_to(bench.page, "relationships"):
        bench.cell(relationship, "on_delete").select_option(label="Restrict")
        bench.cell(relationship, "description").focus()
        bench.new("fields", "name").focus()
    relationship.refresh_from_db()
    assert relationship.on_delete == "restrict"


def writes_down_an_operation(bench: Bench) -> None:
    step(bench, "Query patterns")
    bench.add(
        "queries",
        name="Refunds of a payment",
        frequency="High",
        rate="140/s",
        entity_name="refunds",
        filters="payment_id",
    )
    query = Query.objects.get()
    bench.menu_link(query, "Details")
    with answers_to(bench.page, "query-details"):
        bench.field("Logic").fill("The refunds of one payment, newest first.")
        bench.field("Bottleneck").focus()
    assert Query.objects.get().logic.startswith("The refunds")


def indexes_it(bench: Bench) -> None:
    step(bench, "Indexing")
    served = bench.companion.locator(".coverage tbody tr").first
    expect(served).to_contain_text("No index")
    expect(bench.page.locator("[aria-current=step] .rail-count")).to_have_text("1")
    bench.add("indexes", entity_name="refunds", fields_text="payment_id", purpose="Refunds of a payment")
    expect(served).to_contain_text("Index")
    expect(bench.page.locator("[aria-current=step] .rail-count")).to_have_count(0)
    assert Index.objects.get().name == "idx_refunds_payment_id"


def takes_the_document_home(bench: Bench, folder: Path) -> None:
    step(bench, "Document")
    expect(bench.page.locator("#document")).to_contain_text("idx_refunds_payment_id")
    assert "idx_refunds_payment_id" in download(bench, "Markdown of 03-data-design.md, Draft", folder).decode()
    printed = download(bench, "PDF of 03-data-design.md, Draft", folder)
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(printed)).pages)
    assert "amount_minor" in text


def download(bench: Bench, choice: str, folder: Path) -> bytes:
    bench.page.locator("summary", has_text="Download").click()
    with bench.page.expect_download(timeout=PRINTING_MS) as waiting:
        bench.page.get_by_role("link", name=choice, exact=True).click(timeout=PRINTING_MS)
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    assert path.stem == "03-data-design"
    return path.read_bytes()
