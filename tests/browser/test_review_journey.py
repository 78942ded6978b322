"""The whole way of a design through its review: sent back, mended, carried over, signed by two and printed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from projects.models import DataElement, Feature, User
from reviews.models import ItemVerdict, Thread
from reviews.rules.terms import Verdict
from tests.browser.bench import Bench, answers_to
from tests.browser.conftest import LAPTOP, PHONE, OpenBrowser
from tests.browser.reviewing import CARRIED, FAILED, GIVEN_ANEW, PASSWORD, Reviewing, expect_signed
from tests.factories import change_draft
from tests.reviews.cast import approve, give_all
from tests.reviews.judging import draft

pytestmark = pytest.mark.browser

WORDS = "Nothing says how many there will be."
VOLUME = "40,000 a year"
BY_CLICK = (1, FAILED)


@pytest.fixture
def element(feature: Feature, architect: User, reviewer: User, second_reviewer: User) -> DataElement:
    """What the design says, by the architect; everybody who signs has a password."""
    for person in (reviewer, second_reviewer):
        person.set_password(PASSWORD)
        person.save()
    change_draft(feature, architect)
    return DataElement.objects.create(feature=feature, name="Refund", reason="Support follows each one", position=1)


Hand = Callable[..., Reviewing]


@pytest.fixture(params=["with scripts", "without, on a phone"])
def hand(request: pytest.FixtureRequest, open_browser: OpenBrowser, feature: Feature) -> Hand:
    """Opens a browser for a person at a revision: with scripts on a laptop, without on a phone."""
    has_script = request.param == "with scripts"
    window = PHONE if "phone" in request.param else LAPTOP

    def sit_down(person: User, number: int) -> Reviewing:
        page = open_browser(person, java_script_enabled=has_script, viewport=window)
        return Reviewing(page, feature, number, has_script=has_script)

    return sit_down


def test_a_design_is_sent_back_mended_and_approved(
    hand: Hand, element: DataElement, architect: User, reviewer: User, second_reviewer: User, tmp_path: Path
) -> None:
    author, first = hand(architect, 1), hand(reviewer, 1)
    submits(author, "Refunds, as support needs them")
    sends_back(first, element)
    mends(author, element)
    author.number = 2
    submits(author, "How many there will be is said now")
    first.number = 2
    finds_what_carried_over(first)
    judges_the_rest(first)
    signs(first)
    first.expect_state("In review")
    second = hand(second_reviewer, 2)
    give_all(second.revision, second_reviewer)
    second.open("approval")
    signs(second)
    second.expect_state("Approved")
    second.expect_nothing_wrong()
    expect_signed(second, tmp_path, "Rui Reviewer", "Sena Second")


def submits(author: Reviewing, message: str) -> None:
    author.page.goto(f"{author.base}submit/")
    author.expect_nothing_wrong()
    author.page.get_by_label("Message").fill(message)
    author.press(f"Submit r{author.number}")
    author.expect_state("In review")
    assert author.revision.message == message


def sends_back(first: Reviewing, element: DataElement) -> None:
    """One item passes and one fails by hand, the others beside; a blocking thread; all of it in one batch."""
    first.page.goto("/work/")
    first.expect_nothing_wrong()
    first.page.locator("main").get_by_role("link", name="Refunds r1").click()
    reviewer = User.objects.get(email="reviewer@example.org")
    for number in set(CARRIED + GIVEN_ANEW) - {*BY_CLICK}:
        draft(first.revision, reviewer, number, Verdict.PASS)
    first.open()
    first.judge(1, "Pass")
    first.judge(FAILED, "Fail", WORDS)
    first.expect_nothing_wrong()
    first.open("design")
    first.follow("Comment on Refund")
    first.page.get_by_label("Comment", exact=True).fill("How large does this grow?")
    first.page.get_by_label("Blocking").check()
    first.expect_nothing_wrong()
    first.press("Save as draft")
    expect(first.page.locator(".thread")).to_contain_text("Draft, only you see it")
    first.open()
    first.bar.get_by_role("link", name="Request changes…").click()
    first.expect_nothing_wrong()
    first.page.get_by_label("What has to change").fill("Say the volume.")
    first.press("Request changes")
    first.expect_state("Changes requested")
    assert ItemVerdict.objects.filter(verdict=Verdict.PASS).count() == 26
    assert Thread.objects.get(uid__isnull=False).published_at


def mends(author: Reviewing, element: DataElement) -> None:
    """In the workbench, and says so in the thread."""
    bench = Bench(author.page, author.feature)
    bench.open("requirements")
    bench.cell(element, "size_estimate").fill(VOLUME)
    if author.has_script:
        with answers_to(author.page, "data-elements"):
            bench.cell(element, "size_estimate").blur()
    else:
        bench.grid("data-elements").get_by_role("button", name="Save rows").click()
    element.refresh_from_db()
    assert element.size_estimate == VOLUME
    author.open("threads")
    author.expect_nothing_wrong()
    thread = author.page.locator("article.thread")
    thread.get_by_role("textbox").fill(f"{VOLUME}, it says so now.")
    thread.get_by_role("button", name="Mark addressed").click()
    expect(thread).to_contain_text("Marked addressed by Ada Architect")


def finds_what_carried_over(first: Reviewing) -> None:
    """What the mended section has no part in is marked, and confirmed at once; the fail is there too."""
    first.open()
    first.expect_nothing_wrong()
    tags = first.page.locator(".review-item-tags .tag", has_text="from r1")
    expect(tags).to_have_count(len(CARRIED) + 1)
    expect(first.chosen(GIVEN_ANEW[0])).to_have_count(0)
    expect(first.chosen(FAILED)).to_have_value("fail")
    first.press(f"Confirm {len(CARRIED)} carried verdicts")
    expect(first.page.locator("#confirm-carried form")).to_have_count(0)
    expect(first.item(1).locator(".tag")).to_have_text("from r1")


def judges_the_rest(first: Reviewing) -> None:
    for number in GIVEN_ANEW:
        first.judge(number, "Pass")
    first.open("threads")
    thread = first.page.locator(".thread").first
    expect(thread).to_contain_text("Marked addressed by Ada Architect")
    thread.get_by_role("button", name="Resolve").click()
    expect(thread).to_contain_text("Resolved by Rui Reviewer")
    first.expect_nothing_wrong()


def signs(person: Reviewing) -> None:
    person.bar.get_by_role("link", name=f"Approve r{person.number}…").click()
    person.expect_nothing_wrong()
    person.sign()
    expect(person.page.locator(".toast")).to_contain_text("signed")
