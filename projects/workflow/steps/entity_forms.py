"""Forms of what an entity holds, and of named types."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Prefetch

from projects.design.vocabulary import LINE_LENGTH, FieldRole, KeyKind, PolicyName, Sensitivity, StructureKind
from projects.models import EntityCheck, EntityField, EntityKey, KeyPart, NamedType
from projects.workflow.editing import Door
from projects.workflow.forms import RowForm, Scope
from projects.workflow.inherited import FromPolicy, from_policy
from projects.workflow.names import items
from projects.workflow.references import (
    FieldKeys,
    Target,
    find_target,
    reference_text,
    referring_type,
    set_reference,
)
from projects.workflow.steps.structure_columns import FIELD_COLUMNS, kind_of

KEY_PARTS = Prefetch("parts", KeyPart.objects.select_related("field").order_by("position"))
KEY_CHOICES = (("", ""), ("primary", "PK"), ("unique", "UQ"))


class OwnedForm(RowForm):
    """A row that belongs to the entity on show."""

    held_by = "entity"

    @property
    def entity_kind(self) -> str:
        return kind_of(self.instance.entity if self.instance.entity_id else None)


class FieldForm(OwnedForm):
    """A field. Its key and its reference are rows of their own; these two cells are a short way to the simple ones."""

    key = forms.ChoiceField(choices=KEY_CHOICES, required=False)
    reference = forms.CharField(required=False, max_length=LINE_LENGTH, help_text="entity or entity.field")
    target: Target | None = None
    derived = ("type", "is_required")

    class Meta:
        model = EntityField
        fields = [
            *("name", "role", "type", "is_array", "is_required", "default", "generation", "rule"),
            *("analyser", "weight", "sensitivity", "protection", "description"),
        ]

    def cells(self) -> tuple[str, ...]:
        return tuple(column.name for column in FIELD_COLUMNS[self.entity_kind])

    @classmethod
    def inherited(cls, scope: Scope, instance: Any, values: Mapping[str, Any]) -> dict[str, FromPolicy]:
        known = scope.policies.protection_of
        chosen = values.get("sensitivity")
        if not known or not chosen or chosen not in set(Sensitivity):
            return {}
        return from_policy(PolicyName.PROTECTION, {"protection": known.get(Sensitivity(chosen), "")}, values)

    @classmethod
    def texts(cls, instance: EntityField) -> dict[str, Any]:
        if not instance.pk:
            return {"key": "", "reference": ""}
        return {"key": FieldKeys(instance).kind, "reference": reference_text(instance)}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("key") == KeyKind.PRIMARY:
            cleaned["is_required"] = True
        if "reference" in self.fields:
            self._read_reference(cleaned)
        return cleaned

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        if self.entity_kind == StructureKind.COLLECTION and not all(part.strip() for part in name.split(".")):
            raise ValidationError("A path has a name before and after each full stop, like lines.price.")
        return name

    def clean_role(self) -> str:
        role = str(self.cleaned_data["role"])
        kind = self.entity_kind
        fitting = next(column.only for column in FIELD_COLUMNS[kind] if column.name == "role")
        if role and role not in fitting:
            words = " or ".join(FieldRole(each).label.lower() for each in fitting)
            raise ValidationError(f"In a {StructureKind(kind).label.lower()}, a field is {words}.")
        return role

    def _read_reference(self, cleaned: dict[str, Any]) -> None:
        text = (cleaned.get("reference") or "").removeprefix("→").removeprefix("->").strip()
        cleaned["reference"] = text
        if text and text != self.initial.get("reference"):
            self.target = self.resolve("reference", find_target, self.scope.names, text)
            if self.target and self.target.field and not cleaned.get("type"):
                cleaned["type"] = referring_type(self.target.field.type)

    def write_parts(self, door: Door) -> None:
        if "key" in self.changed_data:
            FieldKeys(self.instance).change(door, self.cleaned_data["key"])
        if "reference" in self.changed_data:
            set_reference(door, self.instance, self.target, self.cleaned_data["reference"])


class PartsForm(OwnedForm):
    """A row over several fields of its entity, named in one cell."""

    fields_text = forms.CharField(label="Fields", max_length=2000)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.is_untouched("fields_text"):
            return cleaned
        parts = self.resolve(
            "fields_text", self.scope.names.parts, cleaned.get("fields_text") or "", self.instance.entity
        )
        fields = [part.field for part in parts or [] if part.field]
        if any(field.entity_id != self.instance.entity_id for field in fields):
            self.add_error("fields_text", "A key is over fields of its own entity.")
        self.parts["parts"] = [KeyPart(field=field) for field in dict.fromkeys(fields)]
        return cleaned


class KeyForm(PartsForm):
    class Meta:
        model = EntityKey
        fields = ["kind", "name"]

    @classmethod
    def texts(cls, instance: EntityKey) -> dict[str, Any]:
        parts = instance.parts.all() if instance.pk else ()
        return {"fields_text": ", ".join(part.field.name for part in parts)}


class CheckForm(OwnedForm):
    class Meta:
        model = EntityCheck
        fields = ["name", "expression"]


class NamedTypeForm(RowForm):
    values_text = forms.CharField(label="Values", required=False, max_length=10_000, help_text="Separated by commas.")

    class Meta:
        model = NamedType
        fields = ["name", "kind", "base", "rule", "description"]

    @classmethod
    def texts(cls, instance: NamedType) -> dict[str, Any]:
        return {"values_text": ", ".join(instance.values)}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        values = items(cleaned.get("values_text") or "")
        if len(set(values)) != len(values):
            self.add_error("values_text", "A value stands here twice.")
        self.instance.values = values
        return cleaned
