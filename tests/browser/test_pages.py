"""Every page at every width: axe finds nothing, nothing is wider than the window, and the workbench stands still."""

from collections.abc import Iterable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from projects.models import Entity, EntityField, Feature, User
from projects.workflow.demonstration import load_demonstration
from projects.workflow.pending_imports import keep_for_preview
from reviews.workflow.demonstration import load_demonstration as load_with_reviews
from tests.browser.accessibility import EVERYTHING, axe_on
from tests.browser.addresses import (
    FEATURE,
    IN_REVIEW,
    MAIN,
    OF_A_REVIEWER,
    OF_THE_PROJECT,
    SIGNED_OUT,
    of_the_feature,
    of_the_reviews,
)
from tests.browser.bench import Bench
from tests.browser.conftest import OpenBrowser, Watch

pytestmark = pytest.mark.browser

HEIGHTS = {390: 844, 768: 1024, 1366: 900, 1920: 1080}
DDL = "create table a (id int primary key, b text); create function f() returns int language sql as $$select 1$$;"
PANES_FROM_PX = 768


@pytest.fixture
def demonstration(transactional_db: None) -> User:
    """The demonstration's owner, who may see every page of it, and an import that waits to be looked at."""
    load_demonstration(timezone.now())
    owner = User.objects.get(email="owner@storefront.example")
    feature = Feature.objects.select_related("epic__project").get(key="refunds")
    keep_for_preview(feature, DDL.encode(), source="a.sql", dialect="", actor=owner, now=timezone.now())
    return owner


@pytest.fixture
def reviewed(transactional_db: None) -> User:
    """The demonstration's owner, after its reviews."""
    load_with_reviews(timezone.now())
    return User.objects.get(email="owner@storefront.example")


# What axe looks for: everything at one width; in others what depends on the width, or on the colours.
NOTHING: dict[str, Any] = {}
LAYOUT = EVERYTHING | {"rules": {"color-contrast": {"enabled": False}}}
COLOURS = EVERYTHING | {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
AT = {390: LAYOUT, 1366: EVERYTHING}


def faults(page: Page, address: str, axe: dict[str, Any], also_at: tuple[int, ...] = ()) -> list[str]:
    """What is wrong at this address; in windows of other widths, only what is too wide."""
    page.goto(address)
    found = misfits(page, address)
    if axe:
        found += [f"{address} {each}" for each in axe_on(page, axe)]
    before = page.viewport_size
    for width in also_at:
        page.set_viewport_size({"width": width, "height": HEIGHTS.get(width, 225)})
        found += misfits(page, f"{address} at {width} px")
    if before and also_at:
        page.set_viewport_size(before)
    return found


def misfits(page: Page, address: str) -> list[str]:
    size: dict[str, int] = page.evaluate(SIZE)
    found = []
    if size["width"] > size["window_width"]:
        found.append(f"{address} is {size['width']} px wide: {size['widest']}")
    if size["is_workbench"] and size["window_width"] >= PANES_FROM_PX and size["height"] > size["window_height"]:
        found.append(f"{address} is {size['height']} px high")
    return found


SIZE = """() => {
  const root = document.documentElement;
  const isWide = element => element.getBoundingClientRect().right > innerWidth + 1;
  const widest = [...document.body.querySelectorAll('*')].filter(isWide).pop();
  return {
    width: root.scrollWidth, height: root.scrollHeight, window_width: innerWidth, window_height: innerHeight,
    is_workbench: document.body.classList.contains('workbench-page'), widest: widest?.outerHTML.slice(0, 200) ?? '',
  };
}"""


def visit(
    page: Page, addresses: Iterable[str], axe: dict[str, Any] = NOTHING, *, also_at: tuple[int, ...] = ()
) -> None:
    found = [fault for address in addresses for fault in faults(page, address, axe, also_at)]
    assert not found, "\n".join(found)


def window(width: int) -> dict[str, Any]:
    return {"viewport": {"width": width, "height": HEIGHTS[width]}, "has_touch": width < PANES_FROM_PX}


@pytest.mark.parametrize("width", HEIGHTS)
def test_pages_of_a_project(open_browser: OpenBrowser, demonstration: User, width: int, watch: Watch) -> None:
    watch.expect("answer: 404 GET .*/no-such-page/")
    visit(open_browser(demonstration, **window(width)), OF_THE_PROJECT, AT.get(width, NOTHING))


@pytest.mark.parametrize("width", HEIGHTS)
def test_pages_of_a_feature(open_browser: OpenBrowser, demonstration: User, width: int) -> None:
    visit(open_browser(demonstration, **window(width)), of_the_feature(), AT.get(width, NOTHING))


def test_pages_of_reviews(open_browser: OpenBrowser, reviewed: User) -> None:
    """One test for all widths: the reviews take longer to tell than the pages to look at. 341 px are 1366 at 400 %."""
    reviewer = User.objects.get(email="reviewer@storefront.example")
    for person, addresses in ((reviewed, of_the_reviews()), (reviewer, OF_A_REVIEWER)):
        visit(open_browser(person, **window(390)), addresses, LAYOUT, also_at=(341,))
        visit(open_browser(person, **window(1366)), addresses, EVERYTHING, also_at=(768, 1920))
    visit(open_browser(reviewed, color_scheme="dark", **window(1366)), IN_REVIEW, COLOURS)


@pytest.mark.parametrize("width", [390, 1366])
def test_pages_for_somebody_who_is_not_signed_in(open_browser: OpenBrowser, transactional_db: None, width: int) -> None:
    visit(open_browser(**window(width)), SIGNED_OUT, AT[width])


@pytest.mark.parametrize("width", [390, 1366])
def test_pages_in_the_dark(open_browser: OpenBrowser, demonstration: User, width: int) -> None:
    page = open_browser(demonstration, color_scheme="dark", **window(width))
    visit(page, MAIN, COLOURS)


def test_what_opens_on_a_page_is_as_accessible_as_the_page(
    open_browser: OpenBrowser, demonstration: User, watch: Watch
) -> None:
    watch.expect("answer: 4(09|22) ")
    feature = Feature.objects.select_related("epic__project").get(key="refunds")
    bench = Bench(open_browser(demonstration), feature)
    entity = Entity.objects.get(feature=feature, name="refunds")
    status, amount = (entity.fields.get(name=name) for name in ("status", "amount_minor"))
    bench.open("data-model", entity)
    EntityField.objects.filter(pk=status.pk).update(version=99, type="char(3)")
    bench.cell(status, "type").fill("enum_x")
    bench.cell(amount, "name").fill("")
    bench.new("fields", "name").focus()
    expect(bench.page.locator(".row-conflict")).to_be_visible()
    expect(bench.page.locator(".row-errors")).to_be_visible()
    assert axe_on(bench.page) == []
    bench.page.keyboard.press("Escape")
    bench.row(status).locator("summary").click()
    assert axe_on(bench.page) == []
    bench.page.locator("body").press("?")
    expect(bench.page.get_by_role("dialog", name="Keyboard")).to_be_visible()
    assert axe_on(bench.page) == []


def test_text_four_times_as_large_gets_the_layout_of_a_phone(open_browser: OpenBrowser, demonstration: User) -> None:
    """A window of 1366 px at 400 % is one of 341 px (WCAG 1.4.10)."""
    page = open_browser(demonstration, viewport={"width": 341, "height": 225})
    visit(page, [*MAIN, f"{FEATURE}import/"])
