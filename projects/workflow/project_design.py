"""A project as its documents need it: its handbook, with the approved revision or the draft of every feature."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from projects.access import features
from projects.design.digest import canonical, plain
from projects.design.project import Included, ProjectDesign
from projects.design.review_record import ReviewRecord
from projects.models import Feature, Project
from projects.snapshot.current import Digested, current_designs
from projects.snapshot.handbook import take_handbook
from projects.workflow.records import draft_records

APPROVED, DRAFT = "approved", "draft"


@dataclass(frozen=True)
class DigestedProject:
    """A project's design with the digest of all that is in it. Equal digests mean equal documents.

    `taken` has the primary key of each feature that is included, with the digest of its design, in their order.
    """

    digest: str
    project: ProjectDesign = field(compare=False, repr=False)
    taken: tuple[tuple[int, str], ...] = field(compare=False, repr=False)


def project_design(project: Project, revision: str = "") -> ProjectDesign:
    return current_project(project, revision).project


def current_project(project: Project, revision: str = "") -> DigestedProject:
    """The project with each feature's approved revision, or its draft where it has none.

    "approved" leaves those without one out, "draft" takes the draft of every feature. The number of queries does not
    depend on the features, but for drafts that are out of date and are taken anew.
    """
    # Databases sort hyphens in their own ways; documents are the same wherever they are made.
    found = sorted(features().filter(epic__project=project), key=lambda feature: (feature.epic.key, feature.key))
    approved = {} if revision == DRAFT else approved_designs(found)
    drafts = [] if revision == APPROVED else [feature for feature in found if feature.pk not in approved]
    designs = {**approved, **_drafts(drafts)}
    included = [designs[feature.pk] for feature in found if feature.pk in designs]
    handbook = take_handbook(project)
    parts = [canonical(plain(handbook)), *(f"{each.digest} {canonical(plain(record))}" for each, record in included)]
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    whole = ProjectDesign(handbook, tuple(Included(each.design, record) for each, record in included))
    taken = tuple((feature.pk, designs[feature.pk][0].digest) for feature in found if feature.pk in designs)
    return _used_before(DigestedProject(digest, whole, taken))


@lru_cache(maxsize=4)
def _used_before(current: DigestedProject) -> DigestedProject:
    """The equal one that was used before, if any, since that has its designs in force already."""
    return current


def approved_designs(found: Sequence[Feature]) -> Mapping[int, tuple[Digested, ReviewRecord]]:
    """The design and record of each feature's effective revision, by the feature's primary key.

    Designs are drafts in this version: no feature has an approved revision.
    """
    return {}


def _drafts(found: Sequence[Feature]) -> dict[int, tuple[Digested, ReviewRecord]]:
    pairs = zip(current_designs(found), draft_records(found), strict=True)
    return {feature.pk: pair for feature, pair in zip(found, pairs, strict=True)}
