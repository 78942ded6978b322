"""What readers may rely on."""

from collections.abc import Iterator

from projects.design.inheritance import lines
from projects.design.tree import Design
from projects.design.vocabulary import PolicyName
from projects.exporters.blocks import NOT_SPECIFIED, Block, Heading, Paragraph, Prose, Strong
from projects.exporters.data_design.standing import standing


def consistency_models(design: Design) -> Iterator[Block]:
    chosen = design.consistency
    yield Heading(2, "Consistency Models")
    yield Heading(3, "Consistency Level")
    level = f"{chosen.level.label.lower()}." if chosen.level else NOT_SPECIFIED
    yield Paragraph((Strong("Chosen:"), f" {level}"))
    yield Prose(chosen.justification, label="Justification")
    yield Prose(chosen.implementation, label="Implementation")
    yield from standing(lines(design), chosen.departure, PolicyName.MODELLING)
