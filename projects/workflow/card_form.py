"""A form that carries along the values it was opened with.

So a save can tell what the person changed from what somebody else saved in the meantime, and a conflict shows both.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from django import forms
from django.core.exceptions import ValidationError

from projects.workflow.forms import shown, tidy
from projects.workflow.project_door import StaleCard, plain

Result = TypeVar("Result")


@dataclass(frozen=True)
class Difference:
    """One field of a conflict, by its name in the page: when the form was opened, saved now, and typed."""

    name: str
    label: str
    opened: str
    saved: str
    mine: str

    @property
    def is_contested(self) -> bool:
        return self.saved not in (self.opened, self.mine) and self.mine != self.opened


class Fact(NamedTuple):
    """A value in words; `id` is that of its input, for links that lead to either."""

    id: str
    label: str
    value: str


class CardForm(forms.ModelForm):
    """A form for the values of one row that is not part of a design."""

    conflict: tuple[Difference, ...] = ()
    data: Any

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            if not isinstance(field.widget, forms.CheckboxInput | forms.Select):
                field.widget.attrs["dir"] = "auto"
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 4
            field.show_hidden_initial = self.instance.pk is not None
        self._take_what_is_saved_where_chosen()

    def _take_what_is_saved_where_chosen(self) -> None:
        """In a conflict the person may choose the saved value, which came back as the hidden initial one."""
        chosen = [name for name in self.fields if self.data.get(f"choice-{self.add_prefix(name)}") == "saved"]
        if chosen:
            self.data = self.data.copy()
            for name in chosen:
                self._put(name, self._opened(name))

    def _opened(self, name: str) -> Any:
        """The value that the page was opened with, as it was sent along; a list where several can be chosen."""
        key = self.add_initial_prefix(name)
        opened = self.fields[name].hidden_widget().value_from_datadict(self.data, self.files, key)
        return "" if opened is None else opened

    def _put(self, name: str, value: Any) -> None:
        if isinstance(value, list):
            self.data.setlist(self.add_prefix(name), value)
        else:
            self.data[self.add_prefix(name)] = value

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, value in cleaned.items():
            if isinstance(value, str):
                cleaned[name] = tidy(value, is_prose=isinstance(self.fields[name].widget, forms.Textarea))
        return cleaned

    def validate_unique(self) -> None:
        """Left to the verb, which also knows the columns that the form does not show."""

    def validate_constraints(self) -> None:
        """As above."""

    @property
    def facts(self) -> list["Fact"]:
        """The row's values in words, for those who may not change them."""
        return [
            Fact(self[name].auto_id, str(self[name].label), shown(field, self.get_initial_for_field(field, name)))
            for name, field in self.fields.items()
        ]

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.fields}

    @cached_property
    def loaded(self) -> dict[str, Any] | None:
        """The values that the form was opened with; None if it did not say, as when a script posts it."""
        names = {name: self.add_initial_prefix(name) for name in self.fields}
        if not any(hidden in self.data for hidden in names.values()):
            return None
        return {name: self._opened(name) for name in names}

    def show_conflict(self, stale: StaleCard) -> None:
        """Keep what was typed, take over what only somebody else changed, and show both where they differ."""
        loaded = self.loaded or {}
        differences = []
        self.data = self.data.copy()
        for name, field in self.fields.items():
            saved, opened, mine = stale.saved.get(name, ""), loaded.get(name, ""), self.cleaned_data.get(name, "")
            if plain(saved) != plain(opened) or plain(mine) != plain(opened):
                words = (shown(field, _comparable(value)) for value in (opened, saved, mine))
                differences.append(Difference(self.add_prefix(name), str(self[name].label), *words))
            if plain(mine) == plain(opened):
                self._put(name, saved)
            self.data[self.add_initial_prefix(name)] = field.hidden_widget().format_value(saved) or ""
        self.conflict = tuple(differences)


def _comparable(value: Any) -> Any:
    return value if isinstance(value, list) else plain(value)


def attempt(form: forms.BaseForm, verb: Callable[[], Result]) -> Result | None:
    """Do what a valid form asks for; None if it was refused, and the form says why."""
    try:
        return verb()
    except ValidationError as error:
        form.add_error(None, error)
    except StaleCard as stale:
        assert isinstance(form, CardForm)
        form.show_conflict(stale)
    return None
