"""Tables and what they hold while statements are read: they refer to one another as objects, so all can be renamed."""

from dataclasses import dataclass, field

from projects.design.vocabulary import (
    Direction,
    Generation,
    IndexMethod,
    KeyKind,
    ReferentialAction,
    TypeKind,
)
from projects.importers.tokens import NotTaken


@dataclass(frozen=True, slots=True)
class Name:
    """A name with its namespace; capitals make no difference between two of them."""

    namespace: str
    name: str

    @property
    def full(self) -> str:
        return f"{self.namespace}.{self.name}" if self.namespace else self.name

    @property
    def key(self) -> str:
        return self.full.casefold()


@dataclass(slots=True, eq=False)
class Column:
    name: str
    type: str = ""
    is_required: bool = False
    default: str = ""
    generation: Generation | None = None
    rule: str = ""
    description: str = ""
    collation: str = ""
    is_inherited: bool = False


@dataclass(slots=True, eq=False)
class Key:
    kind: KeyKind
    name: str
    columns: list[Column]


@dataclass(slots=True, eq=False)
class Condition:
    """A CHECK, or an exclusion constraint in its own words."""

    name: str
    expression: str
    is_exclusion: bool = False


@dataclass(slots=True, eq=False)
class Reference:
    """A foreign key. No parent columns means the parent's primary key."""

    name: str
    columns: list[Column]
    parent: Name
    parent_columns: tuple[str, ...] = ()
    on_delete: ReferentialAction | None = None
    on_update: ReferentialAction | None = None
    description: str = ""


@dataclass(slots=True, eq=False)
class Part:
    column: Column | None
    expression: str = ""
    direction: Direction = Direction.ASCENDING


@dataclass(slots=True, eq=False)
class DraftIndex:
    name: str
    parts: list[Part]
    method: IndexMethod = IndexMethod.BTREE
    is_unique: bool = False
    condition: str = ""
    remarks: list[str] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class DraftType:
    name: Name
    kind: TypeKind
    base: str = ""
    values: list[str] = field(default_factory=list)
    rule: str = ""
    description: str = ""


@dataclass(slots=True, eq=False)
class Table:
    name: Name
    line: int
    purpose: str = ""
    collation: str = ""
    columns: dict[str, Column] = field(default_factory=dict)
    keys: list[Key] = field(default_factory=list)
    conditions: list[Condition] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    indexes: dict[str, DraftIndex] = field(default_factory=dict)
    partition_of: Name | None = None

    @property
    def primary_key(self) -> Key | None:
        return next((key for key in self.keys if key.kind is KeyKind.PRIMARY), None)

    def column(self, name: str) -> Column:
        try:
            return self.columns[name.casefold()]
        except KeyError:
            raise NotTaken(f"{self.name.full} has no column {name}.") from None

    def add_column(self, column: Column) -> None:
        if column.name.casefold() in self.columns:
            raise NotTaken(f"{self.name.full} has a column {column.name} already; capitals make no difference.")
        self.columns[column.name.casefold()] = column

    def add_key(self, key: Key) -> None:
        if key.kind is KeyKind.PRIMARY:
            if self.primary_key:
                raise NotTaken(f"{self.name.full} has a primary key already.")
            for column in key.columns:
                column.is_required = True
        self.keys.append(key)

    def drop_column(self, column: Column) -> None:
        """Without what rests on it, as a database would."""
        del self.columns[column.name.casefold()]
        self.keys = [key for key in self.keys if column not in key.columns]
        self.references = [reference for reference in self.references if column not in reference.columns]
        self.indexes = {
            name: index
            for name, index in self.indexes.items()
            if all(part.column is not column for part in index.parts)
        }
