"""The title, and what identifies the document."""

from collections.abc import Iterator
from datetime import UTC, datetime

from projects.design.digest import design_json, digest
from projects.design.review_record import ReviewRecord
from projects.design.tree import Design
from projects.exporters.blocks import NOT_SPECIFIED, Block, Code, Facts, Inline, Title
from projects.exporters.escaping import one_line


def cover(design: Design, record: ReviewRecord, document: str = "Data Design") -> Iterator[Block]:
    identity = design.identity
    facts: dict[str, Inline] = {
        "Project": title(identity.project_title, identity.project_key),
        "Epic": title(identity.epic_title, identity.epic_key),
        "Feature": Code(f"{identity.epic_key}/{identity.feature_key}"),
        "Revision": revision(record),
        "Status": record.state.label,
        "Authors": _people(record.authors),
        "Approved by": _people(record.approved_by),
        "Date": date_and_time(record.changed_at) if record.changed_at else NOT_SPECIFIED,
        "Content digest": Code(digest(design_json(design))),
    }
    yield Title(document, title(identity.feature_title, identity.feature_key), record.state)
    yield Facts(tuple(facts), tuple(facts.values()))


def title(typed: str, key: str) -> str:
    return one_line(typed) or key


def revision(record: ReviewRecord) -> str:
    return f"r{record.revision}" if record.revision else "Draft"


def date(moment: datetime) -> str:
    in_utc = moment.astimezone(UTC)
    return f"{in_utc.day} {in_utc:%b %Y}"


def date_and_time(moment: datetime) -> str:
    return f"{date(moment)}, {moment.astimezone(UTC):%H:%M} UTC"


def _people(names: tuple[str, ...]) -> str:
    return ", ".join(one_line(name) for name in names) or NOT_SPECIFIED
