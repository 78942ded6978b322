"""Reminders: for turns that last, a few of them, and none is lost or doubled by the runs of the command."""

from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail

from projects.management.design_command import WrongUse
from projects.models import Feature, Membership, Revision, User
from reviews.models import Assignment, Notice, Reminder
from reviews.rules.terms import NoticeKind
from reviews.workflow import reminding
from reviews.workflow.reminding import Pace, remind
from reviews.workflow.submit import Submission, submit, withdraw
from tests.factories import change_draft
from tests.projects.commands.calling import call
from tests.reviews.cast import approve, give_all

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
THURSDAY = MONDAY + timedelta(days=3)


@pytest.fixture
def revision(feature: Feature, architect: User, reviewer: User, second_reviewer: User) -> Revision:
    """In review since Monday; both reviewers are asked."""
    change_draft(feature, architect)
    asked = {reviewer.pk: False, second_reviewer.pk: False}
    return submit(feature, Submission(asked=asked), actor=architect, now=MONDAY)


def reminded(now: datetime) -> list[str]:
    return sorted(each.person.display_name for each in remind(now, Pace()))


def test_the_first_comes_after_three_weekdays_and_only_once(revision: Revision) -> None:
    assert reminded(THURSDAY - timedelta(minutes=1)) == []
    assert reminded(THURSDAY) == ["Rui Reviewer", "Sena Second"]
    assert reminded(THURSDAY) == reminded(THURSDAY + timedelta(days=1)) == []
    texts = set(Notice.objects.filter(kind=NoticeKind.REMINDER).values_list("text", flat=True))
    assert texts == {
        "Refunds r1 has waited for you for 3 days: You are asked to review r1: 27 items wait for your verdict."
    }
    assert Notice.objects.filter(kind=NoticeKind.REMINDER, is_turn=True).count() == 2


def test_three_at_most_each_five_weekdays_after_the_one_before(revision: Revision) -> None:
    """A run that is missed only makes it late."""
    second = THURSDAY + timedelta(days=7)
    assert reminded(THURSDAY)
    assert reminded(second - timedelta(hours=1)) == []
    assert reminded(second)
    late = second + timedelta(days=30)
    assert reminded(late)
    assert "This is the last reminder of it." in Notice.objects.filter(kind=NoticeKind.REMINDER).latest("pk").text
    assert reminded(late + timedelta(days=90)) == []
    assert sorted(Reminder.objects.values_list("number", flat=True)) == [1, 1, 2, 2, 3, 3]


def test_weekends_of_the_persons_zone_do_not_count(revision: Revision, reviewer: User, second_reviewer: User) -> None:
    friday_night = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    Assignment.objects.update(asked_at=friday_night)
    User.objects.filter(pk=reviewer.pk).update(time_zone="Pacific/Auckland")
    wednesday_night = friday_night + timedelta(days=5)
    # In Auckland it was Saturday already, so Monday is the first day that counts.
    assert reminded(wednesday_night - timedelta(hours=1)) == ["Rui Reviewer"]
    assert reminded(wednesday_night) == ["Sena Second"]


def test_it_stops_with_the_turn_and_a_new_turn_begins_anew(
    revision: Revision, feature: Feature, architect: User, reviewer: User, second_reviewer: User
) -> None:
    give_all(revision, reviewer)
    with patch("reviews.workflow.door.after_transition"):
        approve(feature, reviewer)
    assert reminded(THURSDAY) == ["Sena Second"]
    withdraw(feature, actor=architect, now=THURSDAY)
    assert reminded(THURSDAY + timedelta(days=30)) == []
    submit(feature, Submission(), actor=architect, now=THURSDAY)
    assert reminded(THURSDAY + timedelta(days=5)) == ["Sena Second"]
    assert set(Reminder.objects.values_list("number", flat=True)) == {1}


def test_who_acts_while_the_command_runs_is_left_alone(
    revision: Revision, architect: User, feature: Feature, second_reviewer: User
) -> None:
    """What was due is looked at again under the feature's lock."""
    in_review = reminding.in_review
    calls = []

    def acting(*args: Any) -> Any:
        calls.append(1)
        if len(calls) == 3:
            withdraw(feature, actor=architect, now=THURSDAY)
        return in_review(*args)

    with patch.object(reminding, "in_review", acting):
        assert reminded(THURSDAY) == []
    assert not Reminder.objects.exists()


def test_people_who_left_and_archived_features_are_left_alone(revision: Revision, reviewer: User) -> None:
    Membership.objects.filter(user=reviewer).delete()
    Feature.objects.update(archived_at=MONDAY)
    assert reminded(THURSDAY) == []
    Feature.objects.update(archived_at=None)
    assert "Rui Reviewer" not in reminded(THURSDAY)


def test_the_command_says_whom_and_mails_them(revision: Revision, django_capture_on_commit_callbacks: Any) -> None:
    Notice.objects.update(mailed_at=MONDAY)
    assert call("send_reminders", "--after", "0") == ("Reminded: 2 people, 2 turns.\n", "")
    assert sorted(each.to[0] for each in mail.outbox) == ["reviewer@example.org", "second@example.org"]
    assert mail.outbox[0].subject == "Refunds r1 still waits for you"
    assert call("send_reminders", "--after", "0") == ("Nobody is to be reminded.\n", "")


@pytest.mark.parametrize("words", [("--after", "-1"), ("--again", "1000")])
def test_wrong_use_is_refused(words: tuple[str, str], db: None) -> None:
    with pytest.raises(WrongUse, match="from 0 to 365"):
        call("send_reminders", *words)
