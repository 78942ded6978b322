"""The pages of policies: which forms and lists each has, declared as data."""

from dataclasses import dataclass

from projects.design.vocabulary import PolicyName
from projects.workflow.handbook.base_form import HandbookForm
from projects.workflow.handbook.policy_forms import (
    BackupPolicyForm,
    CachingPolicyForm,
    ConventionsForm,
    DesignPolicyForm,
    MigrationPolicyForm,
    ModellingPolicyForm,
)
from projects.workflow.handbook.row_forms import (
    AccessRoleForm,
    EnvironmentForm,
    MetricForm,
    PolicyScheduleForm,
    ProtectionForm,
    RetentionRuleForm,
)
from projects.workflow.handbook.tables import Table


@dataclass(frozen=True)
class Group:
    """Fields of a form that stand under one heading."""

    title: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Card:
    """The form of a policy on a page, or some of its fields: those of the groups."""

    form: type[HandbookForm]
    groups: tuple[Group, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(name for group in self.groups for name in group.fields)


@dataclass(frozen=True)
class Page:
    """A page of the handbook that one button saves. History calls what it holds `kind`."""

    slug: str
    title: str
    lead: str
    kind: str
    cards: tuple[Card, ...] = ()
    tables: tuple[Table, ...] = ()
    policies: tuple[PolicyName, ...] = ()


SCHEDULES = Table(
    "schedules",
    "Backups",
    PolicyScheduleForm,
    add_label="Add a backup",
    empty="No backups yet. One line for each kind: a full one every night, the log every five minutes.",
)
ENVIRONMENTS = Table(
    "environments",
    "Environments",
    EnvironmentForm,
    add_label="Add an environment",
    empty="No environments yet. Name each place that this database runs in, production first.",
    has_profile=True,
)
RETENTION_RULES = Table(
    "rules",
    "Retention rules",
    RetentionRuleForm,
    add_label="Add a rule",
    empty="No rules yet. A rule has a name, like invoices, and says how long that data is kept; features refer to it.",
    unique="name",
)
PROTECTIONS = Table(
    "protections",
    "Protection by data class",
    ProtectionForm,
    add_label="Add a data class",
    empty="Nothing yet. Say once how each class of sensitive data is protected; fields of that class inherit it.",
    unique="classification",
)
ACCESS_ROLES = Table(
    "roles",
    "Roles",
    AccessRoleForm,
    add_label="Add a role",
    empty="No roles yet. Who connects to the database, and what may each of them do there?",
    unique="name",
    is_policy=False,
)
METRICS = Table(
    "metrics",
    "Metrics",
    MetricForm,
    add_label="Add a metric",
    empty="No metrics yet. What is watched, and from which value on is somebody told?",
    unique="name",
    is_policy=False,
)

# That of the databases has a page for each of them instead of a form.
DATABASES = Page(
    "databases",
    "Databases",
    "The systems that this project keeps data in. Features that use one inherit its version and its pool.",
    "database profile",
    policies=(PolicyName.DATABASES,),
)

CONVENTIONS = Page(
    "conventions",
    "Naming conventions",
    "The naming rules that the checks of every feature here read. Leave a rule empty to have it not checked.",
    "conventions",
    (
        Card(
            ConventionsForm,
            (
                Group("Tables", ("table_case", "table_number")),
                Group("Fields", ("field_case", "timestamp_suffix", "boolean_prefixes", "standard_fields")),
                Group("Keys and indexes", ("primary_key_name", "foreign_key_pattern", "index_pattern")),
                Group("Deleting", ("soft_delete_field", "purge_after")),
                Group("Notes", ("notes",)),
            ),
        ),
    ),
    policies=(PolicyName.CONVENTIONS,),
)

DESIGN = Page(
    "design",
    "Design policy",
    "How data is shaped here before any feature is designed.",
    "design policy",
    (
        Card(
            DesignPolicyForm,
            (
                Group("Entities", ("entities", "relationships")),
                Group("Normalization", ("normalization", "normalization_notes")),
                Group("Habits", ("keys", "indexing", "constraints", "project_patterns")),
            ),
        ),
    ),
    policies=(PolicyName.DESIGN,),
)

MIGRATION = Page(
    "migration",
    "Migration policy",
    "How the schema changes while people use it. Step 7 of every feature starts from this.",
    "migration policy",
    (
        Card(
            MigrationPolicyForm,
            (
                Group("Tool and files", ("tool", "location", "versioning", "naming")),
                Group("From change to release", ("creating", "review", "tracking", "backup_before", "zero_downtime")),
                Group("Going back", ("reversibility", "rollback_command", "rollback", "rollback_testing")),
                Group("Experience", ("best_practices",)),
            ),
        ),
    ),
    policies=(PolicyName.MIGRATION,),
)

BACKUP = Page(
    "backup",
    "Backup policy",
    "What loss may cost, and the copies that keep it there. Every store has these unless its feature says otherwise.",
    "backup policy",
    (
        Card(
            BackupPolicyForm,
            (
                Group("Objectives", ("rto", "rpo", "restore_tests")),
                Group("The way back", ("procedure", "disaster_recovery", "point_in_time", "point_in_time_recovery")),
            ),
        ),
    ),
    (SCHEDULES,),
    (PolicyName.BACKUP,),
)

CACHING = Page(
    "caching",
    "Caching policy",
    "What is kept at hand, and what makes it go. Step 8 of every feature starts from this.",
    "caching policy",
    (
        Card(
            CachingPolicyForm,
            (Group("Where", ("layers", "system")), Group("Habits", ("what", "ttl", "invalidation", "warming"))),
        ),
    ),
    policies=(PolicyName.CACHING,),
)

MODELLING = Page(
    "modelling",
    "Modelling & validation policy",
    "What the code reads and writes data with, and what checks it on the way.",
    "modelling & validation policy",
    (
        Card(
            ModellingPolicyForm,
            (
                Group("Tools", ("orm", "schema_validation", "type_safety", "constraints")),
                Group("What is validated where", ("api_layer", "logic_layer", "database_layer")),
            ),
        ),
    ),
    policies=(PolicyName.MODELLING,),
)

RETENTION = Page(
    "retention",
    "Retention & protection",
    "How long each kind of data is kept, and what protects the sensitive ones.",
    "retention and protection",
    tables=(RETENTION_RULES, PROTECTIONS),
    policies=(PolicyName.RETENTION, PolicyName.PROTECTION),
)

ACCESS = Page(
    "access", "Access roles", "Who connects to the data, and what each may do.", "access roles", tables=(ACCESS_ROLES,)
)

MONITORING = Page(
    "monitoring", "Monitored metrics", "What is watched, and when it alarms.", "metrics", tables=(METRICS,)
)

PAGES = (*(DATABASES, CONVENTIONS, DESIGN, MIGRATION, BACKUP, CACHING, MODELLING, RETENTION, ACCESS, MONITORING),)
PAGE_BY_SLUG = {page.slug: page for page in PAGES}
