"""Who may see and do what. Every view, command and API call asks here.

Outsiders get 404, so that they do not learn what exists; members without the right get 403 with a sentence.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import Http404

from projects.design.vocabulary import Role
from projects.models import Epic, Feature, Membership, Project, Reuse, User


class Right(StrEnum):
    READ = "read"
    COMMENT = "comment"
    EDIT = "edit"
    REVIEW = "review"
    MANAGE = "manage"


RIGHTS: dict[Right, frozenset[Role]] = {
    Right.READ: frozenset(Role),
    Right.COMMENT: frozenset({Role.OWNER, Role.ARCHITECT, Role.REVIEWER}),
    Right.EDIT: frozenset({Role.OWNER, Role.ARCHITECT}),
    Right.REVIEW: frozenset({Role.OWNER, Role.REVIEWER}),
    Right.MANAGE: frozenset({Role.OWNER}),
}

# What an archived project holds still; managing it is how it is brought back.
CHANGING = frozenset({Right.COMMENT, Right.EDIT, Right.REVIEW})

REFUSALS = {
    Right.READ: "You are not a member of this project.",
    Right.EDIT: "Only owners and architects of this project change its designs. Ask an owner for the role.",
    Right.COMMENT: "Viewers of this project read its reviews. Ask an owner for the role of a reviewer to take part.",
    Right.REVIEW: "Only reviewers and owners of this project give verdicts and decide. Ask an owner for the role.",
    Right.MANAGE: "Only owners of this project change its people, its settings and the policies of its handbook.",
}


FEATURE_ARCHIVED = "This feature is archived, so it does not change. An owner of the project can bring it back."


class Moved(Exception):
    """The address uses a key from before a renaming; `keys` has today's, by the names of the URL's parts."""

    def __init__(self, **keys: str) -> None:
        super().__init__(keys)
        self.keys = keys


@dataclass(frozen=True)
class Visit:
    """A person at a project, or at one feature of it, with the roles held there."""

    user: User
    project: Project
    roles: frozenset[Role]

    def may(self, right: Right) -> bool:
        return bool(self.roles & RIGHTS[right]) and not (self.project.is_archived and right in CHANGING)

    def require(self, right: Right) -> None:
        if not self.roles & RIGHTS[right]:
            raise PermissionDenied(REFUSALS[right])
        if not self.may(right):
            raise PermissionDenied(self.why_closed)

    @property
    def why_closed(self) -> str:
        return "This project is archived. An owner can bring it back in its settings."

    @property
    def may_edit(self) -> bool:
        return self.may(Right.EDIT)

    @property
    def may_manage(self) -> bool:
        return self.may(Right.MANAGE)


@dataclass(frozen=True)
class FeatureVisit(Visit):
    feature: Feature

    def may(self, right: Right) -> bool:
        return super().may(right) and not (self.feature.archived_at and right in CHANGING)

    @property
    def why_closed(self) -> str:
        return super().why_closed if self.project.is_archived else FEATURE_ARCHIVED


def roles_of(user: User, project: Project) -> frozenset[Role]:
    return frozenset(
        Role(role) for role in Membership.objects.filter(user=user, project=project).values_list("role", flat=True)
    )


def editors_of(project: Project) -> QuerySet[User]:
    """Who may edit the project's designs, and so own features of it."""
    held = Membership.objects.filter(project=project, role__in=RIGHTS[Right.EDIT])
    return User.objects.filter(pk__in=held.values("user"))


def visit_project(user: User, project: str, right: Right = Right.READ) -> Visit:
    """The project with this key, for one of its members.

    Raises Http404 to others, Moved for an old key and PermissionDenied for a member without the right.
    """
    found = Project.objects.select_related("conventions").annotate(**_roles_at("pk", user)).filter(key=project).first()
    if found:
        roles = _annotated_roles(found)
    else:
        found = Project.objects.filter(aliases__key=project).first()
        roles = roles_of(user, found) if found else frozenset()
    if not found or not roles:
        raise Http404("There is no such project here, or you are not a member of it.")
    if found.key != project:
        raise Moved(project=found.key)
    visit = Visit(user, found, roles)
    visit.require(right)
    return visit


def visit_epic(user: User, project: str, epic: str, right: Right = Right.READ) -> tuple[Visit, Epic]:
    visit = visit_project(user, project, right)
    found = visit.project.epics.filter(key=epic).first()
    if found:
        return visit, found
    if former := Epic.objects.filter(aliases__key=epic, project=visit.project).first():
        raise Moved(epic=former.key)
    raise Http404("There is no such epic in this project.")


def features() -> QuerySet[Feature]:
    """Features with all that a page needs of them: the path, the naming rules, the stamp of the kept draft.

    `reused_version` changes whenever a feature changes whose entities this one refers to.
    """
    reused = (
        Reuse.objects.filter(feature=OuterRef("pk"))
        .order_by()
        .values("feature")
        .annotate(total=Sum("entity__feature__version"))
        .values("total")
    )
    return (
        Feature.objects.select_related("epic__project__conventions", "draft_design")
        .defer("draft_design__text", "draft_design__words")
        .annotate(reused_version=Coalesce(Subquery(reused), 0))
    )


def with_epics(rows: QuerySet[Feature], project: Project, epics: Iterable[Epic], *related: str) -> list[Feature]:
    """Features of one project, as `features` gives them, without reading their epics and project again for each."""
    by_key = {epic.pk: epic for epic in epics}
    for epic in by_key.values():
        epic.project = project
    # An epic that was made since the others were read is left for the next time.
    found = rows.filter(epic__in=by_key).select_related(None).select_related("draft_design", *related)
    listed = list(found)
    for feature in listed:
        feature.epic = by_key[feature.epic_id]
    return listed


def _roles_at(project: str, user: User) -> dict[str, Exists]:
    """Annotations that say which roles the user holds, in the same query; `project` is the column that leads to it."""
    mine = Membership.objects.filter(user=user, project=OuterRef(project))
    return {f"is_{role}": Exists(mine.filter(role=role)) for role in Role}


def _annotated_roles(row: Project | Feature) -> frozenset[Role]:
    return frozenset(role for role in Role if getattr(row, f"is_{role}"))


def visit_feature(user: User, project: str, epic: str, feature: str, right: Right = Right.READ) -> FeatureVisit:
    """The feature at this path, for a member of its project; raises as `visit_project` does."""
    rows = features().filter(epic__project__key=project, epic__key=epic, key=feature)
    found = rows.annotate(**_roles_at("epic__project", user)).first()
    if found is None:
        raise _moved_or_gone(user, project, epic, feature)
    roles = _annotated_roles(found)
    if not roles:
        raise Http404("There is no such feature here, or you are not a member of its project.")
    visit = FeatureVisit(user, found.epic.project, roles, found)
    visit.require(right)
    return visit


def _moved_or_gone(user: User, project: str, epic: str, feature: str) -> Exception:
    """What to raise for a path that leads nowhere: each part may be a former key."""
    _, parent = visit_epic(user, project, epic)
    if former := Feature.objects.filter(aliases__key=feature, epic=parent).first():
        return Moved(feature=former.key)
    return Http404("There is no such feature in this epic.")
