"""Rows from a spreadsheet: lines of cells between tabs, matched to columns, all taken or none."""

import csv
import io
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms

from projects.models import User
from projects.workflow.editing import editing
from projects.workflow.forms import RowForm, Scope, options
from projects.workflow.saving import NEW
from projects.workflow.steps.step import Grid

ROWS_AT_MOST = 1000
TEXT_AT_MOST = 500_000
YES = {"yes", "y", "true", "x", "✓", "1", "required", "not null", "pk"}


class CannotRead(ValueError):
    """The pasted text is no table; the message says what to do."""


@dataclass
class PastedRow:
    number: int
    form: RowForm
    cells: list[str]

    @property
    def problems(self) -> list[str]:
        return [f"{_label(self.form, name)}{message}" for name, found in self.form.errors.items() for message in found]


@dataclass
class Pasted:
    grid: Grid
    names: list[str]
    rows: list[PastedRow]

    @property
    def wrong(self) -> list[PastedRow]:
        return [row for row in self.rows if row.problems]

    @property
    def labels(self) -> list[str]:
        labels = {column.name: column.label for column in self.grid.columns}
        return [labels[name] for name in self.names]


def _label(form: RowForm, name: str) -> str:
    return f"{form[name].label}: " if name in form.fields else ""


def read_rows(grid: Grid, scope: Scope, text: str, leave_out: frozenset[int] = frozenset()) -> Pasted:
    """What the text says, row by row, validated; columns are matched by their headings if the first line has them.

    Raises CannotRead if it is empty, too long, or has more columns than the grid.
    """
    grid = grid.fitted(scope)
    lines = _cells(text)
    names, lines = _matched(grid, lines)
    rows, seen, defaults = [], set[str](), _defaults(grid) | _starts(grid, scope, names)
    for number, cells in enumerate(lines, 1):
        if number in leave_out:
            continue
        data = defaults | {
            f"{NEW}-{name}": value
            for name, cell in zip(names, cells, strict=False)
            if (value := cell_value(grid.form, scope, name, cell))
        }
        form = grid.form(data, prefix=NEW, scope=scope)
        name = (data.get(f"{NEW}-{names[0]}") or "").casefold()
        if form.is_valid() and names[0] == "name" and name in seen:
            form.add_error("name", "An earlier row of these has this name.")
        seen.add(name)
        rows.append(PastedRow(number, form, cells))
    return Pasted(grid, names, rows)


def _defaults(grid: Grid) -> dict[str, str]:
    """What a new row starts with where it offers a choice, for cells that are left out or empty."""
    own, model = grid.form._meta.fields or (), grid.form._meta.model
    choices = (column.name for column in grid.columns if column.kind == "choice" and column.name in own)
    found = {name: model._meta.get_field(name).get_default() for name in choices}
    return {f"{NEW}-{name}": str(value) for name, value in found.items() if value}


def _starts(grid: Grid, scope: Scope, names: list[str]) -> dict[str, str]:
    """The boxes that are ticked in a new row, where no column of what was pasted says otherwise."""
    starts = grid.form.starts(scope)
    return {f"{NEW}-{name}": "on" for name, value in starts.items() if value is True and name not in names}


def _cells(text: str) -> list[list[str]]:
    if len(text) > TEXT_AT_MOST:
        raise CannotRead(f"This is more than {TEXT_AT_MOST:,} characters. Paste it in parts; nothing was saved.")
    delimiter = "\t" if "\t" in text else ";" if ";" in text.partition("\n")[0] else "|" if "|" in text else "\t"
    rows = list(csv.reader(io.StringIO(text.replace("\0", "")), delimiter=delimiter))
    lines = [[cell.strip() for cell in row] for row in rows]
    if delimiter == "|":
        lines = [row[1:-1] if row and not row[0] and not row[-1] else row for row in lines]
        lines = [row for row in lines if not all(set(cell) <= set("-: ") for cell in row)]
    lines = [row for row in lines if any(row)]
    if not lines:
        raise CannotRead("There are no rows in this. Copy cells from a spreadsheet, or type cells with tabs between.")
    if len(lines) > ROWS_AT_MOST:
        raise CannotRead(f"These are {len(lines)} rows; {ROWS_AT_MOST} go in at a time. Nothing was saved.")
    return lines


def _matched(grid: Grid, lines: list[list[str]]) -> tuple[list[str], list[list[str]]]:
    """The columns that the cells belong to, and the lines without their headings."""
    known = {words.casefold(): column.name for column in grid.columns for words in (column.label, column.name)}
    headings = [known.get(cell.casefold()) for cell in lines[0]]
    found = [name for name in headings if name]
    if len(found) >= max(1, (len(headings) + 1) // 2) and len(set(found)) == len(found):
        kept = [index for index, name in enumerate(headings) if name]
        return found, [[row[index] if index < len(row) else "" for index in kept] for row in lines[1:]]
    width = max(len(row) for row in lines)
    if width > len(grid.columns):
        raise CannotRead(
            f"A row has {width} cells and the grid {len(grid.columns)} columns. Put the columns' names in the first "
            f"row, so that the others can be left out: {', '.join(column.label for column in grid.columns)}."
        )
    return [column.name for column in grid.columns[:width]], lines


def cell_value(form: type[RowForm], scope: Scope, name: str, cell: str) -> str:
    """The cell as its control would send it: a choice by its value, given by its value or its words."""
    form_field, folded = form.base_fields[name], cell.strip().casefold()
    if isinstance(form_field, forms.BooleanField):
        return "on" if folded in YES else ""
    if isinstance(form_field, forms.ModelChoiceField):
        if form_field.queryset is None:
            return cell
        rows = form.choices_of(name, form_field.queryset.model, scope)
        return next((str(row.pk) for row in rows if folded and row.label.casefold() == folded), cell)
    if isinstance(form_field, forms.ChoiceField):
        by_words = {words.casefold(): value for value, words in options(form_field) if value}
        return by_words.get(folded, cell)
    return cell


def save_rows(pasted: Pasted, scope: Scope, *, actor: User | None, now: datetime) -> list[Any]:
    """Create every row, in this order; the caller has seen that nothing is wrong with any."""
    with editing(scope.feature, actor=actor, now=now) as door:
        for row in pasted.rows:
            row.form.write(door)
    return [row.form.instance for row in pasted.rows]
