"""The quality checklist with what its author and its reviewers say, and the sign-offs."""

from collections.abc import Iterator
from datetime import UTC

from projects.design.checklist import CHECKLIST, GROUPS, ChecklistItem
from projects.design.review_record import ReviewRecord, SignOffLine
from projects.design.tree import Design, ItemNote
from projects.exporters.blocks import (
    Block,
    CheckItem,
    Checklist,
    Heading,
    Inline,
    Table,
    Typed,
    has_text,
    joined,
    not_specified,
    note,
)

_NOT_REVIEWED = "not reviewed yet"


def quality_checklist(design: Design, record: ReviewRecord) -> Iterator[Block]:
    yield Heading(2, "Quality Checklist")
    for group in GROUPS:
        items = tuple(_item(design, record, item) for item in CHECKLIST if item.group == group)
        yield Checklist(group, items)


def _item(design: Design, record: ReviewRecord, item: ChecklistItem) -> CheckItem:
    line = next((line for line in record.items if line.item == item.number), None)
    notes: list[Inline] = [_author_note(each) for each in design.item_notes if each.item == item.number]
    if exemption := design.exemption_by_step.get(item.step):
        notes.append(("the step does not apply: ", Typed(exemption.reason)))
    if line and line.note.strip():
        notes.insert(0, Typed(line.note))
    said = joined([note for note in notes if has_text(note)], "; ")
    return CheckItem(item.wording, line.verdict if line else _NOT_REVIEWED, bool(line and line.is_passed), said)


def _author_note(item_note: ItemNote) -> Inline:
    """What the author says on the item: a reading, or why it does not apply."""
    text: Inline = Typed(item_note.text) if item_note.text.strip() else ""
    if not item_note.is_not_applicable:
        return ("author: ", text) if text else ""
    return ("author: not applicable, ", text) if text else "author: not applicable"


def sign_off(record: ReviewRecord) -> Iterator[Block]:
    yield Heading(2, "Sign-off")
    if not record.sign_offs:
        yield not_specified()
        return
    columns = ("Reviewer", "Decision", "Revision", "Time (UTC)", "Comment")
    yield Table("sign-offs", columns, tuple(_line(line) for line in record.sign_offs))
    yield note("Sign-offs hold for the content with this digest only.")


def _line(line: SignOffLine) -> tuple[Inline, ...]:
    time = f"{line.decided_at.astimezone(UTC):%Y-%m-%d %H:%M}"
    return line.reviewer, line.decision, f"r{line.revision}", time, Typed(line.comment)
