"""Designs of revisions, read from what they froze."""

from projects.design.digest import digest
from projects.models import Revision
from projects.snapshot.current import Digested, read_kept


def frozen(revision: Revision) -> Digested:
    """The design of a revision, kept in the process by its digest. The digest is the stored one; see `is_intact`."""
    return read_kept(revision.digest, revision.text)


def is_intact(revision: Revision) -> bool:
    """Whether the stored text still has the digest that was signed; exports ask before they print it."""
    return digest(revision.text) == revision.digest
