"""The companion: what the tool derives from what a person types, at the right of the form."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from projects.access import FeatureVisit, visit_feature
from projects.checks.finding import Finding
from projects.checks.matrix import Matrix, matrix
from projects.design.review_record import ReviewRecord
from projects.design.tree import Design, Entity, IndexPart
from projects.design.vocabulary import Direction, Severity
from projects.diagrams.palette import PAGE
from projects.diagrams.svg import draw
from projects.diagrams.words import describe
from projects.exporters import DATA_DESIGN
from projects.exporters.blocks import Heading
from projects.exporters.html import document_html
from projects.exporters.html_writer import HtmlWriter
from projects.models.base import Row
from projects.snapshot.current import Digested, current_design
from projects.views.addresses import Addresses
from projects.workflow.progress import Overview, findings_of, keep_overview
from projects.workflow.saving import NEW
from projects.workflow.steps import STEP_BY_SLUG, STEPS
from projects.workflow.steps.step import Step

TITLES = {
    "diagram": "Diagram",
    "findings": "Findings",
    "document": "Document",
    "coverage": "Coverage",
    "outline": "Outline",
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

    @classmethod
    def of(
        cls, request: HttpRequest, visit: FeatureVisit, digested: Digested, step: Step, picked: Row | None
    ) -> "Companion":
        asked = request.GET.get("companion", "")
        tab = asked if asked in step.companion else step.companion[0]
        return cls(visit, digested, step, tab, picked.uid if picked else None)

    @property
    def addresses(self) -> Addresses:
        return Addresses(self.visit.feature)

    @property
    def tabs(self) -> list[dict[str, Any]]:
        findings = self.step_findings
        at = f"&at={self.picked}" if self.picked else ""
        return [
            {
                "slug": slug,
                "title": TITLES[slug],
                "is_current": slug == self.tab,
                "count": len(findings) if slug == "findings" else None,
                "address": f"{self.addresses.step(self.step.slug)}?companion={slug}{at}",
                "part": self._part(slug),
            }
            for slug in self.step.companion
        ]

    @property
    def reload_address(self) -> str:
        return self._part(self.tab)

    def _part(self, tab: str) -> str:
        at = f"&at={self.picked}" if self.picked else ""
        return f"{self.addresses.companion}?step={self.step.slug}&companion={tab}{at}"

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

    def address_of(self, finding: Finding) -> str:
        """The page on which the row is, scrolled to it."""
        design = self.digested.design
        if finding.uid is None:
            return self.addresses.step(finding.step)
        holder = holders(self.digested).get(finding.uid)
        at = holder or (finding.uid if finding.uid in design.entity_by_uid or finding.step == "storage" else "")
        anchor = f"#row-{finding.uid}" + (f"-{finding.field_name}" if finding.field_name else "")
        return self.addresses.step(finding.step, at) + anchor

    @property
    def svg(self) -> SafeString:
        design = self.digested.design
        errors = (each.uid for each in self.all_findings if each.severity is Severity.ERROR)
        faulty = frozenset(uid for uid in errors if uid)
        keys_only = len(design.entities) > ENTITIES_WITH_ALL_FIELDS if self.shows_all is None else not self.shows_all
        is_narrow = self.shows_all is None
        picture = Picture(self.picked, faulty, keys_only, is_narrow, self.addresses.step("data-model"))
        return mark_safe(_drawn(self.digested, picture))

    @property
    def description(self) -> str:
        return describe(self.digested.design)

    @property
    def coverage(self) -> dict[str, Any]:
        """The matrix of step 5, its rows with the address of their operation."""
        table = _matrix(self.digested)
        rows = [
            {
                "query": row.query,
                "address": self.addresses.step("queries", row.query.uid),
                "coverage": row.coverage,
                "cells": row.cells,
            }
            for row in table.rows
        ]
        return {"columns": table.columns, "rows": rows, "hidden": table.hidden_primary_keys}

    @property
    def proposals(self) -> list[dict[str, Any]]:
        """The indexes that operations lack, each once, ready to be sent to the grid of indexes."""
        design = self.digested.design
        found: dict[str, dict[str, Any]] = {}
        for row in _matrix(self.digested).rows:
            proposal = row.coverage.proposal
            if proposal is None or row.coverage.is_settled:
                continue
            known = found.setdefault(
                proposal.name,
                {
                    "name": proposal.name,
                    "entity": design.entity_by_uid[proposal.entity].full_name,
                    "fields": ", ".join(_part_words(design, part) for part in proposal.parts),
                    "method": proposal.method.value,
                    "queries": [],
                    "note": row.coverage.note,
                },
            )
            known["queries"].append(row.query.name)
        return list(found.values())

    @property
    def index_address(self) -> str:
        return self.addresses.row("indexes", NEW)

    @property
    def outline(self) -> list[dict[str, Any]]:
        """The document's headings, to jump to."""
        writer = HtmlWriter(draw=str)
        writer.write(DATA_DESIGN.blocks(self.digested.design, ReviewRecord()))
        return [{"id": identifier, "title": title, "level": 2} for identifier, title in writer.sections]

    @property
    def document(self) -> SafeString:
        return mark_safe(section_html(self.digested, self.step))


