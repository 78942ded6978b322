"""The form of a row: the same for a row of a grid, a record, a pasted line and the command line."""

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from functools import cached_property
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import BaseConstraint, QuerySet

from projects.design.tree import Design, Policies
from projects.models import Conventions, Entity, Feature
from projects.models.base import FoldedField, Row
from projects.snapshot.policies import policies_of
from projects.workflow.editing import Door
from projects.workflow.inherited import FromPolicy
from projects.workflow.names import Names
from projects.workflow.quantity_cells import Quantity, refuse_unreadable

T = TypeVar("T")


class Scope:
    """Where rows are edited: a feature, and the row in it that holds them, if any does; looked up when first asked."""

    def __init__(self, feature: Feature, find_holder: Callable[["Scope"], Row | None] = lambda scope: None) -> None:
        self.feature = feature
        self._find_holder = find_holder
        self.names = Names(feature)
        # The design as it stands, where a page has it at hand.
        self.design: Design | None = None
        self._rows: dict[type[Row], QuerySet[Any]] = {}
        self._remembered: dict[str, Any] = {}

    @cached_property
    def holder(self) -> Row | None:
        return self._find_holder(self)

    def remember_holder(self, holder: Row) -> None:
        """A row that was read brought what holds it along, so it need not be looked up."""
        if "holder" not in vars(self):
            self.holder = holder

    @property
    def entity(self) -> Entity | None:
        return self.holder if isinstance(self.holder, Entity) else None

    @property
    def conventions(self) -> Conventions:
        return self.feature.epic.project.conventions

    @cached_property
    def policies(self) -> Policies:
        return policies_of(self.feature.epic.project)

    def remember(self, name: str, find: Callable[["Scope"], T]) -> T:
        """What `find` gives, looked up once."""
        if name not in self._remembered:
            self._remembered[name] = find(self)
        found: T = self._remembered[name]
        return found

    def rows(self, model: type[Row]) -> QuerySet[Any]:
        """The rows of the feature that a cell can lead to, asked for once."""
        if model not in self._rows:
            self._rows[model] = model._default_manager.filter(feature=self.feature).order_by("position", "uid")
        return self._rows[model]


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
        starts = self.starts(scope) if instance.pk is None else {}
        options["initial"] = starts | self.texts(instance) | (options.get("initial") or {})
        super().__init__(*args, **options)
        if (cells := self.cells()) is not None:
            self.fields = {name: field for name, field in self.fields.items() if name in cells}
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
                field.queryset = self.choices_of(name, field.queryset.model, scope)
                field.empty_label = None if field.required else "None"
            if isinstance(field, forms.TypedChoiceField):
                field.choices = [(value, label if value else "") for value, label in _pairs(field.choices)]

    held_by = ""
    # Cells that hold a quantity, with how it is read.
    quantities: Mapping[str, Quantity] = {}
    # Cells that `clean` may fill from the others.
    derived: tuple[str, ...] = ()

    def place(self, instance: Any) -> None:
        """Give a new row what holds it, other than the feature."""
        if self.held_by and getattr(instance, f"{self.held_by}_id") is None and self.scope.holder is not None:
            setattr(instance, self.held_by, self.scope.holder)

    def cells(self) -> Collection[str] | None:
        """The cells that a row of its kind has, if not all: the others stay as they are."""
        return None

    @classmethod
    def choices_of(cls, name: str, model: type[Row], scope: Scope) -> QuerySet[Any]:
        """The rows that a choice cell can lead to."""
        return scope.rows(model)

    @classmethod
    def texts(cls, instance: Any) -> dict[str, Any]:
        return {}

    @classmethod
    def starts(cls, scope: Scope) -> dict[str, Any]:
        """What the cells of a new row start with, where that is not the model's default."""
        return {}

    @classmethod
    def inherited(cls, scope: Scope, instance: Any, values: Mapping[str, Any]) -> dict[str, FromPolicy]:
        """What the project's policies say of the cells, of a row with these values."""
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
        refuse_unreadable(self, self.quantities)
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
        changes = {
            str(self[name].label): [
                shown(self.fields[name], self.get_initial_for_field(self.fields[name], name)),
                shown(self.fields[name], self.cleaned_data.get(name)),
            ]
            for name in {*self.changed_data, *self.derived} & self.fields.keys()
        }
        derived = {str(self[name].label) for name in self.derived if name in self.fields}
        return {label: both for label, both in changes.items() if label not in derived or both[0] != both[1]}

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
        return not set(self.changed_data) - self.starts(self.scope).keys()


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
    if isinstance(form_field, forms.MultipleChoiceField):
        words = dict(options(form_field))
        return ", ".join(words.get(str(each), str(each)) for each in value or ())
    if isinstance(form_field, forms.ChoiceField):
        return dict(options(form_field)).get(str(value), str(value)) if value else ""
    return "" if value is None else str(value)


def options(form_field: forms.ChoiceField) -> list[tuple[str, str]]:
    """The choices of a field, which are all flat here, as value and words."""
    choices: Any = form_field.choices
    return [(str(value), str(words)) for value, words in choices]


def whole(text: Any) -> int:
    """A number that a page sent along, such as a row's version; 0 for what is none, which no row has."""
    digits = str(text or "")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else 0


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
