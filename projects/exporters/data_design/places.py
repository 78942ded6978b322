"""Where a structure lies, and which data element it holds."""

from uuid import UUID

from projects.design.tree import Design
from projects.exporters.blocks import NO_NAME
from projects.exporters.escaping import one_line


def place_of(design: Design, store: UUID | None, data_element: UUID | None) -> str:
    """Like: kept in PostgreSQL 16, for the data element “Refund”; as much of it as is known."""
    said = [f"kept in {one_line(design.store_by_uid[store].name) or NO_NAME}"] if store else []
    if element := next((each for each in design.data_elements if each.uid == data_element), None):
        said.append(f"for the data element “{one_line(element.name) or NO_NAME}”")
    return ", ".join(said)
