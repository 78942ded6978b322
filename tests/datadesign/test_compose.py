"""docker-compose.yml and the Dockerfile, held to what can be said of them without an engine."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMMANDS = {name: service["command"] for name, service in COMPOSE["services"].items() if "command" in service}


def test_file_keeps_the_compose_schema() -> None:
    # The schema comes with the package: nothing is fetched.
    command = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--builtin-schema",
        "vendor.compose-spec",
        "docker-compose.yml",
    ]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr


def test_a_broken_file_breaks_the_schema(tmp_path: Path) -> None:
    broken = tmp_path / "docker-compose.yml"
    broken.write_text("services:\n  web:\n    comand: [scripts/start-web]\n")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(broken)]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 1


@pytest.mark.parametrize("service", ["database", "release", "web", "worker", "clock"])
def test_production_shape_has_service(service: str) -> None:
    assert service in COMPOSE["services"]


@pytest.mark.parametrize("service", COMMANDS)
def test_service_runs_a_script_that_can_be_run(service: str) -> None:
    [script] = COMMANDS[service]
    assert os.access(ROOT / script, os.X_OK)


@pytest.mark.parametrize("service", ["web", "worker", "clock"])
def test_service_waits_for_the_release(service: str) -> None:
    waits_for = COMPOSE["services"][service]["depends_on"]["release"]
    assert waits_for == {"condition": "service_completed_successfully"}


@pytest.mark.parametrize("script", re.findall(r"scripts/[\w.-]+", DOCKERFILE))
def test_image_runs_a_script_that_can_be_run(script: str) -> None:
    assert os.access(ROOT / script, os.X_OK)


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "EMAIL_URL", "POSTGRES_PASSWORD"])
def test_nothing_starts_without(name: str) -> None:
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    assert re.search(rf"\$\{{{name}:\?[^}}]+\}}", text)


def test_image_is_made_without_what_is_only_for_development() -> None:
    left_out = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert {".git", ".venv", "var", "tests", ".env"} <= set(left_out)


def test_only_the_web_is_reached_from_outside_and_only_on_this_machine() -> None:
    ports = {name: service.get("ports", []) for name, service in COMPOSE["services"].items()}
    assert ports == {"database": [], "release": [], "worker": [], "clock": [], "web": ["127.0.0.1:8000:8000"]}
