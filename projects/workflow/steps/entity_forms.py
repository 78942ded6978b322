"""Forms of an entity, of what it holds, and of named types."""

from typing import Any

from django import forms
from django.db.models import Prefetch

from projects.design.vocabulary import LINE_LENGTH, KeyKind
from projects.models import Entity, EntityCheck, EntityField, EntityKey, KeyPart, NamedType
from projects.workflow.editing import Door
from projects.workflow.forms import RowForm
from projects.workflow.names import items
from projects.workflow.references import FieldKeys, Target, find_target, reference_text, set_reference

KEY_PARTS = Prefetch("parts", KeyPart.objects.select_related("field").order_by("position"))
KEY_CHOICES = (("", ""), ("primary", "PK"), ("unique", "UQ"))


class EntityForm(RowForm):
    class Meta:
        model = Entity
        fields = ["name", "purpose", "store", "namespace", "no_index_reason"]
        widgets = {name: forms.TextInput({"class": "mono", "spellcheck": "false"}) for name in ("name", "namespace")}


class OwnedForm(RowForm):
    """A row that belongs to the entity on show."""

    def place(self, instance: Any) -> None:
        if instance.entity_id is None:
            instance.entity = self.scope.entity


class FieldForm(OwnedForm):
    """A field. Its key and its reference are rows of their own; these two cells are a short way to the simple ones."""

    key = forms.ChoiceField(choices=KEY_CHOICES, required=False)
    reference = forms.CharField(required=False, max_length=LINE_LENGTH, help_text="entity or entity.field")
    target: Target | None = None

    class Meta:
        model = EntityField
        fields = ["name", "type", "is_required", "default", "rule", "sensitivity", "description"]

    @classmethod
    def texts(cls, instance: EntityField) -> dict[str, Any]:
        if not instance.pk:
            return {"key": "", "reference": ""}
        return {"key": FieldKeys(instance).kind, "reference": reference_text(instance)}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("key") == KeyKind.PRIMARY:
            cleaned["is_required"] = True
        text = (cleaned.get("reference") or "").removeprefix("→").removeprefix("->").strip()
        cleaned["reference"] = text
        if text and text != self.initial.get("reference"):
            self.target = self.resolve("reference", find_target, self.scope.names, text)
        return cleaned

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
