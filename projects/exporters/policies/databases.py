"""The databases of a project: its profiles, their environments, and the stores that features chose."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from projects.design.project import ProjectDesign
from projects.design.tree import DatabaseProfile, DataElement, Store
from projects.design.tree.in_force import pooling_words
from projects.design.vocabulary import StepName, StoreKind
from projects.exporters.answers import Part, extra, table
from projects.exporters.blocks import (
    NO_NAME,
    NOT_SPECIFIED,
    Inline,
    Typed,
    joined,
    typed,
)
from projects.exporters.data_design.storage import reasons_of
from projects.exporters.escaping import one_line
from projects.exporters.policies.features import facts_under, phrase, said_by_features
from projects.exporters.project_features import Feature, exempt_features, features_of


def profile_name(profile: DatabaseProfile) -> str:
    return one_line(profile.full_name) or NO_NAME


_COLUMNS = ("Database", "Kind", "Hosting", "Access Patterns", "Connection Pool")


def databases(project: ProjectDesign) -> Part:
    """One row for each database: what it is, where it runs, how it is used and connected to."""
    policies = project.handbook.policies
    rows = [_row(each, is_primary=each is policies.primary) for each in policies.databases]
    return table("Databases", "project-databases", _COLUMNS, rows)


def other_databases(project: ProjectDesign) -> Part:
    """The same without the primary one, for a place that has said all of it."""
    policies = project.handbook.policies
    rows = [_row(each, is_primary=False) for each in policies.databases if each is not policies.primary]
    return extra(table("Other databases", "project-databases", _COLUMNS, rows).blocks)


def _row(profile: DatabaseProfile, *, is_primary: bool) -> tuple[Inline, ...]:
    name = f"{profile_name(profile)} (primary)" if is_primary else profile_name(profile)
    pool = pooling_words(profile)
    return name, profile.kind.label, typed(profile.hosting), typed(profile.access_patterns), typed(pool)


def environments(project: ProjectDesign) -> Part:
    """How each environment reaches each database."""
    columns = ("Environment", "Database", "Connection")
    return table("Environments", "environments", columns, _environments(project, "connection"))


def migrations_by_environment(project: ProjectDesign) -> Part:
    columns = ("Environment", "Database", "How migrations run")
    return table("Running migrations", "environments", columns, _environments(project, "migrations"))


def _environments(project: ProjectDesign, fact: str) -> Iterator[tuple[Inline, ...]]:
    for profile in project.handbook.policies.databases:
        for each in profile.environments:
            yield one_line(each.name) or NO_NAME, profile_name(profile), typed(getattr(each, fact))


def own_pooling(project: ProjectDesign) -> Part:
    title = "Connection pooling of features"
    return said_by_features(project, StepName.PERFORMANCE, title, lambda design: design.optimization.pooling)


@dataclass
class UsedStore:
    """A store of one kind and system, with all features that chose it and what they keep there."""

    kind: StoreKind
    system: str
    features: list[tuple[Feature, Store]] = field(default_factory=list)

    @property
    def elements(self) -> Iterator[DataElement]:
        for feature, store in self.features:
            yield from (element for element in feature.stated.data_elements if element.store == store.uid)


def used_stores(project: ProjectDesign) -> list[UsedStore]:
    """The stores of all features; those of one kind and system are one, whatever each feature calls it."""
    found: dict[tuple[StoreKind, str], UsedStore] = {}
    for feature in features_of(project, StepName.STORAGE):
        for store in feature.stated.stores:
            used = found.setdefault(store_key(store), UsedStore(store.kind, store_name(store)))
            used.features.append((feature, store))
    return list(found.values())


def store_key(store: Store) -> tuple[StoreKind, str]:
    return store.kind, store_name(store).casefold()


def store_name(store: Store) -> str:
    """The system, or the feature's own name for the store where it names no system."""
    return one_line(store.system) or one_line(store.name) or NO_NAME


def stores(project: ProjectDesign) -> Iterator[Part]:
    """Where features keep their data, and what they keep there."""
    rows = [(used.system, used.kind.label, _users(used), _kept(used)) for used in used_stores(project)]
    columns = ("Store", "Kind", "Chosen by", "Keeps")
    yield extra(table("Stores of the features", "project-stores", columns, rows).blocks)
    yield exempt_features(project, StepName.STORAGE, "stores")


def _users(used: UsedStore) -> Inline:
    return joined([_user(used, feature, store) for feature, store in used.features])


def _user(used: UsedStore, feature: Feature, store: Store) -> Inline:
    """The feature, with its own name for the store if it has one."""
    name = one_line(store.name)
    is_other = name and name.casefold() != used.system.casefold()
    return (feature.mark, f" as “{name}”") if is_other else feature.mark


def _kept(used: UsedStore) -> Inline:
    return joined([_element(element) for element in used.elements], "; ") or NOT_SPECIFIED


def _element(element: DataElement) -> Inline:
    name = one_line(element.name) or NO_NAME
    said: list[Inline] = [phrase(text) for text in (element.access_pattern, element.note) if text.strip()]
    return (name, ": ", joined(said)) if said else name


def rationales(project: ProjectDesign) -> Iterator[Part]:
    """Why each store was chosen, feature by feature."""
    for used in used_stores(project):
        for feature, store in used.features:
            title = (f"Why {used.system} ({used.kind.label.lower()}) for ", feature.mark)
            yield extra(facts_under(title, ((name, Typed(why)) for name, why in reasons_of(store) if why.strip())))
