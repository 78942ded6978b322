"""The quality checklist with what its author and its reviewers say, and the sign-offs."""

from collections.abc import Iterator
from datetime import UTC, datetime

from projects.design.checklist import CHECKLIST, GROUPS, ChecklistItem
from projects.design.review_record import ReviewRecord, SignOffLine, WaiverLine
from projects.design.tree import Design, ItemNote
from projects.exporters.blocks import (
    Block,
    Bullets,
    CheckItem,
    Checklist,
    Code,
    Heading,
    Inline,
    Strong,
    Table,
    Typed,
    has_text,
    joined,
    label,
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
    yield from manifest(record)


def manifest(record: ReviewRecord) -> Iterator[Block]:
    """The decisions with what each manifests, and what was waived; nothing where there is neither."""
    if record.sign_offs:
        columns = ("Reviewer", "Decision", "Revision", "Time (UTC)", "Comment")
        yield Table("sign-offs", columns, tuple(_line(line) for line in record.sign_offs))
        yield Bullets(tuple(_manifested(line) for line in record.sign_offs))
        yield note("A sign-off holds only for the content with the digest beside it.")
    if record.waivers:
        yield label("Waived")
        columns = ("What", "Until", "By", "Time (UTC)", "Reason")
        yield Table("waivers", columns, tuple(_waiver(each) for each in record.waivers))


def _line(line: SignOffLine) -> tuple[Inline, ...]:
    decision = f"{line.decision} (ended)" if line.ended else line.decision
    return line.reviewer, decision, f"r{line.revision}", _time(line.decided_at), Typed(line.comment)


def _manifested(line: SignOffLine) -> Inline:
    """Who decided what, as whom, meaning what, on which content and when; and how it ended if it did."""
    role = f" ({line.role})" if line.role else ""
    parts: list[Inline] = [
        Strong(line.reviewer),
        f"{role}: {line.decision} r{line.revision}, {_time(line.decided_at)} UTC",
    ]
    if line.is_self_approval:
        parts.append(", self-approved")
    parts.append(".")
    if line.meaning:
        parts.append(f" “{line.meaning}”")
    if line.digest:
        parts += [" Content digest ", Code(line.digest), "."]
    if line.ended:
        parts += [" It stands no longer: ", Typed(line.ended)]
    return tuple(parts)


def _waiver(waiver: WaiverLine) -> tuple[Inline, ...]:
    until = f"{waiver.expires_on:%Y-%m-%d}" if waiver.expires_on else "this changes"
    return waiver.what, until, waiver.by, _time(waiver.at), Typed(waiver.reason)


def _time(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M}"
