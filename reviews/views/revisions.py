"""The revisions of a feature, newest first."""

from collections import defaultdict
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from projects.access import visit_feature
from projects.exporters import DOCUMENTS
from projects.models import Feature, Revision
from projects.views.addresses import Addresses
from reviews.models import Decision
from reviews.rules.terms import DecisionKind
from reviews.views.addresses import ReviewAddresses, compare_page
from reviews.views.shell import in_fours

SHORT_DIGEST = 8


@dataclass(frozen=True)
class Listed:
    """A line of the list; `before` is the revision that it is compared with."""

    revision: Revision
    addresses: ReviewAddresses
    signed: tuple[str, ...]
    before: Revision | None
    is_head: bool
    is_effective: bool

    @property
    def compare(self) -> str:
        return compare_page(self.addresses, self.before.number, self.revision.number) if self.before else ""

    @property
    def pdf(self) -> str:
        return self.addresses.at("document-pdf", slug=DOCUMENTS[0].slug)

    @property
    def archive(self) -> str:
        return self.addresses.at("document-archive")

    @property
    def digest(self) -> str:
        return in_fours(self.revision.digest, SHORT_DIGEST)


@require_safe
def revisions(request: HttpRequest, project: str, epic: str, feature: str) -> HttpResponse:
    visit = visit_feature(request.user, project, epic, feature)  # type: ignore[arg-type]  # signed in, by middleware
    context = {
        "visit": visit,
        "feature": visit.feature,
        "addresses": Addresses(visit.feature),
        "listed": listed(visit.feature),
        "may_submit": visit.may_edit,
    }
    return render(request, "reviews/revisions.html", context)


def listed(feature: Feature) -> list[Listed]:
    """All revisions of the feature, in a constant number of queries; their texts stay where they are."""
    rows = Revision.objects.filter(feature=feature).select_related("submitted_by").order_by("-number")
    found = list(rows.defer("text", "findings", "evidence", "sections", "definitions", "record"))
    signed = _signed(feature)
    effective = next((row for row in found if row.approved_at), None)
    return [
        Listed(
            row,
            ReviewAddresses(feature, row),
            tuple(signed[row.pk]),
            found[place + 1] if place + 1 < len(found) else None,
            is_head=place == 0,
            is_effective=row is effective,
        )
        for place, row in enumerate(found)
    ]


def _signed(feature: Feature) -> defaultdict[int, list[str]]:
    """Who signed each revision, of those sign-offs that stand, by its primary key."""
    standing = Decision.objects.filter(revision__feature=feature, kind=DecisionKind.APPROVE, ended="")
    signed: defaultdict[int, list[str]] = defaultdict(list)
    for revision, name in standing.order_by("decided_at", "pk").values_list("revision", "reviewer_name"):
        signed[revision].append(name)
    return signed
