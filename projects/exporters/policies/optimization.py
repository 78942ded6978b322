"""What features do to stay fast as they grow."""

from projects.design.project import ProjectDesign
from projects.design.vocabulary import StepName
from projects.exporters.answers import Part
from projects.exporters.policies.features import facts_of_features, own_facts

_SIZE = (("partitioning", "Partitioning"), ("denormalization", "Denormalization"))
_SPEED = (("pooling", "Connection pooling"), ("query_optimization", "Query optimization"))


def partitions_and_copies(project: ProjectDesign) -> Part:
    """Partitions, and copies of what would have to be joined."""
    return facts_of_features(
        project, StepName.PERFORMANCE, "Partitions and copies", lambda design: own_facts(design.optimization, _SIZE)
    )


def optimization(project: ProjectDesign) -> Part:
    """All strategies but caching."""
    return facts_of_features(
        project,
        StepName.PERFORMANCE,
        "Optimization",
        lambda design: own_facts(design.optimization, (*_SIZE, *_SPEED)),
    )
