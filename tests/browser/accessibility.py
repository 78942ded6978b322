"""What axe finds on a page."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

EVERYTHING: dict[str, Any] = {"resultTypes": ["violations"]}


def axe_on(page: Page, options: dict[str, Any] = EVERYTHING) -> list[str]:
    # A click is over when the next page has begun to come.
    page.wait_for_load_state("load")
    answer: dict[str, Any] = Axe().run(page, options=options).response
    return [
        f"{rule['id']}: {rule['help']}: {node['html'][:200]}"
        for rule in answer["violations"]
        for node in rule["nodes"][:3]
    ]
