"""An archived feature is read and downloaded; it leaves what is of the whole project, and nothing in it changes."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from projects.access import Right, features, visit_feature
from projects.design.vocabulary import DesignState
from projects.models import Event, Feature, Project, User
from projects.search import recent
from projects.workflow.archiving import archive_feature, restore_feature
from projects.workflow.editing import NotAllowed
from projects.workflow.events import broken_links
from projects.workflow.feature_list import Filters, feature_list
from projects.workflow.project_design import current_project
from projects.workflow.project_model import drafts_of
from tests.factories import NOON, change_draft, make_entity, make_feature

pytestmark = pytest.mark.django_db


@pytest.fixture
def archived(feature: Feature, owner: User) -> Feature:
    make_entity(feature, "refunds", "id uuid")
    assert archive_feature(feature, actor=owner, now=NOON, reason="Merged into payouts")
    return features().get(pk=feature.pk)


def test_it_leaves_what_is_of_the_whole_project(archived: Feature, owner: User, project: Project) -> None:
    stays = make_feature("payments/billing/payouts")
    assert current_project(project).taken[0][0] == stays.pk
    assert len(current_project(project).taken) == 1
    assert drafts_of(project) == [stays]
    assert [hit.feature for hit in recent(owner).hits] == [stays]


def test_it_is_listed_only_where_archived_features_are_asked_for(archived: Feature, project: Project) -> None:
    make_feature("payments/billing/payouts")
    usual = feature_list(project, Filters(), None)
    assert [each.feature.key for group in usual.groups for each in group.features] == ["payouts"]
    assert (usual.total, usual.archived, usual.groups[0].total) == (1, 1, 1)
    asked = feature_list(project, Filters(state=DesignState.ARCHIVED), None)
    assert [(each.feature.key, each.standing.state) for group in asked.groups for each in group.features] == [
        ("refunds", DesignState.ARCHIVED)
    ]


def test_nobody_edits_it(archived: Feature, architect: User, owner: User) -> None:
    for person in (architect, owner):
        with pytest.raises(NotAllowed, match="This feature is archived"):
            change_draft(archived, person)
        with pytest.raises(PermissionDenied, match="This feature is archived"):
            visit_feature(person, "payments", "billing", "refunds", Right.EDIT)
        assert not visit_feature(person, "payments", "billing", "refunds").may_edit


def test_it_comes_back_as_it_was(archived: Feature, owner: User, architect: User, project: Project) -> None:
    assert restore_feature(archived, actor=owner, now=timezone.now())
    change_draft(archived, architect)
    assert [each.pk for each in drafts_of(project)] == [archived.pk]
    told = Event.objects.filter(feature=archived, kind="feature").order_by("sequence")
    assert [(each.verb, each.reason) for each in told] == [("archived", "Merged into payouts"), ("brought back", "")]
    assert not broken_links(project)


def test_a_second_click_makes_no_second_event(archived: Feature, owner: User) -> None:
    assert not archive_feature(archived, actor=owner, now=NOON)
    assert Event.objects.filter(verb="archived").count() == 1


@pytest.mark.parametrize("name", ["architect", "reviewer", "viewer", "outsider"])
def test_only_owners_archive(name: str, feature: Feature, request: pytest.FixtureRequest) -> None:
    with pytest.raises(PermissionDenied):
        archive_feature(feature, actor=request.getfixturevalue(name), now=NOON)
    feature.refresh_from_db()
    assert feature.archived_at is None
