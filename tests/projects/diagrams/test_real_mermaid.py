"""Cross-check against Mermaid itself, where it is installed: MERMAID_NODE_MODULES names the folder (or several)."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from projects.design.tree import Design
from projects.diagrams.links import links_of, missing_parents
from projects.diagrams.mermaid import er_diagrams
from tests.examples import at_most
from tests.projects.diagrams.designs import REFUNDS, many
from tests.projects.diagrams.strategies import any_design

FOLDERS = [folder for folder in os.environ.get("MERMAID_NODE_MODULES", "").split(os.pathsep) if folder]
SCRIPT = Path(__file__).with_name("real_mermaid.mjs")

pytestmark = [
    pytest.mark.skipif(not shutil.which("node"), reason="node is not installed"),
    pytest.mark.skipif(not FOLDERS, reason="MERMAID_NODE_MODULES names no folder with the npm package mermaid"),
]


def read_by_mermaid(folder: str, texts: list[str]) -> list[Any]:
    answer = subprocess.run(
        ["node", str(SCRIPT), str(Path(folder).resolve())],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return list(json.loads(answer.stdout))


def expected(found: Design) -> list[int]:
    links = links_of(found)
    entities = len(found.entities) + len(missing_parents(links))
    return [entities, sum(len(entity.fields) for entity in found.entities), len(links)]


@pytest.fixture(scope="module")
def designs() -> list[Design]:
    """What hypothesis thinks of, gathered so that Mermaid is started once."""
    gathered = [REFUNDS, many(60, references=2)]

    @settings(max_examples=at_most(150), deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(any_design())
    def gather(found: Design) -> None:
        gathered.append(found)

    gather()
    return gathered


@pytest.mark.parametrize("folder", FOLDERS)
def test_mermaid_reads_every_entity_field_and_line(folder: str, designs: list[Design]) -> None:
    texts = [er_diagrams(found)[0].text for found in designs]
    assert read_by_mermaid(folder, texts) == [expected(found) for found in designs]


@pytest.mark.parametrize("folder", FOLDERS)
def test_mermaid_accepts_every_part_of_a_large_design(folder: str) -> None:
    texts = [diagram.text for diagram in er_diagrams(many(300, fields=9, references=2))]
    assert [answer for answer in read_by_mermaid(folder, texts) if isinstance(answer, str)] == []
