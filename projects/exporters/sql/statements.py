"""The statements of a design in the order in which they load."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from projects.design.tree import Design, Entity, Relationship
from projects.design.vocabulary import Generation, KeyKind
from projects.exporters.sql import comments
from projects.exporters.sql.columns import ColumnText, column
from projects.exporters.sql.constraints import Elements, add_checks, add_keys
from projects.exporters.sql.dialect import Dialect, dialect_of, systems_of
from projects.exporters.sql.expression_tokens import NotWritten
from projects.exporters.sql.indexes import create_index
from projects.exporters.sql.literals import TABLE_COMMENT, comment_line, comment_lines, text_literal
from projects.exporters.sql.named_types import types
from projects.exporters.sql.references import ForeignKey, absent, alter_table, element, foreign_key, to_elsewhere
from projects.exporters.sql.writing import Writing, find_types

NO_TABLES = "-- There are no tables yet."


@dataclass(frozen=True)
class Ddl:
    """Definitions as a text that loads in one go; `notes` say, a sentence each, where it differs from the design."""

    text: str
    notes: tuple[str, ...]
    dialect: Dialect


def ddl(design: Design, dialect: Dialect | None = None) -> Ddl:
    """The design's own tables as statements, in the dialect of its system if none is given, else PostgreSQL's."""
    asked = dialect or dialect_of(design)
    chosen = asked or Dialect.POSTGRESQL
    writing = Writing(design, chosen)
    systems = systems_of(design)
    if asked is None and systems:
        writing.note(f"The statements are written for {chosen.label}, not for {systems[0]}.")
    parts = [part for part in _Statements(writing).parts() if part]
    return Ddl("\n\n".join([_head(design, chosen), *parts]) + "\n", tuple(writing.notes), chosen)


def _head(design: Design, dialect: Dialect) -> str:
    head = [comment_line(f"{design.identity.feature_title}: the tables, for {dialect.label}.")]
    for table in design.tables:
        if table.reused_from:
            head.append(comment_line(f"Assumed to be there: {table.full_name}, of {table.reused_from}."))
    return "\n".join(head)


@dataclass
class _Statements:
    writing: Writing
    columns: dict[UUID, ColumnText] = field(default_factory=dict)
    elements: dict[UUID, Elements] = field(default_factory=dict)
    references: list[ForeignKey] = field(default_factory=list)
    late: list[str] = field(default_factory=list)

    def parts(self) -> list[str]:
        """Groups of statements. What they need is known last, and stands first."""
        writing = self.writing
        created_types = types(writing)
        find_types(writing)
        self._reserve_names()
        for table in writing.tables:
            self._build(table)
        self._refer()
        tables = [self._table(table) for table in writing.design.own_tables]
        indexes, index_comments = self._indexes()
        described = [*self._comments(), *index_comments] if writing.dialect is Dialect.POSTGRESQL else []
        return [
            "\n".join(self._beginning()),
            *created_types,
            "\n".join(self._sequences()),
            *(tables or [NO_TABLES]),
            *self.late,
            "\n".join(indexes),
            "\n".join(described),
        ]

    def _reserve_names(self) -> None:
        """PostgreSQL makes these by itself, beside the tables; a name that people gave must not be among them."""
        for table in self.writing.tables if self.writing.dialect is Dialect.POSTGRESQL else ():
            namespace, name = self.writing.paths[table.uid]
            scope = namespace.casefold()
            for key in table.keys:
                if not key.name.strip():
                    names = "_".join(self.writing.column_names[uid] for uid in key.fields)
                    kind = "pkey" if key.kind is KeyKind.PRIMARY else f"{names}_key"
                    self.writing.taken.claim(scope, f"{name}_{kind}")
            for each in table.fields:
                if each.generation is Generation.IDENTITY:
                    self.writing.taken.claim(scope, f"{name}_{self.writing.column_names[each.uid]}_seq")

    def _build(self, table: Entity) -> None:
        """Columns, keys and checks: what does not look at other tables."""
        elements = self.elements[table.uid] = Elements()
        own = {each.uid: column(each, table, self.writing) for each in table.fields}
        self.columns |= own
        for found in own.values():
            elements.add(" ".join(found.words), found.comments)
        add_keys(table, elements, own, self.writing)
        add_checks(table, elements, own, self.writing)

    def _refer(self) -> None:
        """References go into the table if its parent stands before it; SQLite cannot add them later."""
        places = {table.uid: place for place, table in enumerate(self.writing.tables)}
        keys = {uid: elements.keys for uid, elements in self.elements.items()}
        for link in self.writing.design.relationships:
            if link.child not in places:
                self._note_absent_child(link)
                continue
            try:
                key = foreign_key(link, keys, self.columns, self.writing)
            except NotWritten as reason:
                self.elements[link.child].say(absent(link, reason, self.writing))
                self.late += to_elsewhere(link, self.writing)
                continue
            self.references.append(key)
            is_late = link.parent is not None and places[link.parent] > places[link.child]
            if is_late and self.writing.dialect is not Dialect.SQLITE:
                self.late.append(alter_table(key, self.writing))
            else:
                self.elements[link.child].add(element(key, self.writing))

    def _note_absent_child(self, link: Relationship) -> None:
        child = self.writing.design.entity_by_uid[link.child]
        if not child.reused_from and child in self.writing.design.own_tables:
            absent(link, NotWritten(f"{child.full_name} has no fields"), self.writing)

    def _table(self, table: Entity) -> str:
        writing = self.writing
        if not table.fields:
            writing.note(f"The table {table.full_name} has no fields yet and is not written.")
            return comment_line(f"{table.full_name} has no fields yet.")
        lines = comment_lines(table.purpose) if writing.dialect is Dialect.SQLITE else []
        lines += [f"CREATE TABLE {writing.table(table)} (", *self.elements[table.uid].lines]
        return "\n".join([*lines, f"){self._options(table)};"])

    def _options(self, table: Entity) -> str:
        if self.writing.dialect is not Dialect.MYSQL:
            return ""
        purpose = text_literal(table.purpose.strip()[:TABLE_COMMENT], Dialect.MYSQL)
        return " ENGINE=InnoDB" + (f" COMMENT={purpose}" if table.purpose.strip() else "")

    def _indexes(self) -> tuple[list[str], list[str]]:
        statements: list[str] = []
        described: list[str] = []
        for table in self.writing.tables:
            for index in self.writing.design.indexes_by_entity.get(table.uid, ()):
                lines, name = create_index(index, table, self.writing)
                statements += lines
                if name:
                    described += comments.of_index(index, name, table, self.writing)
        return statements, described

    def _comments(self) -> Iterator[str]:
        yield from comments.of_types(self.writing)
        for table in self.writing.tables:
            yield from comments.of_table(table, self.writing)
        for key in self.references:
            yield from comments.of_reference(key, self.writing)

    def _sequences(self) -> list[str]:
        names = dict.fromkeys(found.sequence for found in self.columns.values() if found.sequence)
        return [f"CREATE SEQUENCE IF NOT EXISTS {name};" for name in names]

    def _beginning(self) -> list[str]:
        if self.writing.dialect is Dialect.SQLITE:
            return ["PRAGMA foreign_keys = ON;"]
        extensions = [f'CREATE EXTENSION IF NOT EXISTS "{name}";' for name in sorted(self.writing.extensions)]
        named = [self.writing.quoted(name) for name in self.writing.namespaces]
        return [*extensions, *(f"CREATE SCHEMA IF NOT EXISTS {name};" for name in named)]
