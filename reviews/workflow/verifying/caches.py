"""What is kept of a revision so as not to derive it each time: its state, its record and its documents."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone

from projects.design.digest import plain
from projects.design.vocabulary import Role
from projects.exporters import DOCUMENTS
from projects.exporters.archive import FORMATS
from projects.models import Event, Project, Revision, RevisionDocument
from projects.snapshot.revisions import NotIntact, frozen
from projects.workflow.records import record_digest, revision_record
from reviews.models import Decision
from reviews.reading import decision_fact, facts_of, light
from reviews.record import record_of
from reviews.rules.facts import DecisionFact, ReviewFacts
from reviews.rules.states import derive_state
from reviews.workflow.verifying.told import APPROVED, Told

# Text is made in a moment, each PDF takes about a second.
QUICK, ALL = ("md", "html"), tuple(FORMATS)
# Of a revision that is neither the newest nor approved, what does not change once the next one is there.
LASTING = ("state", "revision", "digest", "authors", "changed_at", "superseded_by")
# These may change while nothing is said: by the day, and by who is in the project.
LISTS = ("items", "waivers")


def wrong_caches(project: Project) -> Iterator[str]:
    """A sentence for each revision whose state or record is not what follows from the rest."""
    told, decisions = Told(project), _decisions(project)
    rows = Revision.objects.filter(feature__epic__project=project).order_by("feature", "number")
    numbers: defaultdict[int, list[int]] = defaultdict(list)
    approved: defaultdict[int, list[int]] = defaultdict(list)
    for feature, number, approved_at in rows.values_list("feature", "number", "approved_at"):
        numbers[feature].append(number)
        approved[feature] += [number] if approved_at else []
    shown = rows.select_related("feature__epic__project").defer("text", "evidence", "sections", "definitions")
    for revision in shown.iterator(chunk_size=50):
        feature, number = revision.feature_id, revision.number
        name, events = told.name(feature, number), told.events[feature]
        facts = _short(revision, number == numbers[feature][-1], decisions[revision.pk])
        if revision.state != derive_state(facts):
            yield f"{name}: its state is {revision.state}, and {derive_state(facts).value} follows from the rest."
        later = next((each for each in approved[feature] if each > number), None)
        superseded_by = later if revision.approved_at else None
        if not _is_record_right(revision, facts, superseded_by, events):
            yield f"{name}: the record kept of its review is not what follows from the rest."


def _decisions(project: Project) -> defaultdict[int, list[DecisionFact]]:
    found = Decision.objects.filter(revision__feature__epic__project=project).select_related("revision")
    decisions: defaultdict[int, list[DecisionFact]] = defaultdict(list)
    for row in light(found, "revision").order_by("decided_at", "pk"):
        decisions[row.revision_id].append(decision_fact(row))
    return decisions


def _short(revision: Revision, is_head: bool, decisions: Sequence[DecisionFact]) -> ReviewFacts:
    """What the state follows from; no other query is needed."""
    return ReviewFacts(
        revision=revision.number,
        digest=revision.digest,
        is_head=is_head,
        is_withdrawn=revision.withdrawn_at is not None,
        approved_at=revision.approved_at,
        today=revision.submitted_at.date(),
        contributors=frozenset(int(pk) for pk in revision.contributors),
        members={},
        names={},
        required_approvals=1,
        is_solo=False,
        decisions=tuple(decisions),
    )


def _is_record_right(
    revision: Revision, facts: ReviewFacts, superseded_by: int | None, events: Sequence[Event]
) -> bool:
    kept = revision.record
    if kept is None:
        return False
    if not facts.is_head and not revision.approved_at:
        expected = plain(record_of(revision, facts, superseded_by))
        own = [each for each in kept.get("sign_offs", ()) if each.get("revision") == revision.number]
        return expected.get("sign_offs", []) == own and all(expected.get(each) == kept.get(each) for each in LASTING)
    # The head was settled between its last event and today; meanwhile waivers may expire, and people leave.
    moments = {events[-1].at if events else revision.submitted_at, timezone.now()}
    variants = [plain(record_of(revision, each, superseded_by)) for each in _whole(revision, moments)]
    fields = {*kept, *(field for variant in variants for field in variant)} - set(LISTS)
    return all(any(each.get(field) == kept.get(field) for each in variants) for field in fields) and all(
        _is_list_right([each.get(field, []) for each in variants], kept.get(field, [])) for field in LISTS
    )


def _is_list_right(variants: Sequence[list[Any]], kept: list[Any]) -> bool:
    """Each line is one of some variant, and each line that all variants have is there."""
    known = [line for each in variants for line in each]
    sure = [line for line in variants[0] if all(line in each for each in variants)]
    return all(line in known for line in kept) and all(line in kept for line in sure)


def _whole(revision: Revision, moments: Collection[datetime]) -> Iterator[ReviewFacts]:
    """All facts, as they would be at these times, with today's members and with all who judged."""
    today = facts_of(revision, max(moments))
    at = {today.today} if revision.approved_at else {each.astimezone(UTC).date() for each in moments}
    judges = {each.reviewer: frozenset({Role.REVIEWER}) for each in today.verdicts}
    for day in at:
        yield replace(today, today=day)
        yield replace(today, today=day, members=judges)


def wrong_documents(project: Project, forms: Collection[str] = QUICK) -> Iterator[str]:
    """A sentence for each kept document that was changed; approved revisions' are made anew in these forms."""
    told = Told(project, (APPROVED,))
    rows = Revision.objects.filter(feature__epic__project=project, documents__isnull=False).distinct()
    for revision in rows.order_by("feature", "number").defer("findings", "evidence").iterator(chunk_size=20):
        name = told.name(revision.feature_id, revision.number)
        anew = _anew(revision, forms)
        for row in RevisionDocument.objects.filter(revision=revision).order_by("slug", "form", "pk").iterator():
            content_digest = hashlib.sha256(bytes(row.content)).hexdigest()
            expected = anew.get((row.slug, row.form, row.record_digest), content_digest)
            if content_digest != row.content_digest:
                yield f"{name}: its document {row.slug}.{row.form} is not what was kept: the digests differ."
            elif content_digest != expected:
                yield f"{name}: its document {row.slug}.{row.form} is not what its design and record make."


def _anew(revision: Revision, forms: Collection[str]) -> dict[tuple[str, str, str], str]:
    """The digests of an approved revision's documents as its text and record make them now."""
    if not revision.approved_at:
        return {}
    try:
        design, record = frozen(revision).design, revision_record(revision)
    except (NotIntact, ValueError):
        # That is said of the revision itself.
        return {}
    name = record_digest(record)
    return {
        (document.slug, form, name): hashlib.sha256(FORMATS[form](design, record, document)).hexdigest()
        for document in DOCUMENTS
        for form in forms
    }
