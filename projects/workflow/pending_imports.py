"""An import between reading and saving: what was read is kept for the person who brought it, who then decides."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from projects.design.digest import design_json, read_design
from projects.design.tree import Design, Entity
from projects.design.vocabulary import LINE_LENGTH
from projects.importers.design_file import read_design_file
from projects.importers.dialects import Dialect
from projects.importers.sql import SchemaImport, read_schema
from projects.importers.sql_reading import Skipped
from projects.models import Feature, PendingImport, User
from projects.snapshot.current import current_design
from projects.snapshot.take import identity
from projects.workflow.apply_import import Applied, ImportRefused, apply_import
from projects.workflow.apply_schema import apply_schema, replace_schema

KEPT_FOR = timedelta(days=1)
DESIGN_FILE = "design"
# Of each reason; the lines of the others are still named.
STATEMENTS_SHOWN = 20
COUNTED = ("tables", "columns", "foreign_keys", "indexes", "checks")


def keep_for_preview(
    feature: Feature, content: bytes, *, source: str, dialect: str, actor: User, now: datetime
) -> PendingImport:
    """Read the file and keep what it says; raises Unreadable with a sentence for the person who brought it."""
    if _is_design_file(content):
        design, summary = _design_file(content)
    else:
        design, summary = _schema(read_schema(content, identity=identity(feature), dialect=dialect or None))
    PendingImport.objects.filter(created_at__lt=now - KEPT_FOR).delete()
    return PendingImport.objects.create(
        feature=feature,
        actor=actor,
        file_name=_printable(source)[-LINE_LENGTH:],
        design=design_json(design),
        summary=summary,
        created_at=now,
    )


def _is_design_file(content: bytes) -> bool:
    """No statement of SQL begins with a brace, and every design file does."""
    return content[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def _printable(text: str) -> str:
    return "".join(character for character in text if character.isprintable())


def _design_file(content: bytes) -> tuple[Design, dict[str, Any]]:
    design = read_design_file(content)
    counts = {
        "data elements": len(design.data_elements),
        "stores": len(design.stores),
        "entities": len(design.own_entities),
        "relationships": len(design.relationships),
        "operations": len(design.queries),
        "indexes": len(design.indexes),
    }
    return design, {"kind": DESIGN_FILE, "label": "a design file", "counts": counts}


def _schema(read: SchemaImport) -> tuple[Design, dict[str, Any]]:
    return read.design, {
        "kind": "schema",
        "label": Dialect(read.dialect).label,
        "counts": {name.replace("_", " "): getattr(read, name) for name in COUNTED},
        "statements": read.statements,
        "taken": read.taken,
        "skipped": _by_reason(read.skipped),
        "left_out": _by_reason(read.left_out),
        "notes": list(read.notes),
    }


def _by_reason(skipped: Iterable[Skipped]) -> list[dict[str, Any]]:
    """Reasons with the most statements first; every line is named, the first statements are shown."""
    groups: dict[str, list[Skipped]] = {}
    for each in skipped:
        groups.setdefault(each.reason, []).append(each)
    return [
        {
            "reason": reason,
            "lines": [each.line for each in found],
            "shown": [[each.line, each.statement] for each in found[:STATEMENTS_SHOWN]],
        }
        for reason, found in sorted(groups.items(), key=lambda group: -len(group[1]))
    ]


@dataclass(frozen=True)
class Proposed:
    """An entity of the preview."""

    entity: Entity
    fields: str
    is_there: bool
    is_left_out: bool


@dataclass(frozen=True)
class Preview:
    """What an import would do to the feature as it is now, and the person's choices so far."""

    pending: PendingImport
    feature: Feature
    taken: frozenset[UUID] | None = None
    is_replacing: bool = False

    @cached_property
    def design(self) -> Design:
        return read_design(self.pending.design)

    @cached_property
    def existing(self) -> Design:
        return current_design(self.feature).design

    @property
    def is_design_file(self) -> bool:
        return bool(self.pending.summary["kind"] == DESIGN_FILE)

    @property
    def label(self) -> str:
        return str(self.pending.summary["label"])

    @property
    def can_replace(self) -> bool:
        """Whether there is anything that could be replaced."""
        return any(True for _ in self.existing.things())

    @cached_property
    def entities(self) -> list[Proposed]:
        """The file's entities; until the person chooses, those that are in the design already are left out."""
        there = {entity.full_name.casefold() for entity in self.existing.own_entities}
        found = []
        for entity in self.design.entities:
            is_there = entity.full_name.casefold() in there
            is_left_out = is_there if self.taken is None else entity.uid not in self.taken
            fields = ", ".join(f"{field.name} {field.type}".strip() for field in entity.fields)
            found.append(Proposed(entity, fields, is_there, is_left_out and not self.is_design_file))
        return found

    @property
    def number_there(self) -> int:
        return sum(proposed.is_there for proposed in self.entities)

    def apply(self, *, actor: User, now: datetime) -> Applied:
        """Bring it in; raises ImportRefused and keeps the preview, or takes the preview away with it done."""
        if self.is_design_file:
            source = self.pending.file_name
            applied = apply_import(
                self.feature, self.design, actor=actor, now=now, replace=self.is_replacing, source=source
            )
        else:
            verb = replace_schema if self.is_replacing else apply_schema
            left_out = frozenset(proposed.entity.uid for proposed in self.entities if proposed.is_left_out)
            if len(left_out) == len(self.entities):
                raise ImportRefused(["No entity is ticked, so there is nothing to import."])
            applied = verb(self.feature, self.design, actor=actor, now=now, label=self.label, leave_out=left_out)
        self.pending.delete()
        return applied
