"""SQL statements of a page, a part and a save, all of them counted: those of session and transaction too."""

from collections.abc import Callable, Iterator

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from measures.seeding import LISTS, PROJECT_PAGES, SIZES, cell, companion_path, review_path, step_path
from measures.table import Goal, Row
from projects.design.vocabulary import StepName

LIST_GOAL, PAGE_GOAL, SAVE_GOAL = Goal(8, 6), Goal(12, 9), Goal(12, 6)


def measure(session: str, of_reviewer: str) -> Iterator[Row]:
    client = Client(headers={"Host": settings.ALLOWED_HOSTS[0], "HX-Request": "true"})
    client.cookies["sessionid"] = session
    yield counted(
        "SQL of the list",
        LIST_GOAL,
        {f"{count:,} features": _page(client, f"/projects/{key}/") for key, count in LISTS.items()},
    )
    for words, path in PROJECT_PAGES.items():
        pages = {f"{count:,} features": _page(client, f"/projects/{key}/{path}") for key, count in LISTS.items()}
        yield counted(f"SQL of a page, {words}", PAGE_GOAL, pages)
    for step in StepName:
        pages = {f"{size}": _page(client, step_path(size, step)) for size in SIZES}
        yield counted(f"SQL of a page, {step}", PAGE_GOAL, pages)
    reviewer = Client(headers={"Host": settings.ALLOWED_HOSTS[0]})
    reviewer.cookies["sessionid"] = of_reviewer
    yield counted("SQL of a review", PAGE_GOAL, {f"{size}": _page(reviewer, review_path(size)) for size in SIZES})
    yield counted("SQL of my work", PAGE_GOAL, {"3 reviews": _page(reviewer, "/work/")})
    tabs = {f"{size}": _page(client, companion_path(size, "data-model", "findings")) for size in SIZES}
    yield counted("SQL of a part, companion", PAGE_GOAL, tabs)
    yield counted("SQL of a save", SAVE_GOAL, {f"{size}": _save(client, size) for size in SIZES})
    again = {f"{size}": _reload_after_save(client, size) for size in SIZES}
    yield counted("SQL of a part after a save, companion", Goal(), again)


def counted(measure: str, goal: Goal, asked: dict[str, Callable[[], object]]) -> Row:
    """The most statements of all sizes; the note has each, as they should be the same."""
    counts = {}
    for name, ask in asked.items():
        with CaptureQueriesContext(connection) as captured:
            ask()
        counts[name] = len(captured)
    note = ", ".join(f"{name}: {count}" for name, count in counts.items())
    return Row(measure, max(counts.values()), goal, note)


def _page(client: Client, path: str) -> Callable[[], object]:
    def ask() -> object:
        return client.get(path, secure=True)

    for _ in range(12):
        ask()
    return ask


def _save(client: Client, size: int) -> Callable[[], object]:
    row = cell(size, 1)

    def ask() -> object:
        answer = client.post(row.url, row.fields(description=f"Counted {row.version}."), secure=True)
        assert answer.status_code == 200, answer.status_code
        row.version += 1
        return answer

    ask()
    return ask


def _reload_after_save(client: Client, size: int) -> Callable[[], object]:
    _save(client, size)()
    return lambda: client.get(companion_path(size, "data-model", "findings"), secure=True)
