"""The design of a draft, taken once for each state of it and kept, in the database and in the process."""

import hashlib
from dataclasses import dataclass, field
from functools import lru_cache

from django.db import transaction

from projects.access import features
from projects.design.digest import design_json, digest, read_design
from projects.design.tree import Design
from projects.models import DraftDesign, Feature
from projects.snapshot.take import take


@dataclass(frozen=True)
class Digested:
    """A design with its digest. Equal digests mean equal designs, so it is a cheap key for caches."""

    digest: str
    design: Design = field(compare=False, repr=False)


def current_design(feature: Feature) -> Digested:
    """The draft's design; `feature` comes from `access.features()`, which fetches the kept draft along."""
    draft = getattr(feature, "draft_design", None)
    if draft is None or draft.stamp != stamp(feature):
        return _take_and_keep(feature)
    try:
        return _kept(draft.digest)
    except DraftDesign.DoesNotExist:  # somebody saved since `feature` was read
        return _take_and_keep(feature)


def stamp(feature: Feature) -> str:
    """Names the state that a draft is taken of: all that can change it without changing one of its rows too."""
    epic, project = feature.epic, feature.epic.project
    state = (
        *(feature.uid, feature.version, getattr(feature, "reused_version", 0)),
        *(project.conventions.version, project.policy_stamp, project.key, project.title),
        *(epic.key, epic.title, feature.key, feature.title),
    )
    return hashlib.sha256(repr(state).encode()).hexdigest()


def _take_and_keep(feature: Feature) -> Digested:
    with transaction.atomic():
        # Whoever writes holds this lock, so all the queries of `take` see one state.
        Feature.objects.select_for_update().get(pk=feature.pk)
        fresh = features().get(pk=feature.pk)
        design = take(fresh)
        text = design_json(design)
        taken = Digested(digest(text), design)
        # The overview is of an earlier state, and whoever needs it counts it anew.
        kept = {"stamp": stamp(fresh), "digest": taken.digest, "text": text, "overview": None}
        DraftDesign.objects.update_or_create(feature=fresh, defaults=kept)
    return taken


# A design of 300 entities weighs some megabytes in memory: few are kept.
@lru_cache(maxsize=16)
def _kept(design_digest: str) -> Digested:
    draft = DraftDesign.objects.only("text").get(digest=design_digest)
    return Digested(design_digest, read_design(draft.text))
