"""A form that one button saves: nothing that was typed goes without a word."""

import re

import pytest
from playwright.sync_api import Page, expect

from projects.models import HandbookEntry, Project, User
from tests.browser.conftest import Watch, sign_in_by_cookie

pytestmark = pytest.mark.browser
FILES = "/projects/payments/handbook/entries/files/"
TESTING = ".handbook-nav-open a[href$='/testing/']"


@pytest.fixture
def entries(page: Page, project: Project) -> Page:
    page.goto(FILES)
    return page


def test_leaving_asks_only_while_something_is_typed(entries: Page, watch: Watch) -> None:
    watch.expect("dialog: beforeunload")
    entries.locator(TESTING).click()
    expect(entries).to_have_url(re.compile("/testing/$"))
    entries.goto(FILES)
    entries.get_by_label("CDN").fill("A day at the edge.")
    assert watch.complaints == []
    entries.locator(TESTING).click()
    expect(entries).to_have_url(re.compile("/testing/$"))
    assert len(watch.complaints) == 1


def test_what_is_saved_is_not_asked_about(entries: Page) -> None:
    entries.get_by_label("CDN").fill("A day at the edge.")
    entries.get_by_role("button", name="Save", exact=True).last.click()
    expect(entries.get_by_text("1 entry is saved.")).to_be_visible()
    entries.locator(TESTING).click()
    expect(entries).to_have_url(re.compile("/testing/$"))
    assert HandbookEntry.objects.get().text == "A day at the edge."


def test_what_was_sent_after_the_session_ended_is_offered(
    entries: Page, architect: User, live_server: object, watch: Watch
) -> None:
    entries.get_by_label("CDN").fill("A day at the edge.")
    entries.context.clear_cookies(name="sessionid")
    entries.get_by_role("button", name="Save", exact=True).last.click()
    expect(entries).to_have_url(re.compile("/accounts/login/"))
    sign_in_by_cookie(entries.context, architect, live_server.url)  # type: ignore[attr-defined]  # a LiveServer
    entries.goto(FILES)
    entries.get_by_role("button", name="Put it back").click()
    expect(entries.get_by_label("CDN")).to_have_value("A day at the edge.")
    assert not HandbookEntry.objects.exists()
