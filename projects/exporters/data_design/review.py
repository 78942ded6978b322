"""What reviewing adds: the quality checklist and the sign-offs."""

from collections.abc import Iterator
from datetime import UTC

from projects.design.review_record import ReviewRecord, SignOffLine
from projects.exporters.blocks import (
    Block,
    CheckItem,
    Checklist,
    Heading,
    Inline,
    Table,
    Typed,
    not_specified,
    note,
)

CHECKLIST: dict[str, tuple[str, ...]] = {
    "Completeness": (
        "Persistence mechanism selected and justified",
        "All entities/collections defined",
        "All fields have types and constraints",
        "Relationships documented",
        "Query patterns identified",
        "Indexes designed",
        "Migration strategy defined",
        "Performance considerations addressed",
        "Backup plan documented",
        "DTO mapping complete",
    ),
    "NO CODE constraint": (
        "No SQL CREATE statements",
        "No ORM model code (SQLAlchemy, Prisma, etc.)",
        "No migration code",
        "Only prose descriptions and specifications",
        "Mermaid ERD for visualization",
    ),
    "Consistency": (
        "Follows project persistence patterns",
        "Naming matches conventions",
        "Constraints align with DTOs",
        "Aligns with backend design",
    ),
    "Data Integrity": (
        "Primary keys defined",
        "Foreign keys for relationships",
        "Constraints prevent invalid data",
        "Validation rules comprehensive",
    ),
    "Performance": (
        "Indexes support common queries",
        "Volume estimates realistic",
        "Scalability considered",
        "Caching strategy defined",
    ),
}


def quality_checklist() -> Iterator[Block]:
    yield Heading(2, "Quality Checklist")
    for group, items in CHECKLIST.items():
        yield Checklist(group, tuple(CheckItem(item, "not reviewed yet") for item in items))


def sign_off(record: ReviewRecord) -> Iterator[Block]:
    yield Heading(2, "Sign-off")
    if not record.sign_offs:
        yield not_specified()
        return
    columns = ("Reviewer", "Decision", "Revision", "Time (UTC)", "Comment")
    yield Table("sign-offs", columns, tuple(_line(line) for line in record.sign_offs))
    yield note("Sign-offs hold for the content with this digest only.")


def _line(line: SignOffLine) -> tuple[Inline, ...]:
    time = f"{line.decided_at.astimezone(UTC):%Y-%m-%d %H:%M}"
    return line.reviewer, line.decision, f"r{line.revision}", time, Typed(line.comment)
