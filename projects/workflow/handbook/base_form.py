"""The base of every form of the handbook: some of its fields or all, readable quantities, and never a secret."""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.forms.utils import ErrorDict

from projects.design.secrets import secret_in
from projects.workflow.card_form import CardForm
from projects.workflow.quantity_cells import Quantity, refuse_unreadable

UNDECIDED = "Not decided"
UNCHOSEN = "Choose one"


class JoinedInput(forms.HiddenInput):
    """Several values in one hidden input, which says that there were none too."""

    def format_value(self, value: Any) -> str:
        return " ".join(map(str, value or ()))

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return str(data.get(name) or "").split()


class ChoicesField(forms.MultipleChoiceField):
    """Checkboxes, whose values hold no spaces, and what they were when the page was opened."""

    widget = forms.CheckboxSelectMultiple
    hidden_widget = JoinedInput


class HandbookForm(CardForm):
    """A form of one row of the handbook. `only` leaves out the other fields, which then stay as they are."""

    # Cells that hold a quantity, with how it is read.
    quantities: Mapping[str, Quantity] = {}
    # Django's own: what was found wrong, None as long as nobody looked.
    _errors: ErrorDict | None

    def __init__(self, *args: Any, only: Collection[str] | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        if only is not None:
            self.fields = {name: self.fields[name] for name in only}
        for field in self.fields.values():
            if isinstance(field, forms.TypedChoiceField):
                empty = UNCHOSEN if field.required else UNDECIDED
                field.choices = [(value, label if value else empty) for value, label in _pairs(field.choices)]
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 3
        for name, field in self.fields.items():
            if isinstance(field.widget, forms.TextInput):
                # Columns of a table share its width by this.
                field.widget.attrs["size"] = 10 if name in self.quantities else 30

    def is_untouched(self, *names: str) -> bool:
        """Whether these fields of a saved row are as they were, so that what they mean need not be looked up."""
        return self.instance.pk is not None and not set(names) & set(self.changed_data)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        refuse_unreadable(self, self.quantities)
        for name, value in list(cleaned.items()):
            if isinstance(value, str) and (refusal := secret_in(value)):
                self.add_error(name, refusal)
        return cleaned

    def leave_unchecked(self) -> None:
        """Show what was typed without saying what is wrong with it."""
        self._errors = ErrorDict()

    def _post_clean(self) -> None:
        """The verb writes the row; the form does not change it."""

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed: an unused row at the end of a list."""
        return not self.has_changed()


def _pairs(choices: Any) -> list[tuple[Any, Any]]:
    return list(choices)
