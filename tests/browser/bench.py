"""The workbench as a person meets it: steps, grids, rows and cells by what they are called."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from playwright.sync_api import Locator, Page, Response, Route, expect

from projects.models import Feature
from projects.models.base import Row


class Bench:
    def __init__(self, page: Page, feature: Feature) -> None:
        self.page = page
        epic = feature.epic
        self.base = f"/projects/{epic.project.key}/{epic.key}/{feature.key}/"

    def open(self, step: str, at: Row | str = "") -> None:
        uid = at if isinstance(at, str) else str(at.uid)
        self.page.goto(f"{self.base}steps/{step}/{f'?at={uid}' if uid else ''}")

    @property
    def ready(self) -> Page:
        """The page once its scripts are there to take what is typed."""
        self.page.wait_for_load_state("load")
        return self.page

    def grid(self, part: str) -> Locator:
        return self.ready.locator(f"#grid-{part}")

    def rows(self, part: str) -> Locator:
        """The saved rows; the row for adding is not one of them."""
        return self.grid(part).locator("tr.grid-row:not([data-new], .row-deleted)")

    def cell(self, row: Row, name: str) -> Locator:
        return self.ready.locator(f'.grid [name="{row.uid}-{name}"]')

    def new(self, part: str, name: str) -> Locator:
        return self.grid(part).locator(f'[name="new-{name}"]')

    def row(self, row: Row) -> Locator:
        return self.page.locator(f"#row-{row.uid}")

    def field(self, label: str) -> Locator:
        """A field of a record."""
        return self.ready.locator(".record").get_by_label(label, exact=True)

    @property
    def companion(self) -> Locator:
        return self.page.locator("#companion")

    @property
    def state(self) -> Locator:
        return self.page.locator("[data-save-state]")

    def expect_saved(self) -> None:
        expect(self.state).to_have_attribute("data-save-state", "saved")

    def add(self, part: str, **cells: str) -> None:
        """Type a row at the end of a grid and go on in the next one."""
        before = self.rows(part).count()
        for name, text in cells.items():
            self.put(self.new(part, name), text)
        self.page.keyboard.press("Control+Enter")
        expect(self.rows(part)).to_have_count(before + 1)

    @staticmethod
    def put(control: Locator, text: str) -> None:
        if control.evaluate("control => control.matches('select')"):
            control.select_option(label=text)
        elif control.evaluate("control => control.type === 'checkbox'"):
            control.set_checked(text == "yes")
        else:
            control.fill(text)
        control.focus()

    def menu(self, row: Row, choice: str) -> None:
        self._open_menu(row).get_by_role("button", name=re.compile(f"^{choice}, ")).click()

    def menu_link(self, row: Row, choice: str) -> None:
        self._open_menu(row).get_by_role("link", name=choice).click()

    def _open_menu(self, row: Row) -> Locator:
        line = self.row(row)
        line.hover()
        line.locator("summary").click()
        return line


class Held:
    """Keeps the requests for rows back until they are released, as a slow server would."""

    def __init__(self, page: Page) -> None:
        self.routes: list[Route] = []
        self.is_open = False
        page.route(re.compile("/rows/"), self._take)

    def _take(self, route: Route) -> None:
        if self.is_open:
            route.continue_()
        else:
            self.routes.append(route)

    def release(self) -> None:
        self.is_open = True
        for route in self.routes:
            route.continue_()


def focused(page: Page) -> str:
    """The name of what has the focus, or else its id, class or element."""
    names: list[str] = page.evaluate("() => ['name', 'id', 'className', 'tagName'].map(n => document.activeElement[n])")
    return next(name for name in names if name)


def expect_focus(page: Page, name: str) -> None:
    page.wait_for_function("name => [document.activeElement.name, document.activeElement.id].includes(name)", arg=name)


@contextmanager
def answered(page: Page, is_it: Callable[[Response], bool]) -> Iterator[Any]:
    """Wait, around what causes it, for an answer and until the page has taken it in: the head of an answer comes
    before its body, and a page that is left in between rightly asks."""
    with page.expect_response(is_it) as answer:
        yield answer
    expect(page.locator(".htmx-request")).to_have_count(0)


def answers_to(page: Page, part: str, status: int = 200) -> AbstractContextManager[Any]:
    """Wait, around what causes it, for the answer to a row of this part."""

    def is_it(response: Response) -> bool:
        return f"/rows/{part}/" in response.url and response.status == status

    return answered(page, is_it)


def kept_drafts(page: Page) -> int:
    """How many rows the browser keeps because the server has not taken them."""
    return int(page.evaluate("() => Object.keys(sessionStorage).filter(key => key.startsWith('draft')).length"))
