"""How far a design is, and what is found in it."""

from projects.design.vocabulary.term import Term


class StepName(Term):
    """The twelve steps of the workflow by the slug that names their URL."""

    REQUIREMENTS = "requirements", "Requirements"
    STORAGE = "storage", "Persistence mechanism"
    DATA_MODEL = "data-model", "Data model"
    QUERIES = "queries", "Query patterns"
    INDEXING = "indexing", "Indexing"
    INTEGRITY = "integrity", "Integrity & consistency"
    MIGRATION = "migration", "Migration"
    PERFORMANCE = "performance", "Performance"
    BACKUP = "backup", "Backup & recovery"
    CONTRACTS = "contracts", "DTO mapping"
    CHECKLIST = "checklist", "Quality checklist"
    DOCUMENT = "document", "Document"


CHECKLIST_ITEMS = 27


class Severity(Term):
    """Error: the design is wrong. Warning: probably. Advice: worth a thought."""

    ERROR = "error", "Error"
    WARNING = "warning", "Warning"
    ADVICE = "advice", "Advice"


class StepState(Term):
    EMPTY = "empty", "Empty"
    STARTED = "started", "Started"
    COMPLETE = "complete", "Complete"


class DesignState(Term):
    """Of the head of a feature: draft, in review, changes requested, approved or archived. Of a revision: all others
    than draft and archived; one that was approved stays so when a later one is approved too."""

    DRAFT = "draft", "Draft"
    IN_REVIEW = "in-review", "In review"
    CHANGES_REQUESTED = "changes-requested", "Changes requested"
    APPROVED = "approved", "Approved"
    SUPERSEDED = "superseded", "Superseded"
    WITHDRAWN = "withdrawn", "Withdrawn"
    ARCHIVED = "archived", "Archived"
