"""Forms of the rules beyond types and keys, of consistency, and of data that components share."""

from collections.abc import Mapping
from typing import Any

from django import forms

from projects.design.policy_words import modelling_words
from projects.design.vocabulary import LINE_LENGTH, PolicyName
from projects.models import ComponentAccess, Consistency, Entity, EntityField, SharedData, SyncStrategy, ValidationRule
from projects.workflow.forms import RowForm, Scope
from projects.workflow.inherited import FromPolicy, stated
from projects.workflow.names import Names

# Where a rule is enforced → the fact of the modelling policy on that layer.
LAYERS = {"in_api": "api_layer", "in_logic": "logic_layer", "in_database": "database_layer"}
ELSEWHERE = {"unique": "This data element is in another row."}


class ValidationRuleForm(RowForm):
    on = forms.CharField(
        label="On", required=False, max_length=3 * LINE_LENGTH, help_text="refunds.amount, refunds, or empty."
    )

    class Meta:
        model = ValidationRule
        fields = ["level", "rule", "in_api", "in_logic", "in_database", "demand"]

    @classmethod
    def starts(cls, scope: Scope) -> dict[str, Any]:
        """A new rule is enforced in the layers of which the modelling policy says something."""
        policy = scope.policies.modelling
        return {name: True for name, layer in LAYERS.items() if getattr(policy, layer).strip()}

    @classmethod
    def texts(cls, instance: ValidationRule) -> dict[str, Any]:
        if not instance.pk or not instance.entity_id or instance.entity is None:
            return {"on": ""}
        name = instance.entity.full_name
        return {"on": f"{name}.{instance.field.name}" if instance.field_id and instance.field else name}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.is_untouched("on"):
            return cleaned
        text = cleaned.get("on") or ""
        found = self.resolve("on", find_subject, self.scope.names, text) if text else None
        self.instance.entity, self.instance.field = found or (None, None)
        return cleaned


def find_subject(names: Names, text: str) -> tuple[Entity, EntityField | None]:
    """The entity, or the entity and its field, that the text names; raises ValidationError with the nearest one."""
    if "." not in text or text.casefold() in names.entities:
        return names.entity(text), None
    field = names.field(text, None)
    return field.entity, field


class ConsistencyForm(RowForm):
    class Meta:
        model = Consistency
        fields = [
            *("concurrent_reads", "concurrent_writes", "reads_during_writes", "transactions"),
            *("level", "justification", "implementation", "departure"),
        ]
        help_texts = {
            "concurrent_reads": "What do many readers at once see, and what keeps them from waiting?",
            "concurrent_writes": "What happens when two people change the same row? Which of them learns of it?",
            "reads_during_writes": "What does a reader see while a write is under way?",
            "transactions": "Which changes happen together or not at all, and at which isolation?",
            "justification": "What would go wrong one level lower? What does this level cost?",
            "implementation": "What keeps it: which reads go where, which transactions, locks or versions?",
        }

    @classmethod
    def inherited(cls, scope: Scope, instance: Any, values: Mapping[str, Any]) -> dict[str, FromPolicy]:
        return stated(PolicyName.MODELLING, modelling_words(scope.policies.modelling), "departure", values)


class SyncStrategyForm(RowForm):
    class Meta:
        model = SyncStrategy
        fields = ["name", "description", "frequency", "conflict_resolution"]


class SharedDataForm(RowForm):
    class Meta:
        model = SharedData
        fields = ["data_element", "reason", "strategy"]
        error_messages = {"data_element": ELSEWHERE}


class ComponentAccessForm(RowForm):
    class Meta:
        model = ComponentAccess
        fields = ["component", "data_element", "access", "is_owner"]
