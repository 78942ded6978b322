"""Which features a policy touches: those that follow it, and those that depart from it, with what and why."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from projects.design.inheritance import InheritedFact, PolicyStanding, Standing, standings
from projects.design.vocabulary import PolicyName, StepName
from projects.models import Feature, Project
from projects.snapshot.current import current_designs, is_current
from projects.workflow.feature_list import RECOUNTED_AT_ONCE, features_of

MOST_KEPT = 2000
# By the design's digest, which covers the policies too: how it stands to each of them.
_kept: dict[str, dict[PolicyName, PolicyStanding]] = {}


@dataclass(frozen=True)
class Departure:
    """What a feature does in another way with one store, entity or the like, and why; the reason may be missing."""

    about_name: str
    reason: str
    step: StepName
    lines: tuple[InheritedFact, ...]


@dataclass(frozen=True)
class Touched:
    """How a feature stands to the policies of a page."""

    feature: Feature
    standing: Standing
    lines: tuple[InheritedFact, ...]

    @property
    def departures(self) -> list[Departure]:
        """What it does in another way, a reason once for all that it is given for."""
        held: dict[tuple[str, str, StepName], list[InheritedFact]] = {}
        for line in self.lines:
            held.setdefault((line.about_name, line.reason, line.step), []).append(line)
        return [Departure(*key, tuple(lines)) for key, lines in held.items()]


@dataclass(frozen=True)
class TouchedFeatures:
    """`uncounted` are features whose draft is still to be taken anew, since the policy changed."""

    counted: tuple[Touched, ...]
    uncounted: tuple[Feature, ...]

    @property
    def following(self) -> list[Touched]:
        return [each for each in self.counted if each.standing is Standing.FOLLOWS]

    @property
    def departing(self) -> list[Touched]:
        return [each for each in self.counted if each.standing is Standing.DEPARTS]

    @property
    def silent(self) -> list[Touched]:
        return [each for each in self.counted if each.standing is Standing.SILENT]


def touched_features(project: Project, policies: Collection[PolicyName]) -> TouchedFeatures:
    """All features of the project, in the order of its list.

    The number of queries does not depend on the features, but for some drafts that are out of date: only so many of
    those are taken anew at once.
    """
    found = list(features_of(project))
    stale = [feature for feature in found if not is_current(feature)]
    uncounted = {feature.pk for feature in stale[RECOUNTED_AT_ONCE:]}
    known = _standings(feature for feature in found if feature.pk not in uncounted)
    return TouchedFeatures(
        tuple(_touched(feature, known[feature.pk], policies) for feature in found if feature.pk in known),
        tuple(feature for feature in found if feature.pk in uncounted),
    )


def _standings(counted: Iterable[Feature]) -> dict[int, dict[PolicyName, PolicyStanding]]:
    """By the feature's primary key. Only designs whose standings are not kept are read."""
    found, unread = {}, []
    for feature in counted:
        if is_current(feature) and (kept := _kept.get(feature.draft_design.digest)):
            found[feature.pk] = kept
        else:
            unread.append(feature)
    for feature, digested in zip(unread, current_designs(unread), strict=True):
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        found[feature.pk] = _kept[digested.digest] = standings(digested.design)
    return found


def _touched(feature: Feature, known: dict[PolicyName, PolicyStanding], policies: Collection[PolicyName]) -> Touched:
    held = [known[policy] for policy in PolicyName if policy in policies]
    order = (Standing.DEPARTS, Standing.FOLLOWS, Standing.SILENT)
    standing = min((each.standing for each in held), key=order.index, default=Standing.SILENT)
    return Touched(feature, standing, tuple(line for each in held for line in each.departures))
