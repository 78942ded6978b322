"""Designs of revisions, read from what they froze."""

from projects.design.digest import digest
from projects.models import Revision
from projects.snapshot.current import Digested, read_kept


class NotIntact(Exception):
    """What is stored of a revision is not what was submitted; the message says so for people."""

    def __init__(self, revision: Revision, what: str = "its text") -> None:
        super().__init__(
            f"r{revision.number} was changed in the database after it was submitted: {what} does not have the digest "
            f"that was kept with it. It is not shown or exported, and no approval of it can be relied on. "
            f"Ask who runs this site to restore it from a backup."
        )
        self.revision = revision


def frozen(revision: Revision) -> Digested:
    """The design of a revision, kept in the process by its digest. Raises NotIntact for a text that was changed."""
    require_intact(revision)
    return read_kept(revision.digest, revision.text)


def require_intact(revision: Revision) -> None:
    """Raises NotIntact for a text that was changed since it was submitted."""
    if not is_intact(revision):
        raise NotIntact(revision)


def is_intact(revision: Revision) -> bool:
    """Whether the stored text still has the digest that was signed; exports ask before they print it."""
    return digest(revision.text) == revision.digest
