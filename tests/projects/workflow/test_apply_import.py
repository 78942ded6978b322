"""Bringing designs and schemas into a feature: all or nothing, recorded, undoable."""

from uuid import uuid4

import pytest

from projects.access import features
from projects.design import tree
from projects.design.digest import design_json
from projects.models import Entity, Event, Feature, Reuse, User
from projects.snapshot.take import take
from projects.workflow.apply_import import ImportRefused, apply_import, undo_import
from projects.workflow.editing import NotAllowed, StaleVersion, editing
from projects.workflow.events import broken_links
from tests.factories import NOON, make_feature
from tests.projects.snapshot.sized import sized_design, uid

pytestmark = pytest.mark.django_db


@pytest.fixture
def empty_feature(feature: Feature) -> Feature:
    return again(feature)


def again(feature: Feature) -> Feature:
    return features().get(pk=feature.pk)


def design_of(feature: Feature) -> tree.Design:
    return take(again(feature))


def test_a_design_is_written_whole(empty_feature: Feature, architect: User) -> None:
    applied = apply_import(empty_feature, sized_design(3), actor=architect, now=NOON)
    assert applied.counts["entities"] == 3
    assert design_of(empty_feature).entities == sized_design(3).entities


def test_an_import_is_one_event_by_its_actor_and_raises_the_version_once(
    empty_feature: Feature, architect: User
) -> None:
    apply_import(empty_feature, sized_design(3), actor=architect, now=NOON, source="refunds.json")
    event = Event.objects.get(feature=empty_feature)
    assert (event.verb, event.label, event.actor) == ("imported", "refunds.json", architect)
    assert event.changes["Entities"] == ["", "3"]
    assert again(empty_feature).version == 2
    assert broken_links(empty_feature.epic.project) == []


@pytest.mark.parametrize("name", ["reviewer", "viewer", "outsider"])
def test_who_may_not_edit_may_not_import(name: str, empty_feature: Feature, request: pytest.FixtureRequest) -> None:
    actor = request.getfixturevalue(name)
    with pytest.raises(NotAllowed):
        apply_import(empty_feature, sized_design(1), actor=actor, now=NOON)
    assert not Entity.objects.exists()


def test_a_name_that_is_there_already_refuses_the_whole_import(empty_feature: Feature) -> None:
    apply_import(empty_feature, sized_design(1), actor=None, now=NOON)
    before = design_json(design_of(empty_feature))
    clashing = (tree.Entity(uid=uuid4(), name="disputes"), tree.Entity(uid=uuid4(), name="Entities_0000"))
    design = tree.Design(identity=sized_design(1).identity, entities=clashing)
    with pytest.raises(ImportRefused) as refused:
        apply_import(empty_feature, design, actor=None, now=NOON)
    assert refused.value.problems == ("There is an entity “entities_0000” in this design already.",)
    assert design_json(design_of(empty_feature)) == before
    assert Event.objects.filter(feature=empty_feature).count() == 1


def test_a_uid_that_is_there_already_refuses_the_import(empty_feature: Feature) -> None:
    apply_import(empty_feature, sized_design(1), actor=None, now=NOON)
    alike = tree.Entity(uid=uid(0, "id"), name="another")
    with pytest.raises(ImportRefused, match="uid"):
        apply_import(
            empty_feature, tree.Design(identity=sized_design(1).identity, entities=(alike,)), actor=None, now=NOON
        )


def test_requirements_are_not_written_over(empty_feature: Feature) -> None:
    one, two = (
        tree.Design(identity=sized_design(1).identity, requirements=tree.Requirements(retention=text))
        for text in ("a year", "ten years")
    )
    apply_import(empty_feature, one, actor=None, now=NOON)
    with pytest.raises(ImportRefused, match="requirements"):
        apply_import(empty_feature, two, actor=None, now=NOON)


@pytest.mark.parametrize(
    ("entities", "says"),
    [
        ((tree.Entity(uid=uuid4(), name="a"), tree.Entity(uid=uuid4(), name="A")), "2 entities called “a”"),
        (
            (
                tree.Entity(
                    uid=uuid4(),
                    name="a",
                    fields=(tree.EntityField(uid=uuid4(), name="x"), tree.EntityField(uid=uuid4(), name="X")),
                ),
            ),
            "2 fields called “x”",
        ),
        ((tree.Entity(uid=uuid4(), namespace="ΐ" * 128, name="ΐ" * 128),), "too long"),
    ],
)
def test_a_design_that_the_database_would_refuse_is_refused_in_words(
    entities: tuple[tree.Entity, ...], says: str, empty_feature: Feature
) -> None:
    with pytest.raises(ImportRefused, match=says):
        apply_import(
            empty_feature, tree.Design(identity=sized_design(1).identity, entities=entities), actor=None, now=NOON
        )


def test_replacing_puts_the_design_in_place_of_everything(empty_feature: Feature) -> None:
    apply_import(empty_feature, sized_design(4), actor=None, now=NOON)
    apply_import(empty_feature, sized_design(2), actor=None, now=NOON, replace=True)
    assert design_of(empty_feature).entities == sized_design(2).entities


def test_a_form_opened_before_a_replacement_is_stale(empty_feature: Feature) -> None:
    apply_import(empty_feature, sized_design(1), actor=None, now=NOON)
    opened = Entity.objects.get(feature=empty_feature)
    apply_import(empty_feature, sized_design(1), actor=None, now=NOON, replace=True)
    row = Entity.objects.get(feature=empty_feature, uid=opened.uid)
    with pytest.raises(StaleVersion), editing(empty_feature, actor=None, now=NOON) as door:
        door.update(row, version=opened.version, changes={})


def test_what_another_feature_reuses_is_not_replaced(empty_feature: Feature) -> None:
    apply_import(empty_feature, sized_design(1), actor=None, now=NOON)
    user = make_feature("payments/billing/disputes")
    with editing(user, actor=None, now=NOON) as door:
        door.create(Reuse(entity=Entity.objects.get(feature=empty_feature)))
    with pytest.raises(ImportRefused, match="reused by billing/disputes"):
        apply_import(empty_feature, sized_design(2), actor=None, now=NOON, replace=True)
    assert len(design_of(empty_feature).entities) == 1


@pytest.mark.parametrize("replace", [False, True])
def test_undoing_an_import_brings_back_what_was_there(replace: bool, empty_feature: Feature) -> None:
    first = sized_design(2)
    apply_import(empty_feature, first, actor=None, now=NOON)
    before = design_json(design_of(empty_feature))
    late = tree.Design(identity=first.identity, entities=(tree.Entity(uid=uid("late"), name="late"),))
    apply_import(empty_feature, late, actor=None, now=NOON, replace=replace)
    event = Event.objects.filter(feature=empty_feature).order_by("-sequence")[0]
    undo_import(empty_feature, event, actor=None, now=NOON)
    assert design_json(design_of(empty_feature)) == before
