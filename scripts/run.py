#!/usr/bin/env python3
"""Serve the development server and the worker together, with the demonstration loaded; Ctrl-C stops both."""

import argparse
import io
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType
from urllib.error import URLError
from urllib.request import urlopen

import django
from django.core.management import CommandError, call_command
from django.db import connections

ROOT = Path(__file__).resolve().parent.parent
MANAGE = [sys.executable, str(ROOT / "manage.py")]
START_LIMIT_SECONDS = 60


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--host", default="127.0.0.1")
    options = parser.parse_args()
    # Ctrl-C too: started in the background, a process would ignore it.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    if is_taken(options.host, options.port):
        print(f"Port {options.port} is taken. Choose another: make run PORT={options.port + 1}", file=sys.stderr)
        return 1
    try:
        accounts = prepare()
        return serve(options.host, options.port, accounts)
    except CommandError as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0


def prepare() -> str:
    """Bring database and demonstration up to date; what there is to say of the accounts."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "datadesign.settings")
    sys.path.insert(0, str(ROOT))
    (ROOT / "var").mkdir(exist_ok=True)
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    said = io.StringIO()
    call_command("load_demo", stdout=said)
    connections.close_all()
    return said.getvalue()


def serve(host: str, port: int, accounts: str) -> int:
    """Run both until one ends or somebody interrupts; 0, or the exit code of the one that ended badly."""
    commands = (["runserver", f"{host}:{port}", "--skip-checks"], ["db_worker", "--verbosity", "0"])
    site = os.environ.get("SITE_URL") or f"http://{host}:{port}"
    environment = os.environ | {"DJANGO_RUNSERVER_HIDE_WARNING": "true", "SITE_URL": site}
    # Sessions of their own: Ctrl-C reaches this process only, and each child is asked to stop once.
    processes = [
        subprocess.Popen([*MANAGE, *each], cwd=ROOT, env=environment, start_new_session=True) for each in commands
    ]
    try:
        if wait_for_answer(host, port, processes):
            print(f"\n{accounts}\nData Design is at http://{host}:{port}/ · Ctrl-C stops it.\n", flush=True)
        while all(process.poll() is None for process in processes):
            time.sleep(0.3)
    except KeyboardInterrupt:
        stop(processes)
        print("\nStopped.", flush=True)
        return 0
    ended = max(process.returncode or 0 for process in processes)
    stop(processes)
    return ended or 1


def wait_for_answer(host: str, port: int, processes: list[subprocess.Popen[bytes]]) -> bool:
    last = time.monotonic() + START_LIMIT_SECONDS
    while time.monotonic() < last and all(process.poll() is None for process in processes):
        try:
            with urlopen(f"http://{host}:{port}/health/ready", timeout=5):
                return True
        except (URLError, OSError):
            time.sleep(0.1)
    return False


def is_taken(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def stop(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()


def interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
