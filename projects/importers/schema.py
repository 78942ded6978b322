"""The schema while its statements are read: what was created so far, found by name, changed and renamed."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from projects.importers.draft import Column, DraftIndex, DraftType, Name, Reference, Table
from projects.importers.tokens import NotTaken


@dataclass(slots=True)
class Schema:
    """Everything read so far. `search_path` holds the namespaces that a USE or SET search_path implies from there."""

    usual_namespace: str = ""
    search_path: tuple[str, ...] = ("",)
    # MySQL and SQL Server name indexes within a table, the others within a namespace.
    names_indexes_by_table: bool = False
    tables: dict[str, Table] = field(default_factory=dict)
    table_of_index: dict[tuple[str, str], Table] = field(default_factory=dict)
    types: dict[str, DraftType] = field(default_factory=dict)
    typed_namespaces: set[str] = field(default_factory=set)

    def name(self, path: tuple[str, ...]) -> Name:
        """Server and database names before the schema's are left out."""
        namespace = path[-2] if len(path) > 1 else self.search_path[0]
        if len(path) > 1:
            self.typed_namespaces.add(namespace)
        return Name(self.plain_namespace(namespace), path[-1])

    def plain_namespace(self, namespace: str) -> str:
        return "" if namespace.casefold() == self.usual_namespace.casefold() else namespace

    def find(self, name: Name) -> Table | None:
        if found := self.tables.get(name.key):
            return found
        if name.namespace not in self.search_path:
            return None
        others = (Name(namespace, name.name) for namespace in self.search_path)
        return next((self.tables[other.key] for other in others if other.key in self.tables), None)

    def table(self, name: Name) -> Table:
        found = self.find(name)
        if found is None:
            raise NotTaken(f"This file creates no table {name.full}.")
        return found

    def add_table(self, table: Table) -> None:
        self.tables[table.name.key] = table

    def drop_table(self, table: Table) -> None:
        del self.tables[table.name.key]
        for name in list(table.indexes):
            self.drop_index(table, name)

    def add_index(self, table: Table, index: DraftIndex) -> None:
        name = index.name.casefold()
        namespace = table.name.namespace.casefold()
        if name in table.indexes or (not self.names_indexes_by_table and (namespace, name) in self.table_of_index):
            raise NotTaken(f"There is an index {index.name} already.")
        table.indexes[name] = index
        self.table_of_index[namespace, name] = table

    def table_with_index(self, name: Name) -> Table | None:
        return self.table_of_index.get((name.namespace.casefold(), name.name.casefold()))

    def drop_index(self, table: Table, name: str) -> None:
        del table.indexes[name]
        self.table_of_index.pop((table.name.namespace.casefold(), name), None)

    def rename_table(self, table: Table, name: Name) -> None:
        if name.key in self.tables:
            raise NotTaken(f"There is a table {name.full} already.")
        old = table.name
        table.name = name
        self.tables = {each.name.key: each for each in self.tables.values()}
        for each in self.tables.values():
            if each.partition_of == old:
                each.partition_of = name
        for reference in self.references():
            if reference.parent.key == old.key:
                reference.parent = name

    def rename_column(self, table: Table, column: Column, name: str) -> None:
        """Under its new name in its old place, also for the foreign keys that lead to it."""
        old, new = column.name.casefold(), name.casefold()
        if new != old and new in table.columns:
            raise NotTaken(f"{table.name.full} has a column {name} already.")
        column.name = name
        table.columns = {each.name.casefold(): each for each in table.columns.values()}
        for reference in self.references():
            if reference.parent.key == table.name.key:
                reference.parent_columns = tuple(
                    name if each.casefold() == old else each for each in reference.parent_columns
                )

    def drop_references_to(self, table: Table) -> None:
        for each in self.tables.values():
            each.references = [one for one in each.references if one.parent.key != table.name.key]

    @property
    def only_implied_namespace(self) -> str:
        """The namespace of every table, if no statement had to write it down."""
        namespaces = {table.name.namespace for table in self.tables.values()}
        only = namespaces.pop() if len(namespaces) == 1 else ""
        return "" if only in self.typed_namespaces else only

    def references(self) -> Iterator[Reference]:
        for table in self.tables.values():
            yield from table.references

    def roots(self) -> dict[Table, Table]:
        """For each table the one that it belongs to in the end as a partition, which is itself if it is none."""
        roots: dict[Table, Table] = {}
        for table in self.tables.values():
            path: dict[Table, None] = {}
            while table not in roots:
                path[table] = None
                parent = self.find(table.partition_of) if table.partition_of else None
                if parent is None or parent in path:
                    roots[table] = table
                else:
                    table = parent
            roots.update(dict.fromkeys(path, roots[table]))
        return roots
