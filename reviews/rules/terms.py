"""The choices and states of reviews, said once for rules, models, forms and pages."""

from projects.design.vocabulary import Term


class Verdict(Term):
    """`NONE` takes an earlier verdict back."""

    PASS = "pass", "Pass"
    FAIL = "fail", "Fail"
    NOT_APPLICABLE = "not-applicable", "Not applicable"
    NONE = "none", "No verdict"


class ItemState(Term):
    """What the verdicts on an item add up to."""

    OPEN = "open", "Open"
    FAILED = "failed", "Failed"
    PASSED = "passed", "Passed"
    NOT_APPLICABLE = "not-applicable", "Not applicable"
    WAIVED = "waived", "Waived"


class DecisionKind(Term):
    APPROVE = "approve", "Approved"
    REQUEST_CHANGES = "request-changes", "Changes requested"


class Ended(Term):
    """How a decision came to stand no longer."""

    REVOKED = "revoked", "revoked"
    CLEARED = "cleared", "cleared"
    DISMISSED = "dismissed", "dismissed"
    ASKED_AGAIN = "asked-again", "asked again"
    DECIDED_ANEW = "decided-anew", "decided anew"


class RequirementState(Term):
    SATISFIED = "satisfied", "Satisfied"
    UNSATISFIED = "unsatisfied", "Not satisfied"
    OVERRIDDEN = "overridden", "Overridden"
    NOT_APPLICABLE = "not-applicable", "Not applicable"
    ERROR = "error", "Cannot be met"


class ThreadState(Term):
    """An architect marks a blocking thread addressed; whoever opened it resolves it."""

    OPEN = "open", "Open"
    ADDRESSED = "addressed", "Addressed"
    RESOLVED = "resolved", "Resolved"


class NoticeKind(Term):
    SUBMITTED = "submitted", "asks for your review"
    ASKED = "asked", "asked you to review"
    ASKED_AGAIN = "asked-again", "asked you to review again"
    PUBLISHED = "published", "reviewed"
    CHANGES_REQUESTED = "changes-requested", "requested changes"
    SIGNED = "signed", "signed"
    APPROVED = "approved", "approved"
    REVOKED = "revoked", "revoked a sign-off"
    WITHDRAWN = "withdrawn", "withdrew"
    DISMISSED = "dismissed", "dismissed"
    WAIVED = "waived", "waived"
    COMMENTED = "commented", "commented"
    REPLIED = "replied", "replied"
    ADDRESSED = "addressed", "marked a thread addressed"
    RESOLVED = "resolved", "resolved a thread"
    UNASSIGNED = "unassigned", "took you off a review"
    ARCHIVED = "archived", "archived"
    REMINDER = "reminder", "still waits for you"


# What a sign-off says.
MEANING = "I have reviewed this revision and approve it as the design to build from."
# Approvals that a revision needs where a project says nothing else, and in a project of two people.
APPROVALS = 2
APPROVALS_OF_TWO = 1
