"""The command that runs the tests counts them rightly, and never says that all is well when a stage broke."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    spec = importlib.util.spec_from_file_location("test_command", SCRIPTS / "test.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    # Dataclasses look their module up by its name.
    monkeypatch.setitem(sys.modules, "test_command", module)
    spec.loader.exec_module(module)
    return module


def python(*lines: str, code: int = 0, also: str = "") -> list[str]:
    """A command that prints these lines and ends with this code."""
    return [sys.executable, "-c", f"import sys; print({chr(10).join(lines)!r}); sys.exit({code})", also]


@pytest.mark.parametrize(
    ("summary", "code", "expected"),
    [
        ("220 passed in 7.15s", 0, "220 passed, 0 failed, 0 skipped"),
        ("6 failed, 214 passed, 3 skipped in 7.15s", 1, "214 passed, 6 failed, 3 skipped"),
        ("1 failed, 2 passed, 2 errors in 0.10s", 1, "2 passed, 3 failed, 0 skipped"),
        ("1 error in 0.10s", 2, "0 passed, 1 failed, 0 skipped"),
        ("no tests ran in 0.10s", 5, "0 passed, 1 failed, 0 skipped"),
        ("4 passed in 1.00s", 3, "4 passed, 1 failed, 0 skipped"),
    ],
)
def test_tests_are_counted_and_a_broken_run_is_a_failure(
    command: Any, capsys: pytest.CaptureFixture[str], summary: str, code: int, expected: str
) -> None:
    run = command.Run()
    run.stage("tests", python(summary, code=code, also="pytest"))
    assert command.close(run) == (1 if code else 0)
    assert capsys.readouterr().out.splitlines()[-1] == expected


def test_a_linter_counts_only_if_it_fails(command: Any, capsys: pytest.CaptureFixture[str]) -> None:
    run = command.Run()
    run.stage("one", python("7 passed"))
    run.stage("another", python("3 failed", code=1))
    assert command.close(run) == 1
    assert capsys.readouterr().out.splitlines()[-2:] == ["failed: another", "0 passed, 1 failed, 0 skipped"]


def test_what_did_not_run_is_said(command: Any, capsys: pytest.CaptureFixture[str]) -> None:
    run = command.Run()
    run.left_out.append("everything on PostgreSQL: none")
    command.close(run)
    assert "did not run: everything on PostgreSQL: none" in capsys.readouterr().out


@pytest.mark.parametrize("verb", ["run", "test", "lint", "bench", "format"])
def test_help_lists_the_verb(verb: str) -> None:
    makefile = (SCRIPTS.parent / "Makefile").read_text(encoding="utf-8")
    assert f"\n{verb}: " in makefile


def test_continuous_integration_calls_the_same_command() -> None:
    lines = (SCRIPTS.parent / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert lines[-1] == "exec make test"
