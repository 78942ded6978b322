"""Several people at one time: nobody's acknowledged work is lost, and nobody sees an error of ours."""

import os
import signal
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from http.client import HTTPException
from threading import Barrier

from measures.client import Browser
from measures.seeding import WRITTEN_SIZE, Cell, cell
from measures.servers import Server
from measures.table import Goal, Row
from projects.models import EntityField

ROUNDS = 20
SAVES_EACH = 20
SECONDS_BEFORE_KILL = 2
NONE = Goal(0, 0)


def measure(browsers: list[Browser]) -> Iterator[Row]:
    yield from one_row(browsers)
    yield from rows_of_their_own(browsers)


def one_row(browsers: list[Browser]) -> Iterator[Row]:
    """All type into the same cell of the same version at once: one is saved, the others are told."""
    lost, answers = 0, Counter[int]()
    for turn in range(ROUNDS):
        row, together = cell(WRITTEN_SIZE, 20), Barrier(len(browsers))

        def send(number: int, row: Cell = row, together: Barrier = together, turn: int = turn) -> tuple[int, str]:
            text = f"Round {turn}, editor {number}"
            together.wait(timeout=60)
            return browsers[number].post(row.url, row.fields(description=text), HX_Request="true").status, text

        with ThreadPoolExecutor(len(browsers)) as pool:
            sent = list(pool.map(send, range(len(browsers))))
        answers.update(status for status, _ in sent)
        acknowledged = [text for status, text in sent if status == 200]
        stands = EntityField.objects.get(uid=row.uid, feature__key=f"entities-{WRITTEN_SIZE}").description
        lost += len(acknowledged) - 1 + (stands not in acknowledged)
    note = ", ".join(f"{status}: {count}" for status, count in sorted(answers.items()))
    yield Row(f"lost updates, {len(browsers)} editors of one row, {ROUNDS} rounds", lost, NONE, note)
    others = sum(count for status, count in answers.items() if status not in (200, 409))
    yield Row("the same, neither saved nor told of the conflict", others, NONE)


def rows_of_their_own(browsers: list[Browser]) -> Iterator[Row]:
    """Each saves a row of an entity of its own as fast as it can: on SQLite they all want one lock."""

    def write(number: int) -> list[int]:
        row = cell(WRITTEN_SIZE, 30 + number)
        statuses = []
        for turn in range(SAVES_EACH):
            answer = browsers[number].post(row.url, row.fields(description=f"Turn {turn}"), HX_Request="true")
            statuses.append(answer.status)
            row.version += answer.status == 200
        return statuses

    with ThreadPoolExecutor(len(browsers)) as pool:
        statuses = [status for each in pool.map(write, range(len(browsers))) for status in each]
    failed = sum(status != 200 for status in statuses)
    yield Row(f"answers other than 200, {len(browsers)} writers on SQLite", failed, NONE, f"of {len(statuses)} saves")


def killed(product: AbstractContextManager[Server], sessions: list[str]) -> Iterator[Row]:
    """Kill all processes while people save, without a word; what was answered with 200 must be in the database."""
    with product as server:
        browsers = [Browser(server.port, os.environ["ALLOWED_HOSTS"], session) for session in sessions]
        with ThreadPoolExecutor(len(browsers)) as pool:
            writing = [pool.submit(write_until_killed, browser, 40 + number) for number, browser in enumerate(browsers)]
            time.sleep(SECONDS_BEFORE_KILL)
            for pid in (server.process.pid, *server.workers):
                os.kill(pid, signal.SIGKILL)
            acknowledged = [each.result() for each in writing]
    versions = [cell(WRITTEN_SIZE, 40 + number).version for number in range(len(sessions))]
    missing = sum(max(0, answered - stands) for answered, stands in zip(acknowledged, versions, strict=True))
    note = f"of {sum(acknowledged) - len(acknowledged)} saves"
    yield Row("acknowledged writes missing after SIGKILL", missing, NONE, note)


def write_until_killed(browser: Browser, entity: int) -> int:
    """The last version of the row that was acknowledged."""
    row = cell(WRITTEN_SIZE, entity)
    while True:
        try:
            answer = browser.post(row.url, row.fields(description=f"Version {row.version}."), HX_Request="true")
        except (OSError, HTTPException):
            return row.version
        row.version += answer.status == 200
