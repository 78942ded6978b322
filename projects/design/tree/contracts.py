"""Step 10: what crosses the interface, and the stored fields behind it."""

from uuid import UUID

from projects.design.tree.node import Line, Name, Prose, Thing
from projects.design.vocabulary import DtoDirection, MappingKind


class DtoField(Thing):
    """A field of a DTO, the stored fields behind it, and what happens between them."""

    name: Name
    type: Line = ""
    is_required: bool = False
    limits: Line = ""
    kind: MappingKind | None = None
    sources: tuple[UUID, ...] = ()
    transformation: Line = ""
    alignment: Line = ""


class Dto(Thing):
    """What crosses the interface, as the contracts or the backend design name it."""

    name: Name
    direction: DtoDirection | None = None
    source: UUID | None = None
    entity: UUID | None = None
    description: Prose = ""
    fields: tuple[DtoField, ...] = ()
