"""The indexes of all features, and how many operations they serve."""

from collections import Counter
from collections.abc import Iterator

from projects.checks.coverage import coverage
from projects.checks.serving import Verdict
from projects.design.project import ProjectDesign
from projects.design.tree import Index
from projects.design.vocabulary import IndexMethod, StepName
from projects.exporters.answers import Part, extra
from projects.exporters.blocks import Block, Code, Inline, Paragraph, Table, Typed, label
from projects.exporters.data_design.indexing import index_cells
from projects.exporters.policies.features import listed
from projects.exporters.project_features import exempt_features, features_of


def indexes(project: ProjectDesign) -> Iterator[Part]:
    """How many there are of each kind, all of them, where none is needed, and how operations are served."""
    yield extra(_indexes(project))
    yield listed("No other index is needed", _needless(project))
    yield extra(_served(project))
    yield exempt_features(project, StepName.INDEXING, "indexes")


def _indexes(project: ProjectDesign) -> Iterator[Block]:
    found = [
        (feature, feature.design.entity_by_uid[index.entity], index)
        for feature in features_of(project, StepName.INDEXING)
        for index in feature.design.indexes
    ]
    if found:
        yield label("Indexes in the designs")
        yield Paragraph(_counts([index for _, _, index in found]))
        rows = tuple(
            (Code(entity.full_name), *index_cells(feature.design, index), feature.mark)
            for feature, entity, index in found
        )
        yield Table("project-indexes", ("Entity", "Index Name", "Fields", "Type", "Purpose", "Feature"), rows)


def _counts(found: list[Index]) -> str:
    methods = Counter(index.method for index in found)
    said = [f"{methods[method]} {method.label}" for method in IndexMethod if methods[method]]
    unique, partial = sum(index.is_unique for index in found), sum(bool(index.condition.strip()) for index in found)
    said += [f"{count} {word}" for count, word in ((unique, "unique"), (partial, "partial")) if count]
    return f"{len(found)} {'index' if len(found) == 1 else 'indexes'}: {', '.join(said)}."


def _needless(project: ProjectDesign) -> Iterator[Inline]:
    for feature in features_of(project, StepName.INDEXING):
        for entity in feature.design.own_entities:
            if entity.no_index_reason.strip():
                yield (Code(entity.full_name), " (", feature.mark, "): ", Typed(entity.no_index_reason))


def _served(project: ProjectDesign) -> Iterator[Block]:
    """The number of operations by how an index serves them."""
    designs = [feature.design for feature in features_of(project, StepName.INDEXING, StepName.QUERIES)]
    counts = Counter(row.served for design in designs for row in coverage(design))
    if counts:
        said = ", ".join(f"{verdict.label.lower()} {counts[verdict]}" for verdict in Verdict if counts[verdict])
        yield Paragraph(f"Operations by how indexes serve them: {said}.")
