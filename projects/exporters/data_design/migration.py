"""Step 7: how the schema comes to be, changes, and goes back."""

from collections.abc import Iterator

from projects.design.inheritance import lines
from projects.design.tree import Design
from projects.design.vocabulary import PolicyName
from projects.exporters.blocks import Block, Heading, Prose, not_specified
from projects.exporters.data_design.standing import standing

Answers = tuple[tuple[str, str], ...]


def migration_strategy(design: Design) -> Iterator[Block]:
    plan = design.migration
    yield Heading(2, "Migration Strategy")
    yield from standing(lines(design), plan.departure, PolicyName.MIGRATION)
    yield Heading(3, "Initial Setup")
    yield from _answers(
        (
            ("Migration tool", plan.tool),
            ("Creating the schema", plan.setup),
            ("Seeding", plan.seeding),
            ("Baseline", plan.baseline),
        )
    )
    yield Heading(3, "Version Management")
    yield from _answers(
        (
            ("Naming", plan.naming),
            ("Tracking", plan.tracking),
            ("Generating", plan.generating),
            ("Dependencies", plan.dependencies),
            ("Zero downtime", plan.zero_downtime),
            ("Data migrations", plan.data_migrations),
        )
    )
    yield Heading(3, "Rollback Plan")
    yield from _answers(
        (
            ("Rolling back", plan.rollback),
            ("Data preservation", plan.data_preservation),
            ("Rollback testing", plan.rollback_testing),
            ("Backup before migrating", plan.backup_before),
        )
    )


def _answers(answers: Answers) -> Iterator[Block]:
    """Each answer after its label; one sentence if there is none at all."""
    if not any(text.strip() for _, text in answers):
        yield not_specified()
        return
    for label, text in answers:
        yield Prose(text, label=label)
