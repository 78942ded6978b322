"""A review as a person meets it: items, threads, carried verdicts and sign-offs by what they are called."""

import re
from io import BytesIO
from pathlib import Path

from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from projects.design.checklist import CHECKLIST
from projects.models import Feature, Revision
from tests.browser.accessibility import axe_on

PASSWORD = "a signature in blueprint ink"
PRINTING_MS = 60_000
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
            with self.page.expect_response(self._answers(number)):
                item.get_by_role("group").get_by_text(choice, exact=True).click()
            if comment:
                item.get_by_role("textbox").fill(comment)
                with self.page.expect_response(self._answers(number)):
                    item.get_by_role("textbox").blur()
        expect(item.locator(".review-draft-tag")).to_have_text("draft")

    @staticmethod
    def _answers(number: int) -> re.Pattern[str]:
        return re.compile(f"/items/{number}/$")

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

    def download(self, form: str, folder: Path) -> bytes:
        """The data design document as `form`: Markdown or PDF."""
        menu = self.page.locator(".review-head details.menu:visible", has_text="Download")
        if not menu.count():
            menu = self.page.locator(".review-more")
        menu.locator("> summary").click()
        with self.page.expect_download(timeout=PRINTING_MS) as waiting:
            menu.get_by_role("link", name=re.compile(f"^Data design.*{form}$", re.I)).click(timeout=PRINTING_MS)
        menu.locator("> summary").click()
        path = folder / waiting.value.suggested_filename
        waiting.value.save_as(path)
        return path.read_bytes()


def expect_signed(reviewing: Reviewing, folder: Path, *names: str) -> None:
    """Both forms of the document say who signed what content, and neither says that it is a draft."""
    printed = PdfReader(BytesIO(reviewing.download("PDF", folder))).pages
    texts = (reviewing.download("Markdown", folder).decode(), "\n".join(page.extract_text() for page in printed))
    for text in texts:
        unbroken = " ".join(text.replace("**", "").split())
        for name in names:
            assert f"{name} (Reviewer): Approved r{reviewing.number}, " in unbroken
        assert reviewing.revision.digest in unbroken
        assert "draft" not in unbroken.lower()
