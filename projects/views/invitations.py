"""Where the link of an invitation leads, for people with an account and for newcomers."""

from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from projects.models import Invitation
from projects.views.person import signed_in
from projects.workflow.people import PeopleRefused, accept_invitation, refusal_of, token_digest, why_closed

SESSION_KEY = "invitation"


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    found = invitation_or_404(token_digest(token))
    request.session[SESSION_KEY] = found.token_digest
    return answer(request, found)


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_again(request: HttpRequest) -> HttpResponse:
    """The invitation that was opened before signing in or up; its token does not travel through those pages."""
    return answer(request, invitation_or_404(request.session.get(SESSION_KEY, "")))


def invitation_or_404(digest: str) -> Invitation:
    found = remembered_invitation(digest)
    if found is None:
        raise Http404(_("There is no such invitation. Check that the link is complete, or ask for another."))
    return found


def remembered_invitation(digest: str) -> Invitation | None:
    return Invitation.objects.select_related("project", "invited_by").filter(token_digest=digest).first()


def answer(request: HttpRequest, found: Invitation) -> HttpResponse:
    now = timezone.now()
    refusal = refusal_for(request, found, now)
    if request.method == "POST" and request.user.is_authenticated and not refusal:
        try:
            accept_invitation(found, user=signed_in(request), now=now)
            request.session.pop(SESSION_KEY, None)
            return redirect("project", found.project.key)
        except PeopleRefused as late:
            refusal = str(late)
    context = {"invitation": found, "refusal": refusal}
    return render(request, "projects/invitation.html", context, status=410 if refusal else 200)


def refusal_for(request: HttpRequest, found: Invitation, now: datetime) -> str:
    return refusal_of(found, signed_in(request), now) if request.user.is_authenticated else why_closed(found, now)
