"""Walks two designs side by side, section by section."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from projects.design import tree
from projects.design.diff.change import GROUP_OF_SECTION, GROUP_ORDER, STEP_OF_SECTION, Change, ChangeKind, Group
from projects.design.diff.excerpts import apart
from projects.design.diff.labels import EXPLAINING, fact_label, plural
from projects.design.diff.shape import facts_of, held_by, name_of_class, part_of
from projects.design.diff.special import in_special_words
from projects.design.diff.words import Words, kind_words, own_name
from projects.design.digest import DESCRIPTIONS, SECTIONS, is_description
from projects.design.tree import Design, Node, Thing
from projects.design.vocabulary import StepName

# Uid of what a thing of the list holds → the holder and itself.
Homes = dict[UUID, tuple[Thing, Thing]]
# Things that stand under the names of others, or under one that says little, so that their facts say of what they are.
_UNDER_OTHERS = (tree.EntityKey, tree.Check, tree.Relationship, tree.RetentionRule, tree.DatabaseProfile)


def changes(before: Design, after: Design) -> tuple[Change, ...]:
    """All that differs, by group and then in the order of the design.

    Equal designs give none, and a section has changes exactly if its digest differs; but descriptions that came or went
    with what they describe are told with it. Order is a change only where it carries meaning, as in the fields of an
    index, or where nothing else in the section differs.
    """
    words = (Words(before), Words(after))
    found = []
    for section, parts in SECTIONS.items():
        pairs = [(part, part_of(before, part), part_of(after, part)) for part in parts]
        if different := [(part, old, new) for part, old, new in pairs if old != new]:
            walk = _Section(section, *words)
            said = [change for _, old, new in different for change in walk.compare(old, new)]
            found += said
            if all(change.section != section for change in said):
                found += [change for part, old, new in different for change in walk.order(part, old, new)]
    return tuple(sorted(found, key=lambda change: GROUP_ORDER[change.group]))


class _Section:
    """What changed in one section of the design."""

    def __init__(self, section: str, before: Words, after: Words) -> None:
        self._section, self._before, self._after = section, before, after

    def compare(self, old: Any, new: Any) -> Iterator[Change]:
        if isinstance(new, Node):
            yield from self._facts(old, new, self._after.path(new))
        else:
            yield from self._list(old, new)

    def order(self, part: str, old: tuple[Thing, ...], new: tuple[Thing, ...]) -> Iterator[Change]:
        """Where nothing but order differs: the list's own, or that of what its things hold."""
        if [thing.uid for thing in old] != [thing.uid for thing in new]:
            yield self._order_of(None, f"Order of {plural(part.rpartition('.')[2])}", "order", old, new)
        former = {thing.uid: thing for thing in old}
        for thing in new:
            for name in held_by(type(thing)):
                one, other = getattr(former[thing.uid], name), getattr(thing, name)
                if [held.uid for held in one] != [held.uid for held in other]:
                    yield self._order_of(thing, self._after.path(thing), f"order of {plural(name)}", one, other)

    def _order_of(
        self, holder: Thing | None, what: str, part: str, old: tuple[Thing, ...], new: tuple[Thing, ...]
    ) -> Change:
        before = ", ".join(own_name(thing) or self._before.path(thing) for thing in old)
        after = ", ".join(own_name(thing) or self._after.path(thing) for thing in new)
        return self._change(ChangeKind.ORDER, holder, what, part, _told(before, after, "in another order"))

    def _list(self, old: tuple[Thing, ...], new: tuple[Thing, ...]) -> Iterator[Change]:
        former, latter = {thing.uid: thing for thing in old}, {thing.uid: thing for thing in new}
        homes = _homes(old), _homes(new)
        for thing in new:
            if thing.uid not in former:
                yield self._added(thing)
            elif former[thing.uid] != thing:
                yield from self._thing(former[thing.uid], thing)
                yield from self._held(former[thing.uid], thing, homes, former)
        for thing in old:
            if thing.uid not in latter:
                yield self._removed(thing)

    def _held(self, old: Thing, new: Thing, homes: tuple[Homes, Homes], former: dict[UUID, Thing]) -> Iterator[Change]:
        """What a thing gained, lost and kept of what it holds. `former` are the things of the list before."""
        before, after = homes
        for name in held_by(type(new)):
            for thing in getattr(new, name):
                if thing.uid not in before:
                    yield self._added(thing)
                elif before[thing.uid][1] != thing or before[thing.uid][0].uid != new.uid:
                    yield from self._moved(before[thing.uid], (new, thing))
            for thing in getattr(old, name):
                if thing.uid not in after:
                    yield self._removed(thing)
                elif after[thing.uid][0].uid not in former:
                    # It went to a thing that is new: nobody else would say so.
                    yield from self._moved((old, thing), after[thing.uid])

    def _moved(self, old: tuple[Thing, Thing], new: tuple[Thing, Thing]) -> Iterator[Change]:
        if old[0].uid != new[0].uid:
            told = _told(self._before.path(old[0]), self._after.path(new[0]), "another of that name")
            yield self._change(ChangeKind.MOVED, new[1], self._after.path(new[1]), "moved", told)
        yield from self._thing(old[1], new[1])

    def _added(self, thing: Thing) -> Change:
        told = "", self._after.summary(thing)
        return self._change(ChangeKind.ADDED, thing, self._after.path(thing), kind_words(thing), told)

    def _removed(self, thing: Thing) -> Change:
        told = self._before.summary(thing), ""
        return self._change(ChangeKind.REMOVED, thing, self._before.path(thing), kind_words(thing), told)

    def _thing(self, old: Thing, new: Thing) -> Iterator[Change]:
        """Its name and its other facts, without what it holds."""
        what = self._after.path(new)
        names = name_of_class(type(new))
        if any(getattr(old, name) != getattr(new, name) for name in names):
            before, after = own_name(old), own_name(new)
            kind, label = (ChangeKind.RENAMED, "renamed") if before and after else (ChangeKind.CHANGED, "name")
            told = _told(before, after, "spaces differ, or where the schema ends")
            yield self._change(kind, new, what, label, told, names[-1])
        yield from self._facts(old, new, what)

    def _facts(self, old: Node, new: Node, what: str) -> Iterator[Change]:
        kind = type(new)
        for name in facts_of(kind):
            one, other = getattr(old, name), getattr(new, name)
            if one == other:
                continue
            label, told = fact_label(kind, name), (self._before.fact(old, name), self._after.fact(new, name))
            if special := in_special_words(new, name, one, other):
                label, told = special
            elif isinstance(new, _UNDER_OTHERS) or (isinstance(new, Thing) and not name_of_class(kind)):
                label = f"{kind_words(new)}: {label}"
            yield self._change(ChangeKind.CHANGED, new, what, label, _told(*told, _why_alike(one, other)), name)

    def _change(
        self, kind: ChangeKind, node: Node | None, what: str, part: str, told: tuple[str, str], name: str = ""
    ) -> Change:
        uid = node.uid if isinstance(node, Thing) else None
        step = node.step if isinstance(node, tree.Exemption) else STEP_OF_SECTION[self._section]
        section = DESCRIPTIONS if node and is_description(type(node), name) else self._section
        return Change(kind, uid, what, part, *told, section, self._group(node, name), StepName(step), name)

    def _group(self, node: Node | None, name: str) -> Group:
        group = GROUP_OF_SECTION[self._section]
        if group is Group.POLICIES:
            return group
        is_text = name in EXPLAINING or isinstance(node, tree.Source | tree.Quote)
        return Group.TEXT if is_text else group


def _homes(things: tuple[Thing, ...]) -> Homes:
    return {
        held.uid: (thing, held) for thing in things for name in held_by(type(thing)) for held in getattr(thing, name)
    }


def _told(before: str, after: str, why_alike: str) -> tuple[str, str]:
    """Both values, short, and never the same: `why_alike` says how values differ that read alike."""
    one, other = apart(before, after)
    return (one, other) if one != other else (one, f"{other} ({why_alike})")


def _why_alike(one: Any, other: Any) -> str:
    """Why two values that differ can read alike."""
    if isinstance(one, str) and isinstance(other, str):
        return "spaces or line breaks differ"
    texts = all(isinstance(each, str) for value in (one, other) if isinstance(value, tuple) for each in value)
    return "divided otherwise" if isinstance(one, tuple) and texts else "another of that name"
