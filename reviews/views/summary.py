"""The first of many changes, in a few lines, with a way to all of them."""

from dataclasses import dataclass

from projects.design.diff import Change, Holding, holdings
from projects.models import Feature, Revision
from projects.snapshot.current import Digested
from projects.views.addresses import Addresses
from reviews.comparing import changes_between, side_of, side_of_draft
from reviews.views.addresses import compare_page
from reviews.views.change_rows import ChangeRow, Links, rows

SHOWN = 8


@dataclass(frozen=True)
class Summary:
    """`all` is the page that shows all `total` changes. Where nothing was before, `holdings` counts what there is."""

    rows: tuple[ChangeRow, ...]
    total: int
    all: str = ""
    holdings: tuple[Holding, ...] = ()

    @property
    def more(self) -> int:
        return self.total - len(self.rows)


def changes_to_draft(feature: Feature, before: Revision | None, draft: Digested) -> Summary:
    """What changed in the draft since the revision was frozen."""
    if before is None:
        return Summary((), 0, "", holdings(draft.design))
    found = changes_between(side_of(before), side_of_draft(draft))
    return _summary(found, compare_page(Addresses(feature), before.number, None))


def changes_to(feature: Feature, before: Revision, after: Revision) -> Summary:
    found = changes_between(side_of(before), side_of(after))
    return _summary(found, compare_page(Addresses(feature), before.number, after.number))


def _summary(found: tuple[Change, ...], address: str) -> Summary:
    return Summary(tuple(rows(found[:SHOWN], lambda _change: Links())), len(found), address)
