"""A real Chromium in front of the real application, and a watch over what goes wrong in it."""

import os
import re
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from projects.models import Feature, User
from tests.browser.bench import Bench

# Playwright's loop runs in the test's thread, and Django takes that for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
LAPTOP = {"width": 1366, "height": 900}
PHONE = {"width": 390, "height": 844}
# Enough for a machine that does other things too.
PATIENCE_MS = 20_000
# What the browser and htmx say to an answer of 400 and above, which is noted with its address, and what htmx says
# of a request that a newer one, or leaving the page, made superfluous.
NOTED_ELSEWHERE = ("Failed to load resource", "Response Status Error Code", "htmx:afterRequest", "htmx:sendAbort")
expect.set_options(timeout=PATIENCE_MS)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Keep SQLite in a file: in memory, the server's threads would share the test's connection and transactions."""
    default = connections["default"]
    if default.vendor == "sqlite" and any(item.get_closest_marker("browser") for item in session.items):
        default.settings_dict["TEST"]["NAME"] = str(Path(tempfile.mkdtemp(prefix="data-design-"), "tests.sqlite3"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


class Watch:
    """Notes what a browser complains about; a test names what it provokes on purpose."""

    def __init__(self) -> None:
        self.complaints: list[str] = []
        self.expected: list[str] = []

    def expect(self, *patterns: str) -> None:
        self.expected += patterns

    def over(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", lambda error: self.complaints.append(f"script: {error.error}"))
        context.on("requestfailed", self._failed)
        context.on("response", self._answered)
        context.on("dialog", self._dialog)

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(NOTED_ELSEWHERE):
            self.complaints.append(f"console: {message.text}")

    def _failed(self, request: Any) -> None:
        # A page that is left takes its open requests along.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"failed: {request.method} {request.url} {request.failure}")

    def _answered(self, response: Any) -> None:
        if response.status >= 400:
            self.complaints.append(f"answer: {response.status} {response.request.method} {response.url}")

    def _dialog(self, dialog: Any) -> None:
        self.complaints.append(f"dialog: {dialog.type} {dialog.message}")
        dialog.accept()

    @property
    def unexpected(self) -> list[str]:
        return [each for each in self.complaints if not any(re.search(pattern, each) for pattern in self.expected)]


@pytest.fixture
def watch() -> Iterator[Watch]:
    watch = Watch()
    yield watch
    assert not watch.unexpected


class InFlight:
    """How many requests are at work in the server's threads: the tables can be emptied when there are none."""

    def __init__(self) -> None:
        self.count = 0
        self.changed = threading.Condition()
        request_started.connect(self._started)
        request_finished.connect(self._finished)

    def _started(self, **_: Any) -> None:
        with self.changed:
            self.count += 1

    def _finished(self, **_: Any) -> None:
        with self.changed:
            self.count -= 1
            self.changed.notify_all()

    def wait(self) -> None:
        with self.changed:
            self.changed.wait_for(lambda: self.count <= 0, timeout=PATIENCE_MS / 1000)
            self.count = 0


@pytest.fixture(scope="session")
def in_flight() -> InFlight:
    return InFlight()


OpenBrowser = Callable[..., Page]


@pytest.fixture
def open_browser(browser: Browser, live_server: Any, watch: Watch, in_flight: InFlight) -> Iterator[OpenBrowser]:
    """A page of its own for a person, signed in by cookie; without a person, nobody is."""
    opened: list[BrowserContext] = []
    cache.clear()

    def open_page(person: User | None = None, **options: Any) -> Page:
        given = {"viewport": LAPTOP, "base_url": live_server.url, "reduced_motion": "reduce"} | options
        context = browser.new_context(**given)
        context.set_default_timeout(PATIENCE_MS)
        opened.append(context)
        watch.over(context)
        if person:
            sign_in_by_cookie(context, person, live_server.url)
        return context.new_page()

    yield open_page
    in_flight.wait()
    for context in opened:
        context.close()
    in_flight.wait()


def sign_in_by_cookie(context: BrowserContext, person: User, url: str) -> None:
    client = Client()
    client.force_login(person)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}])


@pytest.fixture
def page(open_browser: OpenBrowser, architect: User) -> Page:
    return open_browser(architect)


@pytest.fixture
def bench(page: Page, feature: Feature) -> Bench:
    return Bench(page, feature)
