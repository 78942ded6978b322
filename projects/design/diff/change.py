"""One difference between two designs, and how differences are grouped."""

from dataclasses import dataclass
from uuid import UUID

from projects.design.digest import SECTIONS
from projects.design.vocabulary import StepName, Term


class ChangeKind(Term):
    ADDED = "added", "Added"
    REMOVED = "removed", "Removed"
    RENAMED = "renamed", "Renamed"
    CHANGED = "changed", "Changed"
    MOVED = "moved", "Moved"
    ORDER = "order", "Order"


class Group(Term):
    """What readers look for first, in this order."""

    MODEL = "model", "Model"
    ACCESS = "queries", "Queries and indexes"
    PLANS = "plans", "Plans"
    TEXT = "text", "Text"
    POLICIES = "policies", "Policies"


GROUP_ORDER = {group: place for place, group in enumerate(Group)}

_GROUPS = {
    Group.MODEL: ("requirements", "storage", "data-model", "integrity", "contracts"),
    Group.ACCESS: ("queries", "indexing"),
    Group.PLANS: ("migration", "performance", "backup"),
    Group.TEXT: ("identity", "descriptions", "notes", "exemptions"),
}
GROUP_OF_SECTION = dict.fromkeys(SECTIONS, Group.POLICIES) | {
    section: group for group, sections in _GROUPS.items() for section in sections
}

# The step that reads a section most, where it is not the step of that name.
STEP_OF_SECTION: dict[str, StepName] = {
    "identity": StepName.DOCUMENT,
    "conventions": StepName.DATA_MODEL,
    "policy-databases": StepName.STORAGE,
    "policy-design": StepName.DATA_MODEL,
    "policy-migration": StepName.MIGRATION,
    "policy-backup": StepName.BACKUP,
    "policy-caching": StepName.PERFORMANCE,
    "policy-modelling": StepName.INTEGRITY,
    "policy-retention": StepName.REQUIREMENTS,
    "policy-protection": StepName.DATA_MODEL,
    "descriptions": StepName.DATA_MODEL,
    "notes": StepName.CHECKLIST,
    "exemptions": StepName.CHECKLIST,
    **{step.value: step for step in StepName if step.value in SECTIONS},
}


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that is another now; a thing that came or went is one change that counts its parts.

    `what` is where, like `refunds.amount_minor`, and `part` which fact of it. `before` and `after` are short values in
    the design's terms, empty for nothing. `uid` is None for the answers that a design has once; `field_name` is the
    fact's name in the tree, empty for a thing as a whole. `section` is a key of digest.SECTIONS.
    """

    kind: ChangeKind
    uid: UUID | None
    what: str
    part: str
    before: str
    after: str
    section: str
    group: Group
    step: StepName
    field_name: str = ""
