"""The letter with the link of an invitation."""

from smtplib import SMTPException

from django.core.mail import send_mail
from django.template.loader import render_to_string

from projects.models import Invitation


class MailFailed(Exception):
    """The mail server did not take the letter."""


def mail_invitation(invitation: Invitation, url: str) -> None:
    title = " ".join(invitation.project.title.split())  # a header has no line breaks
    body = render_to_string("projects/mail/invitation.txt", {"invitation": invitation, "url": url})
    try:
        send_mail(f"Invitation to {title}", body, None, [invitation.email])
    except (SMTPException, OSError) as error:
        raise MailFailed from error
