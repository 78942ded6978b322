"""The drafts of a project's features as one model, with what the checks say of them together."""

from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from django.utils import timezone

from projects import access
from projects.checks import CheckConfig
from projects.checks.project import ProjectFinding, ProjectReport, run_project
from projects.design.defined_twice import defined_twice
from projects.design.project import Included
from projects.design.review_record import ReviewRecord
from projects.design.whole_model import WholeModel, whole_model
from projects.exporters.whole_model import Entry, dictionary
from projects.models import Feature, Project
from projects.snapshot.current import Digested, current_designs, is_current
from projects.snapshot.recent import Recent
from projects.workflow.feature_list import RECOUNTED_AT_ONCE


@dataclass(frozen=True, eq=False)
class ProjectModel:
    """`drafts` are by epic/feature path, in the order of the keys. One object serves all who ask for the same state."""

    title: str
    drafts: dict[str, Digested] = field(repr=False)

    @cached_property
    def features(self) -> tuple[Included, ...]:
        return tuple(Included(each.design, DRAFT) for each in self.drafts.values())

    @cached_property
    def whole(self) -> WholeModel:
        return whole_model(self.title, self.features)

    @cached_property
    def report(self) -> ProjectReport:
        """What the rules over a project say. None of them reads the time."""
        return run_project(self.features, CheckConfig(), timezone.now(), self.whole)

    @cached_property
    def clashing(self) -> frozenset[UUID]:
        """The entities that are one table and have different definitions, by their uids in the model."""
        pairs = [pair for pair in defined_twice(self.whole) if pair.is_certain and pair.differences]
        return frozenset(each.entity.uid for pair in pairs for each in (pair.first, pair.second))

    @cached_property
    def epics(self) -> dict[str, str]:
        """The epics that have features: key → title."""
        names = (included.design.identity for included in self.features)
        return {name.epic_key: name.epic_title for name in names}

    @cached_property
    def _parts(self) -> dict[str, "Part"]:
        return {}

    def part(self, epic: str) -> "Part":
        """What is shown of one epic, or of all of them for an empty key; made once."""
        if epic not in self._parts:
            self._parts[epic] = Part(self, self.whole.of_epic(epic))
        return self._parts[epic]


@dataclass(frozen=True, eq=False)
class Part:
    """The shown part of a model with its dictionary."""

    of: ProjectModel = field(repr=False)
    model: WholeModel = field(repr=False)

    @cached_property
    def dictionary(self) -> tuple[Entry, ...]:
        return dictionary(self.model)

    @cached_property
    def pictures(self) -> dict[bool, str]:
        """The diagram as it was painted for the page: without the fields that are no keys, and with all."""
        return {}


DRAFT = ReviewRecord()

# Weighed by the features in it. Their designs stay in memory with it, whatever `snapshot.current` forgets.
_models: "Recent[ProjectModel]" = Recent(most=200)


def drafts_of(project: Project) -> list[Feature]:
    """The features by their keys, as `current_designs` wants them; archived ones are not part of the model."""
    # Databases sort hyphens in their own ways.
    found = access.features().filter(epic__project=project, archived_at=None)
    return sorted(found, key=lambda feature: (feature.epic.key, feature.key))


def project_model(project: Project, features: list[Feature] | None = None) -> ProjectModel:
    """The model of all drafts; `features` are those of `drafts_of`, if the caller has them.

    While nothing changed it costs the query for the features and no other.
    """
    features = drafts_of(project) if features is None else features
    if known := _models.get(_key(project, features)):
        return known
    drafts = current_designs(features)
    made = ProjectModel(project.title, {_path(each): draft for each, draft in zip(features, drafts, strict=True)})
    key = project.pk, project.title, tuple(each.digest for each in drafts)
    return _models.get(key) or _models.put(key, made, 1 + len(features))


def _key(project: Project, features: list[Feature]) -> tuple[object, ...]:
    """The state of the drafts as far as it is known; one that is out of date has no digest, so no model is found."""
    digests = tuple(each.draft_design.digest if is_current(each) else "" for each in features)
    return project.pk, project.title, digests


def _path(feature: Feature) -> str:
    return f"{feature.epic.key}/{feature.key}"


def bring_up(features: list[Feature], most: int = RECOUNTED_AT_ONCE) -> int:
    """Take some of the drafts that are out of date anew; how many are left. After a change of policies all are due."""
    due = [feature for feature in features if not is_current(feature)]
    current_designs(due[:most])
    return max(0, len(due) - most)


def project_findings(project: Project) -> tuple[ProjectFinding, ...] | None:
    """What the rules over all features found; None while a draft is out of date, which the model's page brings up."""
    features = drafts_of(project)
    return project_model(project, features).report.findings if all(map(is_current, features)) else None
