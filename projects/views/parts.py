"""A part of a step as its page shows it: a grid, or a record as a form with labels."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from django import forms

from projects.access import FeatureVisit
from projects.models.base import Row
from projects.views.addresses import Addresses
from projects.workflow.forms import RowForm, Scope
from projects.workflow.grids import GridBuilder, GridView, RowView
from projects.workflow.inherited import FromPolicy
from projects.workflow.saving import NEW
from projects.workflow.steps.step import Grid, Record, Step


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
        row = None if self.is_new else self.form.instance
        groups = [[name for name in group if name in self.form.fields] for group in self.record.groups_of(row)]
        return [[self.field(name) for name in group] for group in groups if group]

    @cached_property
    def inherited(self) -> dict[str, FromPolicy]:
        """What the project's policies say of the fields, as they are filled in."""
        values = {name: self.form[name].value() for name in self.form.fields}
        return self.form.inherited(self.form.scope, self.form.instance, values)

    def field(self, name: str) -> Any:
        """A field with what a policy says of it, which stands in it as long as it is empty."""
        field = self.form[name]
        if found := self.inherited.get(name):
            found = replace(found, is_line=isinstance(field.field.widget, forms.TextInput))
            attributes = field.field.widget.attrs
            attributes["aria-describedby"] = f"{field.aria_describedby or ''} {field.auto_id}_policy".strip()
            if not found.is_stated and not isinstance(field.field, forms.ChoiceField):
                attributes["placeholder"] = found.value
            vars(field)["policy"] = found
        return field

    @property
    def reason(self) -> Any:
        """The field that says why the record departs from a policy, where one speaks of it or it says something."""
        name = self.record.reason
        if not name or not (self.inherited or self.form[name].value() or self.form[name].errors):
            return None
        return self.field(name)

    @property
    def shows_reason(self) -> bool:
        """Whether the reason is asked for: something departs, or is said to."""
        departs = any(found.departs or found.is_stated for found in self.inherited.values())
        return departs or bool(self.reason.value() or self.reason.errors)

    @property
    def beside(self) -> Any:
        """The facts that stand beside the form, if any do."""
        row = None if self.is_new else self.form.instance
        return self.record.beside.facts(self.form.scope, row) if self.record.beside else None

    @property
    def sections(self) -> list[tuple[str, list[list[Any]]]]:
        return [
            (each.title, [[self.field(name) for name in group] for group in each.groups])
            for each in self.record.sections
        ]

    @property
    def rare(self) -> list[Any]:
        return [self.field(name) for name in self.record.rare]

    @property
    def shows_rare(self) -> bool:
        return any(field.value() or field.errors for field in self.rare)

    @property
    def is_new(self) -> bool:
        return self.uid == NEW


def view_of(
    grid: Grid, builder: GridBuilder, rows: list[RowView], visit: FeatureVisit, *, at: str = "", step: Step
) -> GridView:
    addresses, grid = Addresses(visit.feature), builder.grid
    paste = addresses.to("paste", part=grid.slug)
    fill = addresses.to("fill", part=grid.slug) if grid.filler else ""
    inherited = grid.inherits(builder.scope, builder.scope.holder) if grid.inherits else None
    details = step.pick.part if step.pick and not step.pick.has_tabs else ""
    return GridView(
        grid=grid,
        url=addresses.rows(grid.slug),
        rows=rows,
        choices=builder.choices(),
        may_edit=visit.may_edit,
        history_url=addresses.history,
        caption=f"{grid.title} of {builder.scope.holder}" if grid.held_by and rows else grid.title,
        picks=details,
        selected_url=addresses.to("selected", part=grid.slug),
        back_url=addresses.step(step.slug, at),
        inherited=inherited,
        paste_url=f"{paste}?at={at}" if at else paste,
        fill_url=f"{fill}?at={at}" if at and fill else fill,
    )


def find_picked(step: Step, scope: Scope, at: str) -> Row | None:
    """The row that a step's address names; None if it is not in the design, or names none."""
    uid = uid_or_none(at)
    if step.pick is None or uid is None:
        return None
    if part := next((part for part in step.parts if part.slug == step.pick.part), None):
        found: Row | None = part.row(scope, uid)
        return found
    return scope.rows(step.pick.model).filter(uid=uid).first()


def uid_or_none(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
