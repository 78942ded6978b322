"""CPU of each page against the plain admin's changelist, in turn: a slow minute of the machine hits all alike."""

import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from measures.client import Answer, Browser
from measures.designs import PROJECT
from measures.seeding import LISTS, PROJECT_PAGES, SIZES, WRITTEN_SIZE, cell, companion_path, review_path, step_path
from measures.servers import Server
from measures.table import Goal, Row
from projects.design.vocabulary import StepName

ROUNDS = 3
REQUESTS = 8
LIST_GOAL, PAGE_GOAL = Goal(0.7, 0.4, "×"), Goal(0.8, 0.46, "×")
PART_GOAL, SAVE_GOAL = Goal(0.2, 0.1, "×"), Goal(0.44, 0.15, "×")
TARGET_SIZE = 60
RATIO = Goal(unit="×")


@dataclass
class Target:
    """Something to ask, again and again; `less` is the target whose cost is part of it and is taken off."""

    name: str
    server: Server
    ask: Callable[[], None]
    goal: Goal = RATIO
    less: str = ""
    ms: list[float] = field(default_factory=list)

    def run_round(self) -> None:
        before = self.server.cpu_ms()
        for _ in range(REQUESTS):
            self.ask()
        self.ms.append((self.server.cpu_ms() - before) / REQUESTS)


@dataclass(frozen=True)
class Browsers:
    """Of an architect, of a reviewer, and of the admin's superuser."""

    architect: Browser
    reviewer: Browser
    plain: Browser


def measure(product: Server, plain: Server, browsers: Browsers) -> Iterator[Row]:
    reference = Target("the admin's changelist, 100 rows", plain, getting(browsers.plain, "/admin/plain/feature/"))
    targets = [
        reference,
        *pages(product, browsers.architect),
        *reviews(product, browsers.reviewer),
        *parts(product, browsers.architect),
    ]
    for target in targets:
        # Caches are warm in a server that people use; the list counts ten out-of-date features at each request.
        for _ in range(12):
            target.ask()
    for _ in range(ROUNDS):
        for target in targets:
            target.run_round()
    yield Row(f"{reference.name}, CPU", statistics.median(reference.ms), Goal(unit="ms"), "the reference: 1.00 ×")
    by_name = {target.name: target for target in targets}
    for target in targets[1:]:
        yield row(target, by_name.get(target.less), reference)


def row(target: Target, less: Target | None, reference: Target) -> Row:
    taken_off = less.ms if less else [0.0] * len(target.ms)
    own = [whole - part for whole, part in zip(target.ms, taken_off, strict=True)]
    ratio = statistics.median(mine / theirs for mine, theirs in zip(own, reference.ms, strict=True))
    return Row(f"{target.name}, CPU", ratio, target.goal, f"{statistics.median(own):.1f} ms")


def pages(server: Server, browser: Browser) -> Iterator[Target]:
    for key, count in LISTS.items():
        goal = LIST_GOAL if count > 100 else RATIO
        yield Target(f"list of {count:,} features", server, getting(browser, f"/projects/{key}/"), goal)
    for words, path in PROJECT_PAGES.items():
        # Four designs of up to 300 entities each, with as many operations and fields as the steps are measured with.
        yield Target(f"{words} of four designs", server, getting(browser, f"/projects/{PROJECT}/{path}"))
    for step in StepName:
        for size in SIZES:
            goal = PAGE_GOAL if size == TARGET_SIZE else RATIO
            yield Target(f"workbench, {step}, {size} entities", server, getting(browser, step_path(size, step)), goal)
    compressed = getting(browser, step_path(TARGET_SIZE, "data-model"), Accept_Encoding="gzip")
    yield Target(f"workbench, data-model, {TARGET_SIZE} entities, compressed", server, compressed)


def reviews(server: Server, browser: Browser) -> Iterator[Target]:
    for size in SIZES:
        goal = PAGE_GOAL if size == TARGET_SIZE else RATIO
        yield Target(f"review, {size} entities", server, getting(browser, review_path(size)), goal)
    yield Target("my work, 3 reviews", server, getting(browser, "/work/"))


def parts(server: Server, browser: Browser) -> Iterator[Target]:
    path = companion_path(TARGET_SIZE, "data-model", "findings")
    etag = browser.get(path, HX_Request="true").headers["ETag"]
    yield Target(
        "part: companion, nothing changed (304)", server, getting(browser, path, 304, If_None_Match=etag), PART_GOAL
    )
    yield Target("part: companion, another tab", server, getting(browser, path), PART_GOAL)
    save, reload = saving(browser), companion_path(WRITTEN_SIZE, "data-model", "findings")
    yield Target("save of one row", server, save, SAVE_GOAL)

    def save_and_reload() -> None:
        save()
        expect(200, browser.get(reload, HX_Request="true"))

    name = f"part: companion after a save, {WRITTEN_SIZE} entities"
    yield Target(name, server, save_and_reload, PART_GOAL, less="save of one row")


def getting(browser: Browser, path: str, status: int = 200, **headers: str) -> Callable[[], None]:
    return lambda: expect(status, browser.get(path, **headers))


def saving(browser: Browser) -> Callable[[], None]:
    """Type another description into the same row each time, as htmx sends it."""
    row = cell(WRITTEN_SIZE, 10)

    def save() -> None:
        answer = browser.post(row.url, row.fields(description=f"Version {row.version}."), HX_Request="true")
        expect(200, answer)
        row.version += 1

    return save


def expect(status: int, answer: Answer) -> None:
    if answer.status != status:
        raise RuntimeError(f"{answer.status} where {status} was expected: {answer.body[:500]!r}")
