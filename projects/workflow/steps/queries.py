"""The step “Query patterns”: what the application asks of the data, most frequent first."""

from typing import Any

from django import forms
from django.db.models import Prefetch

from projects.design.tree import Design
from projects.design.vocabulary import LINE_LENGTH, Direction, UseRole
from projects.models import Entity, Query, QueryUse
from projects.workflow.forms import RowForm
from projects.workflow.names import items, part_text, use_text
from projects.workflow.steps.step import Choice, Column, Grid, Pick, Record, Shown, Step

FILTERS = (UseRole.EQUALITY, UseRole.RANGE, UseRole.SEARCH)
USES = Prefetch("uses", QueryUse.objects.select_related("field__entity").order_by("position"))


class UsesForm(RowForm):
    """Turns the cells that name fields into the uses of the query; subclasses say which cells they show."""

    roles: dict[str, tuple[UseRole, ...]] = {}

    def read_uses(self, entity: Entity | None) -> None:
        if self.is_untouched(*self.roles, "entity_name"):
            return
        cells = {name: self._read(name, entity) for name in self.roles}
        if self.errors:
            return
        shown = {role for roles in self.roles.values() for role in roles}
        kept = [] if self.instance.pk is None else [use for use in self.instance.uses.all() if use.role not in shown]
        uses = [QueryUse(field=use.field, role=use.role, direction=use.direction) for use in kept]
        self.parts["uses"] = [*(use for cell in cells.values() for use in cell), *uses]

    def _read(self, name: str, entity: Entity | None) -> list[QueryUse]:
        text, names = self.cleaned_data.get(name) or "", self.scope.names
        if self.roles[name] == FILTERS:
            found = self.resolve(name, names.uses, text, entity) or []
            return [QueryUse(field=field, role=role) for field, role in found]
        parts = self.resolve(name, names.parts, text, entity) or []
        if any(part.field is None for part in parts):
            self.add_error(name, "Name fields here; expressions in parentheses belong to indexes.")
        (role,) = self.roles[name]
        return [QueryUse(field=part.field, role=role, direction=part.direction) for part in parts]

    @classmethod
    def texts(cls, instance: Query) -> dict[str, Any]:
        uses = list(instance.uses.all()) if instance.pk else []
        return {
            name: ", ".join(_text(use, instance.entity_id) for use in uses if use.role in roles)
            for name, roles in cls.roles.items()
        }


def _text(use: QueryUse, entity_id: int | None) -> str:
    if use.role in FILTERS:
        return use_text(use.field, use.role, entity_id)
    direction = use.direction if use.role == UseRole.SORT else Direction.ASCENDING
    return part_text(use.field, "", direction, entity_id)


class QueryForm(UsesForm):
    """A row of the grid."""

    entity_name = forms.CharField(label="Entity", required=False, max_length=2 * LINE_LENGTH)
    filters = forms.CharField(required=False, max_length=2000)
    sort = forms.CharField(required=False, max_length=2000)

    roles = {"filters": FILTERS, "sort": (UseRole.SORT,)}

    class Meta:
        model = Query
        fields = ["name", "kind", "frequency", "rate"]

    @classmethod
    def texts(cls, instance: Query) -> dict[str, Any]:
        entity = instance.entity.full_name if instance.entity_id and instance.entity else ""
        return super().texts(instance) | {"entity_name": entity}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.is_untouched("entity_name", *self.roles):
            return cleaned
        names, text = self.scope.names, cleaned.get("entity_name") or ""
        entity = self.resolve("entity_name", names.entity, text) if text else self._entity_of_first_filter(cleaned)
        self.instance.entity = entity
        self.read_uses(entity)
        return cleaned

    def _entity_of_first_filter(self, cleaned: dict[str, Any]) -> Entity | None:
        """`refunds.status` in the first filter says which entity the operation is about."""
        first = next(iter(items(cleaned.get("filters") or "")), "")
        return self.scope.names.owner_of(first) if "." in first else None


class QueryDetailForm(UsesForm):
    """The rest of an operation, in a form of its own below the grid."""

    joins = forms.CharField(required=False, max_length=2000, help_text="Fields of other entities, like lines.order_id.")
    returned = forms.CharField(label="Fields returned", required=False, max_length=2000)
    written = forms.CharField(label="Fields written", required=False, max_length=2000)

    roles = {"joins": (UseRole.JOIN,), "returned": (UseRole.RETURNED,), "written": (UseRole.WRITTEN,)}

    class Meta:
        model = Query
        fields = [
            *("pattern", "expected_duration", "condition", "pagination", "aggregation", "key_space", "cache"),
            *("purpose", "reason", "logic", "bottleneck", "optimization", "caching", "sql"),
        ]
        help_texts = {
            "pattern": "A short name, like filtered list with pagination.",
            "condition": "What it always states; a partial index serves it only if it says the same.",
            "aggregation": "What is counted or summed, and by what, like sum of amount by month.",
            "key_space": "If it reads or writes keys and not rows.",
            "cache": "One of step 8, if it is answered from there.",
            "logic": "In prose: this goes into the document, which holds no code.",
            "sql": "Optional; it never enters the data design document.",
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.read_uses(self.instance.entity)
        return cleaned


def query_choices(design: Design) -> list[Choice]:
    return [Choice(query.uid, query.name) for query in design.queries]


def of_a_picked_operation(shown: Shown) -> bool:
    return shown.picked is not None


STEP = Step(
    slug="queries",
    title="Query patterns",
    group="Access",
    summary="High is more than 100 a second, Medium 10 to 100, Low less than 10.",
    pick=Pick(Query, query_choices, part="query-details", has_tabs=False),
    parts=(
        Grid(
            slug="queries",
            title="Operations",
            form=QueryForm,
            select=("entity",),
            related=(USES,),
            empty="No operations yet. Write down what the application asks of this data, most frequent first. "
            "Indexes are checked against this list.",
            add_label="Add an operation…",
            columns=(
                Column("name", "Operation", width="l"),
                Column("frequency", "Frequency", "choice", width="s"),
                Column("rate", "Rate", width="s"),
                Column("kind", "R/W", "choice", width="s"),
                Column("entity_name", "Entity", "mono", "entities", width="m"),
                Column("filters", "Filters", "mono", width="l"),
                Column("sort", "Sort", "mono", width="m"),
            ),
        ),
        Record(
            slug="query-details",
            shows=of_a_picked_operation,
            title="Operation",
            form=QueryDetailForm,
            select=("entity",),
            related=(USES,),
            groups=(
                ("pattern", "pagination", "expected_duration"),
                ("condition", "joins", "aggregation"),
                ("returned", "written"),
                ("logic", "bottleneck"),
                ("optimization", "caching"),
                ("cache", "key_space"),
                ("purpose", "reason", "sql"),
            ),
        ),
    ),
)
