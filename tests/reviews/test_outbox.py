"""The outbox: one letter for each person, sent once, and only when it was taken as sent."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command

from projects.design.vocabulary import MailWhen
from projects.management.design_command import Problems
from projects.models import Feature, Membership, User
from reviews.models import Notice
from reviews.notices import Occasion, tell
from reviews.outbox import ATTEMPTS, WAITS, claim, post
from reviews.rules.terms import NoticeKind, Verdict
from reviews.tasks import send_outbox
from reviews.workflow.publish import publish
from reviews.workflow.submit import Submission, submit
from tests.factories import change_draft
from tests.projects.commands.calling import call
from tests.reviews.judging import draft, in_review

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def news(feature: Feature, *people: User, number: int = 1, is_turn: bool = False, text: str = "Ada replied.") -> None:
    occasion = Occasion(feature, None, None, NOON)
    for _ in range(number):
        tell([each.pk for each in people], NoticeKind.REPLIED, text, occasion, is_turn=is_turn)


def printing_nothing() -> Any:
    """Documents are made after a transition too; here it is about letters."""
    return patch("reviews.tasks.keep_documents")


@pytest.fixture
def refused() -> Iterator[set[str]]:
    """Addresses that the mail server refuses."""
    addresses: set[str] = set()
    send = EmailBackend.send_messages

    def picky(self: EmailBackend, messages: Any) -> int:
        if addresses & {to for each in messages for to in each.to}:
            raise OSError("550 no such mailbox")
        return send(self, messages)

    with patch.object(EmailBackend, "send_messages", picky):
        yield addresses


def test_many_notices_are_one_letter_for_each_person(feature: Feature, architect: User, reviewer: User) -> None:
    news(feature, architect, reviewer, number=20)
    posted = post(NOON)
    assert (posted.letters, posted.notices, posted.problems) == (2, 40, [])
    assert [each.to for each in mail.outbox] == [["architect@example.org"], ["reviewer@example.org"]]
    assert mail.outbox[0].subject == "20 notices: Refunds"
    assert mail.outbox[0].body.count("Ada replied.") == 20
    assert not Notice.objects.filter(mailed_at=None).exists()
    assert post(NOON).letters == 0


def test_a_batch_of_twenty_is_one_letter_each_and_its_drafts_are_told_nobody(
    feature: Feature, architect: User, reviewer: User, second_reviewer: User, django_capture_on_commit_callbacks: Any
) -> None:
    revision = in_review(feature, architect)
    for item in range(1, 21):
        draft(revision, reviewer, item, Verdict.FAIL, f"Secret thought {item}")
    assert not Notice.objects.filter(text__contains="Secret").exists()
    Notice.objects.update(mailed_at=NOON)
    with printing_nothing(), django_capture_on_commit_callbacks(execute=True):
        publish(feature, actor=reviewer, now=NOON)
    told = [each.to[0] for each in mail.outbox]
    assert architect.email in told
    assert len(told) == len(set(told))
    assert all(each.body.count("reviewed Refunds r1") == 1 for each in mail.outbox)


def test_a_submission_is_mailed_with_what_it_asks(
    feature: Feature, architect: User, second_reviewer: User, django_capture_on_commit_callbacks: Any
) -> None:
    User.objects.filter(pk=second_reviewer.pk).update(time_zone="Europe/Zurich")
    change_draft(feature, architect)
    with printing_nothing(), django_capture_on_commit_callbacks(execute=True):
        submit(feature, Submission(asked={second_reviewer.pk: True}), actor=architect, now=NOON)
    [letter] = mail.outbox
    assert letter.subject == "Refunds r1: Ada Architect asks for your review"
    assert "Waits for you:" in letter.body
    assert "Payments platform, 20 Nov 2026, 13:00 CET" in letter.body
    assert "http://localhost:8000/projects/payments/billing/refunds/revisions/1/\n" in letter.body


def test_links_are_those_of_today_and_headers_stay_one_line(feature: Feature, architect: User) -> None:
    news(feature, architect, text="<b>Ada</b> | said:\nBcc: all@example.org")
    Feature.objects.filter(pk=feature.pk).update(key="returns", title="Re\nturns ✎")
    post(NOON)
    assert mail.outbox[0].subject == "Re turns ✎ replied"
    assert "/projects/payments/billing/returns/\n" in mail.outbox[0].body
    assert "- <b>Ada</b> | said: Bcc: all@example.org\n" in mail.outbox[0].body


def test_what_is_not_taken_is_tried_again_and_others_get_theirs(
    feature: Feature, architect: User, reviewer: User, refused: set[str]
) -> None:
    refused.add(architect.email)
    news(feature, architect, reviewer)
    posted = post(NOON)
    assert posted.letters == 1
    assert posted.problems == [
        "architect@example.org: not mailed, 550 no such mailbox. Attempt 1 of 5; the next one is in 15 minutes."
    ]
    assert post(NOON).problems == []
    refused.clear()
    news(feature, architect)
    assert post(NOON + timedelta(minutes=1)).notices == 1
    assert post(NOON + WAITS[0]).notices == 1
    assert post(NOON + WAITS[0]).notices == 0


def test_after_the_last_attempt_it_says_so(feature: Feature, architect: User, refused: set[str]) -> None:
    refused.add(architect.email)
    news(feature, architect)
    now, said = NOON, []
    for _ in range(ATTEMPTS + 1):
        said += post(now).problems
        now += timedelta(days=2)
    assert len(said) == ATTEMPTS
    assert said[-1].endswith("That was attempt 5, the last one; the notices stay in the inbox.")
    assert Notice.objects.get().mailed_at is None


def test_a_server_that_is_away_costs_no_attempt(feature: Feature, architect: User) -> None:
    news(feature, architect)
    with patch.object(EmailBackend, "open", side_effect=ConnectionRefusedError("refused")):
        [problem] = post(NOON).problems
    assert problem == "The mail server does not answer (refused). Still in the outbox: 1 notice."
    assert Notice.objects.get().attempts == 0
    assert post(NOON).notices == 1


def test_two_senders_never_have_the_same_notice(feature: Feature, architect: User) -> None:
    """The second one comes while the first has not sent yet; who dies with a claim leaves it for later."""
    news(feature, architect)
    _, first = claim(architect.pk, NOON)
    _, second = claim(architect.pk, NOON)
    assert (len(first), second) == (1, [])
    assert post(NOON + timedelta(minutes=1)).letters == 0
    assert post(NOON + WAITS[0]).letters == 1


@pytest.mark.parametrize(
    ("setting", "mailed"), [(MailWhen.ALL, 2), (MailWhen.MY_TURN, 1), (MailWhen.NEVER, 0)], ids=lambda each: str(each)
)
@pytest.mark.parametrize("is_late", [False, True], ids=["when written", "when sent"])
def test_the_setting_holds(setting: str, mailed: int, is_late: bool, feature: Feature, architect: User) -> None:
    for step in (False, True):
        if step is is_late:
            User.objects.filter(pk=architect.pk).update(mail_when=setting)
        if not step:
            news(feature, architect)
            news(feature, architect, is_turn=True)
    assert post(NOON).notices == mailed
    assert Notice.objects.filter(recipient=architect, read_at=None).count() == 2
    assert not Notice.objects.filter(mailed_at=None).exists()


def test_no_name_turns_the_subject_around(feature: Feature, architect: User) -> None:
    Feature.objects.filter(pk=feature.pk).update(title="Ref\u202eunds\u2066")
    news(feature, architect)
    post(NOON)
    assert mail.outbox[0].subject.startswith("Refunds ")


@pytest.mark.parametrize("is_gone", [True, False])
def test_who_left_or_is_switched_off_gets_no_mail(is_gone: bool, feature: Feature, architect: User) -> None:
    news(feature, architect)
    if is_gone:
        Membership.objects.filter(user=architect).delete()
    else:
        User.objects.filter(pk=architect.pk).update(is_active=False)
    assert post(NOON).letters == 0
    assert not mail.outbox
    assert not Notice.objects.filter(mailed_at=None).exists()


def test_the_command_says_what_it_did_and_ends_with_1_if_one_was_not_taken(
    feature: Feature, architect: User, reviewer: User, refused: set[str]
) -> None:
    assert call("send_outbox") == ("Nothing was sent.\n", "")
    news(feature, architect, number=3)
    assert call("send_outbox") == ("Sent: 1 letter, 3 notices.\n", "")
    refused.add(reviewer.email)
    news(feature, reviewer)
    with pytest.raises(Problems, match="not mailed") as raised:
        call_command("send_outbox")
    assert raised.value.returncode == 1


def test_the_task_logs_what_was_not_taken(feature: Feature, architect: User, refused: set[str]) -> None:
    refused.add(architect.email)
    news(feature, architect)
    with patch("reviews.tasks.logger.warning") as warned:
        send_outbox.enqueue()
    assert "not mailed" in warned.call_args.args[0]
