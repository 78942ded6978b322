"""docs/settings.md names every variable that something reads, and none that nothing reads."""

import importlib
import re
from pathlib import Path

import pytest

from datadesign import environment

ROOT = Path(__file__).resolve().parents[2]
# Not those in scripts/measures: what it reads, it has set itself for the run.
SCRIPTS = [path for path in sorted((ROOT / "scripts").iterdir()) if path.is_file()]
READ_IN_PYTHON = re.compile(r"""os\.environ(?:\.get\(|\[)"([A-Z_]+)\"""")
READ_IN_SHELL = re.compile(r"\$\{([A-Z_]+)[:}]")


def variables_read() -> set[str]:
    for module in ("datadesign.settings", "datadesign.gunicorn"):
        importlib.import_module(module)
    found = set(environment.NAMES)
    for script in (*SCRIPTS, *(ROOT / "tests").rglob("*.py")):
        text = script.read_text(encoding="utf-8")
        found.update(READ_IN_PYTHON.findall(text), [] if script.suffix == ".py" else READ_IN_SHELL.findall(text))
    compose = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    return found.union(READ_IN_SHELL.findall(compose))


def variables_documented() -> set[str]:
    lines = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8").splitlines()
    first_cells = [line.split("|")[1] for line in lines if line.startswith("| `")]
    return {name for cell in first_cells for name in re.findall(r"`([A-Z_]+)`", cell)}


READ, DOCUMENTED = variables_read(), variables_documented()


@pytest.mark.parametrize("name", sorted(READ))
def test_variable_that_is_read_is_documented(name: str) -> None:
    assert name in DOCUMENTED


@pytest.mark.parametrize("name", sorted(DOCUMENTED))
def test_documented_variable_is_read(name: str) -> None:
    assert name in READ
