"""Steps 7 to 10: their headings stand in the outline while their facts are not asked for."""

from collections.abc import Iterator

from projects.exporters.blocks import Block, Heading, not_specified


def migration_strategy() -> Iterator[Block]:
    yield from _unanswered("Migration Strategy", "Initial Setup", "Version Management", "Rollback Plan")


def performance() -> Iterator[Block]:
    yield from _unanswered("Performance", "Expected Data Volume", "Optimization Strategies")


def backup_and_recovery() -> Iterator[Block]:
    yield from _unanswered("Backup & Recovery")


def dto_mapping() -> Iterator[Block]:
    yield from _unanswered("DTO Mapping")


def _unanswered(title: str, *parts: str) -> Iterator[Block]:
    yield Heading(2, title)
    if not parts:
        yield not_specified()
    for part in parts:
        yield Heading(3, part)
        yield not_specified()
