"""The title of a project's document, and what identifies it: which designs it was made from."""

from collections.abc import Iterator

from projects.design.digest import canonical, design_json, digest, plain
from projects.design.project import Included, ProjectDesign
from projects.exporters.blocks import Block, Code, Facts, Inline, Title, joined
from projects.exporters.data_design.cover import title


def project_cover(project: ProjectDesign, document: str) -> Iterator[Block]:
    """The two blocks that every document of a project begins with: a Title and the Facts under it."""
    facts: dict[str, Inline] = {
        "Project": project_title(project),
        "Generated from": _features(project),
        "Content digest": Code(project_digest(project)),
    }
    yield Title(document, project_title(project))
    yield Facts(tuple(facts), tuple(facts.values()))


def project_title(project: ProjectDesign) -> str:
    return title(project.handbook.project_title, project.handbook.project_key)


def project_digest(project: ProjectDesign) -> str:
    """sha256 of the handbook and of the digests of the designs, each with its mark."""
    features = [[each.path, each.mark, digest(design_json(each.design))] for each in project.features]
    return digest(canonical({"handbook": plain(project.handbook), "features": features}))


def feature_mark(included: Included) -> Inline:
    """A feature with the state in which it is told: `billing/refunds` r3."""
    return (Code(included.path), f" {included.mark}")


def _features(project: ProjectDesign) -> Inline:
    if not project.features:
        return "the handbook alone: no feature is included"
    return ("the handbook, ", joined([feature_mark(each) for each in project.features]))
