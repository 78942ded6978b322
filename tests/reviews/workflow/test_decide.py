"""Signing, requesting changes, taking back and dismissing: who may, what it needs, what it ends."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from projects.design.vocabulary import DesignState
from projects.models import Event, Feature, Membership, Revision, User
from projects.workflow.events import broken_links
from reviews.models import Decision, DraftVerdict, ItemVerdict, Notice, ReviewPolicy
from reviews.reading import effective_of, facts_of
from reviews.rules.gate import gate
from reviews.rules.terms import MEANING, Ended, RequirementState, Verdict
from reviews.workflow.archive import archive
from reviews.workflow.decide import approve, request_changes
from reviews.workflow.door import DoneBefore, Form, Outdated, Refused
from reviews.workflow.submit import Submission, submit, withdraw
from reviews.workflow.undecide import clear_request, dismiss_decision, revoke
from reviews.workflow.verdicts import Judgement, draft_verdict
from reviews.workflow.waivers import ItemWaiver, waive_item
from tests.factories import change_draft, make_feature, make_project, make_user
from tests.reviews.cast import give_all, submit_next

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(feature: Feature, architect: User, second_reviewer: User) -> Revision:
    """r1 in review: owner and both reviewers may sign."""
    return submit_next(feature, architect)


def sign(feature: Feature, person: User, **said: object) -> str:
    give_all(Revision.objects.filter(feature=feature).latest("number"), person)
    return approve(feature, actor=person, now=timezone.now(), **said)


def object_to(feature: Feature, person: User) -> Decision:
    request_changes(feature, actor=person, now=timezone.now(), comment="The key is wrong.")
    return Decision.objects.get(reviewer=person, kind="request-changes", ended="")


def state(revision: Revision) -> str:
    revision.refresh_from_db()
    return revision.state


def requirement(revision: Revision, key: str) -> RequirementState:
    found = gate(facts_of(Revision.objects.get(pk=revision.pk), timezone.now()))
    return next(each.state for each in found if each.key == key)


def test_two_sign_offs_approve(sent: Revision, reviewer: User, second_reviewer: User) -> None:
    said = sign(sent.feature, reviewer, comment="Well thought through")
    assert "More stands before its approval" in said
    assert state(sent) == DesignState.IN_REVIEW
    assert sign(sent.feature, second_reviewer) == "You signed r1. It is approved."
    assert state(sent) == DesignState.APPROVED
    line = Decision.objects.get(reviewer=reviewer)
    assert (line.meaning, line.digest, line.roles, line.comment) == (
        MEANING,
        sent.digest,
        "Reviewer",
        "Well thought through",
    )
    assert [event.verb for event in Event.objects.filter(revision=1).order_by("sequence")] == [
        *("submitted", "signed", "signed", "approved")
    ]
    assert not broken_links(sent.feature.epic.project)


BELL = "Rings\a"


@pytest.mark.parametrize(
    "deed",
    [
        lambda f, owner, now: approve(f, actor=owner, now=now, comment=BELL),
        lambda f, owner, now: request_changes(f, actor=owner, now=now, comment=BELL),
        lambda f, owner, now: draft_verdict(f, Judgement(6, Verdict.FAIL, BELL), actor=owner, now=now),
        lambda f, owner, now: waive_item(f, ItemWaiver(6, now.date() + timedelta(9), BELL), actor=owner, now=now),
        lambda f, owner, now: withdraw(f, actor=owner, now=now, reason=BELL),
        lambda f, owner, now: archive(f, actor=owner, now=now, reason=BELL),
    ],
    ids=["comment", "request", "verdict", "waiver", "withdrawal", "archiving"],
)
def test_control_characters_are_refused_wherever_something_is_typed(
    sent: Revision, owner: User, deed: Callable[[Feature, User, datetime], object]
) -> None:
    give_all(sent, owner)
    with pytest.raises(Refused, match=r"Not saved: the control character U\+0007 cannot be stored\. Take it out"):
        deed(sent.feature, owner, timezone.now())


def test_items_left_are_named(sent: Revision, reviewer: User) -> None:
    give_all(sent, reviewer)
    for item, verdict in ((4, Verdict.NONE), (6, Verdict.NONE), (21, Verdict.FAIL)):
        say(sent, reviewer, item, verdict)
    with pytest.raises(Refused) as refused:
        approve(sent.feature, actor=reviewer, now=timezone.now())
    said = "To sign: decide 2 items (4, 6), and change your fail on item 21 or ask an owner to waive it."
    assert str(refused.value) == said


def say(revision: Revision, person: User, item: int, verdict: Verdict) -> None:
    ItemVerdict.objects.create(
        revision=revision,
        reviewer=person,
        reviewer_name=person.display_name,
        item=item,
        verdict=verdict,
        given_at=timezone.now(),
    )


def test_drafts_are_published_with_the_signature_or_not_at_all(sent: Revision, reviewer: User) -> None:
    give_all(sent, reviewer)
    for item in (4, 6):
        say(sent, reviewer, item, Verdict.NONE)
    draft(sent, reviewer, 4)
    with pytest.raises(Refused, match=r"decide 1 item \(6\)"):
        approve(sent.feature, actor=reviewer, now=timezone.now())
    assert DraftVerdict.objects.count() == 1
    draft(sent, reviewer, 6)
    approve(sent.feature, actor=reviewer, now=timezone.now())
    assert not DraftVerdict.objects.exists()
    assert ItemVerdict.objects.filter(reviewer=reviewer, item=6, verdict=Verdict.PASS).exists()


def draft(revision: Revision, person: User, item: int) -> None:
    DraftVerdict.objects.create(
        revision=revision, reviewer=person, item=item, verdict=Verdict.PASS, saved_at=timezone.now()
    )


def test_a_carried_verdict_has_to_be_confirmed(sent: Revision, architect: User, reviewer: User) -> None:
    give_all(sent, reviewer)
    submit_next(sent.feature, architect)
    assert ItemVerdict.objects.filter(revision__number=2, carried_from__isnull=False).exists()
    with pytest.raises(Refused, match="To sign: decide 27 items"):
        approve(sent.feature, actor=reviewer, now=timezone.now())


def test_who_may_not(sent: Revision, architect: User, viewer: User, outsider: User, owner: User) -> None:
    for person in (architect, viewer, outsider):
        with pytest.raises(PermissionDenied):
            approve(sent.feature, actor=person, now=timezone.now())
        with pytest.raises(PermissionDenied):
            request_changes(sent.feature, actor=person, now=timezone.now(), comment="No")
    change_draft(sent.feature, owner)
    submit(sent.feature, Submission(), actor=architect, now=timezone.now())
    with pytest.raises(Refused, match="You changed this design"):
        sign(sent.feature, owner)
    assert not Decision.objects.exists()


def test_a_repeated_click_signs_once(sent: Revision, reviewer: User) -> None:
    form = Form(1, sent.digest, uuid4())
    sign(sent.feature, reviewer, form=form)
    with pytest.raises(DoneBefore, match="You signed r1"):
        approve(sent.feature, actor=reviewer, now=timezone.now(), form=form)
    with pytest.raises(Refused, match="You signed r1 already"):
        approve(sent.feature, actor=reviewer, now=timezone.now(), form=Form(1, sent.digest, uuid4()))
    assert Decision.objects.count() == Event.objects.filter(verb="signed").count() == 1


def test_a_newer_revision_is_not_signed_unseen(sent: Revision, architect: User, reviewer: User) -> None:
    submit_next(sent.feature, architect)
    with pytest.raises(Outdated):
        sign(sent.feature, reviewer, form=Form(1, sent.digest, uuid4()))


def test_an_objection_stands_until_it_is_cleared(
    sent: Revision, architect: User, reviewer: User, second_reviewer: User, owner: User
) -> None:
    objection = object_to(sent.feature, reviewer)
    assert state(sent) == DesignState.CHANGES_REQUESTED
    assert Notice.objects.filter(recipient=architect, is_turn=True, kind="changes-requested").count() == 1
    withdraw(sent.feature, actor=architect, now=timezone.now())
    second = submit_next(sent.feature, architect)
    assert state(second) == DesignState.IN_REVIEW
    for person in (second_reviewer, owner):
        sign(sent.feature, person)
    assert state(second) == DesignState.IN_REVIEW
    assert requirement(second, "objections") is RequirementState.UNSATISFIED
    with pytest.raises(Refused, match="Only who requested changes"):
        clear_request(sent.feature, objection.pk, actor=owner, now=timezone.now())
    clear_request(sent.feature, objection.pk, actor=reviewer, now=timezone.now())
    assert state(second) == DesignState.APPROVED
    objection.refresh_from_db()
    assert (objection.ended, objection.ended_by) == (Ended.CLEARED, reviewer)


def test_deciding_anew_ends_the_objection(sent: Revision, architect: User, reviewer: User) -> None:
    objection = object_to(sent.feature, reviewer)
    second = submit_next(sent.feature, architect)
    sign(sent.feature, reviewer)
    objection.refresh_from_db()
    assert objection.ended == Ended.DECIDED_ANEW
    assert requirement(second, "objections") is RequirementState.SATISFIED


def test_the_objection_of_somebody_who_left_blocks_until_it_is_dismissed(
    sent: Revision, owner: User, architect: User, reviewer: User, second_reviewer: User
) -> None:
    objection = object_to(sent.feature, reviewer)
    Membership.objects.filter(user=reviewer).delete()
    for person in (owner, second_reviewer):
        sign(sent.feature, person)
    assert state(sent) == DesignState.CHANGES_REQUESTED
    for person, error in ((architect, PermissionDenied), (second_reviewer, PermissionDenied)):
        with pytest.raises(error):
            dismiss(objection, person)
    with pytest.raises(Refused, match="Write the reason"):
        dismiss(objection, owner, reason=" ")
    dismiss(objection, owner)
    assert state(sent) == DesignState.APPROVED
    assert requirement(sent, "objections") is RequirementState.OVERRIDDEN
    with pytest.raises(Refused, match="approved, not in review"):
        dismiss(objection, owner)


def dismiss(decision: Decision, person: User, reason: str = "They left, and it was mended.") -> None:
    feature = decision.revision.feature
    dismiss_decision(feature, decision.pk, actor=person, now=timezone.now(), reason=reason)


def test_a_contributing_owner_dismisses_nothing(sent: Revision, owner: User, architect: User, reviewer: User) -> None:
    objection = object_to(sent.feature, reviewer)
    change_draft(sent.feature, owner)
    submit(sent.feature, Submission(), actor=architect, now=timezone.now())
    with pytest.raises(Refused, match="Only an owner who did not change r2"):
        dismiss(objection, owner)


def test_a_revocation_reopens_and_blocks(sent: Revision, owner: User, reviewer: User, second_reviewer: User) -> None:
    for person in (reviewer, second_reviewer):
        sign(sent.feature, person)
    with pytest.raises(Refused, match="no sign-off on r1 that stands"):
        take_back(sent, owner)
    with pytest.raises(Refused, match="Write the reason"):
        take_back(sent, reviewer, reason="")
    take_back(sent, reviewer)
    assert state(sent) == DesignState.IN_REVIEW
    assert effective_of(sent.feature) is None
    # A third sign-off is not enough while the revocation stands.
    sign(sent.feature, owner)
    assert state(sent) == DesignState.IN_REVIEW
    revoked = Decision.objects.get(ended=Ended.REVOKED)
    dismiss(revoked, owner)
    revoked.refresh_from_db()
    assert state(sent) == DesignState.APPROVED
    assert revoked.ended == Ended.DISMISSED
    assert "revoked by Rui Reviewer: I overlooked the backup" in revoked.ended_reason


def take_back(revision: Revision, person: User, reason: str = "I overlooked the backup.") -> None:
    revoke(revision.feature, revision.number, actor=person, now=timezone.now(), reason=reason)


def test_a_revocation_stands_over_the_next_revision(
    sent: Revision, owner: User, architect: User, reviewer: User, second_reviewer: User
) -> None:
    sign(sent.feature, reviewer)
    take_back(sent, reviewer)
    second = submit_next(sent.feature, architect)
    for person in (second_reviewer, owner):
        sign(sent.feature, person)
    assert state(second) == DesignState.IN_REVIEW
    assert requirement(second, "objections") is RequirementState.UNSATISFIED
    dismiss(Decision.objects.get(ended=Ended.REVOKED), owner)
    assert state(second) == DesignState.APPROVED


def test_who_revoked_and_signs_the_next_revision_has_decided_anew(
    sent: Revision, architect: User, reviewer: User, second_reviewer: User
) -> None:
    sign(sent.feature, reviewer)
    take_back(sent, reviewer)
    second = submit_next(sent.feature, architect)
    for person in (reviewer, second_reviewer):
        sign(sent.feature, person)
    assert state(second) == DesignState.APPROVED


def test_who_revoked_can_sign_again(sent: Revision, reviewer: User, second_reviewer: User) -> None:
    for person in (reviewer, second_reviewer):
        sign(sent.feature, person)
    take_back(sent, reviewer)
    approve(sent.feature, actor=reviewer, now=timezone.now())
    assert state(sent) == DesignState.APPROVED
    assert Event.objects.filter(verb="approved").count() == 2


def test_the_approval_before_is_in_effect_again(
    sent: Revision, architect: User, reviewer: User, second_reviewer: User
) -> None:
    for person in (reviewer, second_reviewer):
        sign(sent.feature, person)
    second = submit_next(sent.feature, architect)
    for person in (reviewer, second_reviewer):
        sign(sent.feature, person)
    assert effective_of(sent.feature) == second
    sent.refresh_from_db()
    assert sent.record["superseded_by"] == 2
    take_back(second, reviewer)
    sent.refresh_from_db()
    assert effective_of(sent.feature) == sent
    assert "superseded_by" not in sent.record


def test_an_effective_revision_falls_while_a_newer_one_is_in_review(
    sent: Revision, architect: User, owner: User, reviewer: User, second_reviewer: User
) -> None:
    """Whoever wrote what fell may not judge the newer revision, which holds it and was never approved."""
    for person in (reviewer, second_reviewer):
        sign(sent.feature, person)
    change_draft(sent.feature, owner)
    second = submit(sent.feature, Submission(), actor=owner, now=timezone.now())
    assert set(second.contributors) == {str(owner.pk)}
    take_back(sent, reviewer)
    assert state(sent) == DesignState.SUPERSEDED
    assert state(second) == DesignState.IN_REVIEW
    assert set(second.contributors) == {str(owner.pk), str(architect.pk)}
    assert effective_of(sent.feature) is None


def test_a_required_reviewer_who_left_is_an_error(
    feature: Feature, architect: User, owner: User, reviewer: User, second_reviewer: User
) -> None:
    change_draft(feature, architect)
    asked = Submission(asked={reviewer.pk: True})
    revision = submit(feature, asked, actor=architect, now=timezone.now())
    assert requirement(revision, "required-reviewers") is RequirementState.UNSATISFIED
    Membership.objects.filter(user=reviewer).delete()
    for person in (owner, second_reviewer):
        sign(feature, person)
    assert requirement(revision, "required-reviewers") is RequirementState.ERROR
    assert state(revision) == DesignState.IN_REVIEW


def test_solo_mode_says_so(db: None) -> None:
    person = make_user("solo@example.org", "Solo")
    make_project("alone", owner=person)
    feature = make_feature("alone/one/thing")
    ReviewPolicy.objects.create(project=feature.epic.project, is_solo=True)
    revision = submit_next(feature, person)
    sign(feature, person)
    assert state(revision) == DesignState.APPROVED
    assert revision.record["is_self_approved"] is True


def test_the_order_of_two_objections_does_not_matter(
    sent: Revision, reviewer: User, second_reviewer: User, owner: User
) -> None:
    first, other = object_to(sent.feature, reviewer), object_to(sent.feature, second_reviewer)
    clear_request(sent.feature, other.pk, actor=second_reviewer, now=timezone.now() + timedelta(minutes=1))
    assert state(sent) == DesignState.CHANGES_REQUESTED
    dismiss(first, owner)
    assert state(sent) == DesignState.IN_REVIEW
