"""Names as people type them, and the entities and fields they mean.

A cell of a grid holds text such as `payment_id, requested_at desc`: quick to type, to read and to paste. Here such text
becomes rows that refer to fields, and rows become such text again.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db.models import Q

from projects.design.vocabulary import Direction, UseRole
from projects.models import Entity, EntityField, Feature, Reuse

DESCENDING = re.compile(r"(?:\s+desc(?:ending)?|\s*↓)$", re.IGNORECASE)
ASCENDING = re.compile(r"(?:\s+asc(?:ending)?|\s*↑)$", re.IGNORECASE)
RANGE = re.compile(r"\s*(?:\brange|\bbetween|[<>]=?)\s*$", re.IGNORECASE)
SEARCH = re.compile(r"\s+search$", re.IGNORECASE)
# Commas between the items, not those within an expression's parentheses.
ITEMS = re.compile(r",(?![^()]*\))")


@dataclass(frozen=True)
class Part:
    """A field, or an expression in parentheses, with the direction it is sorted in."""

    field: EntityField | None
    expression: str = ""
    direction: Direction = Direction.ASCENDING


class Names:
    """What the names in one feature's design mean. Loads entities and fields when first asked, once each."""

    def __init__(self, feature: Feature) -> None:
        self.feature = feature

    @cached_property
    def entities(self) -> dict[str, Entity]:
        reused = Reuse.objects.filter(feature=self.feature).values("entity")
        rows = Entity.objects.filter(Q(feature=self.feature) | Q(pk__in=reused)).order_by("position", "uid")
        # Own entities win over reused ones of the same name.
        return {row.folded_name: row for row in sorted(rows, key=lambda row: row.feature_id == self.feature.pk)}

    @cached_property
    def _entity_by_pk(self) -> dict[int, Entity]:
        return {entity.pk: entity for entity in self.entities.values()}

    @cached_property
    def _fields(self) -> dict[int, dict[str, EntityField]]:
        grouped: dict[int, dict[str, EntityField]] = {pk: {} for pk in self._entity_by_pk}
        rows = EntityField.objects.filter(entity__in=grouped).only("name", "entity", "type", "position")
        for row in rows.order_by("position", "uid"):
            row.entity = self._entity_by_pk[row.entity_id]
            grouped[row.entity_id][row.folded_name] = row
        return grouped

    def entity(self, text: str) -> Entity:
        """The entity with this name; raises ValidationError with the nearest one."""
        found = self.entities.get(text.strip().casefold())
        if found:
            return found
        near = get_close_matches(text.strip().casefold(), self.entities, n=1)
        hint = f" Did you mean {self.entities[near[0]].full_name}?" if near else ""
        raise ValidationError(f"There is no entity “{text.strip()}” in this design.{hint}")

    def field(self, text: str, entity: Entity | None) -> EntityField:
        """The field that `name` or `entity.name` means; a bare name is one of `entity`'s."""
        name = text.strip()
        if entity and (found := self._fields[entity.pk].get(name.casefold())):
            return found
        splits = list(self._splits(name))
        for holder, rest in splits:
            if found := self._fields[holder.pk].get(rest.casefold()):
                return found
        if splits:
            raise _no_such_field(*splits[0], self._fields[splits[0][0].pk])
        owner = name.rpartition(".")[0]
        if owner and not (entity and self._is_path_of(entity, name)):
            self.entity(owner)
        if entity is None:
            raise ValidationError(f"Name the entity of “{name}” too, like orders.{name}.")
        raise _no_such_field(entity, name, self._fields[entity.pk])

    def owner_of(self, text: str) -> Entity | None:
        """The entity that `entity.field` names, if it is one; the field may be a path, like `orders.lines.price`."""
        return next((holder for holder, _ in self._splits(text.strip())), None)

    def _splits(self, name: str) -> Iterator[tuple[Entity, str]]:
        """The ways to read a name as an entity with a field, the longest entity first."""
        places = [place for place, character in enumerate(name) if character == "."]
        for place in reversed(places):
            if holder := self.entities.get(name[:place].strip().casefold()):
                yield holder, name[place + 1 :].strip()

    def _is_path_of(self, entity: Entity, name: str) -> bool:
        """Whether the name starts as the paths of this entity do: then the entity is not what is wrong."""
        start = f"{name.partition('.')[0].casefold()}."
        return any(field.startswith(start) for field in self._fields[entity.pk])

    def parts(self, text: str, entity: Entity | None) -> list[Part]:
        """`a, b desc, (lower(c))` as fields and expressions with their directions."""
        return [self._part(item, entity) for item in items(text)]

    def _part(self, item: str, entity: Entity | None) -> Part:
        direction = Direction.DESCENDING if DESCENDING.search(item) else Direction.ASCENDING
        bare = ASCENDING.sub("", DESCENDING.sub("", item)).strip()
        if bare.startswith("(") and bare.endswith(")"):
            return Part(None, bare[1:-1].strip(), direction)
        return Part(self.field(bare, entity), direction=direction)

    def uses(self, text: str, entity: Entity | None) -> list[tuple[EntityField, UseRole]]:
        """`a, b range, c search` as fields with what is done with them."""
        found = []
        for item in items(text):
            role = UseRole.SEARCH if SEARCH.search(item) else UseRole.RANGE if RANGE.search(item) else UseRole.EQUALITY
            found.append((self.field(RANGE.sub("", SEARCH.sub("", item)).rstrip("= "), entity), role))
        return found


def items(text: str) -> list[str]:
    return [item.strip() for item in ITEMS.split(text) if item.strip()]


def _no_such_field(entity: Entity, name: str, fields: Iterable[str]) -> ValidationError:
    near = get_close_matches(name.strip().casefold(), list(fields), n=1)
    hint = f" Did you mean {near[0]}?" if near else ""
    return ValidationError(f"{entity.full_name} has no field “{name.strip()}”.{hint}")


def field_text(field: EntityField, entity_id: int | None) -> str:
    """The field's name, with its entity's before it if that is another one."""
    return field.name if field.entity_id == entity_id else f"{field.entity.full_name}.{field.name}"


def part_text(field: EntityField | None, expression: str, direction: str, entity_id: int | None) -> str:
    name = field_text(field, entity_id) if field else f"({expression})"
    return f"{name} desc" if direction == Direction.DESCENDING else name


def use_text(field: EntityField, role: str, entity_id: int | None) -> str:
    name = field_text(field, entity_id)
    return name if role == UseRole.EQUALITY else f"{name} {role}"
