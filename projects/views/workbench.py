"""The workbench: the page of a step, put together from what the step declares."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import Http404

from projects.access import FeatureVisit
from projects.checks.finding import Finding
from projects.design.vocabulary import StepName
from projects.models.base import Row
from projects.snapshot.current import Digested, current_design
from projects.views.addresses import Addresses
from projects.views.checklist_page import ItemGroup, item_groups
from projects.views.companion import Companion
from projects.views.document_page import DocumentPage
from projects.views.finding_places import holders
from projects.views.keyed_forms import KeyedFormView, exemption_view
from projects.views.panels import Seen, ShownPanel, shown_panels
from projects.views.parts import RecordView, find_picked, uid_or_none, view_of
from projects.views.rail import rail
from projects.workflow.bulk import Selection
from projects.workflow.forms import Scope, whole
from projects.workflow.grids import GridBuilder, GridView
from projects.workflow.known_words import ANALYSERS, type_names
from projects.workflow.progress import Overview, completeness_of, findings_of, overview_of
from projects.workflow.saving import NEW, Outcome
from projects.workflow.standings import Standing, standing_of
from projects.workflow.steps import STEPS
from projects.workflow.steps.step import Choice, Grid, Page, Part, Record, Shown, Step
from projects.workflow.things import things_in

TABS_AT_MOST, TABS_CHARACTERS = 12, 90


# A longer list would weigh more than the page, and nobody scrolls through it.
FIELDS_SUGGESTED = 1000


@dataclass
class Workbench:
    """Everything the page of one step shows; `outcomes` are the rows just sent to the part `answers`, by uid."""

    visit: FeatureVisit
    step: Step
    at: str = ""
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    answers: str = ""
    exempting: Outcome | None = None
    noting: tuple[int, Outcome] | None = None
    selection: Selection = field(default_factory=Selection)

    def __post_init__(self) -> None:
        self.addresses = Addresses(self.visit.feature)
        self.digested: Digested = current_design(self.visit.feature)
        self.overview: Overview = overview_of(self.digested)
        self.scope = Scope(self.visit.feature)
        self.scope.design = self.digested.design
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
        """The row that the address names, or the first; it holds the rows of the parts that belong to one."""
        pick = self.step.pick
        if pick is None or self.at == NEW:
            return None
        at = (
            self.at
            if uid_or_none(self.at)
            else next((str(each.uid) for each in self.choices if not each.is_reused), "")
        )
        row = find_picked(self.step, self.scope, at)
        if row is None and self.at and not self._reused and uid_or_none(self.at):
            raise Http404("There is no such row in this design any more. Its deletion stands in the history.")
        self.scope.holder = row
        return row

    @property
    def thing_name(self) -> str:
        """What one of the things is called that can be picked here."""
        name = str(self.step.pick.model._meta.verbose_name) if self.step.pick else ""
        return name[:1].upper() + name[1:]

    @property
    def things_name(self) -> str:
        name = str(self.step.pick.model._meta.verbose_name_plural) if self.step.pick else ""
        return name[:1].upper() + name[1:]

    @property
    def can_add_thing(self) -> bool:
        """Whether this step is where such things are made."""
        parts = {part.slug for part in self.step.parts}
        return self.visit.may_edit and self.step.pick is not None and self.step.pick.part in parts

    @cached_property
    def choices(self) -> list[Choice]:
        return list(self.step.pick.things(self.digested.design)) if self.step.pick else []

    @property
    def _reused(self) -> Any:
        entity = self.digested.design.entity_by_uid.get(uid_or_none(self.at) or UUID(int=0))
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
        if part.shows is None:
            return not part.held_by or self.picked is not None
        return part.shows(Shown(self.at, self.picked, bool(self._reused)))

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
        view = view_of(part, builder, views, self.visit, at=self.at_now, step=self.step)
        view.filler_words = self._filler_words(part)
        if part.slug == self.answers:
            view.selection = self.selection
        if view.picks and self.picked:
            view.picked = str(self.picked.uid)
        return view

    def _filler_words(self, part: Part) -> str:
        if part.filler is None or not self.visit.may_edit:
            return ""
        return part.filler.words(self.digested.design, self.scope.holder)

    def record(self, part: Record) -> RecordView:
        is_picked = self.step.pick is not None and self.step.pick.part == part.slug
        row = self.picked if is_picked else next(iter(part.page_rows(self.scope)), None)
        uid = str(row.uid) if row else NEW
        outcome = self.outcomes.get(uid) if part.slug == self.answers else None
        if outcome and not outcome.is_settled and outcome.form is not None:
            form = outcome.form
        else:
            form = part.form(instance=row, prefix=uid, scope=self.scope)
        version = whole(form.data.get(f"{uid}-version")) if form.is_bound else (row.version if row else 0)
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
        """Where what a tab stands for is deleted; the requirements as such cannot be."""
        pick = self.step.pick
        if row is None or pick is None or pick.part != part.slug or not pick.has_tabs:
            return ""
        return self.addresses.to("delete-row", part=part.slug, uid=row.uid)

    @property
    def at_now(self) -> str:
        """What `at` would have to be to show this page again."""
        return self.at or (str(self.picked.uid) if self.picked else "")

    @cached_property
    def standing(self) -> Standing:
        return standing_of(self.visit.feature)

    @property
    def documents(self) -> DocumentPage:
        return DocumentPage(self.visit, self.digested, self.at, self.standing)

    def tabs(self) -> list[dict[str, Any]]:
        """The things that can be picked in this step, from the design, so that they cost no query."""
        if self.step.pick is None or not self.step.pick.has_tabs:
            return []
        worst = self._severity_by_thing()
        groups = [each.group for each in self.choices]
        has_groups = len({each.group for each in self.choices if not each.is_reused}) > 1
        is_page = any(page.at == self.at for page in self.step.pages)
        current = self.at if self._reused or is_page else str(self.picked.uid) if self.picked else ""
        return [
            {
                "name": each.name,
                "kind": each.kind,
                "heading": each.group if has_groups and each.group != before else "",
                "count": each.count,
                "is_reused": each.is_reused,
                "is_current": str(each.uid) == current,
                "severity": worst.get(each.uid, ""),
                "address": self.addresses.step(self.step.slug, each.uid),
            }
            for each, before in zip(self.choices, ["", *groups], strict=False)
        ]

    @property
    def has_menu(self) -> bool:
        """Whether there are too many things for tabs, or their names with kinds and stores are too long together."""
        choices = self.choices
        weight = sum(len(each.name) + len(each.kind) + 6 for each in choices)
        return len(choices) > TABS_AT_MOST or (weight > TABS_CHARACTERS and any(each.kind for each in choices))

    @property
    def pages(self) -> list[Page]:
        """The pages of the step that this design has a use for, and the one on show."""
        design = self.digested.design
        return [page for page in self.step.pages if page.at == self.at or page.shows(design)]

    def _severity_by_thing(self) -> dict[UUID, str]:
        worst = dict[UUID, str]()
        for each in self.findings:
            if each.uid is None:
                continue
            held = holders(self.digested).get(each.uid)
            uid = held if isinstance(held, UUID) else each.uid
            if worst.get(uid) != "error":
                worst[uid] = "error" if each.severity == "error" else worst.get(uid) or each.severity.value
        return {uid: severity for uid, severity in worst.items() if severity != "advice"}

    @property
    def panels(self) -> list[ShownPanel]:
        return shown_panels(self.step, Seen(self.digested, self.addresses, self.at_now, self.picked))

    @property
    def checklist(self) -> list[ItemGroup]:
        """The page of step 11."""
        companion = Companion(self.visit, self.digested, self.step, "findings")
        return item_groups(self.visit, self.digested, companion.address_of, self.addresses.step, self.noting)

    @property
    def exemption(self) -> KeyedFormView | None:
        """The form that says that this step does not apply."""
        return exemption_view(
            self.visit.feature,
            self.step.slug,
            is_exempt=self.step.slug in self.digested.design.exemption_by_step,
            may_edit=self.visit.may_edit,
            outcome=self.exempting,
        )

    def known_fields(self) -> list[str]:
        """Paths of fields to choose from, where a cell on this page names some."""
        design = self.digested.design
        columns = (column for part in self.step.parts if isinstance(part, Grid) for column in part.columns)
        if all(column.suggestions != "fields" for column in columns) or len(design.field_by_uid) > FIELDS_SUGGESTED:
            return []
        return [f"{entity.full_name}.{field.name}" for entity in design.entities for field in entity.fields]

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
            "standing": self.standing,
            "is_behind": self.standing.is_behind(self.digested.digest),
            "may_submit": self.standing.may_be_submitted(self.digested.digest),
            "rail": rail(self.addresses, self.overview, self.step),
            "tabs": self.tabs(),
            "sections": self.sections(),
            "reused": self._reused,
            "panels": self.panels,
            "exemption": self.exemption,
            "missing": completeness_of(self.digested, StepName(self.step.slug)),
            "known_fields": self.known_fields(),
            "known_analysers": ANALYSERS,
            "known_entities": [entity.full_name for entity in design.entities],
            "known_things": things_in(self.digested).proposed if self.step.slug == "requirements" else [],
            "known_retention_rules": [rule.name for rule in design.policies.retention_rules],
            "known_types": [*(each.name for each in design.types), *type_names(self.picked)],
            "failed": [outcome for outcome in self.outcomes.values() if not outcome.is_settled],
        }
