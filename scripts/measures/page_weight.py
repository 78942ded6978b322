"""What a browser loads for one page the first time: the page, and every file that it names."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urljoin

from measures.client import Browser
from measures.processor_time import expect
from measures.seeding import step_path
from measures.table import Goal, Row

LOADED = {"script": "src", "img": "src", "iframe": "src", "source": "src", "link": "href"}
LINKS_LOADED = {"stylesheet", "icon", "preload", "modulepreload", "manifest"}


class Files(HTMLParser):
    """The addresses that a page makes the browser load."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        address = given.get(LOADED.get(tag, ""))
        if address and (tag != "link" or LINKS_LOADED & set((given.get("rel") or "").split())):
            self.found.append(address)


def measure(browser: Browser) -> Iterator[Row]:
    for name, path in (
        ("list of 1,000 features", "/projects/many/"),
        ("workbench, 60 entities", step_path(60, "data-model")),
    ):
        sizes, foreign = weigh(browser, path)
        note = ", ".join(f"{address.rpartition('/')[2] or 'page'} {size / 1000:.1f}" for address, size in sizes.items())
        yield Row(f"{name}, cold, compressed", sum(sizes.values()) / 1000, Goal(120, 70, "kB"), note)
        yield Row(f"{name}, requests", len(sizes), Goal(8, 5))
        yield Row(f"{name}, requests to others", foreign, Goal(0, 0))


def weigh(browser: Browser, path: str) -> tuple[dict[str, int], int]:
    """Bytes on the wire of the page and its files, and how many addresses lead elsewhere."""
    plain = browser.get(path)
    expect(200, plain)
    waiting, sizes, foreign = [path], {}, 0
    page = Files()
    page.feed(plain.body.decode())
    waiting += page.found
    for address in waiting:
        if not address.startswith("/") or address.startswith("//"):
            foreign += not address.startswith("data:")
        elif address not in sizes:
            sizes[address] = len(browser.get(address, Accept_Encoding="gzip").body)
            if address.endswith(".css"):
                waiting += style_files(browser, address)
    return sizes, foreign


def style_files(browser: Browser, address: str) -> list[str]:
    text = browser.get(address).body.decode()
    found = re.findall(r"url\(\s*['\"]?([^'\")]+)", text)
    return [urljoin(address, each) for each in found if not each.startswith(("data:", "#"))]
