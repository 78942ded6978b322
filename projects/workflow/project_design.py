"""A project as its documents need it: its handbook, with the approved revision or the draft of every feature."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery

from projects.access import features
from projects.design.digest import canonical, plain
from projects.design.project import Included, ProjectDesign
from projects.design.review_record import ReviewRecord
from projects.models import Feature, Project, Revision
from projects.snapshot.current import Digested, current_designs
from projects.snapshot.handbook import take_handbook
from projects.snapshot.revisions import frozen
from projects.workflow.records import draft_records, revision_record

APPROVED, DRAFT = "approved", "draft"


class Taken(NamedTuple):
    """Which design of a feature is included: the feature's primary key, and the digest of the design."""

    feature: int
    digest: str


@dataclass(frozen=True)
class DigestedProject:
    """A project's design with the digest of all that is in it. Equal digests mean equal documents.

    `taken` says of each feature that is included where its design is from, in their order.
    """

    digest: str
    project: ProjectDesign = field(compare=False, repr=False)
    taken: tuple[Taken, ...] = field(compare=False, repr=False)


def project_design(project: Project, revision: str = "") -> ProjectDesign:
    return current_project(project, revision).project


def current_project(project: Project, revision: str = "") -> DigestedProject:
    """The project with each feature's approved revision, or its draft where it has none.

    "approved" leaves those without one out, "draft" takes the draft of every feature. The number of queries does not
    depend on the features, but for drafts that are out of date and are taken anew.
    """
    # Databases sort hyphens in their own ways; documents are the same wherever they are made.
    in_use = features().filter(epic__project=project, archived_at=None)
    found = sorted(in_use, key=lambda feature: (feature.epic.key, feature.key))
    approved = {} if revision == DRAFT else approved_designs(found)
    drafts = [] if revision == APPROVED else [feature for feature in found if feature.pk not in approved]
    designs = {**approved, **_drafts(drafts)}
    included = [designs[feature.pk] for feature in found if feature.pk in designs]
    handbook = take_handbook(project)
    parts = [canonical(plain(handbook)), *(f"{each.digest} {canonical(plain(record))}" for each, record in included)]
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    whole = ProjectDesign(handbook, tuple(Included(each.design, record) for each, record in included))
    taken = tuple(Taken(feature.pk, designs[feature.pk][0].digest) for feature in found if feature.pk in designs)
    return _used_before(DigestedProject(digest, whole, taken))


@lru_cache(maxsize=4)
def _used_before(current: DigestedProject) -> DigestedProject:
    """The equal one that was used before, if any, since that has its designs in force already."""
    return current


def approved_designs(found: Sequence[Feature]) -> Mapping[int, tuple[Digested, ReviewRecord]]:
    """The design and record of each feature's effective revision, by the feature's primary key, in one query.

    Raises NotIntact for a revision whose text was changed.
    """
    rows = effective_revisions([feature.pk for feature in found])
    return {each.feature_id: (frozen(each), revision_record(each)) for each in rows.iterator()}


def effective_revisions(features: Collection[int]) -> QuerySet[Revision]:
    """The last approved revision that stands of each feature that has one, without what only reviews read of it."""
    approved = Revision.objects.filter(feature=OuterRef("feature"), approved_at__isnull=False)
    last = Subquery(approved.order_by("-number").values("pk")[:1])
    return Revision.objects.filter(feature__in=features, pk=last).defer(
        "findings", "evidence", "sections", "definitions"
    )


def _drafts(found: Sequence[Feature]) -> dict[int, tuple[Digested, ReviewRecord]]:
    pairs = zip(current_designs(found), draft_records(found), strict=True)
    return {feature.pk: pair for feature, pair in zip(found, pairs, strict=True)}
