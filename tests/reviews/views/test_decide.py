"""The pages and buttons of decisions, waivers and reviewers: for every role, with what was typed kept."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from projects.design.vocabulary import DesignState, Severity
from projects.models import Feature, Revision, User
from reviews.models import Assignment, Decision, Waiver
from reviews.reading import facts_of
from reviews.workflow.decide import request_changes
from reviews.workflow.submit import Submission, submit
from tests.factories import change_draft, make_entity
from tests.reviews.cast import approve, give_all

pytestmark = pytest.mark.django_db
BASE = "/projects/payments/billing/refunds/revisions/1/"
PASSWORD = "correct horse battery staple"
REVIEWERS_AND_OWNERS = {"owner": 200, "architect": 403, "reviewer": 200, "viewer": 403, "outsider": 404, "nobody": 302}
OWNERS = REVIEWERS_AND_OWNERS | {"reviewer": 403}
EDITORS = OWNERS | {"architect": 200}
COMMENTERS = EDITORS | {"reviewer": 200}


@pytest.fixture
def sent(feature: Feature, architect: User, second_reviewer: User, reviewer: User) -> Revision:
    """r1 in review, with an error among its findings; one reviewer has an objection, and is asked."""
    make_entity(feature, "orders", "name text")
    change_draft(feature, architect)
    asked = Submission(asked={second_reviewer.pk: False, reviewer.pk: False})
    revision = submit(feature, asked, actor=architect, now=timezone.now())
    request_changes(feature, actor=second_reviewer, now=timezone.now(), comment="The key is wrong.")
    revision.refresh_from_db()
    return revision


def seen(revision: Revision, **said: object) -> dict[str, object]:
    return {"seen_revision": revision.number, "seen_digest": revision.digest, "key": uuid4()} | said


def address(revision: Revision, name: str) -> str:
    facts = facts_of(revision, timezone.now())
    error = next(each for each in facts.findings if each.severity is Severity.ERROR)
    warning = next(each for each in facts.findings if each.severity is Severity.WARNING)
    objection = Decision.objects.get(kind="request-changes")
    second = objection.reviewer_id
    return (
        BASE
        + {
            "approve": "approve/",
            "request-changes": "request-changes/",
            "revoke": "revoke/",
            "dismiss": f"decisions/{objection.pk}/dismiss/",
            "waive item": "waivers/items/6/",
            "waive error": f"waivers/findings/{error.subject}/",
            "waive warning": f"waivers/findings/{warning.subject}/",
            "remove": f"reviewers/{second}/remove/",
            "decline": "reviewers/decline/",
            "clear": f"decisions/{objection.pk}/clear/",
            "ask again": f"reviewers/{second}/ask-again/",
            "reviewers": "reviewers/",
        }[name]
    )


PAGES = [
    ("approve", REVIEWERS_AND_OWNERS),
    ("request-changes", REVIEWERS_AND_OWNERS),
    ("revoke", REVIEWERS_AND_OWNERS),
    ("dismiss", OWNERS),
    ("waive item", OWNERS),
    ("waive error", OWNERS),
    ("waive warning", EDITORS),
    ("remove", EDITORS),
    ("decline", COMMENTERS),
]


@pytest.mark.parametrize(("name", "by_role"), PAGES)
def test_who_comes_to_which_page(
    sent: Revision, client_of: Callable[[str], Client], name: str, by_role: dict[str, int]
) -> None:
    page = address(sent, name)
    assert {who: client_of(who).get(page).status_code for who in by_role} == by_role
    refused = {who: client_of(who).post(page, seen(sent)).status_code for who in by_role if by_role[who] != 200}
    assert refused == {who: status for who, status in by_role.items() if status != 200}


@pytest.mark.parametrize(("name", "by_role"), [("clear", REVIEWERS_AND_OWNERS), ("ask again", EDITORS)])
def test_who_presses_which_button(
    sent: Revision, client_of: Callable[[str], Client], name: str, by_role: dict[str, int]
) -> None:
    page = address(sent, name)
    answers = {who: client_of(who).post(page, seen(sent)).status_code for who in by_role}
    assert answers == {who: 302 if status == 200 else status for who, status in by_role.items()}
    # Only who objected clears the objection.
    assert Decision.objects.get().ended == ""


def test_everybody_sees_who_is_asked_and_editors_ask(sent: Revision, client_of: Callable[[str], Client]) -> None:
    page, owner = address(sent, "reviewers"), User.objects.get(email="owner@example.org")
    by_role = {"owner": 200, "architect": 200, "reviewer": 200, "viewer": 200, "outsider": 404, "nobody": 302}
    assert {who: client_of(who).get(page).status_code for who in by_role} == by_role
    for who, status in (("reviewer", 403), ("viewer", 403), ("outsider", 404)):
        assert client_of(who).post(page, seen(sent, person=owner.pk)).status_code == status
    response = client_of("architect").post(page, seen(sent, person=""))
    assert response.status_code == 422
    assert "Choose a person." in response.content.decode()
    client_of("architect").post(page, seen(sent, person=owner.pk, is_required="on"))
    assert Assignment.objects.get(reviewer=owner).is_required


def test_ending_a_sign_off_by_asking_again_takes_a_reason(
    sent: Revision, reviewer: User, architect_client: Client
) -> None:
    give_all(sent, reviewer)
    approve(sent.feature, reviewer)
    again = f"{BASE}reviewers/{reviewer.pk}/ask-again/"
    assert (
        f'<a class="button button-small" href="{again}">' in architect_client.get(f"{BASE}reviewers/").content.decode()
    )
    assert "will count no longer" in architect_client.get(again).content.decode()
    response = architect_client.post(again, seen(sent))
    assert (response.status_code, "Write the reason." in response.content.decode()) == (422, True)
    assert architect_client.post(again, seen(sent, reason="The store changed")).status_code == 302
    ended = Decision.objects.get(reviewer=reviewer)
    assert (ended.ended, ended.ended_reason) == ("asked-again", "The store changed")


@pytest.fixture
def signer(sent: Revision, reviewer: User) -> User:
    """Has judged every item, and knows the own password."""
    reviewer.set_password(PASSWORD)
    reviewer.save()
    give_all(sent, reviewer)
    return reviewer


@pytest.fixture
def signing(signer: User) -> Client:
    client = Client()
    client.force_login(signer)
    return client


def test_the_page_shows_what_is_signed(sent: Revision, signing: Client) -> None:
    page = signing.get(address(sent, "approve")).content.decode()
    for part in (sent.digest, "I have reviewed this revision", "Rui Reviewer", "<dd>Reviewer</dd>", "UTC"):
        assert part in page


def test_a_wrong_password_signs_nothing_and_keeps_the_comment(sent: Revision, signing: Client) -> None:
    page = address(sent, "approve")
    response = signing.post(page, seen(sent, comment="Good <b>work</b>", password="wrong"))
    assert response.status_code == 422
    shown = response.content.decode()
    assert "This is not your password." in shown
    assert "Good &lt;b&gt;work&lt;/b&gt;" in shown
    field = shown[shown.index('<input type="password"') :].split(">")[0]
    assert "autofocus" in field
    assert 'aria-describedby="id_password_helptext id_password_error"' in field
    assert 'id="id_password_error"' in shown
    assert "data-error-summary" not in shown
    assert "wrong" not in shown.replace("This is wrong", "")
    assert Decision.objects.filter(kind="approve").count() == 0


def test_guessing_the_password_ends(sent: Revision, signing: Client) -> None:
    page = address(sent, "approve")
    for _ in range(6):
        response = signing.post(page, seen(sent, password="wrong"))
    assert "too many wrong passwords" in response.content.decode()
    response = signing.post(page, seen(sent, password=PASSWORD))
    assert response.status_code == 422
    assert Decision.objects.filter(kind="approve").count() == 0


def test_signing_leaves_the_session_and_counts_once(sent: Revision, signing: Client) -> None:
    page, form = address(sent, "approve"), seen(sent, comment="Fine", password=PASSWORD)
    session = signing.cookies["sessionid"].value
    for _ in range(2):
        response = signing.post(page, form, follow=True)
        assert "You signed r1." in response.content.decode()
    assert signing.cookies["sessionid"].value == session
    assert Decision.objects.get(kind="approve").comment == "Fine"


def test_a_form_of_an_older_revision_is_answered_with_409(sent: Revision, signing: Client, architect: User) -> None:
    page = address(sent, "approve")
    change_draft(sent.feature, architect)
    submit(sent.feature, Submission(), actor=architect, now=timezone.now())
    assert "A newer revision than r1 was submitted." in signing.get(page).content.decode()
    response = signing.post(page, seen(sent, comment="My thoughts", password=PASSWORD))
    assert response.status_code == 409
    assert "My thoughts" in response.content.decode()
    assert PASSWORD not in response.content.decode()


def test_a_contributing_owner_is_told_why_not(sent: Revision, owner: User, owner_client: Client) -> None:
    change_draft(sent.feature, owner)
    submit(sent.feature, Submission(), actor=owner, now=timezone.now())
    for name in ("approve", "request-changes", "waive item", "waive error", "dismiss"):
        page = address(Revision.objects.get(number=2), name).replace("revisions/1", "revisions/2")
        shown = owner_client.get(page).content.decode()
        assert "You changed this design" in shown or "Only an owner who did not change r2" in shown
        assert 'name="seen_revision"' not in shown


def test_a_request_without_words_is_refused(sent: Revision, reviewer_client: Client) -> None:
    response = reviewer_client.post(address(sent, "request-changes"), seen(sent, comment=" "))
    assert response.status_code == 422
    assert "Say what has to change." in response.content.decode()
    assert reviewer_client.post(address(sent, "request-changes"), seen(sent, comment="Mend it")).status_code == 302
    assert Decision.objects.filter(comment="Mend it").exists()


def test_revoking_an_effective_revision_while_a_newer_one_is_in_review(
    sent: Revision, owner: User, architect: User, owner_client: Client, reviewer: User
) -> None:
    Decision.objects.filter(kind="request-changes").update(ended="cleared")
    error = address_of_error(sent)
    assert owner_client.post(error, seen(sent, reason="A pilot")).status_code == 302
    for person in (owner, reviewer):
        give_all(sent, person)
        approve(sent.feature, person)
    sent.refresh_from_db()
    assert sent.state == DesignState.APPROVED
    change_draft(sent.feature, architect)
    submit(sent.feature, Submission(), actor=architect, now=timezone.now())
    page = BASE + "revoke/"
    assert owner_client.post(page, seen(sent, seen_digest="0" * 64, reason="No")).status_code == 409
    form = seen(sent, reason="The backup is missing")
    for _ in range(2):
        assert owner_client.post(page, form).status_code == 302
    sent.refresh_from_db()
    assert sent.state == DesignState.SUPERSEDED


def address_of_error(revision: Revision) -> str:
    facts = facts_of(revision, timezone.now())
    error = next(each for each in facts.findings if each.severity is Severity.ERROR)
    return f"{BASE}waivers/findings/{error.subject}/"


def test_waivers_are_given_and_ended(sent: Revision, owner_client: Client, architect_client: Client) -> None:
    page = address(sent, "waive item")
    today = timezone.now().date()
    response = owner_client.post(page, seen(sent, reason="A pilot", expires_on=today))
    assert response.status_code == 422
    assert "A waiver ends on a day after today" in response.content.decode()
    assert "A pilot" in response.content.decode()
    assert owner_client.post(page, seen(sent, reason="A pilot", expires_on="soon")).status_code == 422
    owner_client.post(page, seen(sent, reason="A pilot", expires_on=today + timedelta(days=5)))
    waiver = Waiver.objects.get(item=6)
    end = f"{BASE}waivers/{waiver.uid}/end/"
    assert architect_client.get(end).status_code == 403
    assert owner_client.get(end).status_code == 200
    assert owner_client.post(end, seen(sent, reason="")).status_code == 422
    assert owner_client.post(end, seen(sent, reason="The pilot is over")).status_code == 302
    waiver.refresh_from_db()
    assert waiver.ended_reason == "The pilot is over"


def test_the_review_policy_is_the_owners(
    feature: Feature, client_of: Callable[[str], Client], owner_client: Client
) -> None:
    page = "/projects/payments/settings/reviews/"
    by_role = {"owner": 200, "architect": 200, "reviewer": 200, "viewer": 200, "outsider": 404, "nobody": 302}
    assert {who: client_of(who).get(page).status_code for who in by_role} == by_role
    for who in ("architect", "reviewer", "viewer"):
        assert client_of(who).post(page, {"required_approvals": 1}).status_code == 403
    assert page in owner_client.get("/projects/payments/settings/").content.decode()
    opened = {"initial-required_approvals": "", "initial-is_solo": "False"}
    assert owner_client.post(page, opened | {"required_approvals": 3}).status_code == 302
    response = owner_client.post(page, opened | {"required_approvals": 1})
    assert response.status_code == 409
    assert "This changed while you were editing it" in response.content.decode()
    response = owner_client.post(page, opened | {"initial-required_approvals": "3", "is_solo": "on"})
    assert response.status_code == 422
    assert "Solo mode is for a project of one person" in response.content.decode()
