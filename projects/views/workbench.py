"""The workbench: the page of a step, put together from what the step declares."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from projects.access import FeatureVisit, visit_feature
from projects.checks.finding import Finding
from projects.exporters import DATA_DESIGN
from projects.models.base import Row
from projects.snapshot.current import Digested, current_design
from projects.views.addresses import Addresses
from projects.views.companion import Companion, preview, rail
from projects.workflow.forms import RowForm, Scope
from projects.workflow.grids import GridBuilder, GridView, RowView
from projects.workflow.progress import Overview, findings_of, overview_of
from projects.workflow.records import draft_record
from projects.workflow.saving import NEW, Outcome
from projects.workflow.steps import STEP_BY_SLUG, STEPS
from projects.workflow.steps.step import Grid, Part, Record, Step

# Which part of a step the address's `at` names a row of.
PICKED_PART = {"entity": "entities", "store": "stores", "query": "query-details"}
COMMON_TYPES = (
    *("uuid", "bigint", "integer", "smallint", "numeric(12,2)", "boolean", "text", "varchar(64)", "char(3)"),
    *("date", "timestamptz", "timestamp", "interval", "jsonb", "bytea"),
)


@dataclass
class RecordView:
    """One row as a form with labels."""

    record: Record
    form: RowForm
    url: str
    uid: str
    version: int
    may_edit: bool
    history_url: str = ""
    delete_url: str = ""
    conflict: Any = None

    template = "projects/workbench/_record.html"

    @property
    def groups(self) -> list[list[Any]]:
        return [[self.form[name] for name in group] for group in self.record.groups]

    @property
    def rare(self) -> list[Any]:
        return [self.form[name] for name in self.record.rare]

    @property
    def shows_rare(self) -> bool:
        return any(field.value() or field.errors for field in self.rare)

    @property
    def is_new(self) -> bool:
        return self.uid == NEW


@dataclass
class Workbench:
    """Everything the page of one step shows; `outcomes` are the rows just sent to the part `answers`, by uid."""

    visit: FeatureVisit
    step: Step
    at: str = ""
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    answers: str = ""

    def __post_init__(self) -> None:
        self.addresses = Addresses(self.visit.feature)
        self.digested: Digested = current_design(self.visit.feature)
        self.overview: Overview = overview_of(self.digested)
        self.scope = Scope(self.visit.feature)
        self.picked = self._pick()

    @property
    def findings(self) -> list[Finding]:
        return [each for each in findings_of(self.digested) if each.step == self.step.slug]

    def findings_by_uid(self) -> dict[UUID, list[Finding]]:
        grouped: dict[UUID, list[Finding]] = {}
        for each in self.findings:
            if each.uid:
                grouped.setdefault(each.uid, []).append(each)
        return grouped

    def _pick(self) -> Row | None:
        """The row that the address names, or the first; the entity of the data model is the scope of its grids."""
        part = next((part for part in self.step.parts if part.slug == PICKED_PART.get(self.step.picks)), None)
        if part is None or self.at == NEW:
            return None
        uid = _uid(self.at) or self._first()
        row = part.row(self.scope, uid) if uid else None
        if row is None and self.at and not self._reused:
            raise Http404("There is no such row in this design any more. Its deletion stands in the history.")
        if self.step.picks == "entity":
            self.scope.entity = row
        return row

    def _first(self) -> UUID | None:
        design = self.digested.design
        lists: dict[str, Any] = {"entity": design.own_entities, "store": design.stores, "query": design.queries}
        return next((each.uid for each in lists[self.step.picks]), None)

    @property
    def _reused(self) -> Any:
        entity = self.digested.design.entity_by_uid.get(_uid(self.at) or UUID(int=0))
        return entity if entity and entity.reused_from else None

    def sections(self) -> list[GridView | RecordView]:
        shown = [part for part in self.step.parts if self._is_shown(part)]
        rows = {part.slug: part.page_rows(self.scope) for part in shown if isinstance(part, Grid)}
        if self.step.join and rows:
            self.step.join(rows)
        return [self._section(part, rows) for part in shown]

    def _section(self, part: Part, rows: dict[str, list[Row]]) -> GridView | RecordView:
        if isinstance(part, Record):
            return self.record(part)
        if isinstance(part, Grid):
            return self.grid(part, rows[part.slug])
        raise TypeError(f"{part.slug} is neither a grid nor a record")

    def _is_shown(self, part: Part) -> bool:
        if self.step.slug != "data-model":
            return part.slug != "query-details" or self.picked is not None
        if self.at == "types":
            return part.slug == "types"
        if self._reused:
            return False
        return part.slug == "entities" or (self.scope.entity is not None and part.slug != "types")

    def grid(self, part: Grid, rows: list[Row]) -> GridView:
        builder = GridBuilder(part, self.scope, self.findings_by_uid())
        outcomes = self.outcomes if part.slug == self.answers else {}
        views = builder.rows(rows, outcomes)
        shown = {view.uid for view in views}
        # A row that somebody deleted meanwhile still shows what was typed into it.
        views += [
            builder.answered(outcome, len(views) + 1)
            for uid, outcome in outcomes.items()
            if uid not in shown and uid != NEW and not outcome.is_settled
        ]
        if self.visit.may_edit:
            views.append(builder.new_row(len(views) + 1, outcomes.get(NEW)))
        picked = str(self.picked.uid) if self.picked and self.step.picks == "query" else ""
        return view_of(part, builder, views, self.visit, at=self.at_now, picks=self.step.picks, picked=picked)

    def record(self, part: Record) -> RecordView:
        row = self.picked if part.slug in PICKED_PART.values() else next(iter(part.page_rows(self.scope)), None)
        uid = str(row.uid) if row else NEW
        outcome = self.outcomes.get(uid) if part.slug == self.answers else None
        if outcome and not outcome.is_settled and outcome.form is not None:
            form = outcome.form
        else:
            form = part.form(instance=row, prefix=uid, scope=self.scope)
        version = int(form.data.get(f"{uid}-version") or 0) if form.is_bound else (row.version if row else 0)
        return RecordView(
            record=part,
            form=form,
            url=self.addresses.row(part.slug, uid),
            uid=uid,
            version=version,
            may_edit=self.visit.may_edit,
            history_url=f"{self.addresses.history}?uid={uid}" if row else "",
            delete_url=self._delete_url(part, row),
            conflict=outcome.conflict if outcome else None,
        )

    def _delete_url(self, part: Part, row: Row | None) -> str:
        """Where an entity or a store is deleted; the requirements as such cannot be."""
        if row is None or part.slug not in (PICKED_PART["entity"], PICKED_PART["store"]):
            return ""
        return self.addresses.to("delete-row", part=part.slug, uid=row.uid)

    @property
    def at_now(self) -> str:
        """What `at` would have to be to show this page again."""
        return self.at or (str(self.picked.uid) if self.picked else "")

    @property
    def document_path(self) -> str:
        return DATA_DESIGN.path(self.digested.design.identity)

    @property
    def document_html(self) -> SafeString:
        return mark_safe(preview(self.digested, draft_record(self.visit.feature), self.addresses.step("data-model")))

    def tabs(self) -> list[dict[str, Any]]:
        """The things that can be picked in this step, from the design, so that they cost no query."""
        design, worst = self.digested.design, self._severity_by_thing()
        things: list[tuple[UUID, str, int | None, bool]]
        if self.step.picks == "entity":
            things = [(each.uid, each.full_name, len(each.fields), bool(each.reused_from)) for each in design.entities]
        elif self.step.picks == "store":
            things = [(each.uid, each.name, None, False) for each in design.stores]
        else:
            return []
        current = self.at if self._reused else str(self.picked.uid) if self.picked else ""
        return [
            {
                "name": name,
                "count": count,
                "is_reused": is_reused,
                "is_current": str(uid) == current,
                "severity": worst.get(uid, ""),
                "address": self.addresses.step(self.step.slug, uid),
            }
            for uid, name, count, is_reused in things
        ]

    def _severity_by_thing(self) -> dict[UUID, str]:
        design, worst = self.digested.design, dict[UUID, str]()
        for each in self.findings:
            if each.uid is None:
                continue
            owner = design.entity_of_field.get(each.uid)
            uid = owner.uid if owner else each.uid
            if worst.get(uid) != "error":
                worst[uid] = "error" if each.severity == "error" else worst.get(uid) or each.severity.value
        return {uid: severity for uid, severity in worst.items() if severity != "advice"}

    def context(self) -> dict[str, Any]:
        number = STEPS.index(self.step)
        design = self.digested.design
        return {
            "bench": self,
            "visit": self.visit,
            "feature": self.visit.feature,
            "addresses": self.addresses,
            "step": self.step,
            "step_number": number + 1,
            "step_count": len(STEPS),
            "step_before": self.addresses.step(STEPS[number - 1].slug) if number else "",
            "step_after": self.addresses.step(STEPS[number + 1].slug) if number + 1 < len(STEPS) else "",
            "overview": self.overview,
            "rail": rail(self.addresses, self.overview, self.step),
            "tabs": self.tabs(),
            "sections": self.sections(),
            "reused": self._reused,
            "known_entities": [entity.full_name for entity in design.entities],
            "known_types": [*(each.name for each in design.types), *COMMON_TYPES],
            "failed": [outcome for outcome in self.outcomes.values() if not outcome.is_settled],
        }


def view_of(  # noqa: PLR0913 - what a grid shows comes from as many places
    grid: Grid,
    builder: GridBuilder,
    rows: list[RowView],
    visit: FeatureVisit,
    *,
    at: str = "",
    picks: str = "",
    picked: str = "",
) -> GridView:
    addresses = Addresses(visit.feature)
    paste = addresses.to("paste", part=grid.slug)
    return GridView(
        grid=grid,
        url=addresses.rows(grid.slug),
        rows=rows,
        choices=builder.choices(),
        may_edit=visit.may_edit,
        history_url=addresses.history,
        caption=f"{grid.title} of {builder.scope.entity}" if grid.of_entity and rows else grid.title,
        picked=picked,
        picks=PICKED_PART["query"] if picks == "query" else "",
        paste_url=f"{paste}?at={at}" if at else paste,
    )


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def show_step(request: HttpRequest, bench: Workbench, status: int = 200) -> HttpResponse:
    companion = Companion.of(request, bench.visit, bench.digested, bench.step, bench.picked)
    context = bench.context() | {"companion": companion}
    return render(request, "projects/workbench/step.html", context, status=status)


@require_safe
def feature(request: HttpRequest, project: str, epic: str, feature: str) -> HttpResponse:
    """Lead to the first step that is not complete."""
    visit = visit_feature(request.user, project, epic, feature)  # type: ignore[arg-type]  # signed in, by middleware
    slug = overview_of(current_design(visit.feature)).next_step()
    return redirect("step", project=project, epic=epic, feature=feature, step=slug)


@require_safe
def step(request: HttpRequest, project: str, epic: str, feature: str, step: str) -> HttpResponse:
    visit = visit_feature(request.user, project, epic, feature)  # type: ignore[arg-type]  # signed in, by middleware
    if step not in STEP_BY_SLUG:
        raise Http404("The workflow has no such step.")
    return show_step(request, Workbench(visit, STEP_BY_SLUG[step], request.GET.get("at", "")))


@require_safe
def choose_step(request: HttpRequest, project: str, epic: str, feature: str) -> HttpResponse:
    """Lead to the step chosen in the select of a narrow window."""
    chosen = request.GET.get("step", "")
    slug = chosen if chosen in STEP_BY_SLUG else STEPS[0].slug
    return redirect(reverse("step", args=[project, epic, feature, slug]))
