"""What follows a transition once it is committed: mail that waits in the outbox, and documents made anew."""

import logging
from collections.abc import Iterable

from django.utils import timezone
from django_tasks import task

from projects.workflow.revision_documents import keep_documents
from reviews.outbox import post

logger = logging.getLogger(__name__)


def after_transition(revisions: Iterable[int]) -> None:
    """Called after the commit. A crash in between loses nothing: the outbox is looked through again, and documents
    are made when they are next asked for."""
    send_outbox.enqueue()
    for pk in dict.fromkeys(revisions):
        render_revision.enqueue(pk)


@task()
def send_outbox() -> None:
    """Send what waits in the outbox; what is not taken, the command of the same name sends later."""
    for problem in post(timezone.now()).problems:
        logger.warning(problem)


@task()
def render_revision(revision_pk: int) -> None:
    """Make the documents of a revision with its record as it is now, and keep them."""
    keep_documents(revision_pk, timezone.now())
