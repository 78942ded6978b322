"""The facts of a design as labels and words, for any of its nodes, and the titles of its sections."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from projects.design.diff.excerpts import one_line
from projects.design.diff.labels import fact_label
from projects.design.diff.shape import facts_of, name_of_class
from projects.design.diff.words import Words, kind_words, own_name
from projects.design.tree import Design, Node, Thing

SECTION_TITLES = {
    "identity": "Feature",
    "conventions": "Naming conventions",
    "policy-databases": "Policy: databases",
    "policy-design": "Policy: design",
    "policy-migration": "Policy: migrations",
    "policy-backup": "Policy: backup",
    "policy-caching": "Policy: caching",
    "policy-modelling": "Policy: modelling and validation",
    "policy-retention": "Policy: retention",
    "policy-protection": "Policy: protection",
    "requirements": "Requirements",
    "storage": "Storage",
    "data-model": "Data model",
    "descriptions": "Descriptions",
    "queries": "Operations",
    "indexing": "Indexes",
    "integrity": "Integrity",
    "migration": "Migration",
    "performance": "Performance",
    "backup": "Backup",
    "contracts": "Contracts",
    "notes": "Notes on the checklist",
    "exemptions": "Steps that do not apply",
}


@dataclass(frozen=True)
class Fact:
    """`name` is the attribute of the node, `label` and `text` are what people read."""

    name: str
    label: str
    text: str


def label_of(kind: type[Node], name: str) -> str:
    label = fact_label(kind, name)
    return f"{label[:1].upper()}{label[1:]}"


class FactWords:
    """The facts of one design in words; what refers to another thing says its path."""

    def __init__(self, design: Design) -> None:
        self.design = design
        self._words = Words(design)
        self._by_uid: dict[UUID, Thing] = {thing.uid: thing for thing in design.things()}

    def thing(self, uid: UUID) -> Thing | None:
        """The thing of this uid; policies are not among those that can be pointed at."""
        return self._by_uid.get(uid)

    def path(self, thing: Thing) -> str:
        """What the thing is called, like refunds.payment_id."""
        return self._words.path(thing)

    def called(self, thing: Thing) -> str:
        """Its path where nothing around says what sort of thing it is: with its kind, if it is called after another."""
        path, name = self.path(thing), one_line(own_name(thing))
        return path if name and name in path else f"{path}, {kind_words(thing)}"

    def facts(self, node: Node) -> tuple[Fact, ...]:
        """All that the node says itself; the things that it holds speak for themselves, and its name is its path."""
        return tuple(self._facts(node))

    def text(self, node: Node, name: str) -> str:
        """One fact as people read it; empty where nothing is said."""
        return "" if getattr(node, name) is False else self._words.fact(node, name).strip()

    def _facts(self, node: Node) -> Iterator[Fact]:
        kind = type(node)
        for name in (*self._names_apart(node), *facts_of(kind)):
            if text := self.text(node, name):
                yield Fact(name, label_of(kind, name), text)

    def _names_apart(self, node: Node) -> tuple[str, ...]:
        """The names of what is called after something else: keys and relationships after their fields."""
        if isinstance(node, Thing) and one_line(own_name(node)) not in self.path(node):
            return name_of_class(type(node))
        return ()
