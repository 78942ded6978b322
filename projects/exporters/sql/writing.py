"""What the parts of one run share: the names that things go by, the types of columns, and what was left out."""

import re
from dataclasses import dataclass, field, replace
from functools import partial
from uuid import UUID

from projects.design.tree import Design, Entity, EntityField, NamedType
from projects.design.vocabulary import Generation, IndexMethod, TypeKind
from projects.exporters.sql.dialect import Dialect
from projects.exporters.sql.expressions import Column, Expression, Scope
from projects.exporters.sql.functions import EXTENSIONS
from projects.exporters.sql.literals import comment_line
from projects.exporters.sql.names import Taken, fitted, namespace_name, quoted
from projects.exporters.sql.types import ARRAY, ColumnType, enumeration, written_type

Path = tuple[str, str]
NAME_PART = re.compile(r'"((?:[^"]|"")+)"|([^".]+)')


@dataclass
class Writing:
    """One run over a design in one dialect; `notes` grow with what the statements say otherwise than the design."""

    design: Design
    dialect: Dialect
    notes: dict[str, None] = field(default_factory=dict)
    extensions: set[str] = field(default_factory=set)
    paths: dict[UUID, Path] = field(default_factory=dict)
    column_names: dict[UUID, str] = field(default_factory=dict)
    column_types: dict[UUID, ColumnType] = field(default_factory=dict)
    # Types with names of their own that columns can go by.
    type_paths: dict[UUID, Path] = field(default_factory=dict)
    held_by_type: dict[UUID, ColumnType] = field(default_factory=dict)
    domain_of: dict[UUID, NamedType] = field(default_factory=dict)
    left_out: set[UUID] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.taken = Taken(self.dialect)
        self.tables = tuple(table for table in self.design.own_tables if table.fields)
        self.named: dict[str, NamedType] = {}
        for each in self.design.types:
            self.named.setdefault(each.name.casefold(), each)
            self.named.setdefault(f"{each.namespace}.{each.name}".casefold() if each.namespace else each.name, each)
        for table in self.tables:
            self._name_table(table)

    @property
    def has_namespaces(self) -> bool:
        return self.dialect is not Dialect.SQLITE

    @property
    def namespaces(self) -> list[str]:
        used = (*self.paths.values(), *self.type_paths.values())
        return list(dict.fromkeys(namespace for namespace, _ in used if namespace and namespace != "public"))

    def _name_table(self, table: Entity) -> None:
        namespace = self.namespace(table.namespace)
        name = self.taken.unlike(namespace.casefold(), table.name, partial(fitted, dialect=self.dialect))
        self.paths[table.uid] = (namespace, name)
        self._note_name(f"The table {table.full_name}", table.name, name)
        for each in table.fields:
            fit = partial(fitted, dialect=self.dialect, is_column=True)
            column = self.taken.unlike(str(table.uid), each.name, fit)
            self.column_names[each.uid] = column
            self._note_name(f"The field {table.full_name}.{each.name}", each.name, column)

    def namespace(self, name: str | None) -> str:
        return namespace_name(name, self.dialect) if name and self.has_namespaces else ""

    def _note_name(self, what: str, name: str, written: str) -> None:
        if name != written:
            self.note(f"{what} is written as {written}: {self.dialect.label} does not take the name as it is.")

    def note(self, text: str) -> None:
        self.notes.setdefault(text)

    def leave_out(self, what: str, typed: str, reason: object) -> str:
        """A comment in place of what cannot be written, and a note that says so."""
        self.note(f"{what} is not written: {reason}.")
        return comment_line(f"Not written, because {reason}: {typed}")

    def quoted(self, name: str) -> str:
        return quoted(name, self.dialect)

    def qualified(self, path: Path) -> str:
        return ".".join(self.quoted(name) for name in path if name)

    def table(self, entity: Entity) -> str:
        return self.qualified(self.paths[entity.uid])

    def column(self, uid: UUID) -> str:
        return self.quoted(self.column_names[uid])

    def columns(self, uids: tuple[UUID, ...]) -> str:
        return ", ".join(self.column(uid) for uid in uids)

    def path_of(self, uid: UUID) -> str:
        return self.design.path_of_field(uid)

    def claimed(self, scope: str, name: str, what: str) -> str:
        """The name, fitted, if it is still free there; nothing otherwise, so that the system finds one."""
        if not name.strip():
            return ""
        found = fitted(name, self.dialect)
        if not self.taken.claim(scope, found):
            self.note(f"{what} goes without its name {name}, which is taken already.")
            return ""
        self._note_name(what, name, found)
        return found

    def can_hold(self, sequence: str) -> bool:
        """Whether the namespace of a sequence is there, and no table has its name."""
        namespace, _, name = sequence.rpartition(".")
        namespace, name = (part.strip('"') for part in (namespace, name))
        known = "" if namespace == "public" else namespace
        taken = {(path[0].casefold(), path[1].casefold()) for path in self.paths.values()}
        return (not known or known in self.namespaces) and (known.casefold(), name.casefold()) not in taken

    def scope(self, entity: Entity, *, only_fixed: bool = False, stored_only: bool = False) -> Scope:
        """What an expression about rows of the table may name; `stored_only` without computed columns."""
        usable = [each for each in entity.fields if not stored_only or each.generation is not Generation.COMPUTED]
        return Scope(
            self.dialect,
            {each.name.casefold(): Column(self.column(each.uid), self.column_types[each.uid]) for each in usable},
            entity.name,
            only_fixed,
            self.type_words,
        )

    @property
    def type_words(self) -> frozenset[str]:
        """The names of the design's types that stand in expressions as they are."""
        if self.dialect is not Dialect.POSTGRESQL:
            return frozenset()
        return frozenset(name for namespace, name in self.type_paths.values() if not namespace and name == name.lower())

    def used(self, expression: Expression) -> str:
        """The expression's text; the extensions that its functions come with are asked for."""
        if self.dialect is Dialect.POSTGRESQL:
            self.extensions |= {EXTENSIONS[name] for name in expression.functions if name in EXTENSIONS}
        return expression.text

    def type_of(
        self, typed: str, *, is_array: bool = False, is_keyed: bool = False
    ) -> tuple[ColumnType, NamedType | None]:
        """The type for a column, and the domain whose rules it keeps if the dialect has no domains."""
        text = " ".join(typed.split())
        match = ARRAY.fullmatch(text)
        element, array = (match["element"], match["array"]) if match else (text, "[]" if is_array else "")
        named = self.type_named(element)
        if named is None:
            return written_type(typed, self.dialect, is_array=is_array, is_keyed=is_keyed), None
        if self.dialect is Dialect.POSTGRESQL:
            return self._by_name(named, array), None
        if array or named.kind is TypeKind.COMPOSITE:
            return written_type("json[]", self.dialect), None
        if named.kind is TypeKind.ENUM:
            return self._in_place(named, is_keyed=is_keyed), None
        return self._of_domain(named, is_keyed=is_keyed), named

    def type_named(self, text: str) -> NamedType | None:
        parts = (quoted or plain for quoted, plain in NAME_PART.findall(text))
        plain = ".".join(part.replace('""', '"') for part in parts) if '"' in text else text
        return self.named.get(text.casefold()) or self.named.get(plain.casefold().removeprefix("public."))

    def _by_name(self, named: NamedType, array: str) -> ColumnType:
        path = self.type_paths.get(named.uid)
        if path is None:
            return written_type("[]" if array else "", self.dialect)
        held = self.held_by_type[named.uid]
        written = replace(held, text=self.qualified(path), is_approximate=False, extension="")
        if array:
            return replace(written, text=written.text + array, holds=replace(held.holds, is_array=True))
        return written

    def _in_place(self, named: NamedType, *, is_keyed: bool) -> ColumnType:
        values = tuple(dict.fromkeys(named.values))
        if any("\\" in value for value in values) and self.dialect is Dialect.MYSQL:
            values = tuple(value for value in values if "\\" not in value)
            self.note(f"Values of {named.name} with a backslash are not written.")
        return enumeration(values, self.dialect) if values else written_type("", self.dialect, is_keyed=is_keyed)

    def _of_domain(self, named: NamedType, *, is_keyed: bool) -> ColumnType:
        base, seen = named, {named.uid}
        while (under := self.type_named(base.base)) and under.uid not in seen and under.kind is TypeKind.DOMAIN:
            base = under
            seen.add(under.uid)
        below = self.type_named(base.base)
        if below and below.kind is TypeKind.ENUM:
            return self._in_place(below, is_keyed=is_keyed)
        return written_type("" if below else base.base, self.dialect, is_keyed=is_keyed)


