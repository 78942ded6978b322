"""What the database enforces by itself, counted over all features."""

from collections.abc import Iterator

from projects.design.project import ProjectDesign
from projects.design.tree import Design
from projects.design.vocabulary import StepName
from projects.exporters.blocks import Block, Paragraph
from projects.exporters.project_features import features_of


def constraint_counts(project: ProjectDesign) -> Iterator[Block]:
    counts: dict[str, int] = {}
    for feature in features_of(project, StepName.DATA_MODEL):
        for name, number in _counts(feature.design):
            counts[name] = counts.get(name, 0) + number
    said = [f"{number} {name if number == 1 else f'{name}s'}" for name, number in counts.items() if number]
    if said:
        yield Paragraph(f"In the model: {', '.join(said)}.")


def _counts(design: Design) -> Iterator[tuple[str, int]]:
    entities = design.own_entities
    yield "primary key", sum(entity.primary_key is not None for entity in entities)
    yield "unique key", sum(len(entity.unique_keys) for entity in entities)
    yield "foreign key", sum(bool(relationship.pairs) for relationship in design.relationships)
    rules = sum(bool(field.rule.strip()) for entity in entities for field in entity.fields)
    yield "check", sum(len(entity.checks) for entity in entities) + rules
    yield "required field", sum(field.is_required for entity in entities for field in entity.fields)
