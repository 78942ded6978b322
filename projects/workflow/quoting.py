"""Words of a source, kept as a quote with their place, and on request put into the fact that rests on them."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from projects.design.vocabulary import NAME_LENGTH, PROSE_LENGTH, DemandKind
from projects.models import (
    Component,
    DataElement,
    Demand,
    Dto,
    Endpoint,
    Entity,
    EntityField,
    Index,
    KeySpace,
    Query,
    Quote,
    Source,
    User,
)
from projects.models.base import Row
from projects.workflow.editing import Door, editing
from projects.workflow.steps.requirement_forms import QuoteForm
from projects.workflow.things import things_of


class Into(StrEnum):
    NOTHING = ""
    DESCRIPTION = "description"
    REASON = "reason"
    ELEMENT = "element"
    VALIDATION = "validation"
    CACHING = "caching"


CHOICES = (
    (Into.NOTHING.value, "nothing else"),
    (Into.DESCRIPTION.value, "its description"),
    (Into.REASON.value, "its reason for storage"),
    (Into.ELEMENT.value, "a new data element of this name"),
    (Into.VALIDATION.value, "a new demand on validation"),
    (Into.CACHING.value, "a new demand on caching"),
)
# Where the words go, by the kind of the thing.
DESCRIBED: dict[str, tuple[type[Row], str]] = {
    "data element": (DataElement, "description"),
    "component": (Component, "description"),
    "endpoint": (Endpoint, "description"),
    "DTO": (Dto, "description"),
    "entity": (Entity, "purpose"),
    "field": (EntityField, "description"),
    "operation": (Query, "purpose"),
    "index": (Index, "purpose"),
    "key space": (KeySpace, "purpose"),
}
DEMANDS = {Into.VALIDATION: DemandKind.VALIDATION, Into.CACHING: DemandKind.CACHING}


class PaneQuoteForm(QuoteForm):
    """The form below the text of a source: what is quoted, which fact rests on it, and where else the words go."""

    into = forms.ChoiceField(label="Put the words into", choices=CHOICES, required=False)

    class Meta:
        model = Quote
        fields = ["text", "place"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3, "dir": "auto"})}

    def clean(self) -> dict[str, Any]:
        # A new data element has no name to be looked up yet.
        if self.data.get(self.add_prefix("into")) != Into.ELEMENT:
            cleaned = super().clean()
            self._needs_a_fact(cleaned)
            return cleaned
        cleaned = super(QuoteForm, self).clean()
        name = cleaned.get("about_text") or ""
        if not name:
            self.add_error("about_text", "Name the new data element.")
        elif len(name) > NAME_LENGTH:
            self.add_error("about_text", f"A name has up to {NAME_LENGTH} characters.")
        elif DataElement.objects.filter(feature=self.scope.feature, folded_name=name.casefold()).exists():
            self.add_error("about_text", "There is a data element of this name. Put the words into its description.")
        return cleaned

    def _needs_a_fact(self, cleaned: dict[str, Any]) -> None:
        asks = cleaned.get("into") in (Into.DESCRIPTION, Into.REASON)
        if asks and not cleaned.get("about_text") and "about_text" not in self.errors:
            self.add_error("about_text", "Name the fact that the words go into.")

    def changes(self) -> dict[str, list[str]]:
        asked = str(self["into"].label)
        return {label: change for label, change in super().changes().items() if label != asked}


def save_quote(form: PaneQuoteForm, source: Source, *, actor: User, now: datetime) -> str:
    """Save what a valid form says, and say in words where it went; raises ValidationError by the form's cells."""
    quote: Any = form.instance
    quote.source = source
    with editing(form.scope.feature, actor=actor, now=now) as door:
        into = Into(form.cleaned_data.get("into") or "")
        went = _put(door, form, source, into)
        door.create(quote, form.changes() | {"From": ["", source.label]})
    return went


def _put(door: Door, form: PaneQuoteForm, source: Source, into: Into) -> str:
    quote: Any = form.instance
    if into is Into.NOTHING:
        return ""
    if into is Into.ELEMENT:
        element = DataElement(name=form.cleaned_data["about_text"], description=quote.text)
        door.create(element, {"Description": ["", quote.text]})
        quote.about = element.uid
        return f"the new data element “{element.name}”"
    if kind := DEMANDS.get(into):
        demand = Demand(kind=kind.value, text=quote.text, source=source)
        door.create(demand, {"What is asked": ["", quote.text]})
        quote.about = quote.about or demand.uid
        return f"a new demand on {kind.label.lower()}"
    return _add_to(door, quote, into)


def _add_to(door: Door, quote: Quote, into: Into) -> str:
    row, column = _row_and_column(door, quote.about, into)
    before = str(getattr(row, column))
    after = f"{before}\n\n{quote.text}" if before.strip() else quote.text
    if len(after) > PROSE_LENGTH:
        raise ValidationError(
            {"into": f"There is no room for these words: a text has up to {PROSE_LENGTH} characters."}
        )
    setattr(row, column, after)
    label = str(row._meta.get_field(column).verbose_name)  # type: ignore[union-attr]  # a column of text
    door.update(row, version=row.version, changes={label.capitalize(): [before, after]})
    return f"{row.label}, {label}"


def _row_and_column(door: Door, about: UUID | None, into: Into) -> tuple[Row, str]:
    # The words were resolved to `about` by the form, so the thing is known, unless somebody deleted it since.
    kind = things_of(door.feature.pk).kinds.get(about, "") if about else ""
    model, column = DESCRIBED.get(kind, (DataElement, ""))
    if into is Into.REASON:
        column = "reason" if model is DataElement and kind else ""
    row = model._default_manager.filter(feature=door.feature, uid=about).first() if about and column else None
    if row is None:
        wanted = "reason for storage" if into is Into.REASON else "description"
        raise ValidationError({"into": f"What it is about has no {wanted} in this design."})
    return row, column
