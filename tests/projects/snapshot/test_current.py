"""The kept draft: read again while nothing changed, taken anew after anything that it depends on did."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.access import features
from projects.models import DraftDesign, Entity, Feature, Reuse
from projects.snapshot import current
from projects.snapshot.current import Digested, current_design, current_designs, is_current
from projects.snapshot.recent import Recent
from projects.workflow.editing import editing
from projects.workflow.projects import change_conventions, change_epic, change_feature, change_project
from tests.factories import NOON, make_feature


def fresh(feature: Feature) -> Feature:
    return features().get(pk=feature.pk)


def taken(feature: Feature) -> Digested:
    return current_design(fresh(feature))


def add_entity(feature: Feature, name: str = "refunds") -> Entity:
    entity = Entity(name=name)
    with editing(feature, actor=None, now=NOON) as door:
        door.create(entity)
    return entity


def rename_entity(feature: Feature) -> None:
    entity = Entity.objects.get(feature=feature)
    entity.name = "returns"
    with editing(feature, actor=None, now=NOON) as door:
        door.update(entity, version=entity.version, changes={})


def delete_entity(feature: Feature) -> None:
    with editing(feature, actor=None, now=NOON) as door:
        door.delete(Entity.objects.get(feature=feature))


def of_path(feature: Feature, change: Callable[..., object], what: object, **values: str) -> None:
    change(what, values, actor=None, now=NOON)


CHANGES: dict[str, Callable[[Feature], object]] = {
    "a row is changed": rename_entity,
    "a row is added": lambda feature: add_entity(feature, "refund_lines"),
    "a row is deleted": delete_entity,
    "the feature is renamed": lambda feature: of_path(feature, change_feature, feature, title="Returns"),
    "the feature's key is changed": lambda feature: of_path(feature, change_feature, feature, key="returns"),
    "the epic is renamed": lambda feature: of_path(feature, change_epic, feature.epic, title="Money"),
    "the epic's key is changed": lambda feature: of_path(feature, change_epic, feature.epic, key="money"),
    "the project is renamed": lambda feature: of_path(feature, change_project, feature.epic.project, title="Shop"),
    "the project's key is changed": lambda feature: of_path(feature, change_project, feature.epic.project, key="shop"),
    "the conventions are changed": lambda feature: change_conventions(
        feature.epic.project, {"primary_key_name": "key"}, actor=None, now=NOON
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_the_draft_is_taken_anew_when(change: Callable[[Feature], object]) -> None:
    feature = fresh(make_feature("payments/billing/refunds"))
    add_entity(feature)
    before = taken(feature)
    change(fresh(feature))
    assert taken(feature).digest != before.digest


@pytest.mark.django_db
def test_the_draft_is_taken_anew_when_the_owner_of_a_reused_entity_changes_it() -> None:
    owner, user = make_feature("payments/billing/payments"), make_feature("payments/billing/refunds")
    entity = add_entity(owner, "payments")
    with editing(user, actor=None, now=NOON) as door:
        door.create(Reuse(entity=entity))
    before = taken(user)
    rename_entity(owner)
    after = taken(user)
    assert [each.name for each in after.design.entities] == ["returns"]
    assert after.digest != before.digest


@pytest.mark.django_db
def test_the_draft_is_taken_anew_when_an_entity_is_reused_no_longer() -> None:
    owner, user = make_feature("payments/billing/payments"), make_feature("payments/billing/refunds")
    reuse = Reuse(entity=add_entity(owner, "payments"))
    with editing(user, actor=None, now=NOON) as door:
        door.create(reuse)
    assert taken(user).design.entities
    with editing(user, actor=None, now=NOON) as door:
        door.delete(reuse)
    assert not taken(user).design.entities


@pytest.mark.django_db
def test_an_unchanged_draft_is_read_once_for_each_process() -> None:
    feature = make_feature("payments/billing/refunds")
    add_entity(feature)
    taken(feature)
    once = taken(feature)
    there = fresh(feature)
    with CaptureQueriesContext(connection) as asked:
        assert current_design(there) is once
    assert len(asked) == 0


@pytest.mark.django_db
def test_a_feature_keeps_one_draft() -> None:
    feature = make_feature("payments/billing/refunds")
    for name in ("refunds", "refund_lines"):
        add_entity(feature, name)
        taken(feature)
    assert DraftDesign.objects.filter(feature=feature).count() == 1


@pytest.mark.django_db
def test_equal_digests_mean_equal_designs() -> None:
    feature = make_feature("payments/billing/refunds")
    assert taken(feature) == taken(feature)


@pytest.mark.django_db
def test_many_drafts_are_read_in_one_query_and_only_what_is_out_of_date_is_taken_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = [make_feature(f"payments/billing/feature-{number}") for number in range(4)]
    for feature in made:
        add_entity(feature, f"table_{feature.pk}")
        taken(feature)
    monkeypatch.setattr(current, "_in_process", Recent(most=1))
    there = list(features().order_by("-pk"))
    with CaptureQueriesContext(connection) as asked:
        read = current_designs(there)
    assert len(asked) == 1
    assert [each.design.identity.feature_key for each in read] == [feature.key for feature in there]
    add_entity(made[1], "more")
    assert [is_current(feature) for feature in features().order_by("pk")] == [True, False, True, True]
    again = current_designs(features().order_by("-pk"))
    assert [one.digest == other.digest for one, other in zip(read, again, strict=True)] == [True, True, False, True]
    assert len(again[2].design.entities) == 2


@pytest.mark.django_db
def test_no_features_have_no_designs_and_ask_nothing() -> None:
    with CaptureQueriesContext(connection) as asked:
        assert current_designs([]) == []
    assert len(asked) == 0


def test_what_was_used_last_stays_up_to_a_weight() -> None:
    recent: Recent[str] = Recent(most=10)
    for key, weight in (("a", 4), ("b", 4), ("c", 2)):
        recent.put(key, key.upper(), weight)
    assert recent.get("a") == "A"
    recent.put("d", "D", 3)
    assert [recent.get(key) for key in "abcd"] == ["A", None, "C", "D"]
    recent.put("huge", "!", 100)
    assert [recent.get(key) for key in ("a", "c", "d", "huge")] == [None, None, None, "!"]
