"""The step “Migration”: how the schema comes to be, changes, and goes back."""

from collections.abc import Mapping
from typing import Any

from projects.design.tree.in_force import MIGRATION
from projects.design.vocabulary import PolicyName
from projects.models import Migration
from projects.workflow.forms import RowForm, Scope
from projects.workflow.inherited import FromPolicy, from_policy
from projects.workflow.steps.step import Record, Section, Step


class MigrationForm(RowForm):
    class Meta:
        model = Migration
        fields = [
            *("tool", "baseline", "setup", "seeding"),
            *("naming", "tracking", "generating", "dependencies"),
            *("rollback", "data_preservation", "rollback_testing", "backup_before"),
            *("zero_downtime", "data_migrations", "departure"),
        ]
        help_texts = {
            "tool": "Like Alembic 1.14 or Flyway 10.",
            "baseline": "The migration that everything starts from, by its name.",
            "setup": "In which order does the schema come to be, and who may create it?",
            "seeding": "Which rows must be there from the start, and where do they come from?",
            "naming": "What does a file's name say, and what keeps the order?",
            "tracking": "Where is it recorded which migrations have run?",
            "generating": "Written by hand or drafted by the tool? Who reads them before they run?",
            "dependencies": "Which migrations of other features or services must have run before?",
            "rollback": "What is undone by a migration backwards, and what only by one forwards?",
            "data_preservation": "What happens to rows written since, and to columns that go away?",
            "rollback_testing": "Where and how often is the way back tried out?",
            "backup_before": "Which backup is taken, and how long is it kept?",
            "zero_downtime": "Which steps let old and new code run side by side?",
            "data_migrations": "Which rows are rewritten, in batches of what size, and how is it seen that all are?",
        }

    @classmethod
    def inherited(cls, scope: Scope, instance: Any, values: Mapping[str, Any]) -> dict[str, FromPolicy]:
        policy = scope.policies.migration
        return from_policy(PolicyName.MIGRATION, {name: getattr(policy, of) for name, of in MIGRATION.items()}, values)


STEP = Step(
    slug="migration",
    title="Migration",
    group="Operate",
    summary="How the schema comes to be, how it changes, and the way back.",
    companion=("document", "findings", "diagram"),
    parts=(
        Record(
            slug="migration",
            title="Migration plan",
            form=MigrationForm,
            sections=(
                Section("Setup", (("tool", "baseline"), ("setup", "seeding"))),
                Section("Versions", (("naming", "tracking"), ("generating", "dependencies"))),
                Section("Rollback", (("rollback", "data_preservation"), ("rollback_testing", "backup_before"))),
                Section("Without downtime", (("zero_downtime", "data_migrations"),)),
            ),
            reason="departure",
        ),
    ),
)
