"""What a design says of the values of a field beyond its type: its own rule, checks of its entity, validation rules."""

import re
from functools import cached_property
from uuid import UUID

from projects.checks.limits import NOTHING, Limits, limits_on, read_limits
from projects.design.tree import Design, Entity, EntityField

WORD = re.compile(r"[^\W]+")


class FieldLimits:
    def __init__(self, design: Design) -> None:
        self._design = design

    @cached_property
    def _rules(self) -> dict[UUID, list[str]]:
        """Validation rules by the field, or the entity, that they are about."""
        found: dict[UUID, list[str]] = {}
        for rule in self._design.validation_rules:
            if about := rule.field or rule.entity:
                found.setdefault(about, []).append(rule.rule)
        return found

    @cached_property
    def _mentioned(self) -> dict[UUID, frozenset[str]]:
        """The words in the checks of each entity, and in the rules on its records."""
        texts = {
            entity.uid: [*(check.expression for check in entity.checks), *self._rules.get(entity.uid, ())]
            for entity in self._design.own_entities
        }
        return {uid: frozenset(WORD.findall(" ".join(said).casefold())) for uid, said in texts.items() if said}

    def is_limited(self, entity: Entity, field: EntityField) -> bool:
        """Whether anything at all is said of its values."""
        if field.rule.strip() or field.uid in self._rules:
            return True
        return field.name.casefold() in self._mentioned.get(entity.uid, ())

    def of(self, entity: Entity, field: EntityField) -> Limits:
        """What the database refuses: by the field's own rule, or else by a check of its entity."""
        limits = read_limits(field.rule)
        if limits.says_nothing:
            said = (limits_on(field.name, check.expression) for check in entity.checks)
            limits = next((found for found in said if not found.says_nothing), NOTHING)
        return limits
