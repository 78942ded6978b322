"""Servers of this run: gunicorn with two processes, its CPU time and its memory as the kernel counts them."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
START_LIMIT_SECONDS = 60


@dataclass
class Server:
    process: subprocess.Popen[bytes]
    port: int
    seconds_to_first_answer: float

    @property
    def workers(self) -> list[int]:
        master = self.process.pid
        return [int(pid) for pid in Path(f"/proc/{master}/task/{master}/children").read_text().split()]

    def cpu_ms(self) -> float:
        """CPU time that the workers have used, in user and system mode."""
        return sum(_cpu_ticks(pid) for pid in self.workers) * 1000 / TICKS_PER_SECOND

    def cpu_s_of_all(self) -> float:
        return sum(_cpu_ticks(pid) for pid in (self.process.pid, *self.workers)) / TICKS_PER_SECOND

    def memory_mb(self) -> float:
        """Memory of all processes; what they share counts once."""
        return sum(_shared_out_kb(pid) for pid in (self.process.pid, *self.workers)) / 1024


def _cpu_ticks(pid: int) -> int:
    # The command's name, in brackets, may hold spaces.
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def _shared_out_kb(pid: int) -> int:
    found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    return int(found[1]) if found else 0


@contextmanager
def serving(
    arguments: list[str], *, folder: Path, log: Path, first_page: str, environment: dict[str, str]
) -> Iterator[Server]:
    """Run gunicorn on a free port of this machine until the block ends."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", *arguments, "--bind", f"127.0.0.1:{port}"]
    begun = time.perf_counter()
    with log.open("ab") as output:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=output)
        try:
            _wait_for(port, first_page, environment["ALLOWED_HOSTS"], process, log)
            yield Server(process, port, time.perf_counter() - begun)
        finally:
            process.terminate()
            process.wait(timeout=40)


def _wait_for(port: int, path: str, host: str, process: subprocess.Popen[bytes], log: Path) -> None:
    last = time.monotonic() + START_LIMIT_SECONDS
    while time.monotonic() < last and process.poll() is None:
        connection = HTTPConnection("127.0.0.1", port, timeout=START_LIMIT_SECONDS)
        try:
            connection.request("GET", path, headers={"Host": host, "X-Forwarded-Proto": "https"})
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.02)
        finally:
            connection.close()
    raise RuntimeError(f"the server did not answer:\n{log.read_text()[-3000:]}")


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])
