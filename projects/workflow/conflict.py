"""Two people saved the same row: what it was, what it is, and what was typed, cell by cell."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from projects.models import Event
from projects.models.base import Row
from projects.workflow.forms import RowForm, shown


@dataclass(frozen=True)
class Cell:
    name: str
    label: str
    opened: str
    saved: str
    mine: str

    @property
    def i_changed(self) -> bool:
        return self.mine != self.opened

    @property
    def they_changed(self) -> bool:
        return self.saved != self.opened

    @property
    def differs(self) -> bool:
        """Both changed it, and not to the same."""
        return self.i_changed and self.they_changed and self.mine != self.saved


@dataclass(frozen=True)
class Conflict:
    row: Row
    cells: tuple[Cell, ...]
    saved_by: str
    saved_at: datetime | None

    @property
    def changed_cells(self) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.cells if cell.i_changed or cell.they_changed)

    @property
    def adds_nothing(self) -> bool:
        return not any(cell.i_changed and cell.mine != cell.saved for cell in self.cells)


def find_conflict(form: RowForm, current: Row, loaded_version: int) -> Conflict:
    """What `form`, which was filled in from `loaded_version` of the row, and the row as saved now say differently."""
    since = Event.objects.filter(
        feature=current.feature_id, object_uid=current.uid, object_version__gt=loaded_version
    ).order_by("sequence")
    events = list(since)
    opened: dict[str, str] = {}
    for event in events:
        for label, (before, _) in event.changes.items():
            opened.setdefault(label, before)
    saved_values = type(form).values(current)
    cells = []
    for name, form_field in form.fields.items():
        label, saved = str(form[name].label), shown(form_field, saved_values.get(name))
        mine = shown(form_field, _typed(form, name))
        cells.append(Cell(name, label, opened.get(label, saved), saved, mine))
    last = events[-1] if events else None
    return Conflict(current, tuple(cells), last.actor_name if last else "", last.at if last else None)


def _typed(form: RowForm, name: str) -> Any:
    if name in getattr(form, "cleaned_data", {}):
        return form.cleaned_data[name]
    return form.fields[name].widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
