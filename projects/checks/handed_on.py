"""The fields of DTOs that hand one stored field on as it is: what can be held against each other."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from projects.checks.limits import Limits, read_limits
from projects.checks.lookups import Lookups
from projects.design.field_types import FieldType
from projects.design.tree import DtoField, Entity, EntityField
from projects.design.vocabulary import DtoDirection, MappingKind

# What a client sends; a DTO without a direction may be sent as well.
SENT = (DtoDirection.REQUEST, DtoDirection.BOTH, DtoDirection.EVENT, None)
RECEIVED = (DtoDirection.RESPONSE, DtoDirection.BOTH, DtoDirection.EVENT)


@dataclass(frozen=True)
class Pair:
    """A DTO field and the one stored field that it hands on."""

    dto_field: DtoField
    direction: DtoDirection | None
    entity: Entity
    field: EntityField
    type: FieldType | None

    @property
    def is_sent(self) -> bool:
        return self.direction in SENT

    @property
    def is_received(self) -> bool:
        return self.direction in RECEIVED

    @property
    def stored(self) -> str:
        return f"{self.entity.full_name}.{self.field.name}"

    @cached_property
    def limits(self) -> Limits:
        return read_limits(self.dto_field.limits)


def pairs(lookups: Lookups) -> Iterator[Pair]:
    owners, fields = lookups.design.entity_of_field, lookups.design.field_by_uid
    for dto in lookups.design.dtos:
        for each in dto.fields:
            if len(each.sources) == 1 and each.kind in (MappingKind.STORED, None):
                uid = each.sources[0]
                yield Pair(each, dto.direction, owners[uid], fields[uid], lookups.type_of(uid))
