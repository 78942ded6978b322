"""Design → models → Design is the same design, for every design that people could have made."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from projects.access import features
from projects.design import tree
from projects.design.digest import design_json, plain, read_design
from projects.models import Conventions, Epic, Feature, Project, Reuse
from projects.snapshot.handbook import write_policies
from projects.snapshot.restore import write_design
from projects.snapshot.take import take
from tests.examples import at_most
from tests.factories import make_epic, make_feature, make_project
from tests.projects.design.strategies import designs

# A found example is small already, and shrinking one with a database takes minutes.
ANY = settings(
    max_examples=at_most(20),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),
)


def feature_of(design: tree.Design) -> Feature:
    """An empty feature with the design's path, titles, conventions and policies."""
    who = design.identity
    project = make_project(who.project_key, who.project_title)
    Conventions.objects.filter(project=project).update(**plain(design.conventions))
    write_policies(project, design.policies)
    epic = make_epic(project, who.epic_key, who.epic_title)
    make_feature(design.identity.path, who.feature_title)
    return features().get(epic=epic, key=who.feature_key)


def own_what_is_reused(design: tree.Design, project: Project) -> None:
    """Let the features that own the reused entities have them."""
    for owner in {each.reused_from for each in design.entities if each.reused_from}:
        epic, key = owner.split("/")
        held = [each.model_copy(update={"reused_from": ""}) for each in design.entities if each.reused_from == owner]
        feature = make_feature(f"{project.key}/{owner}")
        write_design(feature, tree.Design(identity=design.identity, entities=tuple(held)))
        assert Epic.objects.filter(key=epic, features__key=key).exists()


@pytest.mark.django_db
@given(
    designs().filter(lambda design: (design.identity.epic_key, design.identity.feature_key) != ("shop", "catalogue"))
)
@ANY
def test_a_design_written_and_taken_again_is_the_same(design: tree.Design) -> None:
    feature = feature_of(design)
    own_what_is_reused(design, feature.epic.project)
    write_design(feature, design)
    again = take(feature)
    assert design_json(again) == design_json(design)
    assert again == design
    clean_up()


def clean_up() -> None:
    """Hypothesis runs many examples within one transaction."""
    Reuse.objects.all().delete()
    Feature.objects.all().delete()
    Project.objects.all().delete()


@given(designs())
@ANY
def test_a_design_read_from_its_own_json_is_the_same(design: tree.Design) -> None:
    assert read_design(design_json(design)) == design
