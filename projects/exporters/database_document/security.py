"""Who may do what, what is sensitive and how it is protected, and what leaves a trace."""

from collections.abc import Iterator

from projects.design.entries import DATABASE
from projects.design.entries import Heading as Title
from projects.design.project import ProjectDesign
from projects.design.vocabulary import Sensitivity, StepName
from projects.exporters.answers import EntriesAt, Part, extra, table, told
from projects.exporters.blocks import Block, Code, Heading, Inline, Table, not_applicable, typed
from projects.exporters.escaping import one_line
from projects.exporters.project_features import Feature, features_of

TITLE = "Security & Access Control"


def security(project: ProjectDesign) -> Iterator[Block]:
    yield Heading(2, TITLE)
    yield from (block for part in EntriesAt(project, DATABASE, TITLE).rest() for block in part.blocks)
    yield Heading(3, Title.ACCESS_CONTROL)
    yield from told(_roles(project))
    yield Heading(3, Title.CREDENTIALS)
    yield from told(EntriesAt(project, DATABASE, Title.CREDENTIALS).rest())
    yield Heading(3, Title.SENSITIVE)
    yield from told(_sensitive(project))
    yield Heading(3, Title.AUDIT)
    yield from told(EntriesAt(project, DATABASE, Title.AUDIT).rest())


def _roles(project: ProjectDesign) -> Iterator[Part]:
    rows = tuple(
        (one_line(each.name), typed(each.rights), typed(each.used_by)) for each in project.handbook.access_roles
    )
    yield Part("Roles", (Table("access-roles", ("Role", "Rights", "Used by"), rows),) if rows else ())
    yield from EntriesAt(project, DATABASE, Title.ACCESS_CONTROL).rest()


def _sensitive(project: ProjectDesign) -> Iterator[Part]:
    features = list(features_of(project, StepName.DATA_MODEL))
    marked = [row for feature in features for row in _marked(feature)]
    rows = tuple((data, kind.label, protection) for data, kind, protection in marked if kind is not Sensitivity.PUBLIC)
    if rows or not marked:
        yield Part(
            "Sensitive fields", (Table("sensitive", ("Data", "Classification", "Protection"), rows),) if rows else ()
        )
    else:
        yield extra([not_applicable("every field that is classified is public.")])
    classes = [(each.classification.label, typed(each.protection)) for each in project.handbook.policies.protections]
    yield table("Protection of each class", "protections", ("Classification", "Protection"), classes)
    yield from EntriesAt(project, DATABASE, Title.SENSITIVE).rest()


def _marked(feature: Feature) -> Iterator[tuple[Inline, Sensitivity, Inline]]:
    """The classified fields of the feature's own entities, protected as their class is or as they say themselves."""
    for entity in feature.design.own_entities:
        for field in entity.fields:
            if field.sensitivity:
                data = (Code(f"{entity.full_name}.{field.name}"), " of ", feature.mark)
                yield data, field.sensitivity, typed(field.protection)
