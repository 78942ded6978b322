"""Designs of tables that a dialect can hold in full: hostile names, but types and conditions that are the dialect's."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from uuid import UUID

from hypothesis import strategies as st

from projects.design import tree
from projects.design.vocabulary import Direction, Generation, IndexMethod, KeyKind, ReferentialAction, TypeKind
from projects.exporters.sql import Dialect
from tests.projects.design.strategies import identities, names

# Each type with a default and a condition; `{}` is the field.
Sample = tuple[str, str, str]
EVERYWHERE: tuple[Sample, ...] = (
    ("bigint", "0", "{} >= 0"),
    ("smallint", "-1", "{} BETWEEN 1 AND 5"),
    ("numeric(12,2)", "19.99", "{} > 0.5"),
    ("varchar(64)", "'it''s; \"new\"'", "{} IN ('new', 'it''s')"),
    ("char(3)", "'EUR'", "length({}) = 3"),
    ("boolean", "true", "{} IS NOT NULL"),
    ("date", "'2026-01-31'", "{} >= '2020-01-01'"),
    ("timestamp", "CURRENT_TIMESTAMP", "{} IS NULL OR {} > '2020-01-01'"),
)
SAMPLES: dict[Dialect, tuple[Sample, ...]] = {
    Dialect.POSTGRESQL: (
        *EVERYWHERE,
        ("uuid", "gen_random_uuid()", "{} IS NOT NULL"),
        ("text", "'{{}}'", "{} ~ '^a' OR lower({}) = 'b'"),
        ("text[]", "'{{}}'", "cardinality({}) > 0"),
        ("jsonb", "'{{\"a\": 1}}'", "jsonb_typeof({}) = 'object'"),
        ("timestamp(3) with time zone", "now()", "{} > now()"),
        ("double precision", "1.5", "NOT {} = 2"),
        ("state", "'new'", "{} <> 'done'"),
        ("positive", "7", "{} < 100"),
    ),
    Dialect.MYSQL: (
        *EVERYWHERE,
        ("INT UNSIGNED", "3", "{} > 1"),
        ("ENUM('a','b;c')", "'a'", "{} = 'a'"),
        ("datetime(6)", "", "{} IS NOT NULL"),
        ("mediumtext", "", "char_length({}) > 0"),
    ),
    Dialect.SQLITE: (
        *EVERYWHERE,
        ("TEXT", "lower(hex(randomblob(16)))", "{} GLOB 'a*'"),
        ("REAL", "1e3", "abs({}) < 5"),
        ("BLOB", "x'00ff'", "length({}) < 9"),
        ("DATETIME", "datetime('now')", "{} <> ''"),
    ),
}
UNKEYED = ("text[]", "jsonb", "mediumtext", "blob")


@dataclass
class Drawing:
    """What is drawn from one seed; no name is used twice."""

    random: Random
    words: list[str]
    dialect: Dialect
    used: int = 0
    fields: dict[UUID, tree.EntityField] = field(default_factory=dict)

    def uid(self) -> UUID:
        return UUID(int=self.random.getrandbits(128), version=4)

    def chance(self, of: float = 0.5) -> bool:
        return self.random.random() < of

    def name(self) -> str:
        self.used += 1
        return f"{self.words[self.used % len(self.words)]}{self.used}"

    def mention(self, name: str) -> str:
        """The field as people type it: in the dialect's quotes."""
        mark = "`" if self.dialect is Dialect.MYSQL else '"'
        return f"{mark}{name.replace(mark, mark * 2)}{mark}"

    def field(self) -> tree.EntityField:
        typed, default, _ = self.random.choice(SAMPLES[self.dialect])
        return tree.EntityField(
            uid=self.uid(),
            name=self.name(),
            type=typed,
            is_required=self.chance(),
            default=default.replace("{{", "{").replace("}}", "}") if self.chance() else "",
            description=self.name() if self.chance(0.2) else "",
        )

    def condition(self, each: tree.EntityField) -> str:
        found = next(condition for typed, _, condition in SAMPLES[self.dialect] if typed == each.type)
        return found.format(*[self.mention(each.name)] * 2)

    def table(self, namespace: str | None) -> tree.Entity:
        number = tree.EntityField(
            uid=self.uid(), name=self.name(), type=self.number_type(), is_required=True, generation=self.numbering()
        )
        fields = (number, *(self.field() for _ in range(self.random.randint(0, 4))))
        keyed = [each for each in fields if each.type.lower() not in UNKEYED]
        keys = [self.key(KeyKind.PRIMARY, (number,))] if self.chance(0.9) or number.generation else []
        keys += [self.key(KeyKind.UNIQUE, (each,)) for each in keyed[1:] if self.chance(0.3)]
        if len(keyed) > 2:
            keys.append(self.key(KeyKind.UNIQUE, (keyed[2], keyed[1])))
        return tree.Entity(
            uid=self.uid(),
            namespace=namespace,
            name=self.name(),
            purpose=self.name() if self.chance() else "",
            fields=fields,
            keys=tuple(keys),
            checks=tuple(self.check(each) for each in fields[1:] if self.chance()),
        )

    def number_type(self) -> str:
        return "INTEGER" if self.dialect is Dialect.SQLITE else "bigint"

    def numbering(self) -> Generation | None:
        return Generation.IDENTITY if self.dialect is Dialect.SQLITE or self.chance() else None

    def key(self, kind: KeyKind, fields: tuple[tree.EntityField, ...]) -> tree.EntityKey:
        name = self.name() if self.chance() else ""
        return tree.EntityKey(uid=self.uid(), kind=kind, name=name, fields=tuple(each.uid for each in fields))

    def check(self, each: tree.EntityField) -> tree.Check:
        return tree.Check(uid=self.uid(), name=self.name() if self.chance() else "", expression=self.condition(each))

    def indexes(self, table: tree.Entity) -> Iterator[tree.Index]:
        keyed = [each for each in table.fields if each.type.lower() not in UNKEYED]
        for _ in range(self.random.randint(0, 2)):
            chosen = self.random.sample(keyed, self.random.randint(1, min(3, len(keyed))))
            is_part = self.dialect is not Dialect.MYSQL and self.chance(0.3)
            condition = self.condition(chosen[0]) if is_part and chosen[0] is not table.fields[0] else ""
            yield tree.Index(
                uid=self.uid(),
                name=self.name(),
                entity=table.uid,
                parts=tuple(
                    tree.IndexPart(field=each.uid, direction=self.random.choice(list(Direction))) for each in chosen
                ),
                method=IndexMethod.BTREE,
                is_unique=self.chance(),
                condition="" if "now()" in condition else condition,
            )

    def reference(self, child: tree.Entity, parent: tree.Entity) -> tree.Relationship | None:
        """From the first field of a type that a single key of the parent has."""
        keys = {parent_field.type: parent_field.uid for parent_field in self.single_keys(parent)}
        found = next((each for each in child.fields[1:] if each.type in keys), None)
        if found is None:
            return None
        actions = [action for action in ReferentialAction if action.value in ("cascade", "restrict", "no-action")]
        return tree.Relationship(
            uid=self.uid(),
            name=self.name() if self.chance() else "",
            parent=parent.uid,
            child=child.uid,
            pairs=(tree.FieldPair(child=found.uid, parent=keys[found.type]),),
            on_delete=self.random.choice([None, *actions]),
            on_update=self.random.choice([None, *actions]),
        )

    @staticmethod
    def single_keys(table: tree.Entity) -> Iterator[tree.EntityField]:
        by_uid = {each.uid: each for each in table.fields}
        yield from (by_uid[key.fields[0]] for key in table.keys if len(key.fields) == 1)


