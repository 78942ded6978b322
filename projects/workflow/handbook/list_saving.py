"""Writes a list of the handbook as a page holds it: rows added, changed, deleted and put in another order."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from projects.models import DatabaseProfile
from projects.models.handbook import HandbookRow
from projects.snapshot.restore import STEP_BETWEEN_POSITIONS
from projects.workflow.handbook.page_input import StalePage, rows_of
from projects.workflow.handbook.tables import TableInput, TableRow
from projects.workflow.project_door import ProjectDoor, StaleCard, assign, in_words, plain, refuse_stale

Changes = dict[str, list[str]]


def write_list(
    door: ProjectDoor, sent: TableInput, stale: StalePage, profile: DatabaseProfile | None = None
) -> Changes:
    """Write the list if nothing in it is stale; what changed, by row and field, as [before, after].

    Rows that others added stay. So do those that only others changed. The door's lock holds the list still.
    """
    table = sent.table
    saved = {row.uid: row for row in rows_of(table, door.project, profile)}
    sent.find_again(saved)
    if found := _stale(sent, saved):
        stale.add(lambda: sent.show_stale(found))
        return {}
    before = list(saved.values())
    words_before = {row.uid: summary(row, sent) for row in before}
    changes, placed = _changed(door, sent, saved, profile)
    after = _in_order(sent, saved, placed)
    if taken := _taken_twice(table.unique, after):
        stale.add(lambda: sent.show_taken(taken))
        return {}
    changes |= _gone(sent, before, after, words_before) | _moved(table.title, before, after)
    if changes:
        _replace(sent, door, before, after)
    return changes


def _stale(sent: TableInput, saved: Mapping[UUID, HandbookRow]) -> dict[UUID, HandbookRow | None]:
    """The rows that somebody else changed or deleted, of those that the person changed or deleted."""
    found: dict[UUID, HandbookRow | None] = {}
    for row in sent.used:
        if row.uid and row.form.has_changed() and _is_stale(row, saved.get(row.uid)):
            found[row.uid] = saved.get(row.uid)
    for uid in sent.deleted:
        if uid in saved and saved[uid].version != sent.loaded[uid]:
            found[uid] = saved[uid]
    return found


def _is_stale(row: TableRow, saved: HandbookRow | None) -> bool:
    if saved is None:
        return True
    if all(plain(getattr(saved, name)) == plain(value) for name, value in row.form.values.items()):
        return False
    if row.form.loaded is None:
        return saved.version != row.version
    try:
        refuse_stale(saved, row.form.loaded)
    except StaleCard:
        return True
    return False


def _changed(
    door: ProjectDoor, sent: TableInput, saved: Mapping[UUID, HandbookRow], profile: DatabaseProfile | None
) -> tuple[Changes, dict[str, HandbookRow]]:
    """What adding and changing rows changes, and the row for each token of the page."""
    changes: Changes = {}
    placed: dict[str, HandbookRow] = {}
    held: dict[str, Any] = {"profile": profile} if profile else {}
    taken = {None, *_taken_elsewhere(door, sent)}
    for row in sent.used:
        if row.uid is None:
            own = {} if row.new_uid in taken else {"uid": row.new_uid}
            placed[row.token] = added = sent.table.model(project=door.project, **held, **own, **row.form.values)
            changes[_free(str(added), changes)] = ["", summary(added, sent)]
        elif (target := saved.get(row.uid)) is not None:
            placed[row.token] = target
            label = str(target)
            if row.form.has_changed() and (cells := assign(target, row.form.values)):
                target.version += 1
                changes |= {_free(f"{label} · {name}", changes): values for name, values in cells.items()}
    return changes, placed


def _taken_elsewhere(door: ProjectDoor, sent: TableInput) -> set[UUID]:
    """The uids meant for new rows that rows of another database have."""
    wanted = [row.new_uid for row in sent.used if row.new_uid] if sent.table.has_profile else []
    rows = sent.table.model._default_manager.filter(project=door.project, uid__in=wanted)
    return set(rows.values_list("uid", flat=True)) if wanted else set()


def _in_order(
    sent: TableInput, saved: Mapping[UUID, HandbookRow], placed: Mapping[str, HandbookRow]
) -> list[HandbookRow]:
    """All rows that there are afterwards: as the person ordered them, each new one after the row above it."""
    gone = set(sent.deleted)
    mine = sent.order or []
    kept = [saved[uid] for uid in mine if uid in saved]
    # Rows that were new when the page was sent before: they have a place on it, unless its order was left alone.
    again = {row.uid for row in sent.used if row.uid not in sent.loaded} if mine else set()
    kept += [row for uid, row in saved.items() if uid not in gone and uid not in {*mine, *again}]
    above: HandbookRow | None = None
    for row in sent.used:
        found = placed.get(row.token)
        if found is not None and found not in kept:
            kept.insert(kept.index(above) + 1 if above is not None else 0, found)
        above = found or above
    return kept


def _taken_twice(unique: str, rows: list[HandbookRow]) -> set[str]:
    """The values, folded, that more than one row has and only one may have."""
    values = [str(getattr(row, unique)).casefold() for row in rows] if unique else []
    return {value for value in values if values.count(value) > 1}


def _gone(sent: TableInput, before: list[HandbookRow], after: list[HandbookRow], words: Mapping[UUID, str]) -> Changes:
    left = {row.uid for row in after}
    changes: Changes = {}
    for row in before:
        if row.uid not in left:
            changes[_free(f"{row} (deleted)", changes)] = [words[row.uid], ""]
    return changes


def _moved(title: str, before: list[HandbookRow], after: list[HandbookRow]) -> Changes:
    """The order of the rows that were there before, if it changed."""
    left = {row.uid for row in after}
    known = {row.uid for row in before}
    orders = [[row for row in before if row.uid in left], [row for row in after if row.uid in known]]
    if [row.uid for row in orders[0]] == [row.uid for row in orders[1]]:
        return {}
    return {f"{title} · Order": [", ".join(map(str, rows)) for rows in orders]}


def _replace(sent: TableInput, door: ProjectDoor, before: list[HandbookRow], after: list[HandbookRow]) -> None:
    """All rows are written anew under their uids: names that two rows exchange would else be twice for a moment."""
    objects = sent.table.model._default_manager
    objects.filter(project=door.project, pk__in=[row.pk for row in before]).delete()
    for place, row in enumerate(after, 1):
        row.pk, row.position = None, place * STEP_BETWEEN_POSITIONS
    objects.bulk_create(after)


def summary(row: HandbookRow, sent: TableInput) -> str:
    """What the row says, in one line for the history."""
    cells = (in_words(row, name) for name in sent.blank.form.fields)
    return "; ".join(cell for cell in cells if cell.strip())


def _free(label: str, taken: Mapping[str, Any]) -> str:
    """The label, numbered if another row has it too."""
    names = (label, *(f"{label} ({number})" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)
