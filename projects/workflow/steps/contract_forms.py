"""Forms of what crosses the interface: a DTO by its name, with all that is known of it, and its fields."""

from typing import Any

from django import forms
from django.db.models import Prefetch

from projects.design.vocabulary import NAME_LENGTH, MappingKind
from projects.models import Dto, DtoField, DtoSource, EntityField
from projects.workflow.forms import RowForm
from projects.workflow.names import field_text, items

SOURCES = Prefetch("sources", DtoSource.objects.select_related("field__entity").order_by("position"))


class DtoNameForm(RowForm):
    """A DTO as the backend design names it, before its fields are known."""

    class Meta:
        model = Dto
        fields = ["name", "direction", "source", "description"]


class DtoForm(RowForm):
    entity_name = forms.CharField(
        label="Main entity",
        required=False,
        max_length=2 * NAME_LENGTH + 1,
        help_text="Data fields below may leave its name out.",
        widget=forms.TextInput({"class": "mono", "list": "known-entities", "spellcheck": "false"}),
    )

    class Meta:
        model = Dto
        fields = ["name", "direction", "source", "description"]
        widgets = {"name": forms.TextInput({"class": "mono", "spellcheck": "false"})}

    @classmethod
    def texts(cls, instance: Dto) -> dict[str, Any]:
        return {"entity_name": instance.entity.full_name if instance.entity_id and instance.entity else ""}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.is_untouched("entity_name"):
            text = cleaned.get("entity_name") or ""
            self.instance.entity = self.resolve("entity_name", self.scope.names.entity, text) if text else None
        return cleaned


class DtoFieldForm(RowForm):
    held_by = "dto"

    sources_text = forms.CharField(
        label="Data fields", required=False, max_length=2000, help_text="Like users.first_name, users.last_name."
    )

    class Meta:
        model = DtoField
        fields = ["name", "type", "is_required", "limits", "kind", "transformation", "alignment"]

    @classmethod
    def texts(cls, instance: DtoField) -> dict[str, Any]:
        if not instance.pk:
            return {"sources_text": ""}
        main = instance.dto.entity_id
        return {"sources_text": ", ".join(field_text(source.field, main) for source in instance.sources.all())}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.is_untouched("name") and cleaned.get("name"):
            self._refuse_second(cleaned["name"])
        if self.is_untouched("sources_text", "kind"):
            return cleaned
        fields = self._read_sources(cleaned.get("sources_text") or "")
        if fields and cleaned.get("kind") == MappingKind.UNSTORED:
            self.add_error("kind", "It names data fields, so it is stored or computed. Clear them if it is neither.")
        if fields and not cleaned.get("kind"):
            cleaned["kind"] = MappingKind.STORED.value
        self.parts["sources"] = [DtoSource(field=field) for field in fields]
        return cleaned

    def _refuse_second(self, name: str) -> None:
        others = DtoField.objects.filter(dto=self.instance.dto, name__iexact=name).exclude(pk=self.instance.pk)
        if others.exists():
            self.add_error("name", "Another field of this DTO has this name.")

    def _read_sources(self, text: str) -> list[EntityField]:
        entity, names = self.instance.dto.entity, self.scope.names
        found = [self.resolve("sources_text", names.field, item, entity) for item in items(text)]
        return list(dict.fromkeys(field for field in found if field is not None))
