"""How long data is kept: said once, for a data element, and told wherever that element lies."""

from uuid import UUID

from projects.design.tree import DataElement, Design
from projects.exporters.blocks import NOT_SPECIFIED, Inline, Typed, joined


def kept(element: DataElement) -> Inline:
    """The period and what follows it, or nothing if neither is said."""
    parts: list[Inline] = [Typed(element.kept_for)] if element.kept_for.strip() else []
    if element.afterwards.strip():
        parts.append(("then ", Typed(element.afterwards)))
    return joined(parts)


def kept_by(element: DataElement) -> Inline:
    """The period with the rule of the project that it comes from, and why it is another where it is."""
    parts: list[Inline] = [period] if (period := kept(element)) else []
    return joined([*parts, *rule_of(element)], "; ")


def rule_of(element: DataElement) -> list[Inline]:
    """The retention rule that the element names, and why it departs from it."""
    said = (("retention rule: ", element.retention_rule), ("departs from it: ", element.departure))
    return [(words, Typed(text)) for words, text in said if text.strip()]


def retention_of(design: Design, data_element: UUID | None) -> Inline:
    """The retention of a structure, which is that of the data element it holds."""
    element = next((each for each in design.data_elements if each.uid == data_element), None)
    return (kept(element) if element else "") or NOT_SPECIFIED
