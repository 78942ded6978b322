"""What a step is made of: grids and records, declared as data; the pages come from the declarations."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q

from projects.design.tree import Design
from projects.design.vocabulary import StepState
from projects.models.base import Row
from projects.workflow.forms import RowForm, Scope


@dataclass(frozen=True)
class Column:
    """A cell of a grid. `kind` is one of mono, text, choice, check; `suggestions` names a list of known names."""

    name: str
    label: str
    kind: str = "text"
    suggestions: str = ""
    width: str = ""


@dataclass(frozen=True)
class Part:
    """A set of rows of one model, edited in one step."""

    slug: str
    title: str
    form: type[RowForm]
    empty: str = ""
    related: tuple[str | Prefetch, ...] = ()
    select: tuple[str, ...] = ()
    # A page that shows this part beside others may know better than `related`; see Step.join.
    page_related: tuple[str | Prefetch, ...] | None = None
    annotations: tuple[tuple[str, Any], ...] = ()
    of_entity: bool = False
    condition: Callable[[Scope], Q] | None = None

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
        return self._found(scope, self.related, anywhere=True).filter(uid=uid).first()

    def siblings(self, row: Any) -> list[Any]:
        """The rows that share an order with this one, in that order."""
        where = Q(entity=row.entity_id) if self.of_entity else Q(feature=row.feature_id)
        return list(self.model._default_manager.filter(where).order_by("position", "uid"))

    def _found(self, scope: Scope, related: tuple[str | Prefetch, ...], *, anywhere: bool = False) -> Any:
        where = Q(feature=scope.feature) if anywhere else self._where(scope)
        rows = self.model._default_manager.filter(where).select_related(*self.select).prefetch_related(*related)
        return rows.annotate(**dict(self.annotations)) if anywhere else rows

    def _where(self, scope: Scope) -> Q:
        where = Q(feature=scope.feature)
        if self.of_entity:
            where &= Q(entity=scope.entity)
        return where & self.condition(scope) if self.condition else where


@dataclass(frozen=True)
class Grid(Part):
    columns: tuple[Column, ...] = ()
    add_label: str = ""
    can_add: bool = True


@dataclass(frozen=True)
class Record(Part):
    """One row at a time, as a form with labels; `groups` are its fields in sets that stand side by side.

    `rare` are fields that few rows need: they are folded away until they say something.
    """

    groups: tuple[tuple[str, ...], ...] = ()
    rare: tuple[str, ...] = ()


@dataclass(frozen=True)
class Step:
    slug: str
    title: str
    group: str
    summary: str
    progress: Callable[[Design], StepState]
    parts: tuple[Part, ...] = ()
    picks: str = ""
    join: Callable[[dict[str, list[Any]]], None] | None = None
    companion: tuple[str, ...] = ("document", "findings", "diagram")
    # The parts of the data design document that this step fills.
    sections: tuple[str, ...] = ()
    later: str = ""

    @property
    def is_open(self) -> bool:
        return not self.later


def by_answers(*answers: bool) -> StepState:
    """Empty if nothing is answered, complete if everything is."""
    if all(answers):
        return StepState.COMPLETE
    return StepState.STARTED if any(answers) else StepState.EMPTY


def never(design: Design) -> StepState:
    """The state of a step that holds no facts yet."""
    return StepState.EMPTY
