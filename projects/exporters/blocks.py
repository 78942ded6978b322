"""What a document is made of, before it is Markdown or HTML: each fact is put in its place once, for every format."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from projects.design.vocabulary import DesignState
from projects.diagrams.graph import Graph
from projects.exporters.escaping import one_line

NO_NAME = "(no name)"
NOT_SPECIFIED = "Not specified yet."


@dataclass(frozen=True, slots=True)
class Code:
    """An identifier, a type, a path or a digest: what is set in the monospaced face."""

    text: str


@dataclass(frozen=True, slots=True)
class Typed:
    """Prose that a person typed, shown on one line; code in it is treated as that of `Prose`."""

    text: str
    keeps_code: bool = False


@dataclass(frozen=True, slots=True)
class Strong:
    text: str


# A plain string is text: nothing in it is markup, whoever wrote it.
Inline = str | Code | Typed | Strong | tuple["Inline", ...]


@dataclass(frozen=True, slots=True)
class Title:
    """The first heading: which document of what, and in which state if all of it is in one, in words of its own."""

    document: str
    subject: str
    state: DesignState | None = None
    status: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A part of the outline. A name is set as an identifier; `thing` is the uid of what it names."""

    level: int
    text: str
    is_name: bool = False
    thing: UUID | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: Inline
    style: str = ""


@dataclass(frozen=True, slots=True)
class Prose:
    """Prose that a person typed, in blocks of its own, after a label if it has one.

    What looks like code is left out, unless the document may hold code and the prose is a place for it.
    """

    text: str
    label: str = ""
    keeps_code: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Names with one value each, like those under the title."""

    names: tuple[str, ...]
    values: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`kind` names the table for its style; the columns in `numeric` stand at their right edge."""

    kind: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Inline, ...], ...]
    numeric: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class CheckItem:
    text: str
    verdict: str
    is_passed: bool = False
    note: Inline = ""


@dataclass(frozen=True, slots=True)
class Checklist:
    title: str
    items: tuple[CheckItem, ...]


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Text in a language of machines, derived from the design: SQL, JSON. Its lines stay as they are."""

    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Boxes and arrows: a graph in Mermaid in Markdown, a picture in HTML; in parts where it is large."""

    graphs: tuple[Graph, ...]


@dataclass(frozen=True, slots=True)
class Diagram:
    """The entity relationship diagram: titles with Mermaid texts in Markdown, a picture in HTML."""

    parts: tuple[tuple[str, str], ...]


Block = Title | Heading | Paragraph | Prose | Facts | Table | Bullets | Checklist | Diagram | CodeBlock | Picture


def not_specified() -> Paragraph:
    return Paragraph(NOT_SPECIFIED, style="missing")


def not_applicable(reason: str) -> Paragraph:
    return Paragraph(f"Not applicable: {reason}", style="missing")


def note(text: Inline) -> Paragraph:
    return Paragraph(text, style="note")


def typed(text: str) -> Inline:
    """Prose for a table cell or beside a label."""
    return Typed(text) if text.strip() else NOT_SPECIFIED


def joined(parts: Sequence[Inline], separator: str = ", ") -> Inline:
    if not parts:
        return ""
    woven: list[Inline] = [parts[0]]
    for part in parts[1:]:
        woven += [separator, part]
    return tuple(woven)


def has_text(inline: Inline) -> bool:
    if isinstance(inline, str):
        return bool(inline.strip())
    if isinstance(inline, tuple):
        return any(has_text(part) for part in inline)
    return bool(inline.text.strip())


def label(text: Inline) -> Paragraph:
    """A line that names what follows it, below the headings of the outline."""
    return Paragraph((text, ":"), style="label")


def subject(kind: str, name: str) -> Paragraph:
    """A line that says what the following is about, like “Data: Refund”."""
    return Paragraph((Strong(f"{kind}:"), f" {one_line(name) or NO_NAME}"))


def named(name: str, value: Inline) -> Inline:
    """An item of a list: a name, and what is said of it."""
    shown = one_line(name) or NO_NAME
    return (Strong(f"{shown}:"), " ", value) if has_text(value) else shown
