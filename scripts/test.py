#!/usr/bin/env python3
"""Run everything that can be wrong, quick failures first, and say at the end what passed, failed and did not run."""

import argparse
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from postgres import NoPostgres, postgres

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PACKAGES = ("datadesign", "projects", "reviews", "scripts")
PRODUCTION = {
    "DATA_DESIGN_ENV": "production",
    "SECRET_KEY": "kept-out-of-version-control-and-only-for-this-check-0123456789",
    "ALLOWED_HOSTS": "design.example.org",
    "EMAIL_URL": "smtp://mail.example.org:25",
}
SQLITE = {"DATABASE_URL": ""}
# What a change needs at once, within a minute: printing takes a third of the whole.
QUICK = ("-m", "not browser and not processes", "--ignore-glob", "*/test_pdf*.py")
COUNTS = re.compile(r"(\d+) (passed|failed|error|errors|skipped)\b")


@dataclass
class Run:
    """What came of the stages so far. A linter counts as one if it fails, and a stage of pytest by its tests."""

    counts: dict[str, int] = field(default_factory=lambda: {"passed": 0, "failed": 0, "skipped": 0})
    failed: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def stage(self, name: str, command: list[str], *, environment: dict[str, str] | None = None) -> None:
        print(f"\n── {name}", flush=True)
        begun = time.monotonic()
        code, output = shown(command, os.environ | (environment or {}))
        verdict = "passed" if code == 0 else f"FAILED ({code})"
        print(f"   {name}: {verdict} in {time.monotonic() - begun:.0f} s", flush=True)
        failed_before = self.counts["failed"]
        if "pytest" in command:
            self.count(output)
        if code:
            self.fail(name, counted=self.counts["failed"] > failed_before)

    def count(self, output: list[str]) -> None:
        for number, word in COUNTS.findall("".join(output[-3:])):
            self.counts["failed" if word.startswith("error") else word] += int(number)

    def fail(self, name: str, *, counted: bool = False) -> None:
        self.failed.append(name)
        self.counts["failed"] += not counted


def shown(command: list[str], environment: dict[str, str]) -> tuple[int, list[str]]:
    """Run a command with its output on the screen; its exit code and its lines."""
    output = []
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            output.append(line)
    return process.returncode, output


def lint(run: Run) -> None:
    run.stage("ruff check", [str(BIN / "ruff"), "check", "."])
    run.stage("ruff format", [str(BIN / "ruff"), "format", "--check", "."])
    templates = [str(path.relative_to(ROOT)) for path in sorted((ROOT / "templates").rglob("*.html"))]
    run.stage("templates", [str(BIN / "djade"), "--check", "--target-version", "5.2", *templates])
    run.stage("import contract", [str(BIN / "lint-imports"), "--no-cache"])
    run.stage("mypy", [str(BIN / "mypy"), *PACKAGES])
    manage = [sys.executable, "manage.py"]
    run.stage("migrations", [*manage, "makemigrations", "--check", "--dry-run"], environment=SQLITE)
    deploy = [*manage, "check", "--deploy", "--fail-level", "WARNING"]
    run.stage("check --deploy", deploy, environment=PRODUCTION)
    run.stage("packages fit", [sys.executable, "-m", "pip", "check", "--disable-pip-version-check"])


def pytest(*arguments: str) -> list[str]:
    processes = os.environ.get("TEST_PROCESSES") or str(os.cpu_count() or 1)
    return [sys.executable, "-m", "pytest", "-n", processes, "--dist", "loadgroup", "-r", "fEs", *arguments]


def with_servers(run: Run) -> None:
    try:
        with postgres() as (url, words):
            given = {"DATABASE_URL": url}
            run.stage(f"tests on {words}", pytest("-m", "not browser", "--database-only"), environment=given)
            run.stage(f"browser on {words}", pytest("-m", "browser"), environment=given)
    except NoPostgres as problem:
        run.left_out.append(f"everything on PostgreSQL: {problem}")
        run.fail("tests on PostgreSQL")
    run.stage("browser on SQLite", pytest("-m", "browser and smoke"), environment=SQLITE)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="SQLite only, no linters, browser, processes or PDFs")
    parser.add_argument("--lint", action="store_true", help="linters only")
    options = parser.parse_args()
    run = Run()
    if not options.quick:
        lint(run)
    if options.quick:
        run.stage("tests on SQLite", pytest(*QUICK), environment=SQLITE | {"HYPOTHESIS_PROFILE": "quick"})
    elif not options.lint:
        run.stage("tests on SQLite", pytest("-m", "not browser"), environment=SQLITE)
        with_servers(run)
    return close(run)


def close(run: Run) -> int:
    print("\n──")
    for words in run.left_out:
        print(f"did not run: {words}")
    if run.failed:
        print(f"failed: {', '.join(run.failed)}")
    counts = run.counts
    print(f"{counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped", flush=True)
    return 1 if run.failed else 0


if __name__ == "__main__":
    sys.exit(main())
