"""The step “Persistence mechanism”: stores with their rationale, and which data element lies where."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from projects.design.tree import Design
from projects.design.tree.in_force import profile_named
from projects.design.vocabulary import PolicyName, StoreKind
from projects.models import DataElement, Store
from projects.models.base import Row
from projects.workflow.forms import RowForm, Scope
from projects.workflow.guidance import Advice, advise
from projects.workflow.inherited import FromPolicy
from projects.workflow.steps.placing import stranded
from projects.workflow.steps.step import Beside, Choice, Column, Grid, Pick, Record, Step

RATIONALE = ("project_patterns", "feature_requirements", "performance_needs", "team_expertise")


class StoreForm(RowForm):
    class Meta:
        model = Store
        fields = ["name", "kind", "system", *RATIONALE]
        widgets = {"system": forms.TextInput({"list": "known-systems", "autocomplete": "off"})}

    @classmethod
    def inherited(cls, scope: Scope, instance: Any, values: Mapping[str, Any]) -> dict[str, FromPolicy]:
        policies = scope.policies
        names = ", ".join(profile.full_name for profile in policies.databases)
        system = str(values.get("system") or "").strip()
        departs = bool(system) and profile_named(system, policies) is None
        return {"system": FromPolicy(PolicyName.DATABASES, names, departs, is_stated=True)} if names else {}

    def clean_kind(self) -> str:
        """A store keeps its kind while something lies in it that a store of another kind does not hold."""
        kind = StoreKind(self.cleaned_data["kind"])
        if self.instance.pk and "kind" in self.changed_data and (held := stranded(self.instance, kind)):
            raise ValidationError(
                f"{held} lie{'s' if held.count('“') == 1 else ''} in this store, and a {kind.label.lower()} does not "
                "hold such things. Put them elsewhere in step 3 first; nothing was changed."
            )
        return kind


def advice(scope: Scope, row: Row | None) -> Advice:
    chosen = row.kind if isinstance(row, Store) else StoreKind.RELATIONAL
    return advise(scope.feature, chosen, scope.policies.databases)


class PlacementForm(RowForm):
    class Meta:
        model = DataElement
        fields = ["name", "store", "access_pattern", "note"]


def store_choices(design: Design) -> list[Choice]:
    return [Choice(store.uid, store.name, kind=store.kind.label) for store in design.stores]


STEP = Step(
    slug="storage",
    title="Persistence mechanism",
    group="Define",
    summary="Where the data is kept, and the four parts of why.",
    pick=Pick(Store, store_choices, part="stores"),
    parts=(
        Record(
            slug="stores",
            title="Store",
            form=StoreForm,
            beside=Beside("projects/workbench/_store_guide.html", advice),
            empty="No store yet. Choose where the data is kept; most features use what the project runs already.",
            groups=(
                ("name", "kind", "system"),
                ("project_patterns", "feature_requirements"),
                ("performance_needs", "team_expertise"),
            ),
        ),
        Grid(
            slug="placements",
            title="Which data lies where",
            form=PlacementForm,
            empty="The data elements of step 1 are placed here, once there are some.",
            add_label="Add a data element…",
            columns=(
                Column("name", "Data element", width="m"),
                Column("store", "Store", "choice", width="m"),
                Column("access_pattern", "Access pattern", width="l"),
                Column("note", "Why here, if not by the store's rationale", width="xl"),
            ),
        ),
    ),
)
