"""One submitted row: saved, not valid, in conflict, or gone; the same for a cell left, a grid sent, a choice made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from projects.design.vocabulary import NAME_LENGTH
from projects.models import User
from projects.models.base import FoldedField, Row
from projects.workflow.conflict import Conflict, find_conflict
from projects.workflow.editing import StaleVersion, editing
from projects.workflow.forms import RowForm, Scope, whole
from projects.workflow.steps.step import Part

NEW = "new"


class Result(StrEnum):
    SAVED = "saved"
    UNCHANGED = "unchanged"
    INVALID = "invalid"
    CONFLICT = "conflict"
    GONE = "gone"


@dataclass
class Outcome:
    result: Result
    form: RowForm | None = None
    row: Row | None = None
    conflict: Conflict | None = None

    @property
    def is_settled(self) -> bool:
        return self.result in (Result.SAVED, Result.UNCHANGED)


@dataclass(frozen=True)
class Submission:
    """What a person sent for a part of a feature, with who and when."""

    part: Part
    scope: Scope
    data: Mapping[str, Any]
    actor: User | None
    now: datetime

    def form(self, row: Row | None, prefix: str, data: Mapping[str, Any] | None = None) -> RowForm:
        return self.part.form(self.data if data is None else data, instance=row, prefix=prefix, scope=self.scope)


def add_row(submission: Submission) -> Outcome:
    """Create the row typed under the prefix `new`; sending it twice with one `new-uid` creates it once."""
    form = submission.form(None, NEW)
    uid = _uid(submission.data.get(f"{NEW}-uid"))
    if uid and (there := submission.part.row(submission.scope, uid)):
        return Outcome(Result.UNCHANGED, row=there)
    if form.is_blank:
        return Outcome(Result.UNCHANGED)
    if not form.is_valid():
        return Outcome(Result.INVALID, form)
    form.instance.uid = uid or uuid4()
    with _open(submission) as door:
        form.write(door)
    return Outcome(Result.SAVED, form, form.instance)


def save_row(submission: Submission, uid: UUID) -> Outcome:
    """Save the row with this uid as it was typed, if nobody saved it since it was loaded."""
    row = submission.part.row(submission.scope, uid)
    form = submission.form(row, str(uid))
    if row is None:
        return Outcome(Result.GONE, form)
    version = whole(submission.data.get(f"{uid}-version"))
    if row.version != version:
        return _stale(submission, form, version, uid)
    if not form.is_valid():
        return Outcome(Result.INVALID, form, row)
    if not form.has_changed():
        return Outcome(Result.UNCHANGED, form, row)
    try:
        with _open(submission) as door:
            form.write(door, version)
    except StaleVersion:
        return _stale(submission, submission.form(submission.part.row(submission.scope, uid), str(uid)), version, uid)
    return Outcome(Result.SAVED, form, form.instance)


def resolve(submission: Submission, uid: UUID, take: str) -> Outcome:
    """Settle a conflict: `choices` takes what was chosen cell by cell, `mine` all I typed, `theirs` none."""
    row = submission.part.row(submission.scope, uid)
    form = submission.form(row, str(uid))
    if row is None:
        return Outcome(Result.GONE, form)
    if take == "theirs":
        return Outcome(Result.UNCHANGED, row=row)
    seen = whole(submission.data.get(f"{uid}-theirs"))
    form.is_valid()
    # Read again: validating has put what was typed into the first reading.
    fresh = submission.part.row(submission.scope, uid)
    conflict = find_conflict(form, fresh, whole(submission.data.get(f"{uid}-version")))
    if fresh.version != seen:
        return Outcome(Result.CONFLICT, form, fresh, conflict)
    merged = _merged(submission, form, conflict, take)
    again = Submission(submission.part, submission.scope, merged, submission.actor, submission.now)
    settled = again.form(fresh, str(uid))
    if not settled.is_valid():
        return Outcome(Result.INVALID, settled, fresh)
    with _open(submission) as door:
        settled.write(door, seen)
    return Outcome(Result.SAVED, settled, settled.instance)


def _stale(submission: Submission, form: RowForm, version: int, uid: UUID) -> Outcome:
    form.is_valid()
    current = submission.part.row(submission.scope, uid)
    if current is None:
        return Outcome(Result.GONE, form)
    conflict = find_conflict(form, current, version)
    # Nothing typed, or the same as is saved: an answer that was lost is repeated this way.
    if conflict.adds_nothing:
        return Outcome(Result.UNCHANGED, row=current)
    return Outcome(Result.CONFLICT, form, current, conflict)


def _merged(submission: Submission, form: RowForm, conflict: Conflict, take: str) -> dict[str, Any]:
    """What was sent, with the saved value put in each cell where that one is to stay."""
    prefix, saved_values = form.prefix, type(form).values(conflict.row)
    merged = {name: submission.data.get(name) for name in submission.data}
    for cell in conflict.cells:
        chosen = submission.data.get(f"{prefix}-choice-{cell.name}", "mine") if take == "choices" else "mine"
        if not cell.i_changed or (cell.differs and chosen == "saved"):
            value = saved_values.get(cell.name)
            merged[f"{prefix}-{cell.name}"] = "" if value is None else value
            if value is False:
                merged.pop(f"{prefix}-{cell.name}", None)
    return merged


def duplicate_row(submission: Submission, row: Row) -> Outcome:
    """Add a copy below the row, under a name that is free."""
    values = submission.part.form.values(row)
    if (name := _named_by(row)) and values.get(name):
        values[name] = _free_name(str(values[name]), name, submission.part.siblings(row))
    data = {f"{NEW}-{name}": "" if value is None else value for name, value in values.items() if value is not False}
    form = submission.form(None, NEW, data)
    if not form.is_valid():
        return Outcome(Result.INVALID, form)
    _copy_what_is_not_shown(row, form)
    with _open(submission) as door:
        form.write(door)
        rows = submission.part.siblings(row)
        door.move(form.instance, rows, [each.pk for each in rows].index(row.pk) + 1)
    return Outcome(Result.SAVED, form, form.instance)


def _named_by(row: Row) -> str:
    """The cell whose text has to differ between the rows of a grid; empty if none has."""
    sources = (column.source for column in row._meta.concrete_fields if isinstance(column, FoldedField))
    return next(("name" if source == "full_name" else source for source in sources), "")


def _free_name(name: str, column: str, others: Sequence[Row]) -> str:
    taken = {str(getattr(other, column)).casefold() for other in others}
    numbers = ("", *(f"_{number}" for number in range(2, len(taken) + 3)))
    candidates = (f"{name[: NAME_LENGTH - len(ending)]}{ending}" for ending in (f"_copy{each}" for each in numbers))
    return next(candidate for candidate in candidates if candidate.casefold() not in taken)


def _copy_what_is_not_shown(row: Row, form: RowForm) -> None:
    """Facts that have no cell here, like what generates a field's values, go along."""
    kept = {"id", "uid", "feature", "version", "position"}
    for column in row._meta.concrete_fields:
        if column.name not in kept | form.fields.keys() and not isinstance(column, FoldedField):
            setattr(form.instance, column.attname, getattr(row, column.attname))


def move_row(submission: Submission, row: Row, by: int) -> None:
    rows = submission.part.siblings(row)
    place = [each.pk for each in rows].index(row.pk)
    if 0 <= place + by < len(rows):
        with _open(submission) as door:
            door.move(row, rows, place + by)


def _open(submission: Submission) -> Any:
    return editing(submission.scope.feature, actor=submission.actor, now=submission.now)


def _uid(text: Any) -> UUID | None:
    try:
        return UUID(str(text)) if text else None
    except ValueError:
        return None
