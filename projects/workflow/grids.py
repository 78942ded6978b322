"""What a grid or a record shows: rows with their cells, errors, findings and conflicts, ready for a template."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django import forms

from projects.checks.finding import Finding
from projects.design.vocabulary import Severity
from projects.models.base import Row
from projects.workflow.bulk import Selection
from projects.workflow.conflict import Conflict
from projects.workflow.deletion import Deletion
from projects.workflow.forms import RowForm, Scope, options, whole
from projects.workflow.inherited import FromPolicy
from projects.workflow.saving import NEW, Outcome, Result
from projects.workflow.steps.step import Column, Grid, Inherited

Choices = dict[str, list[tuple[str, str]]]
ORDER = (Severity.ERROR, Severity.WARNING, Severity.ADVICE)


@dataclass(frozen=True)
class CellView:
    column: Column
    value: Any
    error: str = ""
    severity: str = ""
    proposal: str = ""
    inherited: FromPolicy | None = None


@dataclass
class RowView:
    """A row as it is shown; `uid` is `new` for the row in which the next one is typed."""

    uid: str
    version: int
    number: int
    label: str
    cells: list[CellView]
    severity: str = ""
    findings: tuple[Finding, ...] = ()
    errors: list[str] = field(default_factory=list)
    conflict: Conflict | None = None
    goes_along: str = ""
    proposed_uid: str = ""

    @property
    def is_new(self) -> bool:
        return self.uid == NEW


@dataclass
class GridView:
    grid: Grid
    url: str
    rows: list[RowView]
    choices: Choices
    may_edit: bool
    history_url: str
    caption: str = ""
    picked: str = ""
    picks: str = ""
    paste_url: str = ""
    fill_url: str = ""
    filler_words: str = ""
    selected_url: str = ""
    back_url: str = ""
    selection: Selection = field(default_factory=Selection)
    inherited: Inherited | None = None

    template = "projects/workbench/_grid.html"

    @property
    def count(self) -> int:
        return sum(not row.is_new for row in self.rows)

    @property
    def has_rare(self) -> bool:
        return any(column.is_rare for column in self.grid.columns)

    @property
    def shows_rare(self) -> bool:
        """Whether a rare column holds something, or something is wrong in it."""
        rare = (cell for row in self.rows for cell in row.cells if cell.column.is_rare)
        return any((cell.value and not cell.column.is_elsewhere) or cell.error for cell in rare)

    def links(self, row: RowView) -> list[tuple[str, str]]:
        """The links in a row's menu."""
        links = [("History", f"{self.history_url}?uid={row.uid}")]
        if self.grid.reads_in:
            links.insert(0, ("Read it", f"?companion={self.grid.reads_in}&source={row.uid}#companion"))
        return [("Details", f"?at={row.uid}#{self.picks}"), *links] if self.picks else links


