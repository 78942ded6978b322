"""The whole way of a design through its review: sent back, mended, carried over, signed by two and printed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from projects.models import DataElement, Feature, User
from reviews.models import ItemVerdict, Thread
from reviews.rules.terms import Verdict
from tests.browser.bench import Bench, answers_to
from tests.browser.conftest import LAPTOP, PHONE, OpenBrowser
from tests.browser.reviewing import CARRIED, FAILED, GIVEN_ANEW, PASSWORD, Keys, Reviewing, expect_signed
from tests.factories import change_draft
from tests.reviews.cast import give_all
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


@pytest.fixture(params=[pytest.param("with scripts", marks=pytest.mark.smoke), "without, on a phone"])
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
    expect_signed(second.revision, second.download(tmp_path), "Rui Reviewer", "Sena Second")


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
    expect(person.page.locator("#review-approval")).to_be_attached()


def test_a_review_needs_nothing_but_a_keyboard(
    open_browser: OpenBrowser, feature: Feature, element: DataElement, second_reviewer: User, tmp_path: Path
) -> None:
    architect, reviewer = (User.objects.get(email=f"{role}@example.org") for role in ("architect", "reviewer"))
    author, first = (Reviewing(open_browser(person), feature, 1) for person in (architect, reviewer))
    submits_by_keyboard(author)
    sends_back_by_keyboard(first)
    mends_by_keyboard(author, element)
    author.number = first.number = 2
    submits_by_keyboard(author)
    judges_again_by_keyboard(first)
    signs_by_keyboard(first)
    second = Reviewing(open_browser(second_reviewer), feature, 2)
    give_all(second.revision, second_reviewer)
    second.open("approval")
    signs_by_keyboard(second)
    second.expect_state("Approved")
    keys = Keys(second.page)
    expect_signed(second.revision, second.download(tmp_path, keys.choose), "Rui Reviewer", "Sena Second")


def submits_by_keyboard(author: Reviewing) -> None:
    keys = Keys(author.page)
    author.page.goto(f"{author.base}submit/")
    keys.write(author.page.get_by_label("Message"), "Refunds")
    keys.choose(author.page.get_by_role("button", name=f"Submit r{author.number}"))
    author.expect_state("In review")


def sends_back_by_keyboard(first: Reviewing) -> None:
    """Twenty-seven verdicts, one of them a fail, on which a blocking thread is opened."""
    page, keys = first.page, Keys(first.page)
    first.open()
    for number in range(1, 28):
        keys.press("j")
        expect(first.item(number).locator("input[value='pass']")).to_be_focused()
        if number != FAILED:
            keys.press("p")
            continue
        keys.press("f")
        keys.keyboard.type(WORDS)
        keys.choose(first.item(number).get_by_role("link", name="Open a thread on this item"))
        says_that_it_blocks(keys)
        keys.tab_to(first.item(number).locator("input:checked"), "Shift+Tab")
    expect(page.locator("#checklist-count")).to_contain_text("27 of 27 decided")
    expect(page.locator(".review-draft-tag", has_text="draft")).to_have_count(27)
    first.expect_nothing_wrong()
    keys.choose(first.bar.get_by_role("link", name="Request changes…"))
    keys.write(page.get_by_label("What has to change"), "Say the volume.")
    keys.choose(page.get_by_role("button", name="Request changes"))
    first.expect_state("Changes requested")
    assert ItemVerdict.objects.get(verdict=Verdict.FAIL).comment == WORDS
    assert Thread.objects.get(item=FAILED).is_blocking


def says_that_it_blocks(keys: Keys) -> None:
    text = keys.page.get_by_role("textbox", name="Comment", exact=True)
    expect(text).to_be_focused()
    keys.keyboard.type("How large does this grow?")
    keys.tab_to(keys.page.get_by_label("Advisory"))
    keys.press("ArrowDown")
    expect(keys.page.get_by_label("Blocking")).to_be_checked()
    keys.choose(keys.page.get_by_role("button", name="Save as draft"))
    expect(keys.page.locator(".thread")).to_contain_text("Draft, only you see it")


def mends_by_keyboard(author: Reviewing, element: DataElement) -> None:
    keys, bench = Keys(author.page), Bench(author.page, author.feature)
    bench.open("requirements")
    keys.write(bench.cell(element, "size_estimate"), VOLUME)
    with answers_to(author.page, "data-elements"):
        keys.press("Control+s")
    author.open("threads")
    thread = author.page.locator("article.thread")
    keys.write(thread.get_by_role("textbox"), "It says so now.")
    keys.choose(thread.get_by_role("button", name="Mark addressed"))
    expect(thread).to_contain_text("Marked addressed by Ada Architect")


def judges_again_by_keyboard(first: Reviewing) -> None:
    """J leads past what was carried over; the fail is taken back where it stands."""
    page, keys = first.page, Keys(first.page)
    first.open()
    keys.choose(page.get_by_role("button", name=f"Confirm {len(CARRIED)} carried verdicts"))
    expect(page.locator("#confirm-carried form")).to_have_count(0)
    page.wait_for_load_state("load")
    for number in (each for each in GIVEN_ANEW if each != FAILED):
        keys.press("j")
        expect(first.item(number).locator("input[value='pass']")).to_be_focused()
        keys.press("p")
    expect(first.item(27).locator("input[value='pass']")).to_be_focused()
    keys.press("k", "k", "p")
    expect(first.chosen(FAILED)).to_have_value("pass")
    keys.press("Control+Enter")
    expect(page.locator(".toast")).to_contain_text("ublished")
    expect(page.locator(".review-draft-tag")).to_have_count(0)
    thread = page.locator(".thread").first
    keys.choose(thread.get_by_role("button", name="Resolve"))
    expect(page.locator(".threads-list")).to_contain_text("Resolved by Rui Reviewer")


def signs_by_keyboard(person: Reviewing) -> None:
    page, keys = person.page, Keys(person.page)
    keys.choose(person.bar.get_by_role("link", name=f"Approve r{person.number}…"))
    keys.write(page.get_by_label("Your password"), PASSWORD)
    keys.press("Enter")
    expect(page.locator("#review-approval")).to_be_attached()
