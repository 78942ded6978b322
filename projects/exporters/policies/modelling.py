"""How data is shaped and checked: design policy, modelling policy, and the validation rules of features."""

from collections.abc import Iterator

from projects.design.project import ProjectDesign
from projects.design.tree import DesignPolicy, ModellingPolicy, ValidationRule
from projects.design.vocabulary import StepName
from projects.exporters.answers import Part, answer, extra
from projects.exporters.blocks import Block, Paragraph, Table, label
from projects.exporters.data_design.integrity import rule_cells
from projects.exporters.policies.features import said_by_features
from projects.exporters.project_features import Feature, exempt_features, features_of


def shape(policy: DesignPolicy) -> Iterator[Part]:
    """How the project shapes its schema."""
    yield answer("Normalization", _normalization(policy))
    yield answer("Keys", policy.keys)
    yield answer("Indexes", policy.indexing)
    yield answer("Constraints", policy.constraints)
    yield answer("Project patterns", policy.project_patterns)


def _normalization(policy: DesignPolicy) -> str:
    chosen = policy.normalization.label if policy.normalization else ""
    return ". ".join(filter(None, (chosen, policy.normalization_notes.strip())))


def validation_policy(policy: ModellingPolicy) -> Iterator[Part]:
    yield answer("Schema validation", policy.schema_validation)
    yield answer("Type safety", policy.type_safety)
    yield answer("Constraints on values", policy.constraints)
    yield answer("Validation in the API", policy.api_layer)
    yield answer("Validation in business logic", policy.logic_layer)
    yield answer("Validation in the database", policy.database_layer)


def validation_rules(project: ProjectDesign) -> Iterator[Part]:
    """The rules of all features by where they are enforced, and the features that validate in other ways."""
    rules = [
        (feature, rule)
        for feature in features_of(project, StepName.INTEGRITY)
        for rule in feature.stated.validation_rules
    ]
    yield extra(_rules(sorted(rules, key=lambda told: _place(told[1]))))
    title = "Features that validate in other ways"
    yield said_by_features(project, StepName.INTEGRITY, title, lambda design: design.consistency.departure)
    yield exempt_features(project, StepName.INTEGRITY, "integrity")


def _rules(rules: list[tuple[Feature, ValidationRule]]) -> Iterator[Block]:
    if rules:
        yield label("Validation rules of features")
        yield Paragraph(_counts([rule for _, rule in rules]))
        rows = tuple((*reversed(rule_cells(feature.stated, rule)), feature.mark) for feature, rule in rules)
        yield Table("project-rules", ("Enforced in", "Rule", "On", "Level", "Feature"), rows)


def _place(rule: ValidationRule) -> tuple[bool, ...]:
    """Those of the API first, those of no place last."""
    return not rule.in_api, not rule.in_logic, not rule.in_database


def _counts(rules: list[ValidationRule]) -> str:
    places = (
        (sum(rule.in_api for rule in rules), "in the API"),
        (sum(rule.in_logic for rule in rules), "in business logic"),
        (sum(rule.in_database for rule in rules), "in the database"),
        (sum(not (rule.in_api or rule.in_logic or rule.in_database) for rule in rules), "nowhere yet"),
    )
    said = ", ".join(f"{count} {place}" for count, place in places if count)
    return f"{len(rules)} {'rule' if len(rules) == 1 else 'rules'}, enforced: {said}."
