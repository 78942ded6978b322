"""A review as a person meets it: items, threads, carried verdicts and sign-offs by what they are called."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from playwright.sync_api import Locator, Page, Response, expect
from pypdf import PdfReader

from projects.design.checklist import CHECKLIST
from projects.models import Feature, Revision
from tests.browser.accessibility import axe_on
from tests.browser.bench import answered
from tests.browser.conftest import PHONE

PASSWORD = "a signature in blueprint ink"
PRINTING_MS = 60_000
FORMS = ("Markdown", "PDF")
TABS_AT_MOST = 250
# The step that a journey mends; what does not read it carries over.
MENDED_SECTION = "requirements"
CARRIED = tuple(item.number for item in CHECKLIST if MENDED_SECTION not in item.sections)
GIVEN_ANEW = tuple(item.number for item in CHECKLIST if MENDED_SECTION in item.sections)
FAILED = 25


class Reviewing:
    """The pages of one revision in the hands of one person."""

    def __init__(self, page: Page, feature: Feature, number: int, *, has_script: bool = True) -> None:
        self.page, self.feature, self.number, self.has_script = page, feature, number, has_script
        epic = feature.epic
        self.base = f"/projects/{epic.project.key}/{epic.key}/{feature.key}/"

    @property
    def revision(self) -> Revision:
        return Revision.objects.get(feature=self.feature, number=self.number)

    def open(self, view: str = "checklist") -> None:
        self.page.goto(f"{self.base}revisions/{self.number}/?view={view}")
        self.page.wait_for_load_state("load")

    def item(self, number: int) -> Locator:
        return self.page.locator(f"#item-{number}")

    def chosen(self, number: int) -> Locator:
        return self.item(number).locator("input[name='verdict']:checked")

    @property
    def bar(self) -> Locator:
        return self.page.locator("#review-bar")

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name).click()

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name).click()

    def judge(self, number: int, choice: str, comment: str = "") -> None:
        """Draft a verdict: `choice` is Pass, Fail or N/A."""
        item = self.item(number)
        if not self.has_script:
            item.get_by_role("group").get_by_text(choice, exact=True).click()
            item.get_by_role("textbox").fill(comment)
            item.get_by_role("button", name="Save as a draft").click()
        else:
            with answered(self.page, self._is_about(number)):
                item.get_by_role("group").get_by_text(choice, exact=True).click()
            if comment:
                item.get_by_role("textbox").fill(comment)
                with answered(self.page, self._is_about(number)):
                    item.get_by_role("textbox").blur()
        expect(item.locator(".review-draft-tag")).to_have_text("draft")

    @staticmethod
    def _is_about(number: int) -> Callable[[Response], bool]:
        return lambda response: response.url.endswith(f"/items/{number}/")

    def expect_nothing_wrong(self) -> None:
        """Axe runs only where scripts do."""
        if self.has_script:
            assert axe_on(self.page) == []

    def expect_state(self, words: str) -> None:
        expect(self.page.locator(".review-head .badge")).to_have_text(words)

    def sign(self) -> None:
        """On the page that asks for the password."""
        self.page.get_by_label("Your password").fill(PASSWORD)
        self.press(f"Sign r{self.number}")

    @property
    def downloads(self) -> Locator:
        """The menu of downloads; on a phone it is a part of another one."""
        wide = self.page.locator(".review-head details.menu:visible").filter(
            has=self.page.locator("summary", has_text="Download")
        )
        is_phone = (self.page.viewport_size or PHONE)["width"] == PHONE["width"]
        return self.page.locator(".review-more") if is_phone else wide

    def document(self, form: str) -> Locator:
        return self.downloads.get_by_role("link", name=re.compile(f"^Data design.*{form}$", re.I))

    def download(self, folder: Path, choose: Callable[[Locator], None] = Locator.click) -> dict[str, bytes]:
        """The data design document as Markdown and as PDF; `choose` is how summary and link are chosen."""
        found = {}
        for form in FORMS:
            if self.downloads.get_attribute("open") is None:
                choose(self.downloads.locator("> summary"))
            with self.page.expect_download(timeout=PRINTING_MS) as waiting:
                choose(self.document(form))
            path = folder / waiting.value.suggested_filename
            waiting.value.save_as(path)
            found[form] = path.read_bytes()
        return found


class Keys:
    """A person who has a keyboard and nothing else."""

    def __init__(self, page: Page) -> None:
        self.page, self.keyboard = page, page.keyboard

    def press(self, *keys: str) -> None:
        for key in keys:
            self.keyboard.press(key)

    def tab_to(self, target: Locator, key: str = "Tab") -> None:
        expect(target).to_be_visible()
        for _ in range(TABS_AT_MOST):
            if target.evaluate("element => element === document.activeElement"):
                return
            self.keyboard.press(key)
        raise AssertionError(f"The tabulator does not lead to {target}")

    def choose(self, target: Locator) -> None:
        """A link or a button."""
        self.tab_to(target)
        self.keyboard.press("Enter")

    def choose_before(self, target: Locator) -> None:
        """One that stands before what has the focus."""
        self.tab_to(target, "Shift+Tab")
        self.keyboard.press("Enter")

    def write(self, field: Locator, text: str) -> None:
        self.tab_to(field)
        self.keyboard.type(text)


def expect_signed(revision: Revision, documents: dict[str, bytes], *names: str) -> None:
    """Both forms of the document say who signed what content, and neither says that it is a draft."""
    printed = "\n".join(page.extract_text() for page in PdfReader(BytesIO(documents["PDF"])).pages)
    for text in (documents["Markdown"].decode(), printed):
        unbroken = " ".join(text.replace("**", "").split())
        for name in names:
            assert f"{name} (Reviewer): Approved r{revision.number}, " in unbroken
        assert revision.digest in unbroken
        assert "draft" not in unbroken.lower()
