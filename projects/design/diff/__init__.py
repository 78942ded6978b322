"""What differs between two designs, fact by fact, told by uids: a rename is a rename, and no change is left out."""

from projects.design.diff.change import Change, ChangeKind, Group
from projects.design.diff.holdings import Holding, holdings
from projects.design.diff.walk import changes

__all__ = ["Change", "ChangeKind", "Group", "Holding", "changes", "holdings"]