def named_types(drawing: Drawing) -> tuple[tree.NamedType, ...]:
    if drawing.dialect is not Dialect.POSTGRESQL:
        return ()
    state = tree.NamedType(uid=drawing.uid(), name="state", kind=TypeKind.ENUM, values=("new", "it's; \\", "done"))
    positive = tree.NamedType(
        uid=drawing.uid(), name="positive", kind=TypeKind.DOMAIN, base="integer", rule="NOT NULL\nVALUE > 0"
    )
    return state, positive


def is_plain(name: str, dialect: Dialect) -> bool:
    """A name that the dialect takes as it is."""
    if dialect is Dialect.MYSQL:
        return len(name) < 50 and max(name) < "\U00010000"
    return len(name.encode()) < 55 and not name.casefold().startswith(("sqlite_", "pg_"))


@st.composite
def relational_designs(draw: st.DrawFn, dialect: Dialect) -> tree.Design:
    words = draw(st.lists(names.filter(lambda name: is_plain(name, dialect)), min_size=1, max_size=4))
    drawing = Drawing(Random(draw(st.integers(0, 2**32))), words, dialect)
    namespaces = [None] if dialect is Dialect.SQLITE else [None, None, drawing.name()]
    tables = tuple(drawing.table(drawing.random.choice(namespaces)) for _ in range(drawing.random.randint(1, 4)))
    links = [drawing.reference(child, parent) for child in tables for parent in tables]
    return tree.Design(
        identity=draw(identities()),
        types=named_types(drawing),
        entities=tables,
        relationships=tuple(link for link in links if link),
        indexes=tuple(index for table in tables for index in drawing.indexes(table)),
    )
