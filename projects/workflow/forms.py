"""The form of a row: the same for a row of a grid, a record, a pasted line and the command line."""

import re
import unicodedata
from functools import cached_property
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import BaseConstraint, QuerySet

from projects.models import Conventions, Entity, Feature, Store
from projects.models.base import FoldedField, Row
from projects.workflow.editing import Door
from projects.workflow.names import Names


class Scope:
    """Where rows are edited: a feature, and an entity of it if they belong to one; looked up when first asked."""

    def __init__(self, feature: Feature, entity_uid: UUID | None = None) -> None:
        self.feature = feature
        self.entity_uid = entity_uid
        self.names = Names(feature)

    @cached_property
    def entity(self) -> Entity | None:
        if self.entity_uid is None:
            return None
        return Entity.objects.filter(feature=self.feature, uid=self.entity_uid).first()

    @property
    def conventions(self) -> Conventions:
        return self.feature.epic.project.conventions

    @cached_property
    def stores(self) -> QuerySet[Store]:
        return Store.objects.filter(feature=self.feature).order_by("position", "uid")


class RowForm(forms.ModelForm):
    """Validates a row and writes it through the door.

    Cells that are not columns of the model (the fields of an index as text) are form fields too: `texts` gives their
    value for a row, `clean` turns them into `self.parts`, and `write_parts` saves those.
    """

    def __init__(self, *args: Any, scope: Scope, **options: Any) -> None:
        self.scope = scope
        self.parts: dict[str, list[Any]] = {}
        instance = options.get("instance") or self._meta.model()
        if instance.feature_id is None:
            instance.feature = scope.feature
        self.place(instance)
        options["instance"] = instance
        options["initial"] = self.texts(instance) | (options.get("initial") or {})
        super().__init__(*args, **options)
        if isinstance(store := self.fields.get("store"), forms.ModelChoiceField):
            store.queryset = scope.stores
            store.empty_label = "None"
        for field in self.fields.values():
            if isinstance(field, forms.TypedChoiceField):
                field.choices = [(value, label if value else "") for value, label in _pairs(field.choices)]

    def place(self, instance: Any) -> None:
        """Give a new row its owner other than the feature."""

    @classmethod
    def texts(cls, instance: Any) -> dict[str, Any]:
        return {}

    @classmethod
    def values(cls, instance: Any) -> dict[str, Any]:
        """Every cell's value for a row, without building a form: a page shows hundreds of rows."""
        columns = {name: getattr(instance, _column(instance, name)) for name in cls._meta.fields or ()}
        return columns | cls.texts(instance)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, value in cleaned.items():
            if isinstance(value, str):
                cleaned[name] = tidy(value, is_prose=isinstance(self.fields[name].widget, forms.Textarea))
        return cleaned

    def resolve(self, name: str, resolver: Any, *arguments: Any) -> Any:
        """What a cell's text means; an unknown name becomes that cell's error."""
        try:
            return resolver(*arguments)
        except ValidationError as error:
            self.add_error(name, error)
            return None

    def is_untouched(self, *names: str) -> bool:
        """Whether these cells of a saved row are as they were, so that what they mean need not be looked up."""
        return self.instance.pk is not None and not set(names) & set(self.changed_data)

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and not self.errors:
            # A plain ModelForm skips constraints that name fields it does not show.
            untouched = self._untouched()
            for model, constraints in self.instance.get_constraints():
                for constraint in constraints:
                    try:
                        constraint.validate(model, self.instance, exclude=untouched)
                    except ValidationError as error:
                        self.add_error(self._cell_of(constraint), error)

    def _cell_of(self, constraint: BaseConstraint) -> str | None:
        """The cell that a broken constraint is about: a folded name is what was typed as the name."""
        columns = {self.instance._meta.get_field(name) for name in getattr(constraint, "fields", ())}
        return "name" if "name" in self.fields and any(isinstance(each, FoldedField) for each in columns) else None

    def _untouched(self) -> set[str]:
        """Columns whose constraints held before and hold still, as nothing they are made of was changed."""
        if self.instance.pk is None:
            return set()
        columns = self.instance._meta.concrete_fields
        folded = {column.name for column in columns if isinstance(column, FoldedField)}
        named = {"name", "namespace"} & set(self.changed_data)
        return {"uid"} if named else {"uid", *folded}

    def changes(self) -> dict[str, list[str]]:
        """Label of each changed cell → [before, after], in words."""
        return {
            str(self[name].label): [
                shown(self.fields[name], self.get_initial_for_field(self.fields[name], name)),
                shown(self.fields[name], self.cleaned_data.get(name)),
            ]
            for name in self.changed_data
        }

    def write(self, door: Door, version: int | None = None) -> None:
        """Save the row, as new if it has no version; raises StaleVersion as the door does."""
        if version is None:
            door.create(self.instance, self.changes())
        else:
            door.update(self.instance, version=version, changes=self.changes())
        self.write_parts(door)

    def write_parts(self, door: Door) -> None:
        for name, parts in self.parts.items():
            door.replace_parts(self.instance, name, parts)

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed: an unused row at the end of a grid."""
        return not self.has_changed()


def _pairs(choices: Any) -> list[tuple[Any, Any]]:
    return list(choices)


def _column(instance: Row, name: str) -> str:
    return str(getattr(instance._meta.get_field(name), "attname", name))


def shown(form_field: forms.Field, value: Any) -> str:
    """A cell's value in words, for history and for comparing two versions."""
    if isinstance(form_field, forms.ModelChoiceField):
        if value in (None, ""):
            return ""
        rows = form_field.queryset
        found = value if isinstance(value, Row) or rows is None else rows.filter(pk=value).first()
        return str(found or "")
    if isinstance(form_field, forms.BooleanField):
        return "yes" if value in (True, "on", "true", "True", "1") else "no"
    if isinstance(form_field, forms.ChoiceField):
        return dict(options(form_field)).get(str(value), str(value)) if value else ""
    return "" if value is None else str(value)


def options(form_field: forms.ChoiceField) -> list[tuple[str, str]]:
    """The choices of a field, which are all flat here, as value and words."""
    choices: Any = form_field.choices
    return [(str(value), str(words)) for value, words in choices]


def tidy(text: str, *, is_prose: bool) -> str:
    """The text without control characters, which no PDF or SVG can hold; a line is kept on one line."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not is_prose:
        return re.sub(r"\s+", " ", _printable(text, "\n\t")).strip()
    return _printable(text, "\n\t").strip()


def _printable(text: str, allowed: str) -> str:
    return "".join(
        character for character in text if character in allowed or unicodedata.category(character) not in ("Cc", "Cs")
    )
