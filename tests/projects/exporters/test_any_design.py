"""The data design of any design that people could have made keeps its outline and its tables."""

from itertools import pairwise

from hypothesis import HealthCheck, given, settings

from projects.design.tree import Design
from projects.exporters import DATA_DESIGN
from tests.examples import at_most
from tests.projects.design.strategies import designs
from tests.projects.exporters.designs import DRAFT
from tests.projects.exporters.outline import OUTLINE, headings, tables, without_diagrams

FIXED = [heading for heading in OUTLINE if "{" not in heading]


@given(designs())
@settings(max_examples=at_most(20), deadline=None, suppress_health_check=list(HealthCheck))
def test_the_outline_and_the_tables_hold(design: Design) -> None:
    markdown = DATA_DESIGN.markdown(design, DRAFT)
    assert [heading for heading in headings(markdown) if heading in FIXED] == FIXED
    assert all(len({len(row) for row in table}) == 1 for table in tables(markdown))
    assert "```" not in without_diagrams(markdown)


@given(designs())
@settings(max_examples=at_most(15), deadline=None, suppress_health_check=list(HealthCheck))
def test_no_heading_is_without_a_word_under_it(design: Design) -> None:
    lines = [line for line in DATA_DESIGN.markdown(design, DRAFT).split("\n") if line]
    levels = [len(line) - len(line.lstrip("#")) if line.startswith("#") else 0 for line in lines]
    bare = [line for line, (here, after) in zip(lines, pairwise(levels), strict=False) if here and 0 < after <= here]
    assert bare == []
