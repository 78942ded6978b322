"""What a step is made of: grids and records, declared as data; the pages come from the declarations."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q

from projects.checks.completeness import state
from projects.design.tree import Design
from projects.design.vocabulary import PolicyName, StepName, StepState
from projects.models.base import Row
from projects.workflow.editing import Door
from projects.workflow.forms import RowForm, Scope


def always(design: Design) -> bool:
    return True


@dataclass(frozen=True)
class Column:
    """A cell of a grid. `kind` is one of mono, text, choice, check; `suggestions` names a list of known names.

    `only` are the choices that fit here, if not all do. A rare column shows when it holds something, or on request.
    """

    name: str
    label: str
    kind: str = "text"
    suggestions: str = ""
    width: str = ""
    only: tuple[str, ...] = ()
    is_rare: bool = False
    # A rare column whose cells have another home does not show for what they hold.
    is_elsewhere: bool = False


@dataclass(frozen=True)
class Choice:
    """A thing that can be picked in a step; `count` says how much it holds, `group` names those that stand together."""

    uid: UUID
    name: str
    count: int | None = None
    is_reused: bool = False
    kind: str = ""
    group: str = ""


@dataclass(frozen=True)
class Pick:
    """What the address's `at` names: a row of `model`. `part` is the part of the step that edits such rows, if any.

    With `has_tabs`, the things stand above the parts as tabs; without, the rows of a grid lead to their details.
    `empty` says what to do where there are none and another step makes them.
    """

    model: type[Row]
    things: Callable[[Design], Iterable[Choice]]
    part: str = ""
    has_tabs: bool = True
    empty: str = ""


@dataclass(frozen=True)
class Shown:
    """What a step's page is about, by which its parts decide whether they are on it."""

    at: str
    picked: Row | None
    is_reused: bool = False


@dataclass(frozen=True)
class Page:
    """A page of a step that is not about one of the things that can be picked, such as that of the named types.

    `shows` says of a design whether it has a use for the page.
    """

    at: str
    title: str
    shows: Callable[[Design], bool] = always


@dataclass(frozen=True)
class Filler:
    """A button that adds rows which follow from the design: `words` says which, and is empty where there are none.

    `make` gives the rows, not yet saved, with what history says of each; `finish` adds what hangs on them afterwards.
    """

    words: Callable[[Design, Row | None], str]
    make: Callable[[Scope], list[tuple[Row, dict[str, list[str]]]]]
    finish: Callable[[Door, list[Row]], None] | None = None


@dataclass(frozen=True)
class Beside:
    """What stands beside a record: a template, and the facts it shows, of the row that the record is about."""

    template: str
    facts: Callable[[Scope, Row | None], Any]


