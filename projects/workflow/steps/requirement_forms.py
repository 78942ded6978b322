"""Forms of step 1: the sources and what is quoted from them, what must be kept, and what the backend design names."""

from collections.abc import Mapping
from typing import Any

from django import forms

from projects.models import Component, DataElement, Demand, Endpoint, Quote, Requirements, Source
from projects.workflow.forms import RowForm, Scope
from projects.workflow.inherited import FromPolicy, retention
from projects.workflow.quantity_cells import RETENTION
from projects.workflow.things import things_of


class SourceForm(RowForm):
    class Meta:
        model = Source
        fields = ["kind", "title", "location", "status"]


# How long a data element is kept: asked beside it, and in step 8.
KEPT = ("retention_rule", "kept_for", "afterwards", "departure")


class DataElementForm(RowForm):
    quantities = {"kept_for": RETENTION}

    class Meta:
        model = DataElement
        fields = ["name", "description", "reason", "size_estimate", *KEPT]

    @classmethod
    def inherited(cls, scope: Scope, instance: Any, values: Mapping[str, Any]) -> dict[str, FromPolicy]:
        return retention(scope.policies, values)


class RequirementsForm(RowForm):
    class Meta:
        model = Requirements
        fields = ["access_profile", "access_notes", "retention", "volume", "project_context"]


class ComponentForm(RowForm):
    class Meta:
        model = Component
        fields = ["name", "description"]


class EndpointForm(RowForm):
    class Meta:
        model = Endpoint
        fields = ["name", "description", "query"]


class DemandForm(RowForm):
    class Meta:
        model = Demand
        fields = ["kind", "text", "source"]


class QuoteForm(RowForm):
    about_text = forms.CharField(
        label="About", required=False, max_length=400, help_text="The fact that rests on these words, by its name."
    )

    class Meta:
        model = Quote
        fields = ["text", "source", "place"]

    @classmethod
    def texts(cls, instance: Quote) -> dict[str, Any]:
        if not instance.about:
            return {"about_text": ""}
        if "about_words" not in vars(instance):
            vars(instance)["about_words"] = things_of(instance.feature_id).words.get(instance.about, "")
        return {"about_text": vars(instance)["about_words"]}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.is_untouched("about_text"):
            text = cleaned.get("about_text") or ""
            things = things_of(self.scope.feature.pk) if text else None
            self.instance.about = self.resolve("about_text", things.uid, text) if things else None
        return cleaned


def join_quotes(rows: dict[str, list[Any]]) -> None:
    """Give the quotes the names of what they are about: the design is read once for all of them."""
    quotes = [quote for quote in rows.get("quotes", ()) if quote.about]
    if quotes:
        words = things_of(quotes[0].feature_id).words
        for quote in quotes:
            vars(quote)["about_words"] = words.get(quote.about, "")
