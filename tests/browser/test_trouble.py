"""The network fails, the server is in trouble, the session ends, the page is left: what was typed is kept."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from projects.models import Entity, EntityField, Feature, User
from tests.browser.bench import Bench, answers_to, kept_drafts
from tests.browser.conftest import Watch
from tests.factories import make_entity

pytestmark = pytest.mark.browser
PASSWORD = "paper and blueprint ink"


@pytest.fixture
def status(feature: Feature) -> EntityField:
    return make_entity(feature, "refunds", "id uuid", "status text").fields.get(name="status")


@pytest.fixture
def open_row(bench: Bench, status: EntityField) -> Bench:
    bench.open("data-model", status.entity)
    return bench


def type_of(row: EntityField) -> str:
    return EntityField.objects.get(pk=row.pk).type


def test_without_a_network_the_row_says_so_and_is_saved_once_it_is_back(
    open_row: Bench, status: EntityField, watch: Watch
) -> None:
    watch.expect("ERR_INTERNET_DISCONNECTED", "console: htmx:(sendError|afterRequest)")
    page = open_row.page
    page.context.set_offline(True)
    open_row.cell(status, "type").fill("char(1)")
    page.keyboard.press("Enter")
    expect(page.locator(".row-message")).to_contain_text(
        "no answer from the server. Your row is kept; next try in 5 s."
    )
    expect(open_row.state).to_contain_text("1 row not saved")
    expect(open_row.row(status)).to_have_class(re.compile("row-unsaved"))
    assert kept_drafts(page) == 1
    with answers_to(page, "fields"):
        page.context.set_offline(False)
    expect(page.locator(".row-message")).to_have_count(0)
    open_row.expect_saved()
    assert type_of(status) == "char(1)"
    assert kept_drafts(page) == 0


def test_it_is_tried_again_after_five_seconds(open_row: Bench, status: EntityField, watch: Watch) -> None:
    watch.expect("answer: 503 ")
    page = open_row.page
    page.clock.install()
    page.reload()
    page.route(re.compile("/rows/"), lambda route: route.fulfill(status=503), times=1)
    open_row.cell(status, "type").fill("char(2)")
    page.keyboard.press("Control+s")
    expect(page.locator(".row-message")).to_contain_text("next try in 5 s.")
    with answers_to(page, "fields"):
        page.clock.run_for(5100)
    expect(page.locator(".row-message")).to_have_count(0)
    assert type_of(status) == "char(2)"


def test_a_page_of_an_error_never_takes_the_place_of_what_was_typed(
    open_row: Bench, status: EntityField, watch: Watch, settings: Any
) -> None:
    """In development too, where a server in trouble answers with a long page."""
    watch.expect("answer: 500 ")
    settings.DEBUG = True
    page = open_row.page
    page.reload()
    page.route(re.compile("/rows/"), lambda route: route.fulfill(status=500, body="<html><h1>Traceback</h1></html>"))
    open_row.cell(status, "type").fill("char(9)")
    page.keyboard.press("Control+s")
    expect(page.locator(".row-message")).to_be_visible()
    expect(open_row.cell(status, "type")).to_have_value("char(9)")
    page.unroute_all()
    with answers_to(page, "fields"):
        page.keyboard.press("Control+s")


def test_it_is_tried_again_at_once_when_asked(open_row: Bench, status: EntityField, watch: Watch) -> None:
    watch.expect("answer: 500 ")
    page = open_row.page
    page.route(re.compile("/rows/"), lambda route: route.fulfill(status=500), times=1)
    open_row.cell(status, "type").fill("char(3)")
    page.keyboard.press("Control+s")
    with answers_to(page, "fields"):
        page.get_by_role("button", name="Try now").click()
    open_row.expect_saved()
    assert type_of(status) == "char(3)"


@pytest.mark.smoke
def test_after_the_session_ended_the_text_waits_for_signing_in(
    open_row: Bench, status: EntityField, architect: User, watch: Watch
) -> None:
    watch.expect("answer: 401 ")
    architect.set_password(PASSWORD)
    architect.save()
    page = open_row.page
    page.context.clear_cookies(name="sessionid")
    open_row.cell(status, "type").fill("char(4)")
    page.keyboard.press("Enter")
    message = page.locator(".row-message")
    expect(message).to_contain_text("You were signed out. What you typed is still here")
    expect(open_row.cell(status, "type")).to_have_value("char(4)")
    message.get_by_role("link", name="Sign in").click()
    page.get_by_label("Email").fill(architect.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    with answers_to(page, "fields"):
        page.get_by_role("button", name="Sign in").click()
    open_row.expect_saved()
    expect(open_row.cell(status, "type")).to_have_value("char(4)")
    assert type_of(status) == "char(4)"
    assert kept_drafts(page) == 0


def test_leaving_with_a_row_that_is_not_saved_asks(open_row: Bench, status: EntityField, watch: Watch) -> None:
    watch.expect("dialog: beforeunload")
    open_row.cell(status, "type").fill("char(5)")
    open_row.page.goto("/projects/")
    assert [each for each in watch.complaints if "beforeunload" in each]


def test_leaving_with_a_new_record_that_is_not_saved_asks(bench: Bench, watch: Watch) -> None:
    watch.expect("dialog: beforeunload")
    bench.open("storage", "new")
    bench.field("Store").fill("PostgreSQL")
    bench.page.goto("/projects/")
    assert [each for each in watch.complaints if "beforeunload" in each]


def test_a_link_followed_right_after_typing_waits_for_the_answer(open_row: Bench, status: EntityField) -> None:
    open_row.cell(status, "type").fill("char(6)")
    open_row.page.locator("#rail").get_by_role("link", name="Indexing").click()
    expect(open_row.page.locator(".step-title")).to_have_text("Indexing")
    assert type_of(status) == "char(6)"


def test_what_was_not_saved_is_offered_when_the_page_is_opened_again(
    open_row: Bench, status: EntityField, watch: Watch
) -> None:
    watch.expect("dialog: beforeunload", "answer: 500 ")
    page = open_row.page
    page.route(re.compile("/rows/"), lambda route: route.fulfill(status=500))
    open_row.cell(status, "type").fill("char(7)")
    page.keyboard.press("Enter")
    expect(page.locator(".row-message")).to_be_visible()
    page.unroute_all()
    page.reload()
    offer = page.locator("[data-draft-offer]")
    expect(offer).to_contain_text("char(7)")
    with answers_to(page, "fields"):
        offer.get_by_role("button", name="Put it back").click()
    expect(open_row.cell(status, "type")).to_have_value("char(7)")
    assert type_of(status) == "char(7)"
    assert kept_drafts(page) == 0


def test_an_offer_that_is_declined_is_forgotten(open_row: Bench, status: EntityField, watch: Watch) -> None:
    watch.expect("dialog: beforeunload")
    page = open_row.page
    open_row.cell(status, "type").press_sequentially("x")
    page.wait_for_function("() => Object.keys(sessionStorage).some(key => key.startsWith('draft'))")
    page.reload()
    page.locator("[data-draft-offer]").get_by_role("button", name="Forget it").click()
    expect(open_row.cell(status, "type")).to_have_value("text")
    assert kept_drafts(page) == 0
    assert type_of(status) == "text"


def test_a_right_that_was_taken_away_is_said_and_the_text_stays(
    open_row: Bench, status: EntityField, architect: User, watch: Watch
) -> None:
    watch.expect("answer: 40[34] ", "dialog: beforeunload")
    architect.memberships.all().delete()
    open_row.cell(status, "type").fill("char(8)")
    open_row.page.keyboard.press("Control+s")
    expect(open_row.page.locator(".row-message")).to_contain_text("Your text is kept here")
    expect(open_row.cell(status, "type")).to_have_value("char(8)")


def test_a_record_saves_itself_a_moment_after_the_last_key(open_row: Bench) -> None:
    with answers_to(open_row.page, "entities"):
        open_row.field("Purpose").press_sequentially("Money back")
    open_row.expect_saved()
    expect(open_row.field("Purpose")).to_be_focused()
    with answers_to(open_row.page, "entities"):
        open_row.page.keyboard.type(", soon")
        open_row.page.keyboard.press("Tab")
    entity = Entity.objects.get()
    assert (entity.purpose, entity.version) == ("Money back, soon", 3)


def test_a_title_that_was_left_before_the_scripts_came_still_proposes_a_key(page: Page, architect: User) -> None:
    held: list[Route] = []
    page.route(re.compile("htmx-2"), lambda route: held.append(route))
    page.goto("/projects/new/", wait_until="commit")
    page.get_by_label("Title", exact=True).fill("Payments platform")
    page.get_by_label("Key", exact=True).focus()
    expect(page.get_by_label("Key", exact=True)).to_have_value("")
    held[0].continue_()
    expect(page.get_by_label("Key", exact=True)).to_have_value("payments-platform")
