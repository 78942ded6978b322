"""How schemas change: the project's policy, and what features add to it or do otherwise."""

from collections.abc import Iterator

from projects.design.project import ProjectDesign
from projects.design.tree import Design, MigrationPolicy
from projects.design.tree.in_force import MIGRATION
from projects.design.vocabulary import StepName
from projects.exporters.answers import Part, answer
from projects.exporters.policies.features import DEPARTURE, Fact, facts_of_features, own_facts, said_by_features
from projects.exporters.project_features import exempt_features

# What a feature says of its migrations, but for seeding and data migrations, which have places of their own.
_PLAN = (
    ("tool", "Migration tool"),
    ("setup", "Creating the schema"),
    ("baseline", "Baseline"),
    ("naming", "Naming"),
    ("tracking", "Tracking"),
    ("generating", "Generating"),
    ("dependencies", "Dependencies"),
    ("zero_downtime", "Zero downtime"),
    ("rollback", "Rolling back"),
    ("data_preservation", "Data preservation"),
    ("rollback_testing", "Rollback testing"),
    ("backup_before", "Backup before migrating"),
    ("departure", DEPARTURE),
)


def in_short(policy: MigrationPolicy) -> Iterator[Part]:
    """What names the strategy where the whole of it stands elsewhere."""
    yield answer("Migration tool", policy.tool)
    yield answer("Versioning", policy.versioning.label if policy.versioning else "")
    yield answer("Reversibility", policy.reversibility.label if policy.reversibility else "")


def changing(policy: MigrationPolicy) -> Iterator[Part]:
    """How migrations come to be and are kept in order, and what is good practice with them."""
    yield from keeping(policy)
    yield best_practices(policy)


def keeping(policy: MigrationPolicy) -> Iterator[Part]:
    yield answer("Migration tool", policy.tool)
    yield answer("File location", policy.location)
    yield answer("Versioning", policy.versioning.label if policy.versioning else "")
    yield answer("Creating", policy.creating)
    yield answer("Naming", policy.naming)
    yield answer("Review", policy.review)
    yield answer("Tracking", policy.tracking)


def best_practices(policy: MigrationPolicy) -> Part:
    return answer("Best practices", policy.best_practices)


def going_back(policy: MigrationPolicy) -> Iterator[Part]:
    yield answer("Reversibility", policy.reversibility.label if policy.reversibility else "")
    yield answer("Rolling back", policy.rollback)
    yield answer("Rollback command", policy.rollback_command)
    yield answer("Rollback testing", policy.rollback_testing)
    yield answer("Backup before migrating", policy.backup_before)


def plans_of_features(project: ProjectDesign) -> Iterator[Part]:
    """What each feature plans for itself, without what it takes over from the policy."""
    policy = project.handbook.policies.migration
    same: dict[str, object] = {name: getattr(policy, of) for name, of in MIGRATION.items()}

    def facts(design: Design) -> Iterator[Fact]:
        return own_facts(design.migration, _PLAN, same)

    yield facts_of_features(project, StepName.MIGRATION, "Migrations", facts)
    yield exempt_features(project, StepName.MIGRATION, "migrations")


def data_migrations(project: ProjectDesign) -> Part:
    title = "Data migrations of features"
    return said_by_features(project, StepName.MIGRATION, title, lambda design: design.migration.data_migrations)


def seeding(project: ProjectDesign) -> Part:
    return said_by_features(project, StepName.MIGRATION, "Seeding by features", lambda design: design.migration.seeding)
