"""What is done around a design: bringing one in, reusing an entity, finding a project, inviting, choosing a theme."""

import re

import pytest
from playwright.sync_api import Page, expect

from projects.models import Entity, Feature, Invitation, Project, User
from tests.browser.bench import Bench
from tests.browser.conftest import OpenBrowser
from tests.factories import add_member, make_entity, make_feature, make_project

pytestmark = pytest.mark.browser

SCHEMA = """
CREATE TABLE payments (id uuid PRIMARY KEY, amount_minor bigint NOT NULL CHECK (amount_minor > 0));
CREATE TABLE refunds (id uuid PRIMARY KEY, payment_id uuid NOT NULL REFERENCES payments (id) ON DELETE RESTRICT);
CREATE INDEX idx_refunds_payment_id ON refunds (payment_id);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
"""


@pytest.mark.smoke
@pytest.mark.parametrize("runs_scripts", [True, False], ids=["with scripts", "without"])
def test_a_schema_is_looked_at_before_it_becomes_a_design(
    open_browser: OpenBrowser, architect: User, feature: Feature, runs_scripts: bool
) -> None:
    bench = Bench(open_browser(architect, java_script_enabled=runs_scripts), feature)
    page = bench.page
    bench.open("data-model")
    page.get_by_role("link", name="Import SQL…").click()
    page.locator("textarea").fill(SCHEMA)
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_text("Nothing is saved until you confirm.")).to_be_visible()
    expect(page.locator("main")).to_contain_text("refunds")
    expect(page.locator("aside.side")).to_contain_text("CREATE FUNCTION")
    assert not Entity.objects.exists()
    page.get_by_role("button", name="Import", exact=True).click()
    expect(bench.companion.locator(".erd a")).to_have_count(2)
    expect(bench.field("Entity")).to_have_value("payments")
    assert Entity.objects.get(name="refunds").indexes.get().name == "idx_refunds_payment_id"


def test_an_entity_of_another_feature_is_referred_to_and_not_changed(bench: Bench, feature: Feature) -> None:
    page = bench.page
    make_entity(make_feature("payments/billing/payments"), "payments", "id uuid", "captured_minor bigint")
    make_entity(feature, "refunds", "id uuid")
    bench.open("data-model")
    page.get_by_role("link", name="Reuse an entity…").click()
    page.get_by_role("button", name="Reuse payments").click()
    expect(page.get_by_text("it is changed there")).to_be_visible()
    expect(page.locator(".reused")).to_contain_text("captured_minor")
    expect(page.locator(".reused .cell input")).to_have_count(0)
    expect(bench.companion.locator(".erd")).to_contain_text("reused")
    page.get_by_role("button", name="Stop reusing it").click()
    expect(bench.companion.locator(".erd a")).to_have_count(1)


def test_a_deleted_entity_comes_back_from_the_history_with_all_that_went_along(bench: Bench, feature: Feature) -> None:
    page = bench.page
    bench.open("data-model", make_entity(feature, "refunds", "id uuid", "status text"))
    page.get_by_role("link", name="Delete refunds…").click()
    expect(page.get_by_role("heading", name="Delete refunds?")).to_be_visible()
    expect(page.locator("main")).to_contain_text("2 fields")
    page.get_by_role("button", name="Delete refunds").click()
    expect(page.locator("main")).to_contain_text("No entities yet.")
    page.get_by_role("link", name="Undo it in the history").click()
    page.get_by_role("button", name="Undo: deleted refunds").click()
    expect(page.locator("tr", has_text="deleted").first).to_contain_text("undone")
    bench.open("data-model")
    expect(bench.rows("fields")).to_have_count(2)


def test_the_slash_filters_the_list_while_typing(page: Page, architect: User, project: Project) -> None:
    add_member(make_project("ledger", "General ledger"), architect, "viewer")
    page.goto("/projects/")
    rows = page.locator("#projects tbody tr")
    expect(rows).to_have_count(2)
    page.keyboard.press("/")
    page.keyboard.type("ledg")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("General ledger")
    expect(page.get_by_label("Filter projects")).to_be_focused()
    # The address follows once the answer has settled.
    expect(page).to_have_url(re.compile(r"[?&]q=ledg$"))


def test_the_link_of_an_invitation_is_copied_and_opens_the_project(
    open_browser: OpenBrowser, owner: User, outsider: User, project: Project
) -> None:
    page = open_browser(owner)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/projects/payments/people/")
    page.get_by_role("link", name="Invite…").click()
    page.get_by_label("Role", exact=True).select_option(label="Reviewer")
    page.get_by_role("button", name="Make the link").click()
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    link = page.evaluate("() => navigator.clipboard.readText()")
    invited = open_browser(outsider)
    invited.goto(link)
    invited.locator("main form button").click()
    expect(invited.get_by_role("heading", name="Payments platform")).to_be_visible()
    assert Invitation.objects.get().accepted_at


def test_a_theme_chosen_in_the_profile_overrides_the_system(page: Page) -> None:
    page.goto("/profile/")
    expect(page.locator("body")).to_have_css("background-color", "rgb(246, 246, 243)")
    page.get_by_label("Theme").select_option(label="Dark")
    page.get_by_role("button", name="Save profile").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.locator("body")).to_have_css("background-color", "rgb(18, 20, 23)")


def test_signing_out_leads_to_the_sign_in_page_and_back(page: Page, feature: Feature) -> None:
    page.goto("/projects/payments/")
    page.locator(".avatar-button").click()
    page.get_by_role("button", name="Sign out").click()
    page.goto("/projects/payments/")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    assert "next=/projects/payments/" in page.url
