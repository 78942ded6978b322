"""What readers and writers may rely on, feature by feature, and the data that several components work with."""

from projects.design.project import ProjectDesign
from projects.design.vocabulary import StepName
from projects.exporters.answers import Part, extra, table
from projects.exporters.data_consistency.sharing import shared_rows
from projects.exporters.policies.features import facts_of_features, own_facts
from projects.exporters.project_features import features_of

_GUARANTEES = (
    ("transactions", "Transactions"),
    ("concurrent_reads", "Concurrent reads"),
    ("concurrent_writes", "Concurrent writes"),
    ("reads_during_writes", "Reads during writes"),
    ("level", "Consistency level"),
    ("justification", "Justification"),
    ("implementation", "Implementation"),
)


def guarantees(project: ProjectDesign) -> Part:
    return facts_of_features(
        project,
        StepName.INTEGRITY,
        "Transactions and consistency",
        lambda design: own_facts(design.consistency, _GUARANTEES),
    )


def shared_data(project: ProjectDesign) -> Part:
    rows = [
        (feature.mark, *cells)
        for feature in features_of(project, StepName.INTEGRITY)
        for cells in shared_rows(feature.stated)
    ]
    columns = ("Feature", "Data", "Components Accessing", "Why Shared", "Synchronization")
    return extra(table("Data that several components work with", "project-sharing", columns, rows).blocks)
