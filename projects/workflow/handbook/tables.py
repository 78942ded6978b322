"""A list of the handbook as a table of inputs: the whole list travels in one form, rows in the order of the page.

Each row has a token that stands in the names of its inputs: its uid. A row that is not saved yet has the uid that it
will have, so that a page which is sent twice adds it once; scripts may write “new-3” instead. Beside them the page says
which rows it was opened with, so a save can tell a deleted row from one that somebody added since.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from projects.design.vocabulary import Term
from projects.models.handbook import HandbookRow
from projects.workflow.card_form import Difference
from projects.workflow.handbook.base_form import HandbookForm
from projects.workflow.project_door import StaleCard

NEW = re.compile(r"new-\d{1,6}")
MOST_ROWS = 500
FIRST_VERSION = 1


@dataclass(frozen=True)
class Table:
    """A list on a page of the handbook; no two rows have the same `unique` value."""

    slug: str
    title: str
    form: type[HandbookForm]
    add_label: str
    empty: str
    unique: str = ""
    is_policy: bool = True

    # Whether its rows are those of one database profile.
    has_profile: bool = False

    @property
    def model(self) -> type[HandbookRow]:
        model: type[HandbookRow] = self.form._meta.model
        return model


class RowAction(Term):
    """What a button of a table does to the page, before anything is saved."""

    ADD = "add", "Add"
    DELETE = "delete", "Delete"
    UP = "up", "Move up"
    DOWN = "down", "Move down"


class Button(NamedTuple):
    action: RowAction
    icon: str
    is_focused: bool


BUTTONS = ((RowAction.UP, "arrow-up"), (RowAction.DOWN, "arrow-down"), (RowAction.DELETE, "trash-2"))
GONE = "Somebody deleted it while you were editing it. Save to add it again, or delete it here."
FULL = f"A list has at most {MOST_ROWS} rows, and this one has them: delete one to add another."
BACK = (
    "Not deleted: somebody changed it since you opened the page. It is shown as it is now; delete it again if need be."
)


class TableRow:
    """A row on the page; `note` says what became of it since the page was opened, if anything did."""

    def __init__(self, table: Table, token: str, form: HandbookForm, uid: UUID | None, version: int) -> None:
        self.table = table
        self.token = token
        self.form = form
        self.uid = uid
        self.version = version
        self.name = ""
        self.note = ""
        # The button that the keyboard stays on when the page comes back.
        self.focused = ""

    @property
    def buttons(self) -> list[Button]:
        return [Button(action, icon, self.focused == action) for action, icon in BUTTONS]

    @property
    def conflict(self) -> tuple[Difference, ...]:
        return self.form.conflict

    @property
    def new_uid(self) -> UUID | None:
        """The uid that a row which is not saved yet will have, if the page says."""
        return None if self.uid else _uid(self.token)

    @property
    def is_unused(self) -> bool:
        return self.uid is None and self.form.is_blank


class TableInput:
    """A table on a page, filled from what is saved or from what was sent."""

    def __init__(self, table: Table, saved: Iterable[HandbookRow], data: Any = None) -> None:
        self.table = table
        self.saved = {row.uid: row for row in saved}
        self.data = data
        self.is_add_focused = False
        # What stands against a button that was pressed.
        self.note = ""
        if data is None:
            self.loaded = {row.uid: row.version for row in self.saved.values()}
            self.rows = [self._row(uid.hex, uid) for uid in self.saved]
        else:
            self.loaded = dict(_pairs(data.get(f"{table.slug}-loaded", "")))
            self.rows = list(self._sent(data.getlist(f"{table.slug}-row")[:MOST_ROWS]))
        self._name_rows()

    def _sent(self, tokens: Collection[str]) -> Iterable[TableRow]:
        for token in dict.fromkeys(tokens):
            uid = _uid(token)
            if uid in self.loaded:
                yield self._row(token, uid)
            elif uid or NEW.fullmatch(token):
                # A uid that the page was not opened with is that of a row which somebody deleted meanwhile.
                yield self._row(token, None)

    def _row(self, token: str, uid: UUID | None, *, is_fresh: bool = False) -> TableRow:
        instance = self.saved.get(uid) if uid else None
        data = None if is_fresh else self.data
        form = self.table.form(data, instance=instance, prefix=f"{self.table.slug}-{token}")
        if uid and instance is None:
            # It was saved when the page was opened: what was sent along says how it was.
            for field in form.fields.values():
                field.show_hidden_initial = True
        return TableRow(self.table, token, form, uid, self.loaded.get(uid, 0) if uid else 0)

    @property
    def columns(self) -> list[Any]:
        """The fields of a row, for the headings."""
        return list(self.blank.form.visible_fields())

    @cached_property
    def blank(self) -> TableRow:
        return self._row("new-0", None, is_fresh=True)

    @property
    def used(self) -> list[TableRow]:
        return [row for row in self.rows if not row.is_unused]

    @property
    def deleted(self) -> list[UUID]:
        """The rows that the page was opened with and that are not on it any more."""
        kept = {row.token for row in self.rows}
        return [uid for uid in self.loaded if uid.hex not in kept]

    @property
    def order(self) -> list[UUID] | None:
        """The saved rows as the person ordered them; None if their order was left alone."""
        mine = [row.uid for row in self.rows if row.uid in self.loaded]
        return mine if mine != [uid for uid in self.loaded if uid in set(mine)] else None

    @property
    def loaded_words(self) -> str:
        return " ".join(f"{uid.hex}:{version}" for uid, version in self.loaded.items())

    def _name_rows(self) -> None:
        """Messages call a row by its place in the list, which a person can count."""
        for number, row in enumerate(self.rows, 1):
            row.name = f"{self.table.title}, row {number}"

    @property
    def is_conflict(self) -> bool:
        return any(row.note or row.conflict for row in self.rows)

    def is_valid(self) -> bool:
        for row in self.rows:
            if row.is_unused:
                row.form.leave_unchecked()
        valid = [row.form.is_valid() for row in self.used]
        return all(valid) and self._is_without_duplicates()

    def _is_without_duplicates(self) -> bool:
        taken: set[str] = set()
        found = True
        for row in self.used if self.table.unique else ():
            value = str(row.form.cleaned_data[self.table.unique]).casefold()
            if value in taken:
                row.form.add_error(self.table.unique, self._taken_words())
                found = False
            taken.add(value)
        return found

    def _taken_words(self) -> str:
        constraints = (each for each in self.table.model._meta.constraints if "uid" not in getattr(each, "fields", ()))
        return str(next(constraints).violation_error_message)

    def find_again(self, saved: Mapping[UUID, HandbookRow]) -> None:
        """Take the new rows that are there already, because the page was sent before, as rows of those."""
        for row in self.used:
            if row.new_uid in saved:
                row.uid, row.version = row.new_uid, FIRST_VERSION
                for field in row.form.fields.values():
                    # A conflict says how it stands now, and takes that along.
                    field.show_hidden_initial = True

    def show_stale(self, stale: Mapping[UUID, HandbookRow | None]) -> None:
        """Keep what was typed in these rows, and show beside it what stands now, or that a row is no more."""
        for row in self.rows:
            if row.uid is None or row.uid not in stale:
                continue
            saved = stale[row.uid]
            if saved is None:
                del self.loaded[row.uid]
                row.note, row.uid = GONE, None
            else:
                self.loaded[saved.uid] = saved.version
                row.form.show_conflict(StaleCard({name: getattr(saved, name) for name in row.form.fields}))
        for uid in self.deleted:
            if saved := stale.get(uid):
                self.saved[uid] = saved
                self.loaded[uid] = saved.version
                self.rows.append(self._row(uid.hex, uid, is_fresh=True))
                self.rows[-1].note = BACK
        self._name_rows()

    def show_taken(self, taken: Collection[str]) -> None:
        """Say that a row which is not on this page has the value that may stand only once."""
        for row in self.used:
            if str(row.form.cleaned_data.get(self.table.unique, "")).casefold() in taken:
                row.form.add_error(self.table.unique, self._taken_words())

    # What buttons do to the page

    def act(self, action: str, token: str) -> None:
        """Carry out a button's action on the row with this token; nothing if there is none."""
        place = next((place for place, row in enumerate(self.rows) if row.token == token), None)
        if action == RowAction.ADD:
            self.add_row()
        elif place is not None and action == RowAction.DELETE:
            del self.rows[place]
            self.is_add_focused = not self.rows
            for row in self.rows[place : place + 1] or self.rows[-1:]:
                row.focused = action
        elif place is not None and action in (RowAction.UP, RowAction.DOWN):
            to = min(max(place + (-1 if action == RowAction.UP else 1), 0), len(self.rows) - 1)
            self.rows.insert(to, self.rows.pop(place))
            self.rows[to].focused = action

    def add_row(self, *, with_focus: bool = True) -> None:
        if len(self.rows) >= MOST_ROWS:
            self.note, self.is_add_focused = FULL, with_focus
            return
        self.rows.append(self._row(uuid4().hex, None, is_fresh=True))
        if with_focus:
            first = next(iter(self.rows[-1].form.fields.values()))
            first.widget.attrs["autofocus"] = True


def _pairs(text: str) -> Iterable[tuple[UUID, int]]:
    for part in text.split()[:MOST_ROWS]:
        hexed, _, version = part.partition(":")
        uid = _uid(hexed)
        if uid and version.isascii() and version.isdigit():
            yield uid, int(version[:9])


def _uid(token: str) -> UUID | None:
    return UUID(token) if re.fullmatch("[0-9a-f]{32}", token) else None
