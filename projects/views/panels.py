"""Panels of a step's page: what the tool derives and shows between the forms, without a row of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from projects.capacity.recovery import RecoveryFigures, recovery_figures
from projects.design.vocabulary import StepName
from projects.models.base import Row
from projects.snapshot.current import Digested
from projects.views.addresses import Addresses
from projects.views.constraints import all_constraints, constraint_counts
from projects.views.from_handbook import STEPS, from_handbook
from projects.views.quoted import quoted_facts
from projects.workflow.steps import integrity
from projects.workflow.steps.step import Step


@dataclass(frozen=True)
class Seen:
    """What a panel is derived from: the design, and what of it the page shows."""

    digested: Digested
    addresses: Addresses
    at: str
    picked: Row | None


@dataclass(frozen=True)
class Panel:
    """`build` gives what the template shows as `content`; None where the page has no use for the panel.

    It stands above the forms of its step, or below them, and follows each save.
    """

    slug: str
    step: str
    template: str
    build: Callable[[Seen], Any]
    is_above: bool = True


@lru_cache(maxsize=32)
def figures_of(digested: Digested, store: UUID) -> RecoveryFigures | None:
    return recovery_figures(digested.design.in_force, store)


def _from_handbook(step: StepName) -> Panel:
    return Panel(
        f"handbook-{step}",
        step,
        "projects/workbench/_from_handbook.html",
        lambda seen: from_handbook(step, seen.digested, seen.addresses, seen.at, seen.picked),
        is_above=False,
    )


PANELS = (
    Panel(
        "constraint-counts",
        "integrity",
        "projects/workbench/_constraint_counts.html",
        lambda seen: constraint_counts(seen.digested) if seen.at == integrity.RULES else None,
    ),
    Panel(
        "constraints",
        "integrity",
        "projects/workbench/_constraints.html",
        lambda seen: all_constraints(seen.digested, seen.addresses) if seen.at == integrity.CONSTRAINTS else None,
    ),
    Panel(
        "consistency-levels",
        "integrity",
        "projects/workbench/_consistency_levels.html",
        lambda seen: True if seen.at == integrity.CONSISTENCY else None,
        is_above=False,
    ),
    Panel(
        "quoted-facts",
        "requirements",
        "projects/workbench/_quoted_facts.html",
        lambda seen: quoted_facts(seen.digested, seen.at),
        is_above=False,
    ),
    Panel(
        "recovery-figures",
        "backup",
        "projects/workbench/_recovery_figures.html",
        lambda seen: figures_of(seen.digested, seen.picked.uid) if seen.picked else None,
        is_above=False,
    ),
    *(_from_handbook(step) for step in STEPS),
)


@dataclass(frozen=True)
class ShownPanel:
    panel: Panel
    content: Any
    address: str


def shown_panels(step: Step, seen: Seen) -> list[ShownPanel]:
    built = ((panel, panel.build(seen)) for panel in PANELS if panel.step == step.slug)
    return [ShownPanel(panel, content, address_of(panel, seen)) for panel, content in built if content is not None]


def address_of(panel: Panel, seen: Seen) -> str:
    address = seen.addresses.to("panel", panel=panel.slug)
    return f"{address}?at={seen.at}" if seen.at else address
