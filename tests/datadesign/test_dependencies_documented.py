"""Each dependency has its line why and is pinned, and nothing says where packages are to be fetched from."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def package(requirement: str) -> str:
    found = re.match(r"[\w.-]+", requirement)
    assert found
    return re.sub(r"[-_.]+", "-", found[0]).lower()


RUNNING = {package(each) for each in PROJECT["dependencies"]}
TESTING = {package(each) for each in PROJECT["optional-dependencies"]["dev"]}


def packages_documented() -> set[str]:
    lines = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line.startswith("| ") and not line.startswith("| package")]
    return {package(name.strip()) for row in rows for name in row.split("|")[1].split(",")}


def packages_pinned(name: str) -> set[str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return {package(found) for found in re.findall(r"^([\w.-]+)(?:\[[\w,-]+\])?==\S+ \\$", text, re.MULTILINE)}


@pytest.mark.parametrize("name", sorted(RUNNING | TESTING))
def test_dependency_has_its_line_why(name: str) -> None:
    assert name in packages_documented()


def test_no_line_is_left_of_a_dependency_that_went() -> None:
    assert packages_documented() == RUNNING | TESTING


@pytest.mark.parametrize(
    ("file", "wanted"), [("requirements.txt", RUNNING), ("requirements-dev.txt", RUNNING | TESTING)]
)
def test_requirements_pin_each_dependency(file: str, wanted: set[str]) -> None:
    assert wanted - packages_pinned(file) == set()


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_requirements_say_nothing_of_where_packages_come_from(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    assert not re.findall(r"^--|https?:|file://", text, re.MULTILINE)
