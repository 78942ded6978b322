"""Handbook → models → Handbook, and what a change of a policy does to the drafts."""

from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, Phase, given, settings

from projects.access import features
from projects.design import tree
from projects.models import Project
from projects.snapshot.current import current_design
from projects.snapshot.handbook import take_handbook, write_handbook
from projects.snapshot.policies import policies_of
from tests.examples import at_most
from tests.factories import make_feature, make_project
from tests.projects.design.handbooks import handbooks

ANY = settings(
    max_examples=at_most(15),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),
)
POLICIES = tree.Policies(migration=tree.MigrationPolicy(tool="Flyway 10"))


def with_policies(project: Project, policies: tree.Policies) -> None:
    write_handbook(project, take_handbook(project).with_values(policies=policies))


@pytest.mark.django_db
@given(handbooks())
@ANY
def test_a_handbook_written_and_taken_again_is_the_same(handbook: tree.Handbook) -> None:
    project = Project.objects.filter(key="payments").first() or make_project("payments", "Payments")
    write_handbook(project, handbook)
    assert take_handbook(project) == handbook
    assert policies_of(project) == handbook.policies


@pytest.mark.django_db
def test_a_project_without_a_handbook_has_an_empty_one() -> None:
    project = make_project("payments")
    assert take_handbook(project) == tree.Handbook(project_key="payments", project_title="Payments")


@pytest.mark.django_db
def test_a_draft_holds_the_policies_and_is_taken_anew_when_they_change() -> None:
    feature = make_feature("payments/billing/refunds")
    before = current_design(features().get(pk=feature.pk))
    with_policies(feature.epic.project, POLICIES)
    after = current_design(features().get(pk=feature.pk))
    assert before.design.policies == tree.Policies()
    assert after.design.policies == POLICIES
    assert after.design.in_force.migration.tool == "Flyway 10"
    assert after.digest != before.digest


@pytest.mark.django_db
def test_policies_are_read_once_for_each_state_of_them() -> None:
    feature = make_feature("payments/billing/refunds")
    with_policies(feature.epic.project, POLICIES)
    project = Project.objects.get(key="payments")
    policies_of(project)
    with CaptureQueriesContext(connection) as asked:
        assert policies_of(project) == POLICIES
    assert not asked.captured_queries


@pytest.mark.django_db
def test_the_handbook_costs_the_same_whatever_it_holds() -> None:
    project = make_project("payments")
    counts = []
    for number in (1, 30):
        roles = tuple(tree.AccessRole(uid=UUID(int=place), name=f"role {place}") for place in range(number))
        write_handbook(project, tree.Handbook(project_key="payments", project_title="Payments", access_roles=roles))
        with CaptureQueriesContext(connection) as asked:
            take_handbook(project)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 15
