"""manage.py verify_audit"""

import pytest

from projects.management.design_command import Problems
from projects.models import Event, Feature
from projects.workflow.apply_import import apply_import
from tests.factories import NOON
from tests.projects.commands.calling import call
from tests.projects.snapshot.sized import sized_design

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(feature: Feature) -> Feature:
    apply_import(feature, sized_design(1), actor=None, now=NOON)
    return feature


def test_an_untouched_chain_is_confirmed(filled: Feature) -> None:
    assert call("verify_audit", "payments")[0] == "1 event, unchanged since written.\n"


def test_an_event_that_was_changed_is_named(filled: Feature) -> None:
    Event.objects.update(label="something else")
    with pytest.raises(Problems, match="Event 1 is not as it was written"):
        call("verify_audit", "payments")
