"""When a verdict says enough to be published."""

from reviews.rules.facts import VerdictFact
from reviews.rules.terms import Verdict


def why_incomplete(verdict: Verdict, comment: str, standing: VerdictFact | None) -> str:
    """What a draft still lacks, as a sentence; empty if it can be published. `standing` is the same person's verdict
    on the item as it is published now."""
    if verdict is Verdict.FAIL and not comment.strip():
        return "A fail needs a comment: say what is wrong."
    if verdict is Verdict.NOT_APPLICABLE and not comment.strip():
        return "“Not applicable” needs a reason: say why the item does not apply."
    if verdict is Verdict.NONE and standing is None:
        return "Choose a verdict for this comment."
    return ""


def says_the_same(verdict: Verdict, comment: str, standing: VerdictFact | None) -> bool:
    """Whether a draft repeats what stands, so that there is nothing to publish."""
    if standing is None:
        return verdict is Verdict.NONE and not comment.strip()
    return (verdict, comment.strip()) == (standing.verdict, standing.comment.strip())
