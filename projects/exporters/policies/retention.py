"""How long data is kept and what protects it: the rules of the project, and the data that they hold for."""

from collections.abc import Iterator

from projects.design.project import ProjectDesign
from projects.design.tree import Design, EntityField
from projects.design.vocabulary import Sensitivity, StepName
from projects.exporters.answers import Part, extra, table
from projects.exporters.blocks import NO_NAME, Code, Inline, joined, typed
from projects.exporters.escaping import one_line
from projects.exporters.policies.features import Fact, facts_of_features, own_facts, phrase
from projects.exporters.project_features import features_of

_LIFECYCLE = (
    ("creation", "Creation"),
    ("modification", "Modification"),
    ("archival", "Archival"),
    ("deletion", "Deletion"),
)


def retention(project: ProjectDesign) -> Iterator[Part]:
    rules = project.handbook.policies.retention_rules
    rows = [(one_line(rule.name) or NO_NAME, typed(rule.kept_for), typed(rule.afterwards)) for rule in rules]
    yield table("Retention rules", "retention-rules", ("Rule", "Kept for", "Then"), rows)
    columns = ("Data Element", "Feature", "Rule", "Kept for", "Then")
    yield extra(table("How long data is kept", "project-retention", columns, _elements(project)).blocks)


def _elements(project: ProjectDesign) -> Iterator[tuple[Inline, ...]]:
    for feature in features_of(project, StepName.REQUIREMENTS):
        for element in feature.design.data_elements:
            facts = (element.retention_rule, element.kept_for, element.afterwards, element.departure)
            if not any(text.strip() for text in facts):
                continue
            name, rule = one_line(element.name) or NO_NAME, one_line(element.retention_rule) or "a period of its own"
            because: Inline = (rule, " (", phrase(element.departure), ")") if element.departure.strip() else rule
            yield name, feature.mark, because, typed(element.kept_for), typed(element.afterwards)


def lifecycles(project: ProjectDesign) -> Part:
    """When data comes to be, changes, moves aside and goes, feature by feature."""

    def facts(design: Design) -> Iterator[Fact]:
        return own_facts(design.lifecycle, _LIFECYCLE)

    return facts_of_features(project, StepName.PERFORMANCE, "Lifecycle of the data", facts)


def protections(project: ProjectDesign) -> Part:
    """Each data class with what protects it and the fields that are of it, in all features."""
    fields = _sensitive_fields(project)
    known = project.handbook.policies.protection_of
    rows = [
        (each.label, typed(known.get(each, "")), joined(fields.get(each, [])) or "none yet")
        for each in Sensitivity
        if each in fields or each in known
    ]
    return table("Protection by data class", "protections", ("Classification", "Protection", "Fields"), rows)


def _sensitive_fields(project: ProjectDesign) -> dict[Sensitivity, list[Inline]]:
    found: dict[Sensitivity, list[Inline]] = {}
    for feature in features_of(project, StepName.DATA_MODEL):
        for entity in feature.design.own_entities:
            for field in entity.fields:
                if field.sensitivity:
                    found.setdefault(field.sensitivity, []).append(_field(project, entity.full_name, field))
    return found


def _field(project: ProjectDesign, entity: str, field: EntityField) -> Inline:
    """The field, with its own protection where that is not the one of its class."""
    name = Code(f"{entity}.{field.name}")
    common = project.handbook.policies.protection_of.get(field.sensitivity, "") if field.sensitivity else ""
    if not field.protection.strip() or field.protection == common:
        return name
    return (name, " (", phrase(field.protection), ")")
