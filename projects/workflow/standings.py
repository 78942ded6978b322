"""Where features are on their way to approval: the state of the head, and the approved revision in force."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from projects.design.vocabulary import DesignState
from projects.models import Feature

# What the head of a feature can be; the other states are those of revisions.
HEAD_STATES = (
    DesignState.DRAFT,
    DesignState.IN_REVIEW,
    DesignState.CHANGES_REQUESTED,
    DesignState.APPROVED,
    DesignState.ARCHIVED,
)


@dataclass(frozen=True)
class Standing:
    """`state` is that of the head, `revision` the approved revision in force with the time of its approval.

    `head` is the number of the newest revision, withdrawn or not, and `head_digest` that of its content.
    """

    state: DesignState = DesignState.DRAFT
    revision: int | None = None
    approved_at: datetime | None = None
    head: int | None = None
    head_digest: str = ""

    @property
    def is_head_effective(self) -> bool:
        return self.head is not None and self.head == self.revision

    def is_behind(self, draft_digest: str) -> bool:
        """Whether the draft says something else than the newest revision."""
        is_quiet = self.state in (DesignState.DRAFT, DesignState.ARCHIVED)
        return not is_quiet and bool(self.head_digest) and draft_digest != self.head_digest

    def may_be_submitted(self, draft_digest: str) -> bool:
        """Whether the draft says something that is neither in review nor approved."""
        return self.state is DesignState.DRAFT or self.is_behind(draft_digest)


NOTHING_SUBMITTED = Standing()


def standing_of(feature: Feature) -> Standing:
    return standings([feature.pk])[feature.pk]


def standings(features: Collection[int]) -> dict[int, Standing]:
    """The standing of each feature, by primary key, in one query."""
    found = dict.fromkeys(features, NOTHING_SUBMITTED)
    rows = Feature.objects.filter(pk__in=features).order_by("pk", "revisions__number")
    said = ("number", "state", "approved_at", "digest")
    for pk, archived_at, *revision in rows.values_list("pk", "archived_at", *(f"revisions__{name}" for name in said)):
        known = found[pk] if revision[0] is None else _with_revision(found[pk], *revision)
        found[pk] = replace(known, state=DesignState.ARCHIVED) if archived_at else known
    return found


def _with_revision(known: Standing, number: int, state: str, approved_at: datetime | None, digest: str) -> Standing:
    """What is known of the revisions before this one, and this one."""
    head = DesignState.DRAFT if state == DesignState.WITHDRAWN else DesignState(state)
    known = replace(known, state=head, head=number, head_digest=digest)
    return replace(known, revision=number, approved_at=approved_at) if approved_at else known
