"""Whether revisions, and all that was said of them, are still what the history tells.

What events did not yet say when they were written is not compared.
"""

from reviews.workflow.verifying.caches import ALL, QUICK, wrong_caches, wrong_documents
from reviews.workflow.verifying.decisions import wrong_decisions
from reviews.workflow.verifying.people import wrong_assignments, wrong_waivers
from reviews.workflow.verifying.revisions import wrong_reviews, wrong_revisions
from reviews.workflow.verifying.threads import wrong_threads
from reviews.workflow.verifying.verdicts import wrong_verdicts

CHECKS = (
    wrong_revisions,
    wrong_reviews,
    wrong_decisions,
    wrong_verdicts,
    wrong_threads,
    wrong_waivers,
    wrong_assignments,
    wrong_caches,
)

__all__ = ["ALL", "CHECKS", "QUICK", "wrong_decisions", "wrong_documents", "wrong_revisions"]
