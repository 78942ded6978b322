"""The dialects that definitions are written in, and which one a design asks for."""

from enum import StrEnum

from projects.design.systems import SystemName, named_system
from projects.design.tree import Design
from projects.design.vocabulary import StoreKind


class Dialect(StrEnum):
    """By the names that sqlglot gives them."""

    POSTGRESQL = "postgres"
    MYSQL = "mysql"
    SQLITE = "sqlite"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {Dialect.POSTGRESQL: "PostgreSQL", Dialect.MYSQL: "MySQL", Dialect.SQLITE: "SQLite"}
_OF_SYSTEM = {
    SystemName.POSTGRESQL: Dialect.POSTGRESQL,
    SystemName.MYSQL: Dialect.MYSQL,
    SystemName.MARIADB: Dialect.MYSQL,
    SystemName.SQLITE: Dialect.SQLITE,
}


def systems_of(design: Design) -> list[str]:
    """The systems that hold the design's own tables, in the words of their stores, each once."""
    used = [design.store_by_uid[table.store] for table in design.own_tables if table.store]
    others = [store for store in design.stores if store.kind is StoreKind.RELATIONAL]
    return list(dict.fromkeys(store.system for store in (*used, *others) if store.system))


def dialect_of(design: Design) -> Dialect | None:
    """The dialect of the first of its systems that has one; None if no store says."""
    named = (named_system(system) for system in systems_of(design))
    return next((_OF_SYSTEM[name] for name in named if name in _OF_SYSTEM), None)
