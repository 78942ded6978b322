"""The companion: what the tool derives from what a person types, at the right of the form."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from projects.access import FeatureVisit, visit_feature
from projects.checks.finding import Finding, Undecided
from projects.design.tree import Entity
from projects.design.vocabulary import Severity, StepName
from projects.diagrams.palette import PAGE
from projects.diagrams.svg import draw
from projects.diagrams.words import describe
from projects.models.base import Row
from projects.snapshot.current import Digested, current_design
from projects.views.addresses import Addresses
from projects.views.coverage_tab import coverage, proposals
from projects.views.document_page import DocumentPage, section_html
from projects.views.finding_places import place_of
from projects.views.graph_tab import DrawnGraph, sharing, topology
from projects.views.growth_tab import Growth, growth
from projects.views.mapping_tab import MappingTab, mapping_tab
from projects.views.rail import rail
from projects.views.sources_tab import SEARCH_FORM, SourcesTab
from projects.workflow.forms import RowForm
from projects.workflow.jobs import DOCUMENT_BY_SLUG
from projects.workflow.progress import completeness_of, findings_of, keep_overview
from projects.workflow.saving import NEW
from projects.workflow.standings import standing_of
from projects.workflow.steps import STEP_BY_SLUG, STEPS
from projects.workflow.steps.step import Step

TITLES = {
    "diagram": "Diagram",
    "findings": "Findings",
    "document": "Document",
    "coverage": "Coverage",
    "outline": "Outline",
    "growth": "Growth",
    "sharing": "Sharing",
    "topology": "Topology",
    "mapping": "Mapping",
    "review": "Review",
    "sources": "Sources",
}


# Above this many entities a picture beside the form cannot be read: it shows keys only, and its own page the rest.
ENTITIES_WITH_ALL_FIELDS = 40


# Beside the form there is more height than width. A name of its own, as the document's preview has a picture too.
NARROW = replace(PAGE, ids="companion", aspect=0.8)


@dataclass
class Companion:
    """One tab of the companion of one step."""

    visit: FeatureVisit
    digested: Digested
    step: Step
    tab: str
    picked: UUID | None = None
    shows_all: bool | None = None
    at: str = ""
    # The whole query of the address, and the form below a source that could not be saved as it was typed.
    asked: Mapping[str, str] = field(default_factory=dict)
    typed: RowForm | None = None

    @classmethod
    def of(
        cls, request: HttpRequest, visit: FeatureVisit, digested: Digested, step: Step, picked: Row | None
    ) -> "Companion":
        asked = request.GET.get("companion", "")
        tab = asked if asked in step.companion else step.companion[0]
        uid, at = picked.uid if picked else None, request.GET.get("at", "")
        return cls(visit, digested, step, tab, uid, at=at, asked=request.GET)

    @property
    def addresses(self) -> Addresses:
        return Addresses(self.visit.feature)

    @property
    def tabs(self) -> list[dict[str, Any]]:
        findings = self.step_findings
        return [
            {
                "slug": slug,
                "title": TITLES[slug],
                "is_current": slug == self.tab,
                "count": len(findings) if slug == "findings" else None,
                "address": f"{self.addresses.step(self.step.slug)}?companion={slug}{self._at}",
                "part": self._part(slug),
            }
            for slug in self.step.companion
        ]

    @property
    def reload_address(self) -> str:
        return self._part(self.tab) + (self.sources.state if self.tab == "sources" else "")

    def _part(self, tab: str) -> str:
        return f"{self.addresses.companion}?step={self.step.slug}&companion={tab}{self._at}"

    @property
    def _at(self) -> str:
        """The part of an address that keeps what the page shows."""
        pages = {page.at for page in self.step.pages}
        at = self.picked or (self.at if self.at in DOCUMENT_BY_SLUG or self.at in pages else "")
        return f"&at={at}" if at else ""

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        return findings_of(self.digested)

    @property
    def step_findings(self) -> list[Finding]:
        return [each for each in self.all_findings if each.step == self.step.slug]

    def linked(self, findings: list[Finding] | tuple[Finding, ...]) -> list[dict[str, Any]]:
        """Findings with the address of the row that each is about."""
        return [{"finding": each, "address": self.address_of(each)} for each in findings]

    @property
    def pinned(self) -> list[dict[str, Any]]:
        return self.linked(self.step_findings)

    @property
    def listed(self) -> list[dict[str, Any]]:
        """Every finding of the design, those of this step first."""
        others = [each for each in self.all_findings if each.step != self.step.slug]
        return self.linked([*self.step_findings, *others])

    @property
    def counts(self) -> dict[str, int]:
        found = [each.severity for each in self.step_findings]
        return {severity.value: found.count(severity) for severity in Severity}

    def address_of(self, finding: Finding | Undecided) -> str:
        """The page on which the row is, scrolled to it."""
        return place_of(self.addresses, self.digested, finding.step, finding.uid, finding.field_name or "")

    @property
    def svg(self) -> SafeString:
        design = self.digested.design
        errors = (each.uid for each in self.all_findings if each.severity is Severity.ERROR)
        faulty = frozenset(uid for uid in errors if uid)
        keys_only = len(design.tables) > ENTITIES_WITH_ALL_FIELDS if self.shows_all is None else not self.shows_all
        is_narrow = self.shows_all is None
        picture = Picture(self.picked, faulty, keys_only, is_narrow, self.addresses.step("data-model"))
        return mark_safe(_drawn(self.digested, picture))

    @property
    def graph(self) -> DrawnGraph | None:
        """The picture of the tabs “Sharing” and “Topology”."""
        return sharing(self.digested) if self.tab == "sharing" else topology(self.digested, self.picked)

    @cached_property
    def sources(self) -> SourcesTab:
        return SourcesTab(self.visit, self.digested, self.asked, self.typed)

    @property
    def mapping(self) -> MappingTab:
        return mapping_tab(self.digested, self.picked, self.addresses)

    @property
    def description(self) -> str:
        return describe(self.digested.design)

    @property
    def coverage(self) -> dict[str, Any]:
        return coverage(self.digested, self.addresses)

    @property
    def proposals(self) -> list[dict[str, Any]]:
        return proposals(self.digested)

    @property
    def index_address(self) -> str:
        return self.addresses.row("indexes", NEW)

    @property
    def growth(self) -> Growth:
        return growth(self.digested)

    @property
    def documents(self) -> DocumentPage:
        return DocumentPage(self.visit, self.digested, self.at)

    @property
    def document(self) -> SafeString:
        return mark_safe(section_html(self.digested, self.step.slug))


@dataclass(frozen=True)
class Picture:
    """Which picture of a design: the same one is drawn once."""

    picked: UUID | None
    faulty: frozenset[UUID]
    keys_only: bool
    is_narrow: bool
    step_address: str


@lru_cache(maxsize=64)
def _drawn(digested: Digested, picture: Picture) -> str:
    def address(entity: Entity) -> str:
        return f"{picture.step_address}?at={entity.uid}"

    return draw(
        digested.design,
        selected=picture.picked,
        faulty=picture.faulty,
        link=address,
        keys_only=picture.keys_only,
        theme=NARROW if picture.is_narrow else PAGE,
    )


@require_safe
def companion(request: HttpRequest, project: str, epic: str, feature: str) -> HttpResponse:
    """The companion alone, with the rail and the counts out of band; it reloads itself after a save."""
    visit = visit_feature(request.user, project, epic, feature)  # type: ignore[arg-type]  # signed in, by middleware
    digested = current_design(visit.feature)
    step = STEP_BY_SLUG.get(request.GET.get("step", ""), STEPS[0])
    standing = standing_of(visit.feature)
    # The answer brings the head bar too, which says where the feature stands.
    asked = hashlib.sha256(f"{request.META.get('QUERY_STRING', '')}\n{standing}".encode()).hexdigest()[:16]
    etag = f'"{digested.digest}-{asked}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304)
    overview = keep_overview(visit.feature, digested)
    shown = Companion.of(request, visit, digested, step, None)
    shown.picked = _uid_of(request)
    response = render(
        request,
        "projects/workbench/_companion_answer.html",
        {
            "companion": shown,
            "overview": overview,
            "visit": visit,
            "step": step,
            "step_count": len(STEPS),
            "feature": visit.feature,
            "standing": standing,
            "is_behind": standing.is_behind(digested.digest),
            "may_submit": standing.may_be_submitted(digested.digest),
            "rail": rail(shown.addresses, overview, step),
            "missing": completeness_of(digested, StepName(step.slug)),
        },
    )
    if shown.tab == "sources" and request.headers.get("HX-Trigger") == SEARCH_FORM:
        response.headers["HX-Push-Url"] = shown.sources.address
    response.headers["ETag"] = etag
    patch_vary_headers(response, ["HX-Request", "Cookie"])
    return response


def _uid_of(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("at", ""))
    except ValueError:
        return None
