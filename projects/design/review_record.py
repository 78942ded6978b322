"""What reviewing adds to a design: the other input of every document. A draft has an empty one."""

from datetime import datetime

from projects.design.tree import Node
from projects.design.vocabulary import DesignState


class SignOffLine(Node):
    reviewer: str
    decision: str
    revision: int
    decided_at: datetime
    comment: str = ""


class ItemLine(Node):
    """The verdict on one item of the checklist, in words, with what the reviewers say of it."""

    item: int
    verdict: str
    is_passed: bool = False
    note: str = ""


class ReviewRecord(Node):
    """Status, people and sign-offs as they stood when a document was made.

    `changed_at` is when the design was last changed, so a document says the same each time it is made of one design.
    """

    state: DesignState = DesignState.DRAFT
    revision: int | None = None
    authors: tuple[str, ...] = ()
    approved_by: tuple[str, ...] = ()
    changed_at: datetime | None = None
    items: tuple[ItemLine, ...] = ()
    sign_offs: tuple[SignOffLine, ...] = ()

    @property
    def is_draft(self) -> bool:
        return self.state is not DesignState.APPROVED
