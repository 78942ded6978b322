"""A person's own settings, and who may open an account."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from projects.models import Invitation, User
from projects.views.invitations import SESSION_KEY, remembered_invitation
from projects.views.person import signed_in
from projects.workflow.project_forms import ProfileForm


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    # The form writes into its instance even if it is invalid; the page's own head shows the person as saved.
    person = User.objects.get(pk=signed_in(request).pk)
    form = ProfileForm(request.POST if request.method == "POST" else None, instance=person)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("profile")
    return render(request, "profile.html", {"form": form}, status=422 if form.errors else 200)


class AccountAdapter(DefaultAccountAdapter):
    """Who holds an open invitation may open an account even where sign-up is closed, and comes back to it after."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return settings.OPEN_SIGNUP or open_invitation(request) is not None

    def clean_email(self, email: str) -> str:
        # allauth asks here for a forgotten password too, where any address will do.
        if not settings.OPEN_SIGNUP and self.request.resolver_match.url_name == "account_signup":
            invitation = open_invitation(self.request)
            if invitation and invitation.email and invitation.email.casefold() != email.casefold():
                raise ValidationError(_("The invitation is for %s. Use that address.") % invitation.email)
        return super().clean_email(email)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("invitation-again") if open_invitation(request) else super().get_login_redirect_url(request)

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return reverse("invitation-again") if open_invitation(request) else super().get_signup_redirect_url(request)

    def get_email_verification_redirect_url(self, email_address: object) -> str:
        if open_invitation(self.request):
            return resolve_url("invitation-again")
        return super().get_email_verification_redirect_url(email_address)


def open_invitation(request: HttpRequest) -> Invitation | None:
    digest = request.session.get(SESSION_KEY)
    found = remembered_invitation(digest) if digest else None
    return found if found and found.is_open(timezone.now()) else None
