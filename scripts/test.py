#!/usr/bin/env python3
"""Run everything that can be wrong, stage by stage, and say at the end what passed, failed and did not run."""

import argparse
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from postgres import postgres

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PACKAGES = ("datadesign", "projects", "reviews", "scripts")
PRODUCTION = {
    "DATA_DESIGN_ENV": "production",
    "SECRET_KEY": "kept-out-of-version-control-and-only-for-this-check-0123456789",
    "ALLOWED_HOSTS": "design.example.org",
    "EMAIL_URL": "smtp://mail.example.org:25",
}
COUNTS = re.compile(r"(\d+) (passed|failed|error|errors|skipped)")


@dataclass
class Run:
    counts: dict[str, int] = field(default_factory=lambda: {"passed": 0, "failed": 0, "skipped": 0})
    failed: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def stage(self, name: str, command: list[str], *, environment: dict[str, str] | None = None) -> None:
        """Run a command; a stage of pytest adds to the counts."""
        print(f"\n── {name}", flush=True)
        begun = time.monotonic()
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | (environment or {}),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        output = []
        for line in process.stdout or ():
            print(line, end="", flush=True)
            output.append(line)
        code = process.wait()
        print(
            f"   {name}: {'passed' if code == 0 else f'FAILED ({code})'} in {time.monotonic() - begun:.0f} s",
            flush=True,
        )
        if code:
            self.failed.append(name)
        if "pytest" in " ".join(command):
            self.add(output)

    def add(self, output: list[str]) -> None:
        for number, word in COUNTS.findall("".join(output[-3:])):
            key = "failed" if word.startswith("error") else word
            self.counts[key] += int(number)


def lint(run: Run) -> None:
    run.stage("ruff check", [str(BIN / "ruff"), "check", "."])
    run.stage("ruff format", [str(BIN / "ruff"), "format", "--check", "."])
    run.stage("mypy", [str(BIN / "mypy"), *PACKAGES])
    run.stage("import contract", [str(BIN / "lint-imports"), "--no-cache"])
    templates = [str(path.relative_to(ROOT)) for path in sorted((ROOT / "templates").rglob("*.html"))]
    run.stage("templates", [str(BIN / "djade"), "--check", "--target-version", "5.2", *templates])
    run.stage("migrations", [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"])
    run.stage(
        "check --deploy",
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        environment=PRODUCTION,
    )
    run.stage("packages fit", [sys.executable, "-m", "pip", "check", "--disable-pip-version-check"])


def pytest(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "pytest", "-n", os.environ.get("TEST_PROCESSES", "2"), *arguments]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="no browser, SQLite only")
    parser.add_argument("--lint", action="store_true", help="linters only")
    options = parser.parse_args()
    run = Run()
    (ROOT / "var").mkdir(exist_ok=True)
    if not options.quick:
        lint(run)
    if not options.lint:
        run.stage("tests on SQLite", pytest("-m", "not browser"), environment={"DATABASE_URL": ""})
    if not (options.quick or options.lint):
        with_servers(run)
    return close(run)


def with_servers(run: Run) -> None:
    with postgres() as found:
        if found is None:
            run.left_out.append("PostgreSQL: none is installed here, and none could be")
            run.failed.append("tests on PostgreSQL")
            return
        url, words = found
        given = {"DATABASE_URL": url}
        run.stage(f"tests on {words}", pytest("-m", "not browser", "--database-only"), environment=given)
        run.stage(f"browser on {words}", pytest("-m", "browser"), environment=given)
    run.stage("browser on SQLite", pytest("-m", "browser and smoke"), environment={"DATABASE_URL": ""})


def close(run: Run) -> int:
    print("\n──")
    for words in run.left_out:
        print(f"did not run: {words}")
    if run.failed:
        print(f"failed: {', '.join(run.failed)}")
    counts = run.counts
    counts["failed"] = max(counts["failed"], len(run.failed))
    print(f"{counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped", flush=True)
    return 1 if run.failed else 0


if __name__ == "__main__":
    sys.exit(main())
