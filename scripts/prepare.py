#!/usr/bin/env python3
"""Prepare a machine for `run` or `test`: virtual environment, packages, system libraries.

Needs nothing but Python 3.11. What is there already is left alone, so a second call takes a moment.
"""

# An older Python must get as far as the sentence that refuses it.
from __future__ import annotations

import ctypes.util
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "installed"
# The second holds all of the first.
REQUIREMENTS = {"run": ("requirements.txt",), "test": ("requirements.txt", "requirements-dev.txt")}
LIBRARIES = {"libpangoft2-1.0-0": "pangoft2-1.0", "libharfbuzz-subset0": "harfbuzz-subset"}
# Asked of every command, so that a notice of a newer pip does not stand in the output.
PIP = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r")


def main() -> int:
    purpose = sys.argv[1] if len(sys.argv) > 1 else "run"
    if sys.version_info < (3, 11):  # noqa: UP036 - it runs on whatever Python the machine has
        wanted = "Data Design needs Python 3.11 or newer"
        return refuse(f"{wanted}; this is {sys.version.split()[0]}. Name another: make PYTHON=python3.11 {purpose}")
    make_environment()
    install(*REQUIREMENTS[purpose])
    (ROOT / "var").mkdir(exist_ok=True)
    wanted = missing_libraries() + (missing_for_tests() if purpose == "test" else [])
    if wanted:
        install_system(wanted)
    still = missing_libraries()
    if still:
        print(f"PDFs cannot be printed: the system lacks {', '.join(still)}. Everything else works.", file=sys.stderr)
    return 0


def make_environment() -> None:
    if (VENV / "bin" / "pip").exists():
        return
    print("Making the virtual environment .venv …", flush=True)
    made = venv()
    if made.returncode and is_root_on_debian():
        # Debian splits venv off Python; without it, half an environment was made.
        install_system([f"python{sys.version_info.major}.{sys.version_info.minor}-venv"])
        made = venv()
    if made.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        problem = "The virtual environment could not be made. Install python3-venv."
        sys.exit(refuse(f"{problem}\n{made.stdout}{made.stderr}"))


def venv() -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def install(*files: str) -> None:
    """Install the pinned packages of the last file, unless these very ones were installed before."""
    wanted = [hashlib.sha256((ROOT / name).read_bytes()).hexdigest() for name in files]
    done = STAMP.read_text().split() if STAMP.exists() else []
    if wanted[-1] in done:
        return
    print(f"Installing the packages of {files[-1]}: a minute or two, once …", flush=True)
    command = [str(VENV / "bin" / "python"), *PIP, str(ROOT / files[-1])]
    # pip warns of what it cannot reach before it finds the rest; only a failure is worth showing.
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    if found.returncode:
        sys.exit(refuse(f"The packages could not be installed.\n{found.stderr[-3000:]}"))
    # Only these: packages of an earlier state were replaced, and its file would have to be installed again.
    STAMP.write_text("\n".join(wanted))


def missing_libraries() -> list[str]:
    return [package for package, library in LIBRARIES.items() if not ctypes.util.find_library(library)]


def missing_for_tests() -> list[str]:
    wanted = []
    if not (shutil.which("chromium") or os.environ.get("CHROMIUM")):
        wanted.append("chromium")
    if not os.environ.get("DATABASE_URL", "").startswith("postgres") and not postgres_binaries():
        wanted.append("postgresql")
    return wanted


def postgres_binaries() -> Path | None:
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return places[-1].parent if places else None


def is_root_on_debian() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install_system(packages: list[str]) -> None:
    if not is_root_on_debian():
        print(f"Not installed, as this needs root on Debian: {', '.join(packages)}.", file=sys.stderr)
        return
    print(f"Installing {', '.join(packages)} …", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=environment, stdout=subprocess.DEVNULL, check=False)
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"Not installed: {', '.join(packages)}.\n{done.stderr[-1500:]}", file=sys.stderr)


def refuse(message: str) -> int:
    print(message, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
