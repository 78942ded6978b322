"""The model of a whole project: its diagram, what is wrong between its features, and the data dictionary."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from projects.access import Visit, visit_project
from projects.checks.finding import Finding, Undecided
from projects.design.tree import Entity
from projects.design.vocabulary import Severity
from projects.diagrams.svg import draw
from projects.diagrams.words import describe
from projects.exporters.whole_model import Entry, dictionary_csv, matching, model_markdown
from projects.htmx import render_part
from projects.models import Feature
from projects.snapshot.current import is_current
from projects.views.addresses import Addresses
from projects.views.downloads import MARKDOWN, download
from projects.views.finding_places import place_of
from projects.views.person import signed_in
from projects.views.project_page import tabs
from projects.views.still_reading import still_reading
from projects.workflow.project_model import Part, ProjectModel, bring_up, drafts_of, project_model
from projects.workflow.standings import standings

TAB = "project-model"
CSV = "text/csv; charset=utf-8"
ENTITIES_PER_PAGE = 50
LONGEST_SEARCH = 200
# Above this many tables a picture of all fields cannot be read whole: it begins with the keys.
TABLES_WITH_ALL_FIELDS = 40
DATA_MODEL = "data-model"


@dataclass
class ModelPage:
    """What the page shows: all epics or one, all fields or only the keys, and the dictionary filtered by a text."""

    visit: Visit
    features: list[Feature]
    asked: dict[str, str]
    page_number: str = ""

    @classmethod
    def of(cls, request: HttpRequest, visit: Visit, features: list[Feature]) -> "ModelPage":
        asked = {name: request.GET.get(name, "").strip() for name in ("epic", "fields", "q")}
        asked["q"] = asked["q"][:LONGEST_SEARCH].replace("\0", "")
        if asked["epic"] not in {feature.epic.key for feature in features}:
            asked["epic"] = ""
        return cls(visit, features, asked, request.GET.get("page", ""))

    @cached_property
    def model(self) -> ProjectModel:
        return project_model(self.visit.project, self.features)

    @cached_property
    def addresses(self) -> dict[str, Addresses]:
        return {f"{feature.epic.key}/{feature.key}": Addresses(feature) for feature in self.features}

    @property
    def part(self) -> Part:
        return self.model.part(self.epic)

    @property
    def epic(self) -> str:
        return self.asked["epic"]

    @property
    def text(self) -> str:
        return self.asked["q"]

    @property
    def shows_all(self) -> bool:
        if self.asked["fields"] in ("all", "keys"):
            return self.asked["fields"] == "all"
        return self.table_count <= TABLES_WITH_ALL_FIELDS

    @cached_property
    def table_count(self) -> int:
        return len(self.part.model.design.tables)

    @cached_property
    def svg(self) -> SafeString:
        pictures = self.part.pictures
        if self.shows_all not in pictures:
            pictures[self.shows_all] = self._drawn()
        return mark_safe(pictures[self.shows_all])

    def _drawn(self) -> str:
        model = self.part.model
        steps = {path: addresses.step(DATA_MODEL) for path, addresses in self.addresses.items()}

        def address(entity: Entity) -> str:
            structure = model.by_uid[entity.uid]
            return f"{steps[structure.feature.path]}?at={structure.origin.uid}"

        return draw(
            model.design, faulty=self.model.clashing, shared=model.shared, link=address, keys_only=not self.shows_all
        )

    @property
    def description(self) -> str:
        return describe(self.part.model.design, self.part.model.shared)

    @cached_property
    def findings(self) -> list[dict[str, Any]]:
        return [
            self._linked(each.feature, each.finding) for each in self.model.report.findings if self._shows(each.feature)
        ]

    @cached_property
    def undecided(self) -> list[dict[str, Any]]:
        found = self.model.report.undecided
        return [self._linked(each.feature, each.undecided) for each in found if self._shows(each.feature)]

    @property
    def counts(self) -> dict[str, int]:
        found = [each["finding"].severity.value for each in self.findings]
        return {severity: found.count(severity) for severity in map(str, Severity)}

    def _shows(self, feature: str) -> bool:
        return not self.epic or feature.startswith(f"{self.epic}/")

    def _linked(self, feature: str, finding: Finding | Undecided) -> dict[str, Any]:
        digested, column = self.model.drafts[feature], finding.field_name or ""
        address = place_of(self.addresses[feature], digested, finding.step, finding.uid, column)
        return {"finding": finding, "address": address}

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        return matching(self.part.dictionary, self.text)

    @cached_property
    def field_count(self) -> int:
        return sum(len(entry.lines) for entry in self.entries)

    @cached_property
    def page(self) -> Page[Any]:
        return Paginator(self.entries, ENTITIES_PER_PAGE).get_page(self.page_number)

    def rows(self) -> Iterator[dict[str, Any]]:
        """The entries of the page with the addresses of their forms and features, and what of those is approved."""
        standing = standings([feature.pk for feature in self.features])
        by_path = {f"{each.epic.key}/{each.key}": standing[each.pk].revision for each in self.features}
        for entry in self.page:
            at, number = self._of(entry), by_path[entry.feature.path]
            yield {
                "entry": entry,
                "address": self._form(entry),
                "feature": at.to("feature"),
                "approved": {"number": number, "address": at.to("review", number=number)} if number else None,
            }

    def _of(self, entry: Entry) -> Addresses:
        return self.addresses[entry.feature.path]

    def _form(self, entry: Entry) -> str:
        if entry.is_entity:
            return self._of(entry).step(DATA_MODEL, entry.uid)
        return place_of(self._of(entry), self.model.drafts[entry.feature.path], DATA_MODEL, entry.uid)

    def query(self, **changed: str) -> str:
        """The query of an address of this page with some values changed; what is empty is left out."""
        said = {name: value for name, value in (self.asked | changed).items() if value}
        return f"?{urlencode(said)}" if said else "?"

    @property
    def epics(self) -> list[dict[str, Any]]:
        """The links of the filter."""
        named = {"": _("All epics"), **self.model.epics}
        if len(named) < 3:  # with one epic there is nothing to choose
            return []
        return [
            {"title": title, "query": self.query(epic=key), "is_current": key == self.epic}
            for key, title in named.items()
        ]

    @property
    def other_fields(self) -> str:
        return self.query(fields="keys" if self.shows_all else "all")

    @property
    def epic_query(self) -> str:
        return self.query(fields="", q="")

    @property
    def csv_query(self) -> str:
        return self.query(fields="")

    @property
    def unfiltered(self) -> str:
        return self.query(q="")


def _page(request: HttpRequest, project: str) -> ModelPage | HttpResponse:
    """What to show, or the answer that waits until the drafts are read that a change made out of date."""
    visit = visit_project(signed_in(request), project)
    features = drafts_of(visit.project)
    if not all(map(is_current, features)):
        if left := bring_up(features):
            return still_reading(request, visit, len(features) - left, len(features), TAB)
        features = drafts_of(visit.project)
    return ModelPage.of(request, visit, features)


@require_safe
def model(request: HttpRequest, project: str) -> HttpResponse:
    page = _page(request, project)
    if isinstance(page, HttpResponse):
        return page
    context = {"visit": page.visit, "tabs": tabs(page.visit, TAB), "model": page, "page": page.page}
    return render_part(request, "projects/model/model.html", "projects/model/_dictionary.html", context)


@require_safe
def dictionary(request: HttpRequest, project: str) -> HttpResponse:
    """The dictionary as CSV, filtered as the page is."""
    page = _page(request, project)
    if isinstance(page, HttpResponse):
        return page
    return download(dictionary_csv(page.entries), CSV, f"{page.visit.project.key}-data-dictionary.csv")


@require_safe
def markdown(request: HttpRequest, project: str) -> HttpResponse:
    """The diagram as Mermaid texts in Markdown."""
    page = _page(request, project)
    if isinstance(page, HttpResponse):
        return page
    return download(model_markdown(page.part.model), MARKDOWN, f"{page.visit.project.key}-data-model.md")
