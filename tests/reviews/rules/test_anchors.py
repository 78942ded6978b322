"""A thread follows the thing that it is about: by uid, through renaming, until it is removed."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.design.digest import SECTIONS
from projects.design.tree import Design, Entity, EntityField, Identity
from projects.design.vocabulary import LINE_LENGTH, PROSE_LENGTH
from reviews.rules.anchors import Anchor, Anchors, Place
from reviews.rules.design_listing import ListedGroup, listing
from reviews.rules.fact_words import SECTION_TITLES
from tests.examples import at_most
from tests.projects.design.strategies import designs, names

IDENTITY = Identity(
    project_key="p", project_title="P", epic_key="e", epic_title="E", feature_key="f", feature_title="F"
)


def design_of(**fields: str) -> Design:
    """One table whose fields have these types."""
    columns = tuple(
        EntityField(uid=UUID(int=number), name=name, type=kind) for number, (name, kind) in enumerate(fields.items(), 1)
    )
    return Design(identity=IDENTITY, entities=(Entity(uid=UUID(int=99), name="refunds", fields=columns),))


def place(design: Design, **anchor: object) -> Place | None:
    return Anchors(design).place(Anchor(**anchor))


def test_a_place_says_its_path_and_what_stands_there() -> None:
    design = design_of(amount_minor="integer")
    assert place(design, uid=UUID(int=1)) == Place("refunds.amount_minor", "Type: integer")
    assert place(design, uid=UUID(int=1), field="type") == Place("refunds.amount_minor, type", "integer")
    assert place(design, section="migration", field="migration.rollback") == Place("Migration, undoing migrations", "")
    assert place(design, section="backup") == Place("Backup", "")
    assert place(design, item=6) == Place("6. Indexes designed", "")


@pytest.mark.parametrize(
    "anchor",
    [
        {"uid": uuid4()},
        {"uid": UUID(int=1), "field": "no_such_fact"},
        {"uid": UUID(int=1), "field": "uid"},
        {"uid": UUID(int=99), "field": "fields"},
        {"section": "no-such-section"},
        {"section": "descriptions"},
        {"section": "migration", "field": "backup.rto"},
        {"section": "migration", "field": "migration.no_such_fact"},
        {"section": "data-model", "field": "entities.count"},
        {"item": 28},
        {},
    ],
)
def test_what_is_no_place_in_the_design_is_none(anchor: dict[str, object]) -> None:
    assert place(design_of(amount_minor="integer"), **anchor) is None


def test_a_changed_fact_is_told_with_what_it_was() -> None:
    then = place(design_of(amount_minor="integer"), uid=UUID(int=1))
    assert then
    followed = Anchors(design_of(amount="bigint")).follow(Anchor(uid=UUID(int=1)), then)
    assert (followed.path, followed.was_called) == ("refunds.amount", "refunds.amount_minor")
    assert followed.has_changed
    assert followed.now == Place("refunds.amount", "Type: bigint")


def renamed(design: Design, uid: UUID, name: str) -> Design:
    entities = (
        entity.with_values(
            fields=tuple(each.with_values(name=name) if each.uid == uid else each for each in entity.fields)
        )
        for entity in design.entities
    )
    return design.with_values(entities=tuple(entities))


@settings(max_examples=at_most(10))
@given(st.data())
def test_renaming_keeps_the_thread_and_removal_groups_it(data: st.DataObject) -> None:
    design = data.draw(designs().filter(lambda each: any(entity.fields for entity in each.entities)))
    uid = data.draw(st.sampled_from([field.uid for entity in design.entities for field in entity.fields]))
    anchor, then = Anchor(uid=uid), place(design, uid=uid)
    assert then
    followed = Anchors(renamed(design, uid, data.draw(names))).follow(anchor, then)
    assert followed.is_there
    assert not followed.has_changed
    gone = Anchors(design_of(other="text")).follow(anchor, then)
    assert (gone.is_there, gone.path, gone.was_called) == (False, then.path, "")


@settings(max_examples=at_most(6))
@given(designs())
def test_every_thing_is_a_place_and_is_listed_once(design: Design) -> None:
    anchors = Anchors(design)
    uids = [thing.uid for thing in design.things()]
    for uid in uids:
        found = anchors.place(Anchor(uid=uid))
        assert found
        assert 0 < len(found.path) <= 2 * LINE_LENGTH
        assert len(found.text) <= PROSE_LENGTH
    listed = [uid for section in listing(design) for group in section.groups for uid in uids_in(group)]
    assert sorted(listed) == sorted(uids)


@settings(max_examples=at_most(6))
@given(designs())
def test_every_answer_of_a_section_is_listed_at_a_place_of_its_own(design: Design) -> None:
    anchors = Anchors(design)
    for section in listing(design):
        for record in section.records:
            for fact in record.facts:
                found = anchors.place(Anchor(section=section.name, field=f"{record.part}.{fact.name}"))
                assert found
                assert found.text == fact.text
                assert len(f"{record.part}.{fact.name}") <= 64


def uids_in(group: ListedGroup) -> list[UUID]:
    held = [uid for thing in group.things for inner in thing.held for uid in uids_in(inner)]
    return [*(thing.uid for thing in group.things if thing.uid), *held]


def test_each_section_has_a_title_and_each_part_of_a_design_a_section() -> None:
    assert SECTION_TITLES.keys() == SECTIONS.keys()
    listed = {part.partition(".")[0] for parts in SECTIONS.values() for part in parts}
    assert set(Design.model_fields) - {"format"} == listed
