"""The record of a review as Markdown, in the words of the pages."""

from collections.abc import Iterator
from typing import Any

from projects.design.checklist import CHECKLIST
from projects.design.vocabulary import DesignState, Term
from projects.exporters.blocks import (
    Block,
    Bullets,
    Code,
    Facts,
    Heading,
    Inline,
    Paragraph,
    Prose,
    Strong,
    Table,
    Title,
    Typed,
)
from projects.exporters.markdown_writer import write_markdown
from reviews.exports import Said
from reviews.rules.terms import DecisionKind, Ended, ItemState, RequirementState, ThreadState, Verdict

NONE = Paragraph("None.")


def record_markdown(record: Said) -> str:
    """`record` comes from `review_record`."""
    return write_markdown(_blocks(record))


def _blocks(record: Said) -> Iterator[Block]:
    parts = (_manifest, _gate, _decisions, _checklist, _threads, _waivers, _events)
    for part in parts:
        yield from part(record)


def _manifest(record: Said) -> Iterator[Block]:
    revision = record["revision"]
    yield Title("Review record", f"{record['feature']['title']} r{revision['number']}")
    names = ("Project", "Feature", "State", "Submitted by", "Submitted (UTC)", "Approved (UTC)")
    submitted, approved = _when(revision["submitted_at"]), _when(revision["approved_at"])
    state = _label(DesignState, revision["state"])
    path = Code(record["feature"]["path"])
    yield Facts(names, (record["project"]["title"], path, state, revision["submitted_by"], submitted, approved or "—"))
    intact = "" if revision["is_intact"] else " The stored text has another digest: it was changed since."
    yield Paragraph(("Content digest ", Code(revision["digest"]), ".", intact))
    yield Paragraph(f"Written by {', '.join(revision['contributors']) or 'nobody'}.")
    if revision["message"]:
        yield Prose(revision["message"], "Message", keeps_code=True)
    asked = [
        f"{each['reviewer']}{', required' if each['is_required'] else ''}"
        for each in record["reviewers"]
        if not each["ended_at"]
    ]
    yield Paragraph(f"Asked to review: {'; '.join(asked) or 'nobody by name'}.")


def _gate(record: Said) -> Iterator[Block]:
    """What approval needs, or how the revision came by it; nothing of one that was neither approved nor is open."""
    if approval := record["approval"]:
        yield Heading(2, "Approval")
        yield Paragraph(f"Approved on {_when(approval['at'])} UTC by {', '.join(approval['by'])}.")
    if not record["gate"]:
        return
    yield Heading(2, "What approval needs")
    yield Bullets(
        tuple(
            (Strong(_label(RequirementState, each["state"])), f": {each['sentence']}", _who(each["who"]))
            for each in record["gate"]
        )
    )


def _who(who: str) -> str:
    return f" Who can act: {who}." if who else ""


def _decisions(record: Said) -> Iterator[Block]:
    yield Heading(2, "Decisions")
    if not record["decisions"]:
        yield NONE
    for each in record["decisions"]:
        roles = f" ({each['roles']})" if each["roles"] else ""
        alone = ", self-approved" if each["is_self_approval"] else ""
        kind = _label(DecisionKind, each["decision"])
        said = f"{roles}: {kind} r{each['revision']}{alone}, {_when(each['decided_at'])} UTC."
        meaning = f" “{each['meaning']}”" if each["meaning"] else ""
        yield Paragraph((Strong(each["reviewer"]), said, meaning, " Content digest ", Code(each["digest"]), "."))
        if each["comment"]:
            yield Prose(each["comment"], "Comment", keeps_code=True)
        if ending := each["ending"]:
            how = f"It was {_label(Ended, ending['how'])} by {ending['by']}, {_when(ending['at'])} UTC"
            yield Prose(ending["reason"], how, keeps_code=True) if ending["reason"] else Paragraph(f"{how}.")


def _checklist(record: Said) -> Iterator[Block]:
    yield Heading(2, "Checklist")
    states = {each["item"]: _label(ItemState, each["state"]) for each in record["items"]}
    rows: list[tuple[Inline, ...]] = [
        (str(item.number), item.wording, states.get(item.number, "")) for item in CHECKLIST
    ]
    yield Table("items", ("Item", "Question", "State"), tuple(rows), numeric=frozenset({0}))
    yield Heading(2, "Verdicts")
    columns = ("Item", "Reviewer", "Verdict", "Time (UTC)", "Note")
    given = tuple(_verdict(each) for each in record["verdicts"])
    yield Table("verdicts", columns, given, numeric=frozenset({0})) if given else NONE


