"""A handbook in which every fact is said, each by a marker of its own, and projects made with it."""

from functools import cache

from projects.design.entries import CATALOGUE
from projects.design.project import Included, ProjectDesign
from projects.design.review_record import ReviewRecord
from projects.design.tree import (
    AccessRole,
    BackupPolicy,
    CachingPolicy,
    DatabaseProfile,
    Design,
    DesignPolicy,
    Entry,
    Environment,
    Handbook,
    Metric,
    MigrationPolicy,
    Policies,
    PolicySchedule,
    Protection,
    RetentionRule,
)
from projects.design.vocabulary import (
    BackupKind,
    CacheLayer,
    MigrationVersioning,
    Normalization,
    PointInTime,
    Reversibility,
    Sensitivity,
    StoreKind,
)
from tests.projects.exporters.designs import DRAFT, uid
from tests.projects.exporters.walking import Place, changed, texts


def _profile(name: str, *environments: str, kind: StoreKind, is_primary: bool = False) -> DatabaseProfile:
    held = tuple(Environment(uid=uid("environment", name, each), name=each) for each in environments)
    return DatabaseProfile(uid=uid("profile", name), system=name, kind=kind, is_primary=is_primary, environments=held)


_OUTLINE = Handbook(
    project_key="storefront",
    project_title="Payments platform",
    policies=Policies(
        databases=(
            _profile("postgres", "development", "production", kind=StoreKind.RELATIONAL, is_primary=True),
            _profile("mongo", "production", kind=StoreKind.DOCUMENT),
        ),
        design=DesignPolicy(normalization=Normalization.MIXED),
        migration=MigrationPolicy(
            versioning=MigrationVersioning.TIMESTAMPS, reversibility=Reversibility.WHERE_POSSIBLE
        ),
        backup=BackupPolicy(point_in_time=PointInTime.AVAILABLE),
        schedules=tuple(
            PolicySchedule(uid=uid("schedule", kind), kind=kind) for kind in (BackupKind.FULL, BackupKind.LOG)
        ),
        caching=CachingPolicy(layers=(CacheLayer.APPLICATION, CacheLayer.CDN)),
        retention_rules=tuple(RetentionRule(uid=uid("rule", name), name=name) for name in ("money", "logs")),
        protections=tuple(
            Protection(uid=uid("protection", kind), classification=kind)
            for kind in (Sensitivity.PERSONAL, Sensitivity.FINANCIAL)
        ),
    ),
    access_roles=tuple(AccessRole(uid=uid("role", name), name=name) for name in ("application", "migrations")),
    metrics=tuple(Metric(uid=uid("metric", name), name=name) for name in ("connections", "disk")),
    entries=tuple(Entry(key=entry.key, text="x") for entry in CATALOGUE),
)


@cache
def handbook_markers() -> dict[str, str]:
    """Marker → what it was typed into, as Class.field, or the key of an entry."""
    return {_marker(number): _where(place) for number, place in enumerate(_places())}


@cache
def full_handbook() -> Handbook:
    marker_of = {place.path: _marker(number) for number, place in enumerate(_places())}
    marked: Handbook = changed(_OUTLINE, lambda place: marker_of.get(place.path))
    return marked


def empty_handbook(title: str = "Payments platform") -> Handbook:
    return Handbook(project_key="storefront", project_title=title)


def included(design: Design, record: ReviewRecord = DRAFT) -> Included:
    """The feature with the policies of the full handbook, as a design that is taken from a project has them."""
    return Included(design.with_values(policies=full_handbook().policies), record)


def project_of(*features: Included, handbook: Handbook | None = None) -> ProjectDesign:
    return ProjectDesign(handbook or full_handbook(), features)


def _places() -> list[Place]:
    return [place for place in texts(_OUTLINE) if place.fact not in ("Entry.key", "Handbook.project_title")]


def _marker(number: int) -> str:
    return f"Handbook{number}x"


def _where(place: Place) -> str:
    if place.fact != "Entry.text":
        return place.fact
    _, number, _ = place.path
    return _OUTLINE.entries[int(number)].key
