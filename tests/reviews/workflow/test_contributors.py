"""Who counts as a contributor of a design, and so does not judge it."""

import pytest
from django.utils import timezone

from projects.models import Feature, Reuse, Revision, User
from projects.workflow.archiving import archive_feature, restore_feature
from projects.workflow.editing import editing
from projects.workflow.projects import change_feature
from tests.factories import change_draft, make_entity, make_feature
from tests.reviews.cast import approve, give_all, submit_next

pytestmark = pytest.mark.django_db


def sign(revision: Revision, *people: User) -> None:
    for person in people:
        give_all(revision, person)
        approve(revision.feature, person)


def test_who_changes_a_reused_entity_changes_the_design(
    feature: Feature, architect: User, owner: User, reviewer: User, second_reviewer: User
) -> None:
    other = make_feature("payments/billing/orders")
    entity = make_entity(other, "orders", "id", "total", "spare")
    total, spare = entity.fields.get(name="total"), entity.fields.get(name="spare")
    with editing(feature, actor=architect, now=timezone.now()) as door:
        door.create(Reuse(entity=entity))
    # What was changed there before the approval is in what was approved.
    with editing(other, actor=owner, now=timezone.now()) as door:
        total.description = "In cents"
        door.update(total, version=total.version, changes={"Description": ["", "In cents"]})
    first = submit_next(feature, architect)
    assert str(owner.pk) in first.contributors
    sign(first, reviewer, second_reviewer)
    make_entity(other, "unrelated", "id")
    change_draft(other, owner)
    second = submit_next(feature, architect)
    assert set(second.contributors) == {str(architect.pk)}
    with editing(other, actor=owner, now=timezone.now()) as door:
        door.delete(spare)
    third = submit_next(feature, architect)
    assert third.sections["data-model"] != second.sections["data-model"]
    assert set(third.contributors) == {str(architect.pk), str(owner.pk)}


def test_archiving_and_owning_is_no_contribution_and_renaming_is(
    feature: Feature, architect: User, owner: User, second_reviewer: User
) -> None:
    now = timezone.now()
    archive_feature(feature, actor=owner, now=now)
    restore_feature(feature, actor=owner, now=now)
    change_feature(feature, {"owner": architect}, actor=owner, now=now)
    assert set(submit_next(feature, architect).contributors) == {str(architect.pk)}
    change_feature(feature, {"title": "Repayments", "owner": owner}, actor=owner, now=now)
    assert set(submit_next(feature, architect).contributors) == {str(architect.pk), str(owner.pk)}
