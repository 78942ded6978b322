"""What a project says once: people, conventions, policies."""

from projects.design.vocabulary.term import Term


class Role(Term):
    OWNER = "owner", "Owner"
    ARCHITECT = "architect", "Architect"
    REVIEWER = "reviewer", "Reviewer"
    VIEWER = "viewer", "Viewer"


class MailWhen(Term):
    """Which news are sent by e-mail too."""

    ALL = "all", "All news"
    MY_TURN = "my-turn", "Only when it is my turn"
    NEVER = "never", "Never"


class LetterCase(Term):
    SNAKE = "snake", "snake_case"
    CAMEL = "camel", "camelCase"
    PASCAL = "pascal", "PascalCase"
    ANY = "any", "Any"


class TableNumber(Term):
    PLURAL = "plural", "Plural (orders)"
    SINGULAR = "singular", "Singular (order)"
    ANY = "any", "Either"


class PolicyName(Term):
    """The policies of a project's handbook that its features start from."""

    DATABASES = "databases", "Database profiles"
    DESIGN = "design", "Design policy"
    CONVENTIONS = "conventions", "Naming conventions"
    MIGRATION = "migration", "Migration policy"
    BACKUP = "backup", "Backup policy"
    CACHING = "caching", "Caching policy"
    MODELLING = "modelling", "Modelling & validation policy"
    RETENTION = "retention", "Retention rules"
    PROTECTION = "protection", "Protection of sensitive data"


class Normalization(Term):
    THIRD_FORM = "3nf", "Normalized (3NF)"
    DENORMALIZED = "denormalized", "Denormalized for performance"
    MIXED = "mixed", "Normalized, denormalized where measured"


class MigrationVersioning(Term):
    SEQUENTIAL = "sequential", "Sequential numbers"
    TIMESTAMPS = "timestamps", "Timestamps"


class Reversibility(Term):
    ALL = "all", "All migrations are reversible"
    WHERE_POSSIBLE = "where-possible", "Reversible where possible"
    FORWARD_ONLY = "forward-only", "Forward only"


class CacheLayer(Term):
    """Where a project caches; none of them is an answer too."""

    NONE = "none", "No caching"
    APPLICATION = "application", "Application cache"
    DATABASE = "database", "Database cache"
    CDN = "cdn", "CDN cache"
    HTTP = "http", "HTTP cache"
