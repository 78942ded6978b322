"""What the author says of the design as a whole before others read it."""

from pydantic import Field

from projects.design.tree.node import Prose, Thing
from projects.design.vocabulary import CHECKLIST_ITEMS, StepName


class ItemNote(Thing):
    """What the author says on an item of the checklist before asking for review."""

    item: int = Field(ge=1, le=CHECKLIST_ITEMS)
    text: Prose = ""
    is_not_applicable: bool = False


class Exemption(Thing):
    """A step that does not apply to this feature, and why."""

    step: StepName
    reason: Prose
