"""manage.py review_gate"""

import json

import pytest
from django.utils import timezone

from projects.design.vocabulary import Role
from projects.management.design_command import Problems, WrongUse
from projects.models import Feature, Membership, Revision, User
from reviews.management.commands.review_gate import Command
from reviews.workflow.decide import approve
from reviews.workflow.submit import Submission, submit
from tests.factories import change_draft
from tests.projects.commands.calling import call
from tests.reviews.cast import give_all

PATH = "payments/billing/refunds"
pytestmark = pytest.mark.django_db


@pytest.fixture
def revision(feature: Feature, architect: User, second_reviewer: User) -> Revision:
    change_draft(feature, architect)
    return submit(feature, Submission(), actor=architect, now=timezone.now())


def test_a_closed_gate_ends_with_one(revision: Revision, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        Command().run_from_argv(["manage.py", "review_gate", PATH])
    printed = capsys.readouterr()
    assert ended.value.code == 1
    assert "Satisfied: r1 is the newest revision." in printed.out
    assert "Not satisfied: 0 of 2 approvals given. Who can act: Olu Owner, Rui Reviewer and Sena Second." in printed.err
    assert "No blocking thread is open." not in printed.err


def test_json_lists_each_requirement(revision: Revision, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        Command().run_from_argv(["manage.py", "review_gate", PATH, "--format", "json", "--revision", "1"])
    listed = json.loads(capsys.readouterr().out)
    assert ended.value.code == 1
    assert [set(each) for each in listed] == [{"key", "state", "sentence", "who"}] * len(listed)
    states = {each["key"]: each["state"] for each in listed}
    assert (listed[-1]["key"], listed[-1]["sentence"]) == ("approval", "r1 is not approved.")
    assert (states["head"], states["approvals"], states["required-reviewers"]) == (
        "satisfied",
        "unsatisfied",
        "not-applicable",
    )


def test_an_approved_revision_passes_whatever_was_submitted_since(
    revision: Revision, reviewer: User, second_reviewer: User, architect: User, feature: Feature
) -> None:
    for person in (reviewer, second_reviewer):
        give_all(revision, person)
        approve(feature, actor=person, now=timezone.now())
    assert call("review_gate", PATH)[0].startswith("r1 was approved on ")
    assert [each["key"] for each in json.loads(call("review_gate", PATH, "--format", "json")[0])] == ["approval"]
    change_draft(feature, architect)
    submit(feature, Submission(), actor=architect, now=timezone.now())
    assert call("review_gate", PATH, "--revision", "r1")[1] == ""
    with pytest.raises(Problems):
        call("review_gate", PATH)
    assert call("review_gate", PATH, "--revision", "approved")[0].startswith("r1 was approved on ")
    with pytest.raises(Problems, match="no revision 9"):
        call("review_gate", PATH, "--revision", "9")


def test_an_open_gate_is_told_from_an_approval(
    revision: Revision, reviewer: User, second_reviewer: User, feature: Feature
) -> None:
    give_all(revision, reviewer)
    give_all(revision, second_reviewer)
    approve(feature, actor=second_reviewer, now=timezone.now())
    # Beside all doors, so that nothing is settled.
    Membership.objects.filter(user=second_reviewer).update(role=Role.ARCHITECT)
    approve(feature, actor=reviewer, now=timezone.now())
    Membership.objects.filter(user=second_reviewer).update(role=Role.REVIEWER)
    assert "r1 is not approved yet, and nothing stands in the way of its approval." in call("review_gate", PATH)[0]
    last = json.loads(call("review_gate", PATH, "--format", "json")[0])[-1]
    assert (last["key"], last["state"]) == ("approval", "satisfied")


def test_a_feature_that_was_never_submitted_is_not_approved(feature: Feature) -> None:
    with pytest.raises(Problems, match="nothing was submitted for review yet") as refused:
        call("review_gate", PATH)
    assert refused.value.returncode == 1


@pytest.mark.parametrize(
    "words",
    [("payments/billing",), ("payments/billing/none",), (PATH, "--revision", "draft"), (PATH, "--revision=no")],
)
def test_wrong_use_ends_with_two(words: tuple[str, ...], revision: Revision) -> None:
    with pytest.raises(WrongUse) as refused:
        call("review_gate", *words)
    assert refused.value.returncode == 2
