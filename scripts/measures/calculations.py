"""What is computed of a design: read, checked, drawn, written; and definitions read into one. No server in between."""

import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Any

from django.utils import timezone

from measures.designs import definitions, identity, sized_design
from measures.table import Goal, Row
from projects.access import features
from projects.checks import CheckConfig, run
from projects.checks.completeness import state
from projects.checks.evidence import evidence
from projects.design.digest import design_json, read_design
from projects.design.project import Included, ProjectDesign
from projects.design.review_record import ReviewRecord
from projects.design.tree import Design
from projects.design.vocabulary import StepName, StepState
from projects.diagrams.svg import draw
from projects.exporters import DOCUMENTS
from projects.exporters.project_documents import PROJECT_DOCUMENTS
from projects.importers.sql import read_schema
from projects.models import User
from projects.snapshot.take import take
from projects.workflow.apply_schema import apply_schema
from projects.workflow.create_path import create_path
from projects.workflow.demonstration import designs, handbook

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
TABLES, COLUMNS = 1000, 17_000
MS, SECONDS = Goal(unit="ms"), Goal(5, 3, "s")
PICTURES = {12: Goal(10, 3, "ms"), 200: Goal(50, 30, "ms"), 300: MS}


def timed(work: Callable[[], Any], times: int = 5) -> float:
    """Median CPU time in milliseconds, after one run that does not count."""
    work()
    taken = []
    for _ in range(times):
        begun = time.process_time()
        work()
        taken.append((time.process_time() - begun) * 1000)
    return statistics.median(taken)


def measure() -> Iterator[Row]:
    yield from of_designs()
    yield from of_pictures()
    yield from of_definitions()
    demonstration = designs()[-1]
    for document in DOCUMENTS:
        spent = timed(partial(document.markdown, demonstration, ReviewRecord()))
        yield Row(f"the demonstration's {document.file_name} as Markdown", spent, Goal(50, 20, "ms"))
    whole = ProjectDesign(handbook(), tuple(Included(design, ReviewRecord()) for design in designs()))
    for each in PROJECT_DOCUMENTS:
        spent = timed(partial(each.markdown, whole))
        yield Row(f"the demonstration's {each.file_name} as Markdown", spent, Goal(50, 20, "ms"))


def of_designs() -> Iterator[Row]:
    feature = features().get(epic__project__key=identity(300).project_key, key=identity(300).feature_key)
    text = design_json(take(feature))
    yield Row("snapshot taken, 300 entities", timed(lambda: take(feature)), MS, "3,000 fields")
    yield Row(
        "kept draft read, 300 entities", timed(lambda: read_design(text)), MS, f"{len(text) / 1000:.0f} kB of JSON"
    )
    for entities, goal in ((300, Goal(unit="s")), (1000, Goal(1, 0.3, "s"))):
        design = sized_design(entities)
        found = run(design, CheckConfig(), NOON)
        spent = timed(partial(run, design, CheckConfig(), NOON), times=3)
        yield Row(f"all checks, {entities:,} entities", spent / 1000, goal, f"{len(found.findings):,} findings")
        spent = timed(partial(_states, design), times=3)
        yield Row(f"the state of all steps, {entities:,} entities", spent, MS)
        spent = timed(partial(evidence, design, found, ""), times=3)
        yield Row(f"evidence on the checklist, {entities:,} entities", spent, MS)


def _states(design: Design) -> list[StepState]:
    return [state(design, step) for step in StepName]


def of_pictures() -> Iterator[Row]:
    for entities, goal in PICTURES.items():
        design = sized_design(entities)
        size = len(draw(design)) / 1000
        yield Row(f"diagram, {entities} entities", timed(partial(draw, design)), goal, f"{size:.0f} kB")


def of_definitions() -> Iterator[Row]:
    text = definitions(TABLES, COLUMNS)
    begun = time.process_time()
    schema = read_schema(text, identity=identity(TABLES), dialect="postgres")
    read = time.process_time() - begun
    if (schema.tables, schema.columns) != (TABLES, COLUMNS):
        raise RuntimeError(f"{schema.tables} tables and {schema.columns} columns were read")
    taken = f"{schema.foreign_keys:,} foreign keys, {schema.indexes:,} indexes, {schema.checks:,} checks"
    yield Row("definitions of 1,000 tables, 17,000 columns, read", read, SECONDS, taken)
    owner = User.objects.get(email="person0@example.org")
    feature = create_path(identity(TABLES), actor=owner, now=timezone.now())
    begun = time.process_time()
    apply_schema(feature, schema.design, actor=owner, now=timezone.now(), label="PostgreSQL")
    saved = time.process_time() - begun
    yield Row("the same, read and saved", read + saved, SECONDS, f"{len(text) / 1000:.0f} kB of SQL")
