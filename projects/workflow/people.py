"""Who belongs to a project: invited by a link, joined, given roles, removed."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from projects.access import RIGHTS, Right, roles_of
from projects.design.vocabulary import Role
from projects.models import Feature, Invitation, Membership, Project, User
from projects.signals import people_changed
from projects.workflow.project_door import ProjectDoor, managing

INVITATION_LASTS = timedelta(days=14)
OPEN_INVITATIONS_AT_MOST = 100


class PeopleRefused(Exception):
    """What was asked would leave the project in a wrong state; the message says which."""


def token_digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def invite(project: Project, *, role: Role, email: str = "", actor: User, now: datetime) -> tuple[Invitation, str]:
    """An invitation and its token, which is kept nowhere: this is the one time it can be shown."""
    with managing(project, actor=actor, now=now) as door:
        if Invitation.objects.open(now).filter(project=project).count() >= OPEN_INVITATIONS_AT_MOST:
            raise PeopleRefused(f"{OPEN_INVITATIONS_AT_MOST} invitations are open. Withdraw some, then invite again.")
        token = secrets.token_urlsafe(32)
        invitation = Invitation.objects.create(
            project=door.project,
            email=email,
            role=role,
            token_digest=token_digest(token),
            invited_by=actor,
            expires_at=now + INVITATION_LASTS,
        )
        door.record("invited", "person", email or "whoever has the link", changes={"Role": ["", role.label]})
    return invitation, token


def withdraw_invitation(invitation: Invitation, *, actor: User, now: datetime) -> None:
    with managing(invitation.project, actor=actor, now=now, even_archived=True) as door:
        if Invitation.objects.open(now).filter(pk=invitation.pk).update(withdrawn_at=now):
            label = invitation.email or "whoever has the link"
            door.record(
                "withdrew the invitation of", "person", label, changes={"Role": [Role(invitation.role).label, ""]}
            )


def why_closed(invitation: Invitation, now: datetime) -> str:
    """Why nobody can accept the invitation any more, or nothing."""
    if invitation.withdrawn_at:
        return "This invitation was withdrawn. Ask an owner of the project for another."
    if invitation.accepted_at:
        return "This invitation was used already; each serves one person, once. Ask an owner for another."
    if now >= invitation.expires_at:
        return "This invitation has expired. Ask an owner of the project for another."
    if invitation.project.is_archived:
        return "This project is archived. Ask an owner to bring it back first."
    return ""


def refusal_of(invitation: Invitation, user: User, now: datetime) -> str:
    """Why this person may not accept the invitation, or nothing."""
    if invitation.accepted_by_id == user.pk and roles_of(user, invitation.project):
        return ""
    if reason := why_closed(invitation, now):
        return reason
    if invitation.email and invitation.email.casefold() != user.email.casefold():
        return f"This invitation is for {invitation.email}, and you are signed in as {user.email}."
    return ""


def accept_invitation(invitation: Invitation, *, user: User, now: datetime) -> None:
    """Make the person a member; doing so again changes nothing. Raises PeopleRefused with the reason."""
    # Whoever accepts has no right in the project yet; the invitation stands for it.
    with managing(invitation.project, actor=None, now=now, even_archived=True) as door:
        current = Invitation.objects.select_related("project").get(pk=invitation.pk)
        if refusal := refusal_of(current, user, now):
            raise PeopleRefused(refusal)
        if current.accepted_at:
            return
        current.accepted_by, current.accepted_at = user, now
        current.save(update_fields=["accepted_by", "accepted_at"])
        _, is_new = Membership.objects.get_or_create(project=door.project, user=user, role=current.role)
        if is_new:
            changes = {"Role": ["", Role(current.role).label], "Invited by": ["", current.invited_by.display_name]}
            ProjectDoor(door.project, user, now).record("joined", "person", user.display_name, changes=changes)
            people_changed.send(sender=Membership, project=door.project, actor=user, now=now)


def change_roles(
    project: Project, person: User, *, add: Iterable[Role], remove: Iterable[Role], actor: User | None, now: datetime
) -> None:
    """Give and take roles, leaving those alone that neither names: two owners may change one person at once.

    Raises PeopleRefused if the project would have no owner, or the person no role.
    """
    with managing(project, actor=actor, now=now, even_archived=True) as door:
        before = _roles(project, person)
        if not before:
            raise PeopleRefused(f"{person.display_name} is not a member of this project any more.")
        after = (before | set(add)) - set(remove)
        if not after:
            raise PeopleRefused(f"{person.display_name} would have no role left. Choose one, or remove the person.")
        _refuse_without_owner(project, person, after)
        if after != before:
            Membership.objects.filter(project=project, user=person, role__in=before - after).delete()
            Membership.objects.bulk_create(
                Membership(project=project, user=person, role=role) for role in sorted(after - before)
            )
            _withdraw_invitations_of(person, project, after, now)
            changes = {"Roles": [in_words(before), in_words(after)], **_leave_features(project, person, after)}
            door.record("changed the roles of", "person", person.display_name, changes=changes)
            people_changed.send(sender=Membership, project=door.project, actor=actor, now=now)


def remove_member(project: Project, person: User, *, actor: User | None, now: datetime) -> None:
    """Take all roles from the person; raises PeopleRefused for the last owner."""
    with managing(project, actor=actor, now=now, even_archived=True) as door:
        before = _roles(project, person)
        if not before:
            return
        _refuse_without_owner(project, person, set())
        Membership.objects.filter(project=project, user=person).delete()
        _withdraw_invitations_of(person, project, set(), now)
        changes = {"Roles": [in_words(before), ""], **_leave_features(project, person, set())}
        door.record("removed", "person", person.display_name, changes=changes)
        people_changed.send(sender=Membership, project=door.project, actor=actor, now=now)


def in_words(roles: Iterable[Role]) -> str:
    held = set(roles)
    return ", ".join(role.label for role in Role if role in held)


def _roles(project: Project, person: User) -> set[Role]:
    held = Membership.objects.filter(project=project, user=person).values_list("role", flat=True)
    return {Role(role) for role in held}


def _refuse_without_owner(project: Project, person: User, roles: set[Role]) -> None:
    others = Membership.objects.filter(project=project, role=Role.OWNER).exclude(user=person)
    if Role.OWNER not in roles and not others.exists():
        raise PeopleRefused(f"{person.display_name} is the only owner. Make somebody else an owner first.")


def _leave_features(project: Project, person: User, roles: set[Role]) -> dict[str, list[str]]:
    """Whoever may no longer edit features owns none of them; answers which were owned."""
    if roles & RIGHTS[Right.EDIT]:
        return {}
    owned = Feature.objects.filter(epic__project=project, owner=person)
    paths = sorted(f"{epic}/{key}" for epic, key in owned.values_list("epic__key", "key"))
    owned.update(owner=None)
    return {"Owner of": [", ".join(paths), ""]} if paths else {}


def _withdraw_invitations_of(person: User, project: Project, roles: set[Role], now: datetime) -> None:
    """A former owner must not come back by a link made earlier."""
    if Role.OWNER not in roles:
        Invitation.objects.open(now).filter(project=project, invited_by=person).update(withdrawn_at=now)
