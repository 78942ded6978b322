"""Which databases there are, how they are reached, and how the project thinks of its data."""

from collections.abc import Iterator

from projects.design.entries import DATABASE
from projects.design.entries import Heading as Title
from projects.design.project import ProjectDesign
from projects.design.tree import DatabaseProfile, DesignPolicy, Store
from projects.design.vocabulary import StepName
from projects.exporters.answers import EntriesAt, Part, answer, extra, policy, table, told
from projects.exporters.blocks import (
    NO_NAME,
    NOT_SPECIFIED,
    Block,
    Bullets,
    Heading,
    Inline,
    Strong,
    Typed,
    joined,
    label,
    typed,
)
from projects.exporters.data_consistency.persistence import as_sentence
from projects.exporters.data_design.storage import reasons_of
from projects.exporters.escaping import one_line
from projects.exporters.project_features import Feature, exempt_features, features_of


def overview(project: ProjectDesign) -> Iterator[Block]:
    yield Heading(2, Title.OVERVIEW)
    yield from told(_parts(project))


def _parts(project: ProjectDesign) -> Iterator[Part]:
    policies = project.handbook.policies
    entries = EntriesAt(project, DATABASE, Title.OVERVIEW)
    columns = ("Database", "Version", "Kind", "Hosting", "Primary")
    primary = policies.primary
    rows = [_profile(profile, is_primary=profile is primary) for profile in policies.databases]
    yield table("Databases", "databases", columns, rows)
    yield answer("ORM or query builder", policies.modelling.orm)
    if not policies.databases:
        yield Part("Connections")
    for profile in policies.databases:
        yield from _connections(profile)
    yield from _stores(project)
    yield from _access(project)
    yield from entries.take("philosophy")
    yield from policy("Design habits", _habits(policies.design))
    yield from entries.rest()


def _profile(profile: DatabaseProfile, *, is_primary: bool) -> tuple[Inline, ...]:
    # A service like an object store has no version that anybody could say.
    kind, version, hosting = profile.kind.label, one_line(profile.system_version), typed(profile.hosting)
    return one_line(profile.system), version, kind, hosting, "yes" if is_primary else "no"


def _connections(profile: DatabaseProfile) -> Iterator[Part]:
    name = one_line(profile.full_name)
    rows = [(one_line(each.name), typed(each.connection), typed(each.migrations)) for each in profile.environments]
    yield table(f"Connections to {name}", "environments", ("Environment", "Connection", "Migrations run"), rows)
    yield answer(f"Access patterns of {name}", profile.access_patterns)


def _stores(project: ProjectDesign) -> Iterator[Part]:
    features = list(features_of(project, StepName.STORAGE))
    stores = [(feature, store) for feature in features for store in feature.design.stores]
    if stores:
        rows = [(_name(store), store.kind.label, typed(store.system), feature.mark) for feature, store in stores]
        yield table("Stores of the features", "feature-stores", ("Store", "Kind", "System", "Feature"), rows)
    if reasons := tuple(why for feature, store in stores if (why := _rationale(feature, store))):
        yield extra((label("Why they were chosen"), Bullets(reasons)))
    yield exempt_features(project, StepName.STORAGE, "stores")


def _rationale(feature: Feature, store: Store) -> Inline:
    reasons = [(f"{name}: ", Typed(as_sentence(why))) for name, why in reasons_of(store) if why.strip()]
    return (Strong(_name(store)), " of ", feature.mark, ": ", joined(reasons, " ")) if reasons else ""


def _name(store: Store) -> str:
    return one_line(store.name) or NO_NAME


def _access(project: ProjectDesign) -> Iterator[Part]:
    features = list(features_of(project, StepName.REQUIREMENTS))
    if profiles := tuple(line for feature in features if (line := _profile_of(feature))):
        yield extra((label("Reads and writes of the features"), Bullets(profiles)))
    rows = [row for feature in features for row in _elements(feature)]
    if rows:
        columns = ("Data Element", "Feature", "Store", "Access Pattern")
        yield table("Access patterns of the data", "access-patterns", columns, rows)


def _profile_of(feature: Feature) -> Inline:
    needs = feature.design.requirements
    said: list[Inline] = [f"{needs.access_profile.label}."] if needs.access_profile else []
    if needs.access_notes.strip():
        said.append(Typed(needs.access_notes))
    return (feature.mark, ": ", joined(said, " ")) if said else ""


def _elements(feature: Feature) -> Iterator[tuple[Inline, ...]]:
    for element in feature.design.data_elements:
        store = _name(feature.design.store_by_uid[element.store]) if element.store else NOT_SPECIFIED
        pattern: list[Inline] = [Typed(text) for text in (element.access_pattern, element.note) if text.strip()]
        yield one_line(element.name) or NO_NAME, feature.mark, store, joined(pattern, "; ") or NOT_SPECIFIED


def _habits(said: DesignPolicy) -> Iterator[Part]:
    """What else the design policy says; its habits of indexing stand under Performance & Optimization."""
    yield answer("Normalization", said.normalization.label if said.normalization else said.normalization_notes)
    if said.normalization:
        yield extra(answer("Normalization, notes", said.normalization_notes).blocks)
    yield answer("Entities", said.entities)
    yield answer("Relationships", said.relationships)
    yield answer("Keys", said.keys)
    yield answer("Constraints", said.constraints)
    yield answer("Project patterns", said.project_patterns)