@dataclass(frozen=True)
class Inherited:
    """Rows that a policy gives where a grid has none of its own: their cells in the order of its columns."""

    policy: PolicyName
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Part:
    """A set of rows of one model, edited in one step. `held_by` names the column that leads to what holds them."""

    slug: str
    title: str
    form: type[RowForm]
    empty: str = ""
    related: tuple[str | Prefetch, ...] = ()
    select: tuple[str, ...] = ()
    # A page that shows this part beside others may know better than `related`; see Step.join.
    page_related: tuple[str | Prefetch, ...] | None = None
    annotations: tuple[tuple[str, Any], ...] = ()
    held_by: str = ""
    condition: Callable[[Scope], Q] | None = None
    shows: Callable[[Shown], bool] | None = None
    filler: Filler | None = None

    @property
    def model(self) -> type[Row]:
        return self.form._meta.model

    @property
    def kind(self) -> str:
        return str(self.model._meta.verbose_name)

    def page_rows(self, scope: Scope) -> list[Any]:
        related = self.related if self.page_related is None else self.page_related
        return list(self._found(scope, related).order_by("position", "uid"))

    def row(self, scope: Scope, uid: UUID) -> Any:
        """One row of this part, wherever in the feature it is; None if it is not there."""
        row = self._found(scope, self.related, anywhere=True).filter(uid=uid).first()
        if row is not None and self.held_by in self.select:
            scope.remember_holder(getattr(row, self.held_by))
        return row

    def rows_named(self, scope: Scope, uids: Collection[UUID]) -> list[Any]:
        """The rows of this part among those with these uids, in their order."""
        found = self._found(scope, self.related, anywhere=True).filter(uid__in=uids)
        return list(found.order_by("position", "uid"))

    def siblings(self, row: Any) -> list[Any]:
        """The rows that share an order with this one, in that order."""
        where = Q(feature=row.feature_id)
        if self.held_by:
            where &= Q(**{self.held_by: getattr(row, f"{self.held_by}_id")})
        return list(self.model._default_manager.filter(where).order_by("position", "uid"))

    def _found(self, scope: Scope, related: tuple[str | Prefetch, ...], *, anywhere: bool = False) -> Any:
        where = Q(feature=scope.feature) if anywhere else self._where(scope)
        rows = self.model._default_manager.filter(where).select_related(*self.select).prefetch_related(*related)
        return rows.annotate(**dict(self.annotations)) if anywhere else rows

    def _where(self, scope: Scope) -> Q:
        where = Q(feature=scope.feature)
        if self.held_by:
            where &= Q(**{self.held_by: scope.holder})
        return where & self.condition(scope) if self.condition else where


@dataclass(frozen=True)
class Grid(Part):
    """Rows with cells. `columns_for` chooses the columns where they depend on what holds the rows.

    `propose` says what an empty cell of a saved row could hold, by the cell's name. `reads_in` is the tab of the
    companion that shows a row's text, where rows have one. `inherits` says which rows a policy gives to what holds
    them, as long as none stands here.
    """

    columns: tuple[Column, ...] = ()
    add_label: str = ""
    can_add: bool = True
    columns_for: Callable[[Scope], tuple[Column, ...]] | None = None
    propose: Callable[[Scope, Any, dict[str, Any]], dict[str, str]] | None = None
    reads_in: str = ""
    inherits: Callable[[Scope, Row | None], "Inherited | None"] | None = None

    def fitted(self, scope: Scope) -> "Grid":
        """The grid with the columns that it has here."""
        return replace(self, columns=self.columns_for(scope), columns_for=None) if self.columns_for else self


@dataclass(frozen=True)
class Section:
    """Fields of a record under a heading of their own, in sets that stand side by side."""

    title: str
    groups: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Record(Part):
    """One row at a time, as a form with labels; `groups` are its fields in sets that stand side by side.

    `rare` are fields that few rows need: they are folded away until they say something. `groups_for` chooses the groups
    where they depend on the row. A change of one of `reshapes` changes what else the page shows. `sections` follow the
    groups, each with its heading.
    """

    groups: tuple[tuple[str, ...], ...] = ()
    rare: tuple[str, ...] = ()
    groups_for: Callable[[Row | None], tuple[tuple[str, ...], ...]] | None = None
    reshapes: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    beside: Beside | None = None
    # The field that says why the row departs from the project's policy; it is asked for where it does.
    reason: str = ""

    def groups_of(self, row: Row | None) -> tuple[tuple[str, ...], ...]:
        return self.groups_for(row) if self.groups_for else self.groups


@dataclass(frozen=True)
class Step:
    slug: str
    title: str
    group: str
    summary: str
    parts: tuple[Part, ...] = ()
    pick: Pick | None = None
    pages: tuple[Page, ...] = ()
    join: Callable[[dict[str, list[Any]]], None] | None = None
    companion: tuple[str, ...] = ("document", "findings", "diagram")

    def progress(self, design: Design) -> StepState:
        """How far this step of a design is; the questions that decide it are in projects/checks/questions."""
        return state(design, StepName(self.slug))
