#!/usr/bin/env python3
"""Prepare a machine for `run` or `test`: virtual environment, packages, system libraries.

Needs nothing but Python 3.11. What is there already is left alone, so a second call takes a moment.
"""

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
LIBRARIES = {"libpangoft2-1.0-0": "pangoft2-1.0", "libharfbuzz-subset0": "harfbuzz-subset"}


def main() -> int:
    purpose = sys.argv[1] if len(sys.argv) > 1 else "run"
    if sys.version_info < (3, 11):
        return refuse(f"Data Design needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    make_environment()
    install("requirements-dev.txt" if purpose == "test" else "requirements.txt")
    wanted = missing_libraries() + (missing_for_tests() if purpose == "test" else [])
    if wanted:
        install_system(wanted)
    still = missing_libraries()
    if still:
        print(f"PDFs cannot be printed: the system lacks {', '.join(still)}. Everything else works.", file=sys.stderr)
    return 0


def make_environment() -> None:
    if (VENV / "bin" / "python").exists():
        return
    print("Making the virtual environment .venv …", flush=True)
    made = subprocess.run([sys.executable, "-m", "venv", VENV], capture_output=True, text=True, check=False)
    if made.returncode and is_root_on_debian():
        # Debian splits venv off Python; without it, half an environment was made.
        shutil.rmtree(VENV, ignore_errors=True)
        install_system([f"python{sys.version_info.major}.{sys.version_info.minor}-venv"])
        made = subprocess.run([sys.executable, "-m", "venv", VENV], capture_output=True, text=True, check=False)
    if made.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit(
            refuse(f"The virtual environment could not be made. Install python3-venv.\n{made.stdout}{made.stderr}")
        )


def install(requirements: str) -> None:
    """Install the pinned packages, unless these very ones were installed before."""
    path = ROOT / requirements
    wanted = hashlib.sha256(path.read_bytes()).hexdigest()
    done = STAMP.read_text().split() if STAMP.exists() else []
    if wanted in done:
        return
    print(f"Installing the packages of {requirements} …", flush=True)
    pip = [VENV / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    # pip warns of what it cannot reach before it finds the rest; only a failure is worth showing.
    found = subprocess.run([*pip, "--require-hashes", "-r", path], capture_output=True, text=True, check=False)
    if found.returncode:
        sys.exit(refuse(f"The packages could not be installed.\n{found.stderr[-3000:]}"))
    STAMP.write_text("\n".join([*done, wanted]))


def missing_libraries() -> list[str]:
    return [package for package, library in LIBRARIES.items() if not ctypes.util.find_library(library)]


def missing_for_tests() -> list[str]:
    wanted = []
    if not (shutil.which("chromium") or os.environ.get("CHROMIUM")):
        wanted.append("chromium")
    if not os.environ.get("DATABASE_URL") and not postgres_binaries():
        wanted.append("postgresql")
    if not shutil.which("pdftotext"):
        wanted.append("poppler-utils")
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
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
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