def keyed_fields(design: Design) -> set[UUID]:
    """The fields that keys, foreign keys and indexes are made of."""
    found = {uid for table in design.own_tables for key in table.keys for uid in key.fields}
    methods = (IndexMethod.BTREE, IndexMethod.HASH)
    trees = [index for index in design.indexes if index.method in methods or index.is_unique]
    found |= {part.field for index in trees for part in index.parts if part.field and not part.expression}
    return (
        found
        | _mentioned(design)
        | {uid for each in design.relationships for pair in each.pairs for uid in (pair.child, pair.parent) if uid}
    )


def _mentioned(design: Design) -> set[UUID]:
    """Fields that an index names as an expression."""
    found = set()
    for index in design.indexes:
        names = {part.expression.strip('`"() ').casefold() for part in index.parts if not part.field}
        fields = design.entity_by_uid[index.entity].fields
        found |= {each.uid for each in fields if each.name.strip('`"() ').casefold() in names}
    return found


def find_types(writing: Writing) -> None:
    """Decide on the type of every column, and note those that stand for something the dialect lacks."""
    keyed = keyed_fields(writing.design)
    for table in writing.tables:
        for each in table.fields:
            found, domain = writing.type_of(each.type, is_array=each.is_array, is_keyed=each.uid in keyed)
            writing.column_types[each.uid] = found
            if domain:
                writing.domain_of[each.uid] = domain
            if found.extension:
                writing.extensions.add(found.extension)
            if found.is_approximate:
                writing.note(_approximate(writing, each, found))


def _approximate(writing: Writing, each: EntityField, found: ColumnType) -> str:
    path = writing.path_of(each.uid)
    if not each.type.strip():
        return f"{path} has no type yet" + (f" and is written as {found.text}." if found.text else ".")
    return f"{path} is written as {found.text}: {writing.dialect.label} has no type {each.type.strip()}."
