"""The rail of the twelve steps."""

from typing import Any

from projects.views.addresses import Addresses
from projects.workflow.progress import Overview
from projects.workflow.steps import STEPS
from projects.workflow.steps.step import Step


def rail(addresses: Addresses, overview: Overview, current: Step) -> list[dict[str, Any]]:
    """The steps in their groups, each with its number, address and state."""
    groups: list[dict[str, Any]] = []
    for number, (step, progress) in enumerate(zip(STEPS, overview.steps, strict=True), 1):
        if not groups or groups[-1]["name"] != step.group:
            groups.append({"name": step.group, "start": number, "steps": []})
        groups[-1]["steps"].append(
            {
                "number": number,
                "step": step,
                "progress": progress,
                "address": addresses.step(step.slug),
                "is_current": step is current,
            }
        )
    return groups
