"""The title, and what identifies the document."""

from collections.abc import Iterator
from datetime import UTC, datetime

from projects.design.review_record import ReviewRecord
from projects.design.tree import Design
from projects.design.vocabulary import DesignState
from projects.exporters.blocks import NOT_SPECIFIED, Block, Code, Facts, Inline, Title
from projects.exporters.escaping import one_line


def cover(design: Design, record: ReviewRecord, document: str = "Data Design") -> Iterator[Block]:
    identity = design.identity
    facts: dict[str, Inline] = {
        "Project": title(identity.project_title, identity.project_key),
        "Epic": title(identity.epic_title, identity.epic_key),
        "Feature": Code(f"{identity.epic_key}/{identity.feature_key}"),
        "Revision": revision(record),
        "Status": status(record),
        "Authors": _people(record.authors),
        "Approved by": _people(_approvers(record)),
        "Date": date_and_time(record.changed_at) if record.changed_at else NOT_SPECIFIED,
        "Content digest": Code(record.digest),
    }
    yield Title(document, title(identity.feature_title, identity.feature_key), record.state, marked_status(record))
    yield Facts(tuple(facts), tuple(facts.values()))


def title(typed: str, key: str) -> str:
    return one_line(typed) or key


def revision(record: ReviewRecord) -> str:
    return f"r{record.revision}" if record.revision else "Draft"


def status(record: ReviewRecord) -> str:
    """“In review”, “Approved”, “Approved, superseded by r5”."""
    later = f", superseded by r{record.superseded_by}" if record.superseded_by else ""
    return f"{record.state.label}{later}"


def marked_status(record: ReviewRecord) -> str:
    """The status with the mark of everything that is not approved: “Draft · In review”."""
    if not record.is_draft or record.state is DesignState.DRAFT:
        return status(record)
    return f"{DesignState.DRAFT.label} · {status(record)}"


def approved_on(record: ReviewRecord) -> datetime | None:
    """When the last of the sign-offs that stand was given."""
    standing = [line for line in record.sign_offs if line.revision == record.revision and not line.ended]
    return max((line.decided_at for line in standing), default=None)


def _approvers(record: ReviewRecord) -> tuple[str, ...]:
    alone = {line.reviewer for line in record.sign_offs if line.is_self_approval and not line.ended}
    return tuple(f"{name} (self-approved)" if name in alone else name for name in record.approved_by)


def date(moment: datetime) -> str:
    in_utc = moment.astimezone(UTC)
    return f"{in_utc.day} {in_utc:%b %Y}"


def date_and_time(moment: datetime) -> str:
    return f"{date(moment)}, {moment.astimezone(UTC):%H:%M} UTC"


def _people(names: tuple[str, ...]) -> str:
    return ", ".join(one_line(name) for name in names) or NOT_SPECIFIED
