"""Real parallel requests: threads with a connection each, on a database that they can share."""

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connections

from reviews.views import desk, items
from reviews.workflow.door import Form

PATIENCE_SECONDS = 60
SQLITE = "sqlite"
Act = Callable[[], Any]


@contextmanager
def shared_database(folder: Path) -> Iterator[str]:
    """The address of the test database, as DATABASE_URL takes it.

    SQLite's is in memory, where threads would share locks by table, not by transaction: a copy of it in a file, with
    the product's own settings, stands in its place meanwhile.
    """
    in_memory = connections["default"]
    if in_memory.vendor != SQLITE:
        yield _postgres_url(in_memory.settings_dict)
        return
    file = folder / "shared.sqlite3"
    in_memory.ensure_connection()
    with sqlite3.connect(file) as copy:
        in_memory.connection.backup(copy)
    copy.close()
    settings, name = in_memory.settings_dict, in_memory.settings_dict["NAME"]
    del connections["default"]
    settings["NAME"] = str(file)
    try:
        yield f"sqlite:///{file}"
    finally:
        connections["default"].close()
        settings["NAME"] = name
        connections["default"] = in_memory


def _postgres_url(settings: dict[str, Any]) -> str:
    host, options = settings["HOST"], ""
    if host.startswith("/"):
        # A folder with a socket in it.
        host, options = "", f"?host={quote(host, safe='')}"
    who = quote(settings["USER"]) + (f":{quote(settings['PASSWORD'])}" if settings["PASSWORD"] else "")
    port = f":{settings['PORT']}" if settings["PORT"] else ""
    return f"postgres://{who}@{host}{port}/{settings['NAME']}{options}"


def at_once(*acts: Act) -> list[Any]:
    """Do all of it, each in a thread of its own with a connection of its own; what they answer, in their order."""
    answers: list[Any] = [None] * len(acts)
    problems: list[BaseException] = []

    def run(place: int) -> None:
        try:
            answers[place] = acts[place]()
        except BaseException as problem:
            problems.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_SECONDS)
    if problems:
        raise problems[0]
    assert not any(thread.is_alive() for thread in threads), "a request did not end"
    return answers


class Gate:
    """Where requests wait that have looked at the review and not begun to write: the worst moment for each other."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        self._read = desk.read_form

    def together(self, *acts: Act) -> list[Any]:
        """Let all of them write at the same time."""
        barrier = threading.Barrier(len(acts), timeout=PATIENCE_SECONDS)
        self._hold(lambda request: barrier.wait())
        return at_once(*acts)

    def in_turn(self, first: tuple[str, Act], then: Act) -> list[Any]:
        """Both look; then the one writes whose address ends so, and after it has ended the other."""
        barrier, done = threading.Barrier(2, timeout=PATIENCE_SECONDS), threading.Event()
        ending, act = first

        def wait(request: Any) -> None:
            barrier.wait()
            if not request.path.endswith(ending):
                assert done.wait(PATIENCE_SECONDS)

        def act_first() -> Any:
            try:
                return act()
            finally:
                done.set()

        self._hold(wait)
        return at_once(act_first, then)

    def _hold(self, wait: Callable[[Any], object]) -> None:
        def read_form(request: Any) -> Form:
            wait(request)
            return self._read(request)

        for module in (desk, items):
            self._monkeypatch.setattr(module, "read_form", read_form)


def environment_of(address: str) -> dict[str, str]:
    """For a process that works on the same database."""
    return os.environ | {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "tests.settings"}
