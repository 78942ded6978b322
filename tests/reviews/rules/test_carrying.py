"""Which verdicts hold for the next revision, over random edits of random designs."""

from collections.abc import Mapping
from datetime import UTC, datetime
from operator import attrgetter
from random import Random
from typing import Any
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from projects.design.checklist import CHECKLIST, ITEM_BY_NUMBER
from projects.design.digest import SECTIONS, section_digests
from projects.design.tree import Design, Policies
from reviews.rules.carrying import Frozen, carried, definitions
from reviews.rules.facts import VerdictFact
from reviews.rules.terms import Verdict
from tests.examples import at_most
from tests.projects.checks.whole import whole_design
from tests.projects.design.strategies import designs

PARTS = sorted({part.partition(".")[0] for parts in SECTIONS.values() for part in parts})
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def edited(design: Design, random: Random) -> Design:
    """The design after some edits: a thing taken away, or one text of a thing changed."""
    parts = random.sample(PARTS, random.randint(0, 3))
    return design.model_copy(update={part: _edited(getattr(design, part), random) for part in parts})


def _edited(part: Any, random: Random) -> Any:
    if isinstance(part, Policies):
        name = random.choice(list(Policies.model_fields))
        return part.model_copy(update={name: _edited(getattr(part, name), random)})
    if not isinstance(part, tuple):
        return _reworded(part, random)
    if not part or random.random() < 0.3:
        return part[1:]
    return (_reworded(part[0], random), *part[1:])


def _reworded(node: Any, random: Random) -> Any:
    # Choices are texts too.
    texts = [name for name in type(node).model_fields if type(getattr(node, name)) is str]
    if not texts:
        return node
    name = random.choice(texts)
    return node.model_copy(update={name: f"{getattr(node, name)} anew"})


def verdicts(random: Random) -> list[VerdictFact]:
    """Two people's on each item."""
    return [
        _verdict(100 * person + item.number, item.number, person, random) for item in CHECKLIST for person in (1, 2)
    ]


def _verdict(pk: int, item: int, person: int, random: Random) -> VerdictFact:
    verdict = random.choice(list(Verdict))
    dismissed = "Beside the point." if verdict is Verdict.FAIL and random.random() < 0.5 else ""
    return VerdictFact(pk, item, person, verdict, comment="", given_at=NOON, dismissed=dismissed)


def differs(before: Design, after: Design, section: str) -> bool:
    if section == "descriptions":
        return described(before) != described(after)
    if section == "data-model":
        before, after = plainly(before), plainly(after)
    return any(attrgetter(part)(before) != attrgetter(part)(after) for part in SECTIONS[section])


def described(design: Design) -> dict[UUID, str]:
    """What structures and their fields say of themselves in words."""
    texts = {each.uid: each.description for each in design.types}
    texts |= {each.uid: each.purpose for each in design.entities}
    texts |= {each.uid: each.purpose for each in design.key_spaces}
    texts |= {field.uid: field.description for entity in design.entities for field in entity.fields}
    return {uid: text for uid, text in texts.items() if text}


def plainly(design: Design) -> Design:
    """The design without those words."""
    silent, without = {"description": ""}, {"purpose": ""}
    fields = [tuple(field.model_copy(update=silent) for field in entity.fields) for entity in design.entities]
    entities = zip(design.entities, fields, strict=True)
    return design.model_copy(
        update={
            "types": tuple(each.model_copy(update=silent) for each in design.types),
            "entities": tuple(entity.model_copy(update=without | {"fields": held}) for entity, held in entities),
            "key_spaces": tuple(each.model_copy(update=without) for each in design.key_spaces),
        }
    )


def holds(verdict: VerdictFact, before: Design, after: Design) -> bool:
    """The rule as the specification has it, from the designs themselves."""
    if verdict.verdict is Verdict.NONE or verdict.dismissed:
        return False
    reads = ITEM_BY_NUMBER[verdict.item].sections
    return verdict.verdict is Verdict.FAIL or not any(differs(before, after, section) for section in reads)


@settings(max_examples=at_most(15))
@given(designs(), st.integers(0, 2**32))
def test_a_verdict_carries_exactly_if_nothing_its_item_reads_has_changed(before: Design, seed: int) -> None:
    random = Random(seed)
    then = Frozen(section_digests(before), definitions())
    for _ in range(12):
        after, said = edited(before, random), verdicts(random)
        now = Frozen(section_digests(after), definitions())
        assert list(carried(said, then, now)) == [each for each in said if holds(each, before, after)]


def test_another_purpose_of_an_entity_is_for_those_who_read_it() -> None:
    before = whole_design()
    first, *others = before.entities
    after = before.with_values(entities=(first.with_values(purpose="Said in other words."), *others))
    then, now = Frozen(section_digests(before), definitions()), Frozen(section_digests(after), definitions())
    passed = [VerdictFact(item.number, item.number, 1, Verdict.PASS, "", NOON) for item in CHECKLIST]
    kept = {each.item for each in carried(passed, then, now)}
    assert {20, 21} <= kept
    assert {each.item for each in passed} - kept == {2, 4, 10, 11, 12, 13, 14, 17}


def one(verdict: Verdict) -> list[VerdictFact]:
    return [VerdictFact(pk=1, item=6, reviewer=1, verdict=verdict, comment="", given_at=NOON)]


def frozen(**changed: str) -> Frozen:
    sections: Mapping[str, str] = dict.fromkeys(SECTIONS, "same")
    return Frozen(sections, definitions() | changed)


def test_another_wording_of_an_item_is_another_question() -> None:
    before, after = frozen(), frozen(**{"6": "asked in other words"})
    assert not list(carried(one(Verdict.PASS), before, after))
    assert list(carried(one(Verdict.FAIL), before, after))
    assert list(carried(one(Verdict.PASS), before, frozen(**{"7": "asked in other words"})))


def test_every_section_that_an_item_reads_is_a_section() -> None:
    assert all(set(item.sections) <= SECTIONS.keys() for item in CHECKLIST)
