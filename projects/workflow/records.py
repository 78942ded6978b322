"""The ReviewRecord of a draft and of a revision: what their documents say of people, times and sign-offs."""

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from projects.design.digest import canonical, digest, plain
from projects.design.review_record import ReviewRecord
from projects.design.vocabulary import DesignState
from projects.models import Event, Feature, Revision
from projects.snapshot.revisions import NotIntact
from projects.workflow.events import CARD, COMMAND_LINE, is_of_the_design


def draft_record(feature: Feature) -> ReviewRecord:
    return draft_records([feature])[0]


def draft_records(features: Iterable[Feature]) -> list[ReviewRecord]:
    """The records of several drafts in their order, with two queries. Their authors are those who changed them."""
    wanted = list(features)
    events = Event.objects.filter(feature__in=[feature.pk for feature in wanted], revision=None).order_by()
    events = events.exclude(actor_name=COMMAND_LINE)
    authors: defaultdict[int | None, set[str]] = defaultdict(set)
    for feature, name in events.exclude(kind=CARD).values_list("feature", "actor_name").distinct():
        authors[feature].add(name)
    of_cards = events.filter(kind=CARD).values_list("feature", "actor_name", "verb", "changes")
    for feature, name, verb, changes in of_cards:
        if is_of_the_design(verb, changes):
            authors[feature].add(name)
    return [
        ReviewRecord(authors=tuple(sorted(authors[feature.pk])), changed_at=feature.changed_at) for feature in wanted
    ]


def revision_record(revision: Revision) -> ReviewRecord:
    """What reviews keep with the revision. Raises NotIntact if a sign-off in it is of another content."""
    record = _read(revision.record) if revision.record is not None else _first_record(revision)
    signed = [line.digest for line in record.sign_offs if line.revision == revision.number]
    if {record.digest, *signed} != {revision.digest} or (not record.is_draft and not signed):
        raise NotIntact(revision, "what was signed")
    return record


def record_digest(record: ReviewRecord) -> str:
    """Names what a document of a revision says beside the design."""
    return digest(canonical(plain(record)))


def _read(kept: dict[str, Any]) -> ReviewRecord:
    # As JSON, not as Python: only there does pydantic read times from their texts.
    return ReviewRecord.model_validate_json(json.dumps(kept))


def _first_record(revision: Revision) -> ReviewRecord:
    """Before anything is said of it."""
    return ReviewRecord(
        state=DesignState.IN_REVIEW,
        revision=revision.number,
        digest=revision.digest,
        authors=tuple(sorted(revision.contributors.values())),
        changed_at=revision.submitted_at,
    )
