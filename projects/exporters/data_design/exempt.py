"""The parts of a document whose step does not apply: their headings stay, and each says why nothing stands there."""

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from projects.design.tree import Design
from projects.design.vocabulary import StepName
from projects.exporters.blocks import Block, Heading, not_applicable


def written(part: Callable[[Design], Iterable[Block]], design: Design, step: StepName) -> Iterator[Block]:
    """What the step writes of the design, or why it does not apply."""
    exemption = design.exemption_by_step.get(step)
    yield from exempt(part, design, exemption.reason) if exemption else part(design)


def exempt(part: Callable[[Design], Iterable[Block]], design: Design, reason: str) -> Iterator[Block]:
    """The part's own headings, without those that are named after things."""
    blocks = list(part(Design(identity=design.identity)))
    for block, following in pairwise([*blocks, None]):
        if isinstance(block, Heading):
            yield block
            if not isinstance(following, Heading):
                yield not_applicable(reason)
