"""How entities are related across all features: by pattern, and by what deleting a parent does."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from projects.design.project import ProjectDesign
from projects.design.tree import Design, Relationship
from projects.design.vocabulary import Cardinality, ReferentialAction, StepName
from projects.exporters.answers import Part, extra
from projects.exporters.blocks import Block, Bullets, Code, Inline, Paragraph, joined, label
from projects.exporters.data_design.relationships import description_of, parent_name
from projects.exporters.project_features import Feature, features_of

_ONE_TO_ONE = (Cardinality.ONE_TO_ONE, Cardinality.ONE_TO_OPTIONAL)


@dataclass(frozen=True)
class Related:
    """A relationship in its feature."""

    feature: Feature
    relationship: Relationship

    @property
    def design(self) -> Design:
        return self.feature.design

    @property
    def child(self) -> Inline:
        return Code(self.design.entity_by_uid[self.relationship.child].full_name)

    @property
    def parent(self) -> Inline:
        return parent_name(self.design, self.relationship)

    @property
    def is_to_itself(self) -> bool:
        return self.relationship.parent == self.relationship.child


def related(project: ProjectDesign) -> list[Related]:
    return [
        Related(feature, relationship)
        for feature in features_of(project, StepName.DATA_MODEL)
        for relationship in feature.design.relationships
    ]


def relationship_patterns(project: ProjectDesign) -> Iterator[Part]:
    """All relationships by their pattern; each pattern that none follows says so. Without any they are missing."""
    found = related(project)
    if not found:
        yield Part("Relationships of the features")
        return
    apart = [each for each in found if not each.is_to_itself]
    by_junction = [*_through(apart), *_junctions(project)]
    for name, items in (
        ("One-to-many", [_arrow(each, " → ") for each in apart if _is(each, Cardinality.ONE_TO_MANY)]),
        ("One-to-one", [_arrow(each, " – ") for each in apart if _is(each, *_ONE_TO_ONE)]),
        ("Many-to-many", by_junction),
        ("Self-referencing", [_itself(each) for each in found if each.is_to_itself]),
    ):
        yield extra((label(name), Bullets(tuple(items)) if items else Paragraph("None in the model.")))


def _is(each: Related, *cardinalities: Cardinality) -> bool:
    return each.relationship.cardinality in cardinalities


def _arrow(each: Related, sign: str) -> Inline:
    return (each.parent, sign, each.child, _about(each))


def _about(each: Related) -> Inline:
    about = description_of(each.design, each.relationship)
    return (": ", about, " (", each.feature.mark, ")") if about else (" (", each.feature.mark, ")")


def _itself(each: Related) -> Inline:
    return (each.child, f" ({each.relationship.cardinality.label})", _about(each))


def _through(found: list[Related]) -> Iterator[Inline]:
    return (_arrow(each, " ↔ ") for each in found if _is(each, Cardinality.MANY_TO_MANY))


def _junctions(project: ProjectDesign) -> Iterator[Inline]:
    """Tables whose primary key is made of references to two others: they join what no relationship says is joined."""
    for feature in features_of(project, StepName.DATA_MODEL):
        design = feature.design
        named = {each.junction for each in design.relationships}
        for entity in design.own_tables:
            parents = _joined_parents(design, entity.uid)
            if entity.uid not in named and len(parents) == 2:
                one, other = (Code(design.entity_by_uid[uid].full_name) for uid in parents)
                yield (one, " ↔ ", other, " through ", Code(entity.full_name), " (", feature.mark, ")")


def _joined_parents(design: Design, uid: UUID) -> list[UUID]:
    """The two entities that the primary key of this one is made of references to; otherwise nothing."""
    key = design.entity_by_uid[uid].primary_key
    references = [
        each
        for each in design.relationships
        if each.child == uid and each.pairs and key and {pair.child for pair in each.pairs} <= set(key.fields)
    ]
    covered = {pair.child for each in references for pair in each.pairs}
    parents = [each.parent for each in references if each.parent and each.parent != uid]
    is_whole = key is not None and covered == set(key.fields)
    return parents if is_whole and len(references) == 2 and len(set(parents)) == 2 else []


def on_delete(project: ProjectDesign) -> Iterator[Block]:
    """What deleting a parent does to its children, by action; only references that the database knows of."""
    found = [each for each in related(project) if each.relationship.pairs]
    if not found:
        return
    chosen: list[tuple[str, list[Related]]] = [
        (action.label, [each for each in found if each.relationship.on_delete is action])
        for action in ReferentialAction
    ]
    chosen.append(("Not specified yet", [each for each in found if each.relationship.on_delete is None]))
    yield label("On delete, in the model")
    yield Bullets(tuple(_action(name, held) for name, held in chosen if held))


def _action(name: str, held: list[Related]) -> Inline:
    arrows = joined([(each.child, " → ", each.parent) for each in held])
    return (f"{name} ({len(held)}): ", arrows)
