"""The one door: rights, versions, events, undo."""

import pytest
from django.db.models import QuerySet

from projects.models import Entity, EntityField, EntityKey, Event, Feature, Index, IndexPart, KeyPart, Query, User
from projects.workflow.deletion import CannotPutBack
from projects.workflow.editing import NotAllowed, StaleVersion, editing
from projects.workflow.events import broken_links
from tests.factories import NOON, make_entity


def test_a_created_row_gets_a_place_behind_the_others(feature: Feature, architect: User) -> None:
    with editing(feature, actor=architect, now=NOON) as door:
        first, second = Entity(name="refunds"), Entity(name="payments")
        door.create(first)
        door.create(second)
    assert first.position < second.position


def test_a_change_raises_the_versions_of_row_and_feature_and_is_recorded(feature: Feature, architect: User) -> None:
    entity = make_entity(feature, "refunds")
    before = feature.version
    entity.purpose = "Money returned"
    with editing(feature, actor=architect, now=NOON) as door:
        door.update(entity, version=1, changes={"Purpose": ["", "Money returned"]})
    saved = Entity.objects.get(pk=entity.pk)
    event = Event.objects.get(feature=feature)
    assert (saved.version, saved.purpose) == (2, "Money returned")
    assert Feature.objects.get(pk=feature.pk).version == before + 1
    assert (event.verb, event.actor, event.changes) == ("changed", architect, {"Purpose": ["", "Money returned"]})


def test_a_stale_save_changes_nothing(feature: Feature, architect: User) -> None:
    entity = make_entity(feature, "refunds")
    Entity.objects.filter(pk=entity.pk).update(version=2, purpose="theirs")
    entity.purpose = "mine"
    with pytest.raises(StaleVersion), editing(feature, actor=architect, now=NOON) as door:
        door.update(entity, version=1, changes={})
    assert Entity.objects.get(pk=entity.pk).purpose == "theirs"
    assert not Event.objects.filter(feature=feature).exists()


@pytest.mark.parametrize("name", ["reviewer", "viewer", "outsider"])
def test_the_door_stays_shut_for_who_may_not_edit(feature: Feature, name: str, request: pytest.FixtureRequest) -> None:
    actor = request.getfixturevalue(name)
    with pytest.raises(NotAllowed), editing(feature, actor=actor, now=NOON) as door:
        door.create(Entity(name="refunds"))
    assert not Entity.objects.exists()


def test_an_archived_project_does_not_change(feature: Feature, owner: User) -> None:
    feature.epic.project.is_archived = True
    feature.epic.project.save()
    with pytest.raises(NotAllowed, match="archived"), editing(feature, actor=owner, now=NOON) as door:
        door.create(Entity(name="refunds"))


def test_an_error_within_the_door_leaves_nothing_behind(feature: Feature, architect: User) -> None:
    def fail() -> None:
        with editing(feature, actor=architect, now=NOON) as door:
            door.create(Entity(name="refunds"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert not Entity.objects.exists()
    assert not Event.objects.exists()


def test_deleting_a_field_takes_along_what_cannot_stay_without_it_and_undo_brings_it_all_back(
    feature: Feature, architect: User
) -> None:
    entity = make_entity(feature, "refunds", "id", "status")
    status = entity.fields.get(name="status")
    index = Index.objects.create(feature=feature, entity=entity, name="idx_status")
    IndexPart.objects.create(index=index, field=status, position=0)
    key = EntityKey.objects.create(feature=feature, entity=entity)
    KeyPart.objects.create(key=key, field=status, position=0)
    with editing(feature, actor=architect, now=NOON) as door:
        door.delete(status)
    assert not Index.objects.exists()
    assert not EntityKey.objects.filter(pk=key.pk).exists()
    with editing(feature, actor=architect, now=NOON) as undo:
        undo.restore(door.events[0])
    assert EntityField.objects.get(uid=status.uid).name == "status"
    assert Index.objects.get(uid=index.uid).parts.get().field.uid == status.uid
    assert EntityKey.objects.get(uid=key.uid).parts.count() == 1


def test_undo_mends_the_references_that_the_deletion_cut(feature: Feature, architect: User) -> None:
    entity = make_entity(feature, "refunds")
    query = Query.objects.create(feature=feature, name="Get a refund", entity=entity)
    with editing(feature, actor=architect, now=NOON) as door:
        door.delete(entity)
    query.refresh_from_db()
    assert query.entity is None
    with editing(feature, actor=architect, now=NOON) as undo:
        undo.restore(door.events[0])
    query.refresh_from_db()
    assert query.entity is not None
    assert query.entity.uid == entity.uid


def test_undo_refuses_when_the_name_was_taken_again(feature: Feature, architect: User) -> None:
    entity = make_entity(feature, "refunds")
    with editing(feature, actor=architect, now=NOON) as door:
        door.delete(entity)
    make_entity(feature, "Refunds")
    with pytest.raises(CannotPutBack), editing(feature, actor=architect, now=NOON) as undo:
        undo.restore(door.events[0])
    assert Entity.objects.count() == 1


def test_undo_refuses_when_the_owner_is_gone(feature: Feature, architect: User) -> None:
    entity = make_entity(feature, "refunds", "id")
    field = entity.fields.get()
    with editing(feature, actor=architect, now=NOON) as door:
        door.delete(field)
        door.delete(entity)
    with pytest.raises(CannotPutBack), editing(feature, actor=architect, now=NOON) as undo:
        undo.restore(door.events[0])


def test_moving_puts_a_row_between_two_others(feature: Feature, architect: User) -> None:
    rows = [make_entity(feature, name) for name in ("a", "b", "c")]
    with editing(feature, actor=architect, now=NOON) as door:
        door.move(rows[2], rows, 0)
    assert list(Entity.objects.order_by("position").values_list("name", flat=True)) == ["c", "a", "b"]


def test_the_chain_of_events_holds_and_shows_what_was_tampered_with(feature: Feature, architect: User) -> None:
    for name in ("a", "b", "c", "d"):
        with editing(feature, actor=architect, now=NOON) as door:
            door.create(Entity(name=name))
    project = feature.epic.project
    assert broken_links(project) == []
    # As somebody with the database at hand would: the model itself refuses.
    beside_the_door = QuerySet(Event)
    beside_the_door.filter(project=project, sequence=2).update(label="z")
    assert broken_links(project) == [2]
    beside_the_door.filter(project=project, sequence=2).update(label="b")
    beside_the_door.filter(project=project, sequence=3).delete()
    assert broken_links(project) == [4]


def test_a_missing_end_of_the_chain_is_noticed(feature: Feature, architect: User) -> None:
    with editing(feature, actor=architect, now=NOON) as door:
        door.create(Entity(name="a"))
    QuerySet(Event).filter(feature=feature).delete()
    assert broken_links(feature.epic.project) == [1]
