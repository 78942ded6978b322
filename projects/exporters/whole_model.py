"""The data dictionary of a project: as entries for a page, as CSV, and its diagram as Markdown with Mermaid texts."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple
from uuid import UUID

from projects.design.project import Included
from projects.design.tree import Entity, EntityField, FileLayout, KeySpace
from projects.design.whole_model import Structure, WholeModel
from projects.diagrams.links import key_marks
from projects.diagrams.mermaid import er_diagrams
from projects.exporters.blocks import Block, Bullets, Code, Diagram, Heading, Inline, Paragraph, Title, joined
from projects.exporters.markdown_writer import write_markdown

COLUMNS = ("Entity", "Field", "Type", "Null", "Key", "Description", "Class", "Feature", "Shared")

# What a spreadsheet takes for a formula, also behind white space.
FORMULA = re.compile(r"^\s*[=+\-@\t\r＝＋－＠]")


class Line(NamedTuple):
    """One field in words. `uid` is that of the field in its feature's design."""

    uid: UUID
    name: str
    type: str
    null: str
    key: str
    description: str
    sensitivity: str


@dataclass(frozen=True)
class Entry:
    """A structure with its fields; a key space and a file layout have none, and say in `type` what they hold."""

    uid: UUID
    name: str
    kind: str
    purpose: str
    feature: Included
    shared: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    type: str = ""
    is_gone: bool = False
    is_entity: bool = True

    @property
    def place(self) -> str:
        return f"{self.feature.path} ({self.feature.mark})"

    def matching(self, words: list[str]) -> "Entry | None":
        """The entry if it is about all the words; else with only those of its fields that are, if there are any."""
        own = _folded(self.name, self.kind, self.purpose, self.type, self.feature.path, *self.shared)
        if all(word in own for word in words):
            return self
        found = tuple(line for line in self.lines if _has(f"{own}\n{_folded(*line[1:])}", words))
        return replace(self, lines=found) if found else None


def _has(text: str, words: list[str]) -> bool:
    return all(word in text for word in words)


def _folded(*texts: str) -> str:
    return "\n".join(texts).casefold()


def dictionary(model: WholeModel) -> tuple[Entry, ...]:
    """Every structure of the shown part of the model, by name."""
    marks = key_marks(model.design)
    entries = [_entry(structure, marks) for structure in model.structures]
    for included in model.features:
        entries += [_of_keys(included, each) for each in included.design.key_spaces]
        entries += [_of_files(included, each) for each in included.design.file_layouts]
    return tuple(sorted(entries, key=lambda entry: (entry.name.casefold(), entry.feature.path)))


def matching(entries: Iterable[Entry], text: str) -> tuple[Entry, ...]:
    """What is about every word of the text, whatever its case; all entries if there is none."""
    words = text.casefold().split()
    return tuple(found for entry in entries if (found := entry.matching(words) if words else entry))


def _entry(structure: Structure, marks: dict[UUID, tuple[str, ...]]) -> Entry:
    entity = structure.origin
    shared = tuple(included.path for included in structure.used_in) if structure.is_shared else ()
    there = zip(entity.fields, structure.entity.fields, strict=True)
    lines = tuple(_line(entity, field, marks.get(same.uid, ())) for field, same in there)
    kind = entity.kind.label
    return Entry(
        entity.uid, entity.full_name, kind, entity.purpose, structure.feature, shared, lines, is_gone=structure.is_gone
    )


def _line(entity: Entity, field: EntityField, marks: tuple[str, ...]) -> Line:
    is_required = field.is_required or "PK" in marks
    kind = field.type.strip()
    return Line(
        uid=field.uid,
        name=field.name,
        type=f"list of {kind}" if field.is_array and kind else kind,
        null="no" if is_required else "yes",
        key=", ".join(marks),
        description=field.description.strip(),
        sensitivity=field.sensitivity.label if field.sensitivity else "",
    )


def _of_keys(included: Included, keys: KeySpace) -> Entry:
    return Entry(
        keys.uid, keys.pattern, "Key space", keys.purpose, included, type=keys.value_type.strip(), is_entity=False
    )


def _of_files(included: Included, files: FileLayout) -> Entry:
    return Entry(
        files.uid,
        files.structure,
        "File layout",
        files.access_pattern,
        included,
        type=files.format.strip(),
        is_entity=False,
    )


def dictionary_csv(entries: Iterable[Entry]) -> str:
    """One line for each field, and one for each structure without fields; lines end as RFC 4180 wants them.

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for row in _rows(entries):
        writer.writerow([plain(cell) for cell in row])
    return text.getvalue()


def plain(cell: str) -> str:
    return f"'{cell}" if FORMULA.match(cell) else cell


def _rows(entries: Iterable[Entry]) -> Iterator[tuple[str, ...]]:
    for entry in entries:
        shared = ", ".join(entry.shared)
        for line in entry.lines:
            yield (entry.name, *line[1:], entry.place, shared)
        if not entry.lines:
            yield (entry.name, "", entry.type, "", "", entry.purpose.strip(), "", entry.place, shared)


def model_markdown(model: WholeModel) -> str:
    """The diagram of the model in Mermaid's language, in parts where Mermaid would refuse the whole."""
    return write_markdown(tuple(_blocks(model)))


def _blocks(model: WholeModel) -> Iterator[Block]:
    yield Title("Data model", model.title)
    diagrams = er_diagrams(model.design)
    if not diagrams:
        yield Paragraph("No feature has a table yet.")
        return
    yield Heading(2, "Entity relationships")
    yield Diagram(tuple((each.title, each.text) for each in diagrams))
    if model.shared:
        yield Heading(2, "Shared entities")
        yield Bullets(tuple(_shared(model.by_uid[uid].entity, paths) for uid, paths in model.shared.items()))


def _shared(entity: Entity, paths: tuple[str, ...]) -> Inline:
    owner, *others = map(Code, paths)
    return Code(entity.full_name), " of ", owner, ", reused by ", joined(others)
