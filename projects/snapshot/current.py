"""The design of a draft, taken once for each state of it and kept, in the database and in the process."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction

from projects.access import features
from projects.design.digest import design_json, digest, read_design
from projects.design.tree import Design
from projects.design.wording import folded_words
from projects.models import DraftDesign, Feature
from projects.snapshot.recent import Recent
from projects.snapshot.take import take

# Weighed by the lengths of their texts, of which a design takes ten times that in memory: about 60 MB, which are ten
# designs of 300 entities or some hundred of the usual size.
_in_process: "Recent[Digested]" = Recent(most=6_000_000)


@dataclass(frozen=True)
class Digested:
    """A design with its digest. Equal digests mean equal designs, so it is a cheap key for caches."""

    digest: str
    design: Design = field(compare=False, repr=False)


def current_design(feature: Feature) -> Digested:
    """The draft's design; `feature` comes from `access.features()`, which fetches the kept draft along."""
    return current_designs([feature])[0]


def current_designs(features: Iterable[Feature]) -> list[Digested]:
    """The designs of several drafts in their order, all texts in one query; `features` as `current_design` wants them.

    Drafts that are out of date are taken anew, each in a transaction of its own with some tens of queries.
    """
    wanted = list(features)
    kept = {feature.pk: feature.draft_design.digest for feature in wanted if is_current(feature)}
    found = {pk: known for pk, name in kept.items() if (known := _in_process.get(name)) is not None}
    if unread := kept.keys() - found.keys():
        rows = DraftDesign.objects.filter(feature__in=unread).values_list("feature", "digest", "text")
        # Another digest than before: somebody saved since the features were read.
        found |= {pk: _read(name, text) for pk, name, text in rows.iterator() if name == kept[pk]}
    return [found.get(feature.pk) or _take_and_keep(feature) for feature in wanted]


def is_current(feature: Feature) -> bool:
    """Whether the kept draft is of today's state; it is taken anew otherwise."""
    draft = getattr(feature, "draft_design", None)
    return draft is not None and draft.stamp == stamp(feature)


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
        kept["words"] = folded_words(design)
        DraftDesign.objects.update_or_create(feature=fresh, defaults=kept)
    return _in_process.put(taken.digest, taken, len(text))


def read_kept(design_digest: str, text: str) -> Digested:
    """The design of a text that has this digest, read once for as long as it is in use."""
    return _in_process.get(design_digest) or _read(design_digest, text)


def _read(design_digest: str, text: str) -> Digested:
    return _in_process.put(design_digest, Digested(design_digest, read_design(text)), len(text))