class GridBuilder:
    """Builds the rows of one grid for one page; `findings` are those of the step, by uid."""

    def __init__(self, grid: Grid, scope: Scope, findings: dict[UUID, list[Finding]] | None = None) -> None:
        self.grid = grid.fitted(scope)
        self.scope = scope
        self.findings = findings or {}

    def choices(self) -> Choices:
        """The options of each choice cell, asked for once and not for every row."""
        fields = self.grid.form.base_fields
        found: Choices = {}
        for column in self.grid.columns:
            if column.kind == "choice":
                options = self._options(column.name, fields[column.name])
                found[column.name] = [each for each in options if not column.only or each[0] in ("", *column.only)]
        return found

    def _options(self, name: str, form_field: forms.Field) -> list[tuple[str, str]]:
        if isinstance(form_field, forms.ModelChoiceField):
            if form_field.queryset is None:
                raise TypeError("a choice cell on another table says which")
            rows = self.grid.form.choices_of(name, form_field.queryset.model, self.scope)
            return [("", ""), *((str(row.pk), row.label) for row in rows)]
        if not isinstance(form_field, forms.ChoiceField):
            raise TypeError("a choice cell belongs to a field with choices")
        return [(value, "" if value == "" else label) for value, label in options(form_field)]

    def rows(self, instances: Iterable[Row], outcomes: dict[str, Outcome] | None = None) -> list[RowView]:
        outcomes = outcomes or {}
        views = []
        for number, instance in enumerate(instances, 1):
            outcome = outcomes.get(str(instance.uid))
            views.append(self.row(instance, number) if outcome is None else self.answered(outcome, number))
        return views

    def row(self, instance: Row, number: int, values: dict[str, Any] | None = None) -> RowView:
        values = self.grid.form.values(instance) if values is None else values
        found = tuple(self.findings.get(instance.uid, ()))
        proposed = self.grid.propose(self.scope, instance, values) if self.grid.propose else {}
        inherited = self.grid.form.inherited(self.scope, instance, values)
        return RowView(
            uid=str(instance.uid),
            version=instance.version,
            number=number,
            label=instance.label,
            cells=[
                CellView(
                    c, values.get(c.name), "", _worst(found, c.name), proposed.get(c.name, ""), inherited.get(c.name)
                )
                for c in self.grid.columns
            ],
            severity=_worst(found),
            findings=found,
        )

    def saved(self, form: RowForm, number: int) -> RowView:
        """The row as it was just saved, from the form: reading it again would say the same."""
        values = {name: _plain(value) for name, value in form.cleaned_data.items()}
        return self.row(form.instance, number, values)

    def answered(self, outcome: Outcome, number: int) -> RowView:
        """A row that was sent: as it is now, or as it was typed with what stands against it."""
        if outcome.is_settled and outcome.row is not None:
            return self.row(outcome.row, number)
        form = outcome.form
        if form is None:
            raise ValueError("a row that was not settled has the form it was typed in")
        return self._typed(form, outcome, number)

    def _typed(self, form: RowForm, outcome: Outcome, number: int) -> RowView:
        uid = str(form.prefix)
        shows = {} if outcome.result is Result.CONFLICT else form.errors
        values = {name: form[name].value() for name in form.fields}
        inherited = self.grid.form.inherited(self.scope, form.instance, values)
        cells = [
            CellView(c, values[c.name], " ".join(map(str, shows.get(c.name, ()))), inherited=inherited.get(c.name))
            for c in self.grid.columns
            if c.name in form.fields
        ]
        named = {column.name for column in self.grid.columns}
        others = [str(message) for name, messages in shows.items() if name not in named for message in messages]
        if outcome.result is Result.GONE:
            others = [GONE]
        return RowView(
            uid=uid,
            version=whole(form.data.get(f"{uid}-version")),
            number=number,
            label=str(form[self.grid.columns[0].name].value() or ""),
            cells=cells,
            severity="error",
            errors=[*(f"{cell.column.label}: {cell.error}" for cell in cells if cell.error), *others],
            conflict=outcome.conflict,
            proposed_uid=str(form.data.get(f"{NEW}-uid") or uuid4()) if uid == NEW else "",
        )

    def new_row(self, number: int, outcome: Outcome | None = None) -> RowView:
        if outcome and not outcome.is_settled:
            return self.answered(outcome, number)
        starts = self.grid.form.starts(self.scope)
        cells = [CellView(c, starts.get(c.name, _initial(self.grid.form, c.name))) for c in self.grid.columns]
        return RowView(NEW, 0, number, "", cells, proposed_uid=str(uuid4()))


GONE = (
    "Somebody deleted this row while you were editing it. What you typed is kept here, not saved: "
    "undo the deletion in the history, or copy it into a new row."
)


def _plain(value: Any) -> Any:
    return value.pk if isinstance(value, Row) else value


def goes_along(deletion: Deletion) -> str:
    """What else a deletion takes, in a sentence; empty if nothing."""
    counted = [f"{number} {name}" for name, number in deletion.counts().items()]
    if not counted:
        return ""
    *first, last = counted
    words = f"{', '.join(first)} and {last}" if first else last
    return f"Its {words} go{'es' if len(counted) == 1 and counted[0].startswith('1 ') else ''} with it."


def _initial(form: type[RowForm], name: str) -> Any:
    if name in (form._meta.fields or ()):
        return form._meta.model._meta.get_field(name).get_default()
    return ""


def _worst(findings: Sequence[Finding], name: str | None = None) -> str:
    severities = {each.severity for each in findings if name is None or each.field_name == name}
    return next((severity.value for severity in ORDER if severity in severities), "")
