"""What reviewing adds to a design: the other input of every document. A draft has an empty one."""

from datetime import date, datetime

from projects.design.tree import Node
from projects.design.vocabulary import DesignState


class SignOffLine(Node):
    """A decision on a revision, with what a sign-off manifests; `ended` says how and why it stands no longer."""

    reviewer: str
    decision: str
    revision: int
    decided_at: datetime
    comment: str = ""
    role: str = ""
    meaning: str = ""
    digest: str = ""
    is_self_approval: bool = False
    ended: str = ""


class ItemLine(Node):
    """The verdict on one item of the checklist, in words, with what the reviewers say of it."""

    item: int
    verdict: str
    is_passed: bool = False
    note: str = ""


class WaiverLine(Node):
    """What was let pass: an item of the checklist until a date, or a finding."""

    what: str
    reason: str
    by: str
    at: datetime
    expires_on: date | None = None


class ReviewRecord(Node):
    """Status, people and sign-offs as they stood when a document was made.

    `changed_at` is when the design was last changed, of a revision when it was submitted, so a document says the same
    each time it is made of one design. `superseded_by` is the later revision that was approved instead, if any.
    `digest` is that of a revision's content as it was frozen; a draft's is computed when a document is made.
    """

    state: DesignState = DesignState.DRAFT
    revision: int | None = None
    digest: str = ""
    authors: tuple[str, ...] = ()
    approved_by: tuple[str, ...] = ()
    changed_at: datetime | None = None
    items: tuple[ItemLine, ...] = ()
    sign_offs: tuple[SignOffLine, ...] = ()
    waivers: tuple[WaiverLine, ...] = ()
    superseded_by: int | None = None
    is_self_approved: bool = False

    @property
    def is_draft(self) -> bool:
        return self.state is not DesignState.APPROVED
