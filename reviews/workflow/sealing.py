"""What events say so that rows can be compared with them later: lines of their `changes`, beside those for reading."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from projects.design.digest import canonical, digest
from projects.models import Revision
from reviews.models import Assignment, Review, Thread

# A sha256 over what is frozen beside the text of a revision.
FROZEN = "Frozen with"
# A sha256 over what a thread is about.
ANCHOR = "Anchor"
# Primary keys of those whom an event is about: their names may be replaced by pseudonyms.
ACCOUNT, ACCOUNTS = "Account", "Accounts"
REQUIRED = " required"
DECIDED, SELF_APPROVED, RULE, SUBJECT = "Decided", "Self-approved", "Rule", "Subject"


def frozen_with(revision: Revision, review: Review | None) -> str:
    """Over all that decides who may approve the revision and what the checks said of it, without names."""
    content = [
        revision.findings,
        revision.evidence,
        sorted(int(pk) for pk in revision.contributors),
        revision.sections,
        revision.definitions,
        revision.rules,
        revision.events_until,
        revision.submitted_by_id,
        [review.first_number, review.required_approvals, review.is_solo] if review else None,
    ]
    return digest(canonical(content))


def anchor_digest(thread: Thread, revision: int) -> str:
    """`revision` is the number of the one in which it was opened."""
    uid, place = str(thread.anchor_uid or ""), [thread.anchor_field, thread.anchor_section, thread.item]
    return digest(canonical([revision, uid, *place, thread.anchor_path, thread.anchor_text]))


def account(person: int) -> dict[str, list[str]]:
    return {ACCOUNT: ["", str(person)]}


def accounts(standing: Iterable[Assignment]) -> dict[str, list[str]]:
    """Everybody who is asked now, with whether their decision is required."""
    said = [(row.reviewer_id, REQUIRED if row.is_required else "") for row in standing]
    return {ACCOUNTS: ["", ", ".join(f"{person}{required}" for person, required in sorted(said))]}


def told_account(changes: Mapping[str, list[str]]) -> int | None:
    """None for an event from before they were said."""
    return int(changes[ACCOUNT][1]) if ACCOUNT in changes else None


def told_accounts(changes: Mapping[str, list[str]]) -> dict[int, bool] | None:
    """Who is asked by primary key, and whether their decision is required; None as in `told_account`."""
    if ACCOUNTS not in changes:
        return None
    said = [each for each in changes[ACCOUNTS][1].split(", ") if each]
    return {int(each.removesuffix(REQUIRED)): each.endswith(REQUIRED) for each in said}


def written_at(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
