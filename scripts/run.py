#!/usr/bin/env python3
"""Serve the development server and the worker together, with the demonstration loaded; Ctrl-C stops both."""

import argparse
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
MANAGE = [sys.executable, str(ROOT / "manage.py")]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--host", default="127.0.0.1")
    options = parser.parse_args()
    (ROOT / "var").mkdir(exist_ok=True)
    for command in (["migrate", "--verbosity", "0"], ["createcachetable"], ["load_demo"]):
        subprocess.run([*MANAGE, *command], cwd=ROOT, check=True)
    print(f"\nOpen http://{options.host}:{options.port}/ and sign in as above. Ctrl-C stops.\n", flush=True)
    processes = [
        subprocess.Popen([*MANAGE, "runserver", f"{options.host}:{options.port}", "--skip-checks"], cwd=ROOT),
        subprocess.Popen([*MANAGE, "db_worker", "--verbosity", "0"], cwd=ROOT),
    ]
    signal.signal(signal.SIGTERM, stop)
    try:
        while all(process.poll() is None for process in processes):
            time.sleep(0.3)
    except KeyboardInterrupt:
        pass
    for process in processes:
        process.terminate()
    codes = [process.wait(timeout=20) for process in processes]
    return max(0, *codes)


def stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
