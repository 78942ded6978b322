"""From the link of an invitation into the project, with an account or without one."""

import re
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.utils import timezone

from projects.access import roles_of
from projects.design.vocabulary import Role
from projects.models import Invitation, Project, User
from projects.workflow.people import invite, withdraw_invitation

pytestmark = pytest.mark.django_db
INVITE = "/projects/payments/people/invite/"
PASSWORD = "a long enough one 7"


def link_for(project: Project, owner: User, email: str = "", role: Role = Role.REVIEWER) -> str:
    _, token = invite(project, role=role, email=email, actor=owner, now=timezone.now())
    return f"/invitations/{token}/"


def test_link_is_shown_once(project: Project, owner_client: Client) -> None:
    first = owner_client.post(INVITE, {"role": "reviewer"}, follow=True).content.decode()
    again = owner_client.get("/projects/payments/people/").content.decode()
    assert re.search(r'value="http://testserver/invitations/[\w-]{43}/"', first)
    assert "/invitations/" not in again.replace("/people/invitations/", "")


def test_invitation_with_an_address_is_mailed(project: Project, owner_client: Client, mailoutbox: list) -> None:
    Project.objects.update(title="Two\nlines & <b>")
    owner_client.post(INVITE, {"role": "viewer", "email": "new@example.org"})
    letter = mailoutbox[0]
    assert (letter.to, letter.subject) == (["new@example.org"], "Invitation to Two lines & <b>")
    assert "http://testserver/invitations/" in letter.body
    assert "Olu Owner invites you into the project “Two\nlines & <b>”" in letter.body


def test_mail_server_that_refuses_leaves_the_link(
    project: Project, owner_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: EmailBackend, messages: list) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    page = owner_client.post(INVITE, {"role": "viewer", "email": "new@example.org"}, follow=True).content.decode()
    assert "could not be mailed" in page
    assert "http://testserver/invitations/" in page


@pytest.mark.parametrize("values", [{"role": "king"}, {"role": "viewer", "email": "no address"}, {}])
def test_wrong_invitation_is_explained(values: dict[str, str], project: Project, owner_client: Client) -> None:
    assert owner_client.post(INVITE, values).status_code == 422
    assert not Invitation.objects.exists()


def test_page_says_who_invites_to_what(project: Project, owner: User, outsider_client: Client) -> None:
    page = outsider_client.get(link_for(project, owner)).content.decode()
    assert all(words in page for words in ("Payments platform", "Olu Owner", "Reviewer"))


def test_opening_the_link_changes_nothing_until_it_is_accepted(
    project: Project, owner: User, outsider: User, outsider_client: Client
) -> None:
    link = link_for(project, owner)
    outsider_client.get(link)
    before = roles_of(outsider, project)
    answer = outsider_client.post(link)
    assert (before, answer.headers["Location"]) == (frozenset(), "/projects/payments/")
    assert roles_of(outsider, project) == {Role.REVIEWER}


def test_accepting_twice_leads_to_the_project(project: Project, owner: User, outsider_client: Client) -> None:
    link = link_for(project, owner)
    assert [outsider_client.post(link).status_code for _ in range(2)] == [302, 302]


def test_withdrawn_link_says_so(project: Project, owner: User, outsider_client: Client) -> None:
    link = link_for(project, owner)
    withdraw_invitation(Invitation.objects.get(), actor=owner, now=timezone.now())
    answer = outsider_client.post(link)
    assert (answer.status_code, "was withdrawn" in answer.content.decode()) == (410, True)


def test_expired_link_says_so_to_anybody(project: Project, owner: User, nobody_client: Client) -> None:
    link = link_for(project, owner)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    answer = nobody_client.get(link)
    assert (answer.status_code, "has expired" in answer.content.decode()) == (410, True)


def test_used_link_says_so(project: Project, owner: User, outsider_client: Client, viewer_client: Client) -> None:
    link = link_for(project, owner)
    outsider_client.post(link)
    assert "used already" in viewer_client.get(link).content.decode()


def test_link_for_an_address_refuses_another(
    project: Project, owner: User, outsider: User, outsider_client: Client
) -> None:
    answer = outsider_client.post(link_for(project, owner, "new@example.org"))
    assert "This invitation is for new@example.org" in answer.content.decode()
    assert roles_of(outsider, project) == frozenset()


@pytest.mark.parametrize("url", ["/invitations/wrong/", "/invitations/"])
def test_wrong_link_is_not_found(url: str, nobody_client: Client) -> None:
    answer = nobody_client.get(url)
    assert (answer.status_code, nobody_client.session.keys()) == (404, set())


def test_withdraw_button_withdraws(project: Project, owner: User, owner_client: Client) -> None:
    link_for(project, owner)
    invitation = Invitation.objects.get()
    owner_client.post(f"/projects/payments/people/invitations/{invitation.pk}/withdraw/")
    assert not Invitation.objects.open(timezone.now()).exists()


def sign_up(client: Client, email: str) -> str:
    values = {"email": email, "password1": PASSWORD, "password2": PASSWORD, "next": "/invitations/"}
    return client.post("/accounts/signup/", values, follow=True).content.decode()


def test_newcomer_signs_up_and_joins_where_sign_up_is_closed(
    project: Project, owner: User, nobody_client: Client, settings: LazySettings
) -> None:
    settings.OPEN_SIGNUP = False
    settings.ACCOUNT_EMAIL_VERIFICATION = "optional"
    page = nobody_client.get(link_for(project, owner, "new@example.org")).content.decode()
    assert "/accounts/signup/?next=/invitations/&amp;email=new%40example.org" in page
    assert "Join the project" in sign_up(nobody_client, "new@example.org")
    nobody_client.post("/invitations/")
    assert roles_of(User.objects.get(email="new@example.org"), project) == {Role.REVIEWER}


def test_closed_sign_up_takes_nobody_else(
    project: Project, owner: User, nobody_client: Client, settings: LazySettings
) -> None:
    settings.OPEN_SIGNUP = False
    sign_up(nobody_client, "stranger@example.org")
    nobody_client.get(link_for(project, owner, "new@example.org"))
    page = sign_up(nobody_client, "stranger@example.org")
    assert "The invitation is for new@example.org" in page
    assert not User.objects.filter(email="stranger@example.org").exists()


def test_withdrawn_invitation_opens_no_sign_up(
    project: Project, owner: User, nobody_client: Client, settings: LazySettings
) -> None:
    settings.OPEN_SIGNUP = False
    nobody_client.get(link_for(project, owner))
    Invitation.objects.update(withdrawn_at=timezone.now())
    sign_up(nobody_client, "new@example.org")
    assert not User.objects.filter(email="new@example.org").exists()


def test_person_with_an_account_signs_in_and_comes_back(
    project: Project, owner: User, outsider: User, nobody_client: Client, settings: LazySettings
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "optional"
    outsider.set_password(PASSWORD)
    outsider.save()
    nobody_client.get(link_for(project, owner))
    answer = nobody_client.post("/accounts/login/", {"login": outsider.email, "password": PASSWORD})
    assert answer.headers["Location"] == "/invitations/"
