"""One run: make the installation, start both servers, measure subject by subject, print the table."""

import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

from django.db import connections

from measures import calculations, constraint_loss, editors, page_weight, printing, processor_time, statements
from measures.client import Browser
from measures.seeding import LISTS, seed
from measures.servers import Server, serving
from measures.table import Goal, Row, printed

SCRIPTS = Path(__file__).resolve().parent.parent
LIMIT_SECONDS = 600
STARTS = 3
PLAIN = {"DJANGO_SETTINGS_MODULE": "measures.plain.settings"}
PLAIN_ARGUMENTS = "--workers 2 --threads 4 --worker-class gthread --preload --no-control-socket --keep-alive 75"
NOT_RUN = {
    "Lighthouse, vnu, html-validate": "they need node and java",
    "axe on every page": "the browser tests of make test do it",
    "findings of a scanner": "it needs one, which fills in every form it meets",
    "a page with the ERD of 500 entities in Chromium": "time on the wall, which says little where other work runs",
    "acknowledged writes after a full disk or a restart of the database": "they need root, and a server to restart",
    "defects found in a seeded schema": "the tests of the rules hold each rule to its defect",
    "matrix page": "the matrix stands in the companion of indexing",
}


class Bench:
    """Rows so far, and what could not be measured, with why."""

    def __init__(self) -> None:
        self.begun = time.monotonic()
        self.rows: list[Row] = []
        self.left_out = dict(NOT_RUN)

    def take(self, name: str, measure: Callable[[], Iterable[Row]]) -> None:
        """Measure a subject; what fails in it does not keep the others from being measured."""
        if time.monotonic() - self.begun > LIMIT_SECONDS:
            self.left_out[name] = f"{LIMIT_SECONDS} seconds were over"
            return
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        try:
            for row in measure():
                self.rows.append(row)
        except Exception as error:
            self.left_out[name] = f"{type(error).__name__}: {error}"

    def close(self) -> int:
        print(f"\n{machine()}; {time.monotonic() - self.begun:.0f} s\n\n{printed(self.rows)}\n")
        for name, reason in self.left_out.items():
            print(f"did not run: {name}: {reason}")
        missed = [row.measure for row in self.rows if row.verdict == "MISSED"]
        print(f"below “at least”: {', '.join(missed) or 'none'}")
        return 0


def run(folder: Path) -> int:
    bench = Bench()
    sessions, plain_session = seed(), seed_plain()
    connections.close_all()
    bench.take("start and memory", lambda: starting(folder))
    with product(folder) as ours, plain(folder) as theirs:
        browsers = [Browser(ours.port, os.environ["ALLOWED_HOSTS"], session) for session in sessions]
        plain_browser = Browser(theirs.port, os.environ["ALLOWED_HOSTS"], plain_session)
        of_people = processor_time.Browsers(browsers[0], browsers[-1], plain_browser)
        bench.take("CPU", lambda: processor_time.measure(ours, theirs, of_people))
        bench.take("page weight", lambda: page_weight.measure(browsers[0]))
        bench.take("editors at one time", lambda: editors.measure(browsers))
        bench.take("memory after the work", lambda: memory_after_work(ours))
    bench.take("writes and SIGKILL", lambda: editors.killed(product(folder), sessions))
    bench.take("SQL statements", lambda: statements.measure(sessions[0], sessions[-1]))
    bench.take("calculations", calculations.measure)
    bench.take("constraint loss", constraint_loss.measure)
    bench.take("PDF", printing.measure)
    return bench.close()


def seed_plain() -> str:
    """The reference's rows, as many as the long list has; a session of its superuser."""
    command = [sys.executable, "-m", "measures.plain.seed", str(LISTS["many"])]
    done = subprocess.run(command, cwd=SCRIPTS, env=os.environ | PLAIN, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout.strip()


def product(folder: Path) -> AbstractContextManager[Server]:
    arguments = ["--config", "python:datadesign.gunicorn"]
    log, page = folder / "product.log", "/accounts/login/"
    return serving(arguments, folder=SCRIPTS.parent, log=log, first_page=page, environment=dict(os.environ))


def plain(folder: Path) -> AbstractContextManager[Server]:
    arguments = [*PLAIN_ARGUMENTS.split(), "django.core.wsgi:get_wsgi_application()"]
    log, page = folder / "plain.log", "/admin/login/"
    return serving(arguments, folder=SCRIPTS, log=log, first_page=page, environment=os.environ | PLAIN)


def starting(folder: Path) -> Iterator[Row]:
    wall, cpu, memory = [], [], []
    for _ in range(STARTS):
        with product(folder) as server:
            wall.append(server.seconds_to_first_answer)
            cpu.append(server.cpu_s_of_all())
            memory.append(server.memory_mb())
    note = f"of the sign-in page; time on the wall, {statistics.median(cpu):.2f} s of CPU"
    yield Row("first answer after start", statistics.median(wall), Goal(1.0, 0.7, "s"), note)
    yield Row("memory of master and two workers", statistics.median(memory), Goal(150, 110, "MB"))


def memory_after_work(server: Server) -> Iterator[Row]:
    yield Row("the same after this run's pages", server.memory_mb(), Goal(unit="MB"))


def machine() -> str:
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    begun = time.process_time()
    sum(number * number for number in range(1_000_000))
    yardstick = f"a million steps of a loop take {(time.process_time() - begun) * 1000:.0f} ms"
    return f"Python {platform.python_version()}, {os.cpu_count()} processors, load {load}, {yardstick}"
