"""The schema that was read, as a Design: uids in place of names, partitions folded into the tables they belong to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from projects.design.tree import (
    Check,
    Design,
    Entity,
    EntityField,
    EntityKey,
    FieldPair,
    Identity,
    Index,
    IndexPart,
    NamedType,
    Relationship,
)
from projects.design.vocabulary import LINE_LENGTH, NAME_LENGTH, PROSE_LENGTH, Cardinality, TypeKind
from projects.importers.draft import Column, DraftIndex, DraftType, Name, Reference, Table
from projects.importers.schema import Schema
from projects.importers.tokens import REPLACED

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
CONTROL_IN_PROSE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
LIST_TYPE = re.compile(r"(?:enum|set)\s*\(", re.IGNORECASE)
LISTED = re.compile(r"'((?:[^'\\]|''|\\.)*)'", re.DOTALL)


def one_line(text: str) -> str:
    """As a line of the design may hold it; too long a text ends in an ellipsis."""
    plain = text if text.isprintable() else CONTROL.sub(" ", text)
    return plain if len(plain) <= LINE_LENGTH else plain[: LINE_LENGTH - 1] + "…"


def prose(*paragraphs: str) -> str:
    text = "\n\n".join(paragraph.strip() for paragraph in paragraphs if paragraph.strip())
    plain = CONTROL_IN_PROSE.sub(" ", text)
    return plain if len(plain) <= PROSE_LENGTH else plain[: PROSE_LENGTH - 1] + "…"


def in_full(what: str, text: str) -> str:
    """Where a line is too short for it, the whole goes into the description."""
    return f"{what} in full: {text}" if len(text) > LINE_LENGTH else ""


@dataclass
class Build:
    """Turns one schema into the parts of a design."""

    schema: Schema
    uids: dict[Column, UUID] = field(default_factory=dict)
    entity_uids: dict[str, UUID] = field(default_factory=dict)
    added_types: list[NamedType] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.implied = self.schema.only_implied_namespace
        self.roots = self.schema.roots()
        self.tables = [table for table, root in self.roots.items() if root is table]

    def design(self, identity: Identity) -> Design:
        entities = tuple(self._entity(table) for table in self.tables)
        return Design(
            identity=identity,
            types=(*(self._type(each) for each in self.schema.types.values()), *self.added_types),
            entities=entities,
            relationships=tuple(
                self._relationship(table, reference) for table in self.tables for reference in table.references
            ),
            indexes=tuple(self._index(table, index) for table in self.tables for index in table.indexes.values()),
        )

    def notes(self) -> Iterator[str]:
        """What the design shows otherwise than the file."""
        partitions: dict[Table, list[Table]] = {}
        for table, root in self.roots.items():
            if root is not table:
                partitions.setdefault(root, []).append(table)
        for root, folded in partitions.items():
            yield _partition_note(self._full(root.name), folded)
        exclusions = sum(condition.is_exclusion for table in self.tables for condition in table.conditions)
        if exclusions:
            yield f"Exclusion constraints kept among the checks in their own words: {exclusions}."
        names = [name for table in self.tables for name in (table.name.name, *(c.name for c in table.columns.values()))]
        changed = [name for name in names if REPLACED in name or (len(name) == NAME_LENGTH and name.endswith("…"))]
        if changed:
            yield (
                f"Names that are longer than {NAME_LENGTH} characters or hold control characters were changed: "
                f"{len(changed)}, the first is {changed[0][:40]}…"
            )

    def _namespace(self, name: Name) -> str | None:
        return None if name.namespace == self.implied else name.namespace or None

    def _full(self, name: Name) -> str:
        return name.name if name.namespace == self.implied else name.full

    def _entity(self, table: Table) -> Entity:
        entity = Entity(
            uid=uuid4(),
            namespace=self._namespace(table.name),
            name=table.name.name,
            purpose=prose(table.purpose),
            fields=tuple(self._field(column, table) for column in table.columns.values()),
            keys=tuple(
                EntityKey(
                    uid=uuid4(),
                    kind=key.kind,
                    name=one_line(key.name),
                    fields=tuple(self.uids[column] for column in key.columns),
                )
                for key in table.keys
            ),
            checks=tuple(
                Check(uid=uuid4(), name=one_line(check.name), expression=prose(check.expression))
                for check in table.conditions
            ),
        )
        self.entity_uids[table.name.key] = entity.uid
        return entity

    def _field(self, column: Column, table: Table) -> EntityField:
        self.uids[column] = uid = uuid4()
        type_text = column.type
        if len(type_text) > LINE_LENGTH and LIST_TYPE.match(type_text):
            type_text = self._type_of_list(column, table)
        rule = " ".join(part for part in (column.rule, column.collation and f"COLLATE {column.collation}") if part)
        return EntityField(
            uid=uid,
            name=column.name,
            type=one_line(type_text),
            is_required=column.is_required,
            default=one_line(column.default),
            generation=column.generation,
            rule=one_line(rule),
            description=prose(column.description, in_full("Type", type_text), in_full("Default", column.default)),
        )

    def _type_of_list(self, column: Column, table: Table) -> str:
        """MySQL writes the values into the column's type; a long list becomes a type with a name."""
        values = [match.replace("''", "'") for match in LISTED.findall(column.type)]
        name = one_line(f"{table.name.name}_{column.name}")[:120]
        taken = {each.name.casefold() for each in self.added_types} | set(self.schema.types)
        while name.casefold() in taken:
            name += "_"
        description = f"The values of {self._full(table.name)}.{column.name}."
        self.added_types.append(
            NamedType(
                uid=uuid4(),
                name=name,
                kind=TypeKind.ENUM,
                values=tuple(one_line(value) for value in values),
                description=prose(description),
            )
        )
        return name

    def _type(self, draft: DraftType) -> NamedType:
        return NamedType(
            uid=uuid4(),
            namespace=self._namespace(draft.name),
            name=draft.name.name,
            kind=draft.kind,
            base=one_line(draft.base),
            values=tuple(one_line(value) for value in draft.values),
            rule=prose(draft.rule),
            description=prose(draft.description),
        )

    def _relationship(self, table: Table, reference: Reference) -> Relationship:
        found = self.schema.find(reference.parent)
        parent = self.roots[found] if found else None
        targets = self._targets(parent, reference)
        is_missing = parent is None or None in targets
        words = f"{self._full(reference.parent)}({', '.join(reference.parent_columns)})".removesuffix("()")
        return Relationship(
            uid=uuid4(),
            name=one_line(reference.name),
            parent=self.entity_uids[parent.name.key] if parent else None,
            child=self.entity_uids[table.name.key],
            pairs=tuple(
                FieldPair(child=self.uids[child], parent=self.uids[target] if target else None)
                for child, target in zip(reference.columns, targets, strict=True)
            ),
            missing_target=one_line(words) if is_missing else "",
            cardinality=cardinality(table, reference),
            on_delete=reference.on_delete,
            on_update=reference.on_update,
            description=prose(reference.description),
        )

    def _targets(self, parent: Table | None, reference: Reference) -> list[Column | None]:
        nothing: list[Column | None] = [None] * len(reference.columns)
        if parent is None:
            return nothing
        if reference.parent_columns:
            return [parent.columns.get(name.casefold()) for name in reference.parent_columns]
        primary = parent.primary_key
        return list(primary.columns) if primary and len(primary.columns) == len(nothing) else nothing

    def _index(self, table: Table, index: DraftIndex) -> Index:
        long_parts = (in_full("A part", part.expression) for part in index.parts)
        return Index(
            uid=uuid4(),
            name=index.name,
            entity=self.entity_uids[table.name.key],
            parts=tuple(
                IndexPart(
                    field=self.uids[part.column] if part.column else None,
                    expression=one_line(part.expression),
                    direction=part.direction,
                )
                for part in index.parts
            ),
            method=index.method,
            is_unique=index.is_unique,
            condition=one_line(index.condition),
            purpose=prose(*index.remarks, *long_parts, in_full("Condition", index.condition)),
        )


def _partition_note(root: str, folded: list[Table]) -> str:
    shown = ", ".join(table.name.name for table in folded[:3]) + (", …" if len(folded) > 3 else "")
    counts = {
        "foreign keys": sum(len(table.references) for table in folded),
        "indexes": sum(len(table.indexes) for table in folded),
    }
    own = " and ".join(f"{what} ({count})" for what, count in counts.items() if count)
    note = f"Partitions folded into {root}: {len(folded)} ({shown})."
    return f"{note} Left out with them: {own}; add to {root} what holds for all of it." if own else note


def cardinality(table: Table, reference: Reference) -> Cardinality:
    """One to at most one, where the child's columns are together a key of the child."""
    columns = set(reference.columns)
    is_unique = any(columns == each for each in unique_sets(table))
    return Cardinality.ONE_TO_OPTIONAL if is_unique else Cardinality.ONE_TO_MANY


def unique_sets(table: Table) -> Iterator[set[Column]]:
    yield from (set(key.columns) for key in table.keys)
    for index in table.indexes.values():
        columns = [part.column for part in index.parts if part.column and not part.expression]
        if index.is_unique and not index.condition and len(columns) == len(index.parts):
            yield set(columns)