def _verdict(each: Said) -> tuple[Inline, ...]:
    said = _label(Verdict, each["verdict"])
    if each["carried_from"]:
        said += f", carried from r{each['carried_from']}{', confirmed' if each['is_confirmed'] else ''}"
    if not each["is_last"]:
        said += ", replaced by a later one"
    parts: list[Inline] = [_typed(each["note"])] if each["note"] else []
    if dismissal := each["dismissal"]:
        parts += [" " if parts else "", f"Dismissed by {dismissal['by']}, {_when(dismissal['at'])} UTC: "]
        parts.append(_typed(dismissal["reason"]))
    return str(each["item"]), each["reviewer"], said, _when(each["given_at"]), tuple(parts)


def _threads(record: Said) -> Iterator[Block]:
    yield Heading(2, "Threads")
    if not record["threads"]:
        yield NONE
    for each in record["threads"]:
        about = each["about"] or f"Item {each['item']}"
        yield Heading(3, about)
        kind = "Blocking" if each["is_blocking"] else "Advisory"
        opened = f"{kind}, opened in r{each['opened_in']} by {each['opened_by']}, {_when(each['opened_at'])} UTC. "
        yield Paragraph((opened, Strong(_label(ThreadState, each["state"])), f"{_course(each)}."))
        if each["said_there"]:
            yield Prose(each["said_there"], "It said then", keeps_code=True)
        for comment in each["comments"]:
            yield Prose(comment["text"], f"{comment['author']}, {_when(comment['at'])} UTC", keeps_code=True)
        if each["resolution"]:
            yield Prose(each["resolution"], "Resolution", keeps_code=True)


def _course(thread: Said) -> str:
    addressed = f", addressed by {thread['addressed_by']}, {_when(thread['addressed_at'])} UTC"
    resolved = f", resolved by {thread['resolved_by']}, {_when(thread['resolved_at'])} UTC"
    return (addressed if thread["addressed_at"] else "") + (resolved if thread["resolved_at"] else "")


def _waivers(record: Said) -> Iterator[Block]:
    yield Heading(2, "Waivers")
    columns = ("What", "Until", "By", "Time (UTC)", "Reason", "Ended")
    rows = tuple(_waiver(each) for each in record["waivers"])
    yield Table("waivers", columns, rows) if rows else NONE


def _waiver(each: Said) -> tuple[Inline, ...]:
    what: Inline = f"Item {each['item']}" if each["item"] else (Code(each["rule"]), f" {each['about']}")
    ended: Inline = ""
    if each["ended_at"]:
        ended = (f"{each['ended_by']}, {_when(each['ended_at'])} UTC: ", _typed(each["ended_reason"]))
    return what, each["expires_on"] or "this changes", each["by"], _when(each["at"]), _typed(each["reason"]), ended


def _events(record: Said) -> Iterator[Block]:
    yield Heading(2, "Events")
    columns = ("Event", "Time (UTC)", "Who", "What", "From → to", "Reason", "Hash")
    rows = tuple(_event(each) for each in record["events"])
    yield Table("events", columns, rows, numeric=frozenset({0})) if rows else NONE


def _event(each: Said) -> tuple[Inline, ...]:
    kind = "" if each["kind"] == "review" else f"{each['kind']} "
    changes = "; ".join(
        f"{name}: {before} → {after}" if before else f"{name}: {after}"
        for name, (before, after) in each["changes"].items()
    )
    what = f"{each['verb']} {kind}{each['label']}"
    shown = (_when(each["at"]), each["person"], what, _typed(changes), _typed(each["reason"]), Code(each["hash"]))
    return str(each["number"]), *shown


def _typed(text: str) -> Inline:
    return Typed(text, keeps_code=True) if text else ""


def _when(time: str | None) -> str:
    """2026-11-20T12:00:00+00:00 as 2026-11-20 12:00."""
    return time[:16].replace("T", " ") if time else ""


def _label(terms: type[Term], value: Any) -> str:
    return terms(value).label
