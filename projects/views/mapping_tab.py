"""The companion's tab “Mapping”: a DTO's fields against stored ones, and what on either side leads nowhere."""

from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.utils import timezone

from projects.checks.facts import Facts
from projects.checks.mapping_matrix import DtoMatrix, matrix_of, open_fields, unfed_fields
from projects.design.tree import Dto, DtoField, Entity, EntityField
from projects.snapshot.current import Digested
from projects.views.addresses import Addresses

OpenFields = tuple[tuple[Dto, DtoField], ...]
UnfedFields = tuple[tuple[Entity, EntityField], ...]
# More than these are a list to work through, and the findings hold all of them.
SHOWN = 100
COLUMNS_DRAWN = 40


@dataclass(frozen=True)
class Loose:
    """A field that leads nowhere, with the place where it is edited."""

    name: str
    address: str


@dataclass(frozen=True)
class MappingTab:
    matrix: DtoMatrix | None
    has_fields: bool
    open_fields: tuple[Loose, ...]
    unfed: tuple[Loose, ...]
    hidden_open: int
    hidden_unfed: int

    @property
    def is_drawn(self) -> bool:
        """Whether the matrix can be read as a picture; the rows name their fields in any case."""
        return self.matrix is not None and 0 < len(self.matrix.columns) <= COLUMNS_DRAWN


@lru_cache(maxsize=32)
def _computed(digested: Digested, dto: UUID | None) -> tuple[DtoMatrix | None, OpenFields, UnfedFields]:
    design = digested.design
    picked = next((each for each in design.dtos if each.uid == dto), None)
    return (
        matrix_of(design, picked) if picked else None,
        open_fields(design),
        unfed_fields(Facts(design, timezone.now())),
    )


def mapping_tab(digested: Digested, dto: UUID | None, addresses: Addresses) -> MappingTab:
    matrix, loose, unfed = _computed(digested, dto)
    return MappingTab(
        matrix=matrix,
        has_fields=bool(matrix and matrix.rows),
        open_fields=tuple(
            Loose(f"{each.name}.{field.name}", f"{addresses.step('contracts', each.uid)}#row-{field.uid}")
            for each, field in loose[:SHOWN]
        ),
        unfed=tuple(
            Loose(f"{entity.full_name}.{field.name}", f"{addresses.step('data-model', entity.uid)}#row-{field.uid}")
            for entity, field in unfed[:SHOWN]
        ),
        hidden_open=max(0, len(loose) - SHOWN),
        hidden_unfed=max(0, len(unfed) - SHOWN),
    )
