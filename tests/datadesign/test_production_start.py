"""The scripts that a production installation runs, run here: without Docker, on a database and a port of their own."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
HOST = "design.example.org"
SECONDS_TO_START = 90

# Not that they use the test's database: they run on the same kind, so they are wanted in the run on PostgreSQL too.
pytestmark = [pytest.mark.processes, pytest.mark.django_db, pytest.mark.xdist_group("production")]


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


@contextmanager
def fresh_database(folder: Path) -> Iterator[str]:
    """The address of an empty database on the server that the tests use, or of a SQLite file."""
    default = settings.DATABASES["default"]
    if default["ENGINE"].endswith("sqlite3"):
        yield f"sqlite:///{folder / 'production.sqlite3'}"
        return
    name, url = f"production_{uuid4().hex[:12]}", os.environ["DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            # The name is the address's path, and there may be options after it, or a folder for a host.
            yield re.sub(r"(//[^/?]*)(/[^?]*)?", rf"\1/{name}", url, count=1)
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Iterator[dict[str, str]]:
    """What a production installation sets, after collectstatic and release."""
    folder = tmp_path_factory.mktemp("production")
    with fresh_database(folder) as url:
        given = {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "DATA_DESIGN_ENV": "production",
            "SECRET_KEY": "kept-out-of-version-control-and-only-for-this-test-0123456789",
            "ALLOWED_HOSTS": HOST,
            "EMAIL_URL": "smtp://localhost:25",
            "DATABASE_URL": url,
            "STATIC_ROOT": str(folder / "static"),
            "HOST": "127.0.0.1",
        }
        for command in ([sys.executable, "manage.py", "collectstatic", "--no-input"], ["scripts/release"]):
            done = subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout + done.stderr
        yield given


@contextmanager
def started(script: str, environment: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as output:
        process = subprocess.Popen([script], cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT)
        try:
            yield process
        finally:
            process.terminate()
            process.wait(timeout=40)


@pytest.fixture(scope="module")
def port(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Where scripts/start-web serves."""
    port, log = free_port(), tmp_path_factory.mktemp("web") / "log"
    with started("scripts/start-web", environment | {"PORT": str(port)}, log) as process:
        wait_until(lambda: is_answering(port), process, log)
        yield port


def wait_until(is_so: Callable[[], bool], process: subprocess.Popen[bytes], log: Path) -> None:
    last = time.monotonic() + SECONDS_TO_START
    while not is_so():
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < last, log.read_text()
        time.sleep(0.1)


def is_answering(port: int) -> bool:
    try:
        return ask(port, "/health/live").status == 200
    except OSError:
        return False


class Answer(NamedTuple):
    status: int
    headers: Message
    body: bytes


def ask(port: int, path: str, host: str = HOST, protocol: str = "https") -> Answer:
    """Ask as the proxy does, which ended TLS."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        headers = {"Host": host, "X-Forwarded-Proto": protocol, "Connection": "close"}
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read())


def test_web_is_ready(port: int) -> None:
    answer = ask(port, "/health/ready", protocol="http")
    assert (answer.status, answer.body) == (200, b"ready\n")


def test_the_image_finds_it_healthy(port: int, environment: dict[str, str]) -> None:
    given = environment | {"PORT": str(port)}
    assert subprocess.run([sys.executable, "scripts/healthy.py"], cwd=ROOT, env=given, check=False).returncode == 0


def test_page_and_its_hashed_files_are_served(port: int) -> None:
    page = ask(port, "/accounts/login/")
    assert page.status == 200
    files = re.findall(r'(?:href|src)="(/static/[^"]+)"', page.body.decode())
    assert len(files) >= 4
    for path in files:
        assert re.search(r"\.[0-9a-f]{12}\.\w+$", path)
        answer = ask(port, path)
        assert (answer.status, "immutable" in answer.headers["Cache-Control"]) == (200, True), path


def test_page_without_tls_is_led_to_it(port: int) -> None:
    answer = ask(port, "/accounts/login/", protocol="http")
    assert (answer.status, answer.headers["Location"]) == (301, f"https://{HOST}/accounts/login/")


def test_page_under_another_host_is_refused(port: int) -> None:
    assert ask(port, "/accounts/login/", host="evil.example").status == 400


def test_release_can_be_repeated(environment: dict[str, str]) -> None:
    done = subprocess.run(["scripts/release"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, "No migrations to apply" in done.stdout) == (0, True), done.stdout + done.stderr


def test_worker_does_a_job_and_stops_when_asked(environment: dict[str, str], tmp_path: Path) -> None:
    log = tmp_path / "log"
    enqueue(environment)
    with started("scripts/start-worker", environment, log) as process:
        wait_until(lambda: "state=SUCCESSFUL" in log.read_text(), process, log)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0


def enqueue(environment: dict[str, str]) -> None:
    """Ask for the PDF of a new feature, as its page does."""
    code = (
        "from tests.factories import make_feature\n"
        "from projects.workflow.jobs import print_pdf\n"
        "print_pdf.enqueue(make_feature('worker/epic/feature').pk, 'data-design')\n"
    )
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", code]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


@pytest.mark.parametrize("script", ["scripts/release", "scripts/start-web", "scripts/start-worker"])
def test_nothing_starts_with_unsafe_settings(environment: dict[str, str], script: str) -> None:
    unsafe = environment | {"SECRET_KEY": "", "PORT": str(free_port())}
    done = subprocess.run([script], cwd=ROOT, env=unsafe, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode != 0
    assert "Set SECRET_KEY to at least 50 random characters" in done.stdout + done.stderr
