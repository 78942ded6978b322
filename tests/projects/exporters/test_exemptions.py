"""A step that does not apply says so, and why, under each of its headings."""

import pytest

from projects.design.tree import Exemption
from projects.design.vocabulary import StepName
from projects.exporters import DATA_DESIGN
from projects.exporters.data_design import PARTS
from tests.projects.exporters.designs import DRAFT, empty_design, uid
from tests.projects.exporters.full_design import full_design
from tests.projects.exporters.outline import OUTLINE, headings, section

STEPS = [step for step, _ in PARTS]
FIXED = [heading for heading in OUTLINE if "{" not in heading]


def exempted(step: StepName, reason: str = "nothing of the kind is kept") -> str:
    exemption = Exemption(uid=uid("exemption"), step=step, reason=reason)
    return DATA_DESIGN.markdown(full_design().model_copy(update={"exemptions": (exemption,)}), DRAFT)


@pytest.mark.parametrize("step", STEPS)
def test_the_outline_stays(step: StepName) -> None:
    assert [heading for heading in headings(exempted(step)) if heading in FIXED] == FIXED


@pytest.mark.parametrize(
    ("step", "heading"),
    [
        (StepName.REQUIREMENTS, "### Access Profile"),
        (StepName.STORAGE, "## Persistence Mechanism"),
        (StepName.DATA_MODEL, "### Entity Relationship Diagram"),
        (StepName.DATA_MODEL, "### Caches"),
        (StepName.QUERIES, "## Query Patterns"),
        (StepName.INDEXING, "### Query Coverage"),
        (StepName.INTEGRITY, "### Validation Rules"),
        (StepName.MIGRATION, "### Rollback Plan"),
        (StepName.PERFORMANCE, "### Expected Data Volume"),
        (StepName.BACKUP, "## Backup & Recovery"),
        (StepName.CONTRACTS, "## DTO Mapping"),
    ],
)
def test_the_reason_stands_under_its_headings(step: StepName, heading: str) -> None:
    assert section(exempted(step), heading) == "Not applicable: nothing of the kind is kept"


def test_the_reason_is_text() -> None:
    assert "Not applicable: # <b>\\|" in exempted(StepName.MIGRATION, "# <b>|").replace("&lt;", "<")


def test_the_items_of_the_step_say_so_too() -> None:
    line = "- [ ] Backup plan documented: not reviewed yet; the step does not apply: nothing of the kind is kept"
    assert line in exempted(StepName.BACKUP).splitlines()


def test_other_steps_are_as_they_were() -> None:
    plain, without = (DATA_DESIGN.markdown(empty_design(), DRAFT), exempted(StepName.BACKUP))
    assert section(plain, "### Rollback Plan") == "Not specified yet."
    assert section(without, "### Rollback Plan").startswith("**Rolling back:**")
