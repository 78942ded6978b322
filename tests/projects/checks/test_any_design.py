"""Whatever people type, every rule answers, and the answer leads to something that is there."""

from hypothesis import HealthCheck, given, settings

from projects.checks.coverage import coverage
from projects.checks.matrix import matrix
from projects.design.tree import Design
from tests.examples import at_most
from tests.projects.checks.builders import report_on
from tests.projects.design.strategies import designs

# Drawing a whole design takes its time; what is tested does not.
SLOW_TO_DRAW = settings(
    max_examples=at_most(40), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None
)


@SLOW_TO_DRAW
@given(designs())
def test_every_claim_is_about_something_of_the_design_that_is_its_own(design: Design):
    report = report_on(design)
    reused = {entity.uid for entity in design.entities if entity.reused_from}
    own = {thing.uid for thing in design.in_force.things()} - reused | {None}
    assert {claim.uid for claim in (*report.findings, *report.undecided)} <= own


@SLOW_TO_DRAW
@given(designs())
def test_every_claim_says_what_and_where(design: Design):
    report = report_on(design)
    assert all(finding.path and finding.message and finding.remedy for finding in report.findings)
    assert all(question.path and question.reason for question in report.undecided)


@SLOW_TO_DRAW
@given(designs())
def test_the_matrix_has_a_cell_for_each_operation_and_column(design: Design):
    table = matrix(design)
    assert [row.coverage for row in table.rows] == list(coverage(design))
    assert {len(row.cells) for row in table.rows} <= {len(table.columns)}