def _part_words(design: Design, part: IndexPart) -> str:
    name = design.field_by_uid[part.field].name if part.field else f"({part.expression})"
    return f"{name} desc" if part.direction is Direction.DESCENDING else name


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


def section_html(digested: Digested, step: Step) -> str:
    """The parts of the document that this step fills, without the pictures, which have a tab of their own."""
    return _section_html(digested, step.sections)


@lru_cache(maxsize=64)
def _section_html(digested: Digested, sections: tuple[str, ...]) -> str:
    shown, chosen = False, []
    for block in DATA_DESIGN.blocks(digested.design, ReviewRecord()):
        if isinstance(block, Heading) and block.level == 2:
            shown = block.text in sections
        if shown:
            chosen.append(block)
    return HtmlWriter(draw=lambda: "<p>The diagram stands here.</p>").write(chosen)


@lru_cache(maxsize=16)
def preview(digested: Digested, record: ReviewRecord, step_address: str) -> str:
    """The whole document as HTML, its pictures leading to the entities' forms."""
    return document_html(
        digested.design, record, diagrams="page", entity_link=lambda entity: f"{step_address}?at={entity.uid}"
    )


@lru_cache(maxsize=16)
def _matrix(digested: Digested) -> Matrix:
    return matrix(digested.design)


@lru_cache(maxsize=16)
def holders(digested: Digested) -> dict[UUID, UUID]:
    """Field, key, check or relationship → the entity whose page shows it."""
    design = digested.design
    found = {}
    for entity in design.entities:
        for thing in (*entity.fields, *entity.keys, *entity.checks):
            found[thing.uid] = entity.uid
    for relationship in design.relationships:
        found[relationship.uid] = relationship.child
    return found


def rail(addresses: Addresses, overview: Overview, current: Step) -> list[dict[str, Any]]:
    """The steps in their groups, each with its number, address and state."""
    groups: list[dict[str, Any]] = []
    for number, (step, progress) in enumerate(zip(STEPS, overview.steps, strict=True), 1):
        if not groups or groups[-1]["name"] != step.group:
            groups.append({"name": step.group, "start": number, "steps": []})
        groups[-1]["steps"].append(
            {
                "number": number,
                "step": step,
                "progress": progress,
                "address": addresses.step(step.slug),
                "is_current": step is current,
            }
        )
    return groups


@require_safe
def companion(request: HttpRequest, project: str, epic: str, feature: str) -> HttpResponse:
    """The companion alone, with the rail and the counts out of band; it reloads itself after a save."""
    visit = visit_feature(request.user, project, epic, feature)  # type: ignore[arg-type]  # signed in, by middleware
    digested = current_design(visit.feature)
    step = STEP_BY_SLUG.get(request.GET.get("step", ""), STEPS[0])
    etag = f'"{digested.digest}-{step.slug}-{request.GET.get("companion", "")}-{request.GET.get("at", "")}"'
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
            "rail": rail(shown.addresses, overview, step),
        },
    )
    response.headers["ETag"] = etag
    patch_vary_headers(response, ["HX-Request", "Cookie"])
    return response


def _uid_of(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("at", ""))
    except ValueError:
        return None
