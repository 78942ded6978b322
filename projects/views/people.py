"""The people of a project: their roles, and the invitations that are open."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from projects.access import Right, visit_project
from projects.design.vocabulary import Role
from projects.models import Invitation, Membership, Project, User
from projects.views.person import signed_in
from projects.views.project_page import render_project_page
from projects.workflow import people as verbs
from projects.workflow.invitation_mail import MailFailed, mail_invitation
from projects.workflow.project_forms import InvitationForm, RolesForm

ROLE_MEANINGS = {
    Role.OWNER: _("Runs the project: people, settings and conventions; edits, reviews and signs."),
    Role.ARCHITECT: _("Edits designs, imports schemas and submits revisions."),
    Role.REVIEWER: _("Judges the checklist and signs."),
    Role.VIEWER: _("Reads and downloads."),
}


@dataclass(frozen=True)
class Member:
    user: User
    roles: frozenset[Role]

    @property
    def in_words(self) -> str:
        return verbs.in_words(self.roles)

    @property
    def choices(self) -> list[tuple[Role, bool]]:
        return [(role, role in self.roles) for role in Role]


@require_safe
def people(request: HttpRequest, project: str) -> HttpResponse:
    visit = visit_project(signed_in(request), project)
    invitations = Invitation.objects.open(timezone.now()).filter(project=visit.project).select_related("invited_by")
    link = request.session.get("invitation_link", {})
    context: dict[str, Any] = {
        "members": members(visit.project),
        "invitations": invitations.order_by("-created_at") if visit.may_manage else [],
        "link": link.get("url") if link.get("project") == visit.project.pk else None,
        "role_meanings": [(role.label, meaning) for role, meaning in ROLE_MEANINGS.items()],
    }
    if context["link"]:
        del request.session["invitation_link"]
    return render_project_page(request, visit, "projects/people.html", context, tab="project-people")


def members(project: Project) -> list[Member]:
    held: dict[User, set[Role]] = {}
    rows = Membership.objects.filter(project=project).select_related("user")
    for membership in rows.order_by("user__name", "user__email"):
        held.setdefault(membership.user, set()).add(Role(membership.role))
    return [Member(user, frozenset(roles)) for user, roles in held.items()]


@require_POST
def member_roles(request: HttpRequest, project: str, person: int) -> HttpResponse:
    visit = visit_project(signed_in(request), project, Right.MANAGE)
    member = member_or_404(visit.project, person)
    form = RolesForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Not saved: choose from the roles that are offered."))
        return redirect("project-people", visit.project.key)
    try:
        verbs.change_roles(
            visit.project, member, add=form.added, remove=form.removed, actor=signed_in(request), now=timezone.now()
        )
        messages.success(request, _("Saved the roles of %s.") % member.display_name)
    except verbs.PeopleRefused as refusal:
        messages.error(request, _("Not saved: %s") % refusal)
    return redirect("project-people", visit.project.key)


@require_POST
def member_remove(request: HttpRequest, project: str, person: int) -> HttpResponse:
    visit = visit_project(signed_in(request), project, Right.MANAGE)
    member = member_or_404(visit.project, person)
    try:
        verbs.remove_member(visit.project, member, actor=signed_in(request), now=timezone.now())
    except verbs.PeopleRefused as refusal:
        messages.error(request, _("Not removed: %s") % refusal)
        return redirect("project-people", visit.project.key)
    messages.success(request, _("%s is no longer a member.") % member.display_name)
    return redirect("projects" if member == signed_in(request) else reverse("project-people", args=[visit.project.key]))


def member_or_404(project: Project, person: int) -> User:
    return get_object_or_404(User.objects.filter(memberships__project=project).distinct(), pk=person)


@require_http_methods(["GET", "HEAD", "POST"])
def invitation_new(request: HttpRequest, project: str) -> HttpResponse:
    visit = visit_project(signed_in(request), project, Right.MANAGE)
    form = InvitationForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            invitation, token = verbs.invite(
                visit.project, **form.cleaned_data, actor=signed_in(request), now=timezone.now()
            )
        except verbs.PeopleRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            hand_over(request, invitation, token)
            return redirect("project-people", visit.project.key)
    context = {"form": form, "role_meanings": [(role.label, meaning) for role, meaning in ROLE_MEANINGS.items()]}
    status = 422 if form.errors else 200
    return render_project_page(request, visit, "projects/invite.html", context, tab="project-people", status=status)


def hand_over(request: HttpRequest, invitation: Invitation, token: str) -> None:
    """Keep the link for the one page that shows it, and mail it if it is for somebody."""
    url = request.build_absolute_uri(reverse("invitation", args=[token]))
    request.session["invitation_link"] = {"project": invitation.project_id, "url": url}
    if not invitation.email:
        return
    try:
        mail_invitation(invitation, url)
        messages.success(request, _("The invitation was mailed to %s.") % invitation.email)
    except MailFailed:
        messages.error(request, _("The invitation could not be mailed. Hand over its link yourself."))


@require_POST
def invitation_withdraw(request: HttpRequest, project: str, invitation: int) -> HttpResponse:
    visit = visit_project(signed_in(request), project, Right.MANAGE)
    found = get_object_or_404(visit.project.invitations, pk=invitation)
    verbs.withdraw_invitation(found, actor=signed_in(request), now=timezone.now())
    messages.success(request, _("The invitation is withdrawn; its link opens nothing any more."))
    return redirect("project-people", visit.project.key)
