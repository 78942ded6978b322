"""Keys: proposed, checked, taken, left behind."""

import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import given
from hypothesis import strategies as st

from projects.design.vocabulary import KEY_PATTERN, RESERVED_KEYS
from projects.models import Epic, Event, Feature, Project, ProjectAlias, User
from projects.workflow.events import broken_links
from projects.workflow.naming import epic_key_for, free_key, key_like
from projects.workflow.project_door import StaleCard
from projects.workflow.projects import (
    archive_project,
    change_feature,
    change_project,
    create_epic,
    create_feature,
    create_project,
)
from tests.factories import NOON, make_epic, make_feature, make_project


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Payments platform", "payments-platform"),
        ("Ledger & Books", "ledger-books"),
        ("  Über_Zahlungen -- 2  ", "uber-zahlungen-2"),
        ("חשבונות", ""),
        ("🧾", ""),
        ("x" * 70, "x" * 64),
    ],
)
def test_key_is_like_the_title(title: str, key: str) -> None:
    assert key_like(title) == key


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Billing", "billing-3"),
        ("Settings", "settings-2"),
        ("Con", "con-2"),
        ("חשבונות", "epic"),
        ("k" * 80, "k" * 62 + "-2"),
    ],
)
def test_proposed_epic_key_is_free_and_allowed(title: str, key: str) -> None:
    project = make_project("payments")
    for taken in ("billing", "billing-2", "k" * 64):
        make_epic(project, taken)
    assert epic_key_for(title, project) == key


@given(title=st.text(max_size=200))
def test_any_title_gives_an_allowed_key(title: str) -> None:
    key = free_key(title, "feature", Feature.objects.none())
    assert re.fullmatch(KEY_PATTERN, key)
    assert key not in RESERVED_KEYS


@pytest.mark.django_db
def test_same_feature_key_lives_in_two_epics(project: Project, owner: User) -> None:
    for name in ("billing", "ledger"):
        create_feature(make_epic(project, name), title="Refunds", key="refunds", actor=owner, now=NOON)
    assert Feature.objects.filter(key="refunds").count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["Upper", "a b", "", "-a", "a/b", "..", "new", "nul", "ключ", "a\n", "k" * 65])
def test_verbs_refuse_wrong_keys_whoever_calls_them(key: str, project: Project, owner: User) -> None:
    with pytest.raises(ValidationError) as refused:
        create_epic(project, title="Any", key=key, actor=None, now=NOON)
    assert list(refused.value.error_dict) == ["key"]
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_command_line_may_create_and_is_named_in_the_history(project: Project) -> None:
    create_epic(project, title="Billing", key="billing", actor=None, now=NOON)
    assert Event.objects.get().actor_name == "command line"


@pytest.mark.django_db
@pytest.mark.parametrize("person", ["reviewer", "viewer", "outsider"])
def test_those_who_may_not_edit_create_nothing(person: str, project: Project, request: pytest.FixtureRequest) -> None:
    with pytest.raises(PermissionDenied):
        create_epic(project, title="B", key="b", actor=request.getfixturevalue(person), now=NOON)
    assert not Epic.objects.exists()


@pytest.mark.django_db
def test_viewer_does_not_change_a_feature(feature: Feature, viewer: User) -> None:
    with pytest.raises(PermissionDenied):
        change_feature(feature, {"title": "X"}, actor=viewer, now=NOON)


@pytest.mark.django_db
def test_archived_project_does_not_change(project: Project, owner: User) -> None:
    archive_project(project, actor=owner, now=NOON)
    with pytest.raises(PermissionDenied, match="archived"):
        change_project(project, {"title": "X"}, actor=owner, now=NOON)
    with pytest.raises(PermissionDenied, match="archived"):
        create_epic(project, title="B", key="b", actor=None, now=NOON)


@pytest.mark.django_db
def test_key_swap_leaves_no_alias_in_the_way(owner: User) -> None:
    first = create_project(title="First", key="first", owner=owner, now=NOON)
    second = create_project(title="Second", key="second", owner=owner, now=NOON)
    change_project(first, {"key": "third"}, actor=owner, now=NOON)
    change_project(second, {"key": "first"}, actor=owner, now=NOON)
    assert list(ProjectAlias.objects.values_list("key", "project")) == [("second", second.pk)]
    assert broken_links(first) == broken_links(second) == []


@pytest.mark.django_db
def test_taken_key_is_refused_and_nothing_changes(project: Project, owner: User) -> None:
    make_project("other")
    with pytest.raises(ValidationError):
        change_project(project, {"title": "New", "key": "other"}, actor=owner, now=NOON)
    assert Project.objects.get(pk=project.pk).title == "Payments platform"
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_stale_values_are_reported_with_those_saved(feature: Feature, owner: User) -> None:
    make_feature("payments/billing/invoices")
    with pytest.raises(StaleCard) as stale:
        change_feature(feature, {"title": "Mine"}, loaded={"title": "Before"}, actor=owner, now=NOON)
    assert stale.value.saved == {"title": "Refunds"}
