"""What a design holds, counted: what there is to say of the first revision, which has nothing before it."""

from dataclasses import dataclass

from projects.design.diff.change import STEP_OF_SECTION
from projects.design.diff.labels import KINDS, plural
from projects.design.diff.shape import part_of
from projects.design.digest import SECTIONS
from projects.design.tree import LISTS, Design
from projects.design.vocabulary import StepName


@dataclass(frozen=True, slots=True)
class Holding:
    """`parts` counts what those hold themselves, like the fields of entities; 0 if they hold nothing."""

    label: str
    count: int
    step: StepName
    parts: int = 0


def holdings(design: Design) -> tuple[Holding, ...]:
    """Each list that is not empty, in the order of the steps."""
    found = []
    for section, parts in SECTIONS.items():
        for name in (part for part in parts if part in LISTS):
            if things := part_of(design, name):
                label = KINDS[type(things[0])] if len(things) == 1 else plural(name)
                fields = sum(len(getattr(thing, "fields", ())) for thing in things)
                found.append(Holding(label, len(things), STEP_OF_SECTION[section], fields))
    return tuple(found)
