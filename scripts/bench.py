#!/usr/bin/env python3
"""Measure an installation made for this run, against Django's plain admin in the same run. Takes some minutes.

What counts is CPU time and ratios within one run: on a machine with other work, the clock on the wall says little.
"""

import argparse
import json
import os
import sys
import tempfile
from importlib import import_module
from pathlib import Path

import django

SCRIPTS = Path(__file__).resolve().parent
ROOT = SCRIPTS.parent
HOST = "bench.example.org"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--print-only", action="store_true", help="print the demonstration's PDF; one part of the run")
    if parser.parse_args().print_only:
        prepare_django()
        json.dump(import_module("measures.printing").printed(), sys.stdout)
        return 0
    with tempfile.TemporaryDirectory(prefix="data-design-bench-") as folder:
        os.environ.update(environment(Path(folder)))
        prepare_django()
        return int(import_module("measures.run").run(Path(folder)))


def prepare_django() -> None:
    """What is measured imports models, so it can be imported only after this."""
    sys.path.insert(0, str(ROOT))
    django.setup()


def environment(folder: Path) -> dict[str, str]:
    """A production installation's, whatever is set on this machine."""
    return {
        "DATA_DESIGN_ENV": "production",
        "DEBUG": "",
        "SECRET_KEY": "only-for-measuring-on-this-machine-0123456789-abcdefghijkl",
        "ALLOWED_HOSTS": HOST,
        "EMAIL_URL": "smtp://localhost:25",
        "DATABASE_URL": f"sqlite:///{folder / 'product.sqlite3'}",
        "STATIC_ROOT": str(folder / "static"),
        "WEB_WORKERS": "2",
        "WEB_THREADS": "4",
        "LOG_LEVEL": "WARNING",
        "PYTHONPATH": f"{SCRIPTS}{os.pathsep}{ROOT}",
        "DJANGO_SETTINGS_MODULE": "datadesign.settings",
        "PLAIN_DATABASE": str(folder / "plain.sqlite3"),
    }


if __name__ == "__main__":
    sys.exit(main())
