"""Several rows of a grid at once: one column set for all of them, or all deleted. All of it happens, or nothing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError

from projects.models.base import Row
from projects.workflow.deletion import Deletion
from projects.workflow.editing import StaleVersion, editing
from projects.workflow.forms import RowForm
from projects.workflow.pasting import cell_value
from projects.workflow.saving import Submission
from projects.workflow.steps.step import Column


@dataclass
class Selection:
    """The rows that a person chose in a grid, with what was asked of them and what stands against it."""

    uids: tuple[str, ...] = ()
    column: str = ""
    value: str = ""
    problems: list[str] = field(default_factory=list)
    # What else a deletion would take, in a sentence, when the person is to be asked first.
    question: str = ""


def set_column(submission: Submission, rows: Sequence[Row], column: Column, text: str) -> tuple[int, list[str]]:
    """Set one cell of every row to what `text` says: how many rows changed, and the problems, if any kept all as is."""
    forms = [_form(submission, row, column, text) for row in rows]
    problems = [problem for form in forms if not form.is_valid() for problem in _problems(form)]
    changed = [form for form in forms if not problems and form.has_changed()]
    try:
        with editing(submission.scope.feature, actor=submission.actor, now=submission.now) as door:
            for form in changed:
                form.write(door, form.instance.version)
    except IntegrityError:
        problems.append(f"These rows cannot all have the same {column.label.lower()}.")
    except StaleVersion as stale:
        problems.append(f"{stale} Look at it again; nothing was changed.")
    return (0, problems) if problems else (len(changed), [])


def _form(submission: Submission, row: Row, column: Column, text: str) -> RowForm:
    values = submission.part.form.values(row)
    prefix = str(row.uid)
    data = {f"{prefix}-{name}": "" if value is None else value for name, value in values.items() if value is not False}
    typed = cell_value(submission.part.form, submission.scope, column.name, text)
    data.pop(f"{prefix}-{column.name}", None)
    if typed:
        data[f"{prefix}-{column.name}"] = typed
    return submission.form(row, prefix, data)


def _problems(form: RowForm) -> list[str]:
    # The label as saved: validating has put what was typed into the row.
    named = str(form.initial.get("name") or form.instance.label)
    return [f"{named}: {message}" for messages in form.errors.values() for message in messages]


def delete_rows(submission: Submission, rows: Sequence[Row]) -> int:
    """Delete the rows with all that cannot stay without them; each is an event of its own, which can be undone."""
    deleted = 0
    with editing(submission.scope.feature, actor=submission.actor, now=submission.now) as door:
        for row in rows:
            # An earlier one of them may have taken it along.
            if type(row)._default_manager.filter(pk=row.pk).exists():
                door.delete(row)
                deleted += 1
    return deleted


def goes_along(rows: Sequence[Row]) -> str:
    """What else goes if these rows go, in a sentence; empty if nothing does."""
    chosen = {row.uid for row in rows}
    along: dict[Any, Row] = {}
    for row in rows:
        along |= {(type(each), each.pk): each for each in Deletion(row).taken if each.uid not in chosen}
    counted = Counter(model for model, _ in along)
    words = [
        f"{number} {model._meta.verbose_name if number == 1 else model._meta.verbose_name_plural}"
        for model, number in counted.items()
    ]
    if not words:
        return ""
    *first, last = words
    verb = "goes" if counted.total() == 1 else "go"
    return f"With {'it' if len(rows) == 1 else 'them'} {verb} {', '.join(first)}{' and ' if first else ''}{last}."
