"""What follows a transition once it is committed: mail that waits in the outbox, and documents made anew."""

from collections.abc import Iterable

from django_tasks import task


def after_transition(revisions: Iterable[int]) -> None:
    """Called after the commit. A crash in between loses nothing: the outbox is looked through again, and documents
    are made when they are next asked for."""
    send_outbox.enqueue()
    for pk in dict.fromkeys(revisions):
        render_revision.enqueue(pk)


@task()
def send_outbox() -> None:
    """Send what waits in the outbox."""


@task()
def render_revision(revision_pk: int) -> None:
    """Make the documents of a revision with its record as it is now, and keep them."""
