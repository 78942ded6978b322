"""Places in a design that threads are about, followed from the revision in which a thread was opened to later ones.

A thing is found again by its uid, whatever it is called by then; a section and an item of the checklist are always
there. What a thread is about is said as it is called now, with what has changed since.
"""

from dataclasses import dataclass
from uuid import UUID

from projects.design.checklist import CHECKLIST
from projects.design.diff.labels import fact_label
from projects.design.diff.shape import held_by, part_of
from projects.design.digest import SECTIONS
from projects.design.tree import Design, Node
from projects.design.vocabulary import LINE_LENGTH, PROSE_LENGTH
from reviews.rules.fact_words import SECTION_TITLES, FactWords

PATH_LENGTH = 2 * LINE_LENGTH
ITEMS = {item.number: item for item in CHECKLIST}


@dataclass(frozen=True)
class Anchor:
    """A thing (`uid`) or one fact of it (`field`); else a section, or a fact in it, as `migration.rollback`; else an
    item of the checklist. A thread that was opened at an item may have both."""

    uid: UUID | None = None
    field: str = ""
    section: str = ""
    item: int | None = None


@dataclass(frozen=True)
class Place:
    """An anchor as it stands in one design: what it is called, and what is said there."""

    path: str
    text: str


@dataclass(frozen=True)
class Followed:
    """An anchor in a later design, beside what it was when the thread was opened. `now` is None if it is gone."""

    then: Place
    now: Place | None

    @property
    def is_there(self) -> bool:
        return self.now is not None

    @property
    def path(self) -> str:
        return self.now.path if self.now else self.then.path

    @property
    def was_called(self) -> str:
        """The former path, if it was renamed."""
        return self.then.path if self.now and self.now.path != self.then.path else ""

    @property
    def has_changed(self) -> bool:
        return self.now is not None and self.now.text != self.then.text


class Anchors:
    """The anchors of one design."""

    def __init__(self, design: Design) -> None:
        self.words = FactWords(design)

    def place(self, anchor: Anchor) -> Place | None:
        """What stands there; None for a thing that the design does not have, and for what was never an anchor."""
        found = self._place(anchor)
        return Place(found.path[:PATH_LENGTH], found.text[:PROSE_LENGTH]) if found else None

    def follow(self, anchor: Anchor, then: Place) -> Followed:
        return Followed(then, self.place(anchor))

    def _place(self, anchor: Anchor) -> Place | None:
        if anchor.uid:
            thing = self.words.thing(anchor.uid)
            return self._fact(thing, self.words.called(thing), anchor.field) if thing else None
        if anchor.section:
            return self._section(anchor)
        item = ITEMS.get(anchor.item or 0)
        return Place(f"{item.number}. {item.wording}", "") if item else None

    def _fact(self, node: Node, path: str, field: str) -> Place | None:
        """The node as a whole, each of its facts on a line, or one fact of it."""
        if not field:
            return Place(path, "\n".join(f"{each.label}: {each.text}" for each in self.words.facts(node)))
        kind = type(node)
        if field not in kind.model_fields or field == "uid" or field in held_by(kind):
            return None
        return Place(f"{path}, {fact_label(kind, field)}", self.words.text(node, field))

    def _section(self, anchor: Anchor) -> Place | None:
        # Descriptions stand with what they describe.
        if not SECTIONS.get(anchor.section):
            return None
        title = SECTION_TITLES[anchor.section]
        if not anchor.field:
            return Place(title, "")
        part, _, name = anchor.field.rpartition(".")
        node = part_of(self.words.design, part) if part in SECTIONS[anchor.section] else None
        return self._fact(node, title, name) if isinstance(node, Node) and name else None
