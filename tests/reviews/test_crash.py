"""A process that dies between the steps of a transition leaves nothing half done, and what it did can be done again."""

import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from django.core import mail
from django.core.management import call_command
from django.db.models import Model
from django.utils import timezone

from projects.design.vocabulary import DesignState
from projects.models import Event, Feature, Project, Revision, User
from projects.workflow.events import broken_links
from reviews.models import Assignment, Decision, Deed, Notice, Review
from reviews.workflow.decide import approve
from reviews.workflow.door import DoneBefore, Form
from reviews.workflow.submit import Submission, submit
from reviews.workflow.verifying import wrong_decisions, wrong_revisions
from tests.factories import change_draft
from tests.reviews.cast import give_all
from tests.reviews.dying_process import THERE
from tests.reviews.parallel import environment_of

pytestmark = [
    pytest.mark.processes,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("shared"),
]
ROOT = Path(__file__).resolve().parents[2]
KEPT: tuple[type[Model], ...] = (Revision, Review, Assignment, Decision, Notice, Deed, Event)
Kill = Callable[[str, str, User], Form]


@pytest.fixture
def killed(shared: str) -> Kill:
    """Have a process do a deed, and kill it at a point of it; the form that it was about to carry out."""

    def kill(deed: str, point: str, actor: User) -> Form:
        form = Form(key=uuid4())
        command = [sys.executable, "-m", "tests.reviews.dying_process", deed, point, actor.email, str(form.key)]
        with subprocess.Popen(
            command, cwd=ROOT, env=environment_of(shared), stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout
            reached = process.stdout.readline().strip()
            process.kill()
        assert reached == THERE
        return form

    return kill


def stored() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in KEPT}


def verbs(feature: Feature) -> Counter[str]:
    project = Project.objects.get(pk=feature.epic.project_id)
    assert broken_links(project) == []
    assert [*wrong_revisions(project), *wrong_decisions(project)] == []
    return Counter(Event.objects.filter(feature=feature, revision__isnull=False).values_list("verb", flat=True))


@pytest.fixture
def half_signed(feature: Feature, architect: User, reviewer: User, second_reviewer: User) -> Revision:
    """One signature of two is there, so that the next one approves."""
    change_draft(feature, architect)
    asked = {reviewer.pk: False, second_reviewer.pk: False}
    revision = submit(feature, Submission(asked=asked), actor=architect, now=timezone.now())
    for person in (reviewer, second_reviewer):
        give_all(revision, person)
    approve(feature, actor=reviewer, now=timezone.now())
    return revision


@pytest.mark.parametrize("point", ["decision", "notices", "events", "commit"])
def test_who_dies_while_signing_has_not_signed_and_can(
    point: str, half_signed: Revision, second_reviewer: User, killed: Kill
) -> None:
    before = stored()
    form = killed("sign", point, second_reviewer)
    assert stored() == before
    assert verbs(half_signed.feature) == {"submitted": 1, "asked for review of": 1, "signed": 1}
    assert Revision.objects.get().state == DesignState.IN_REVIEW
    approve(half_signed.feature, actor=second_reviewer, now=timezone.now(), form=form)
    assert Revision.objects.get().state == DesignState.APPROVED
    assert verbs(half_signed.feature) == {"submitted": 1, "asked for review of": 1, "signed": 2, "approved": 1}


def test_who_dies_while_submitting_has_not_submitted_and_can(
    feature: Feature, architect: User, second_reviewer: User, killed: Kill
) -> None:
    change_draft(feature, architect)
    before = stored()
    form = killed("submit", "commit", architect)
    assert stored() == before
    assert submit(feature, Submission("Once"), actor=architect, now=timezone.now(), form=form).number == 1
    assert verbs(feature) == {"submitted": 1}


def test_who_dies_after_the_commit_has_signed_and_the_mail_leaves_later(
    half_signed: Revision, second_reviewer: User, architect: User, killed: Kill
) -> None:
    form = killed("sign", "committed", second_reviewer)
    assert Revision.objects.get().state == DesignState.APPROVED
    assert verbs(half_signed.feature) == {"submitted": 1, "asked for review of": 1, "signed": 2, "approved": 1}
    assert Notice.objects.filter(recipient=architect, kind="approved", mailed_at=None).count() == 1
    call_command("send_outbox")
    letters = [each for each in mail.outbox if each.to == [architect.email]]
    assert len(letters) == 1
    assert "r1 is approved" in letters[0].body
    assert not Notice.objects.filter(recipient=architect, mailed_at=None).exists()
    with pytest.raises(DoneBefore, match="It is approved"):
        approve(half_signed.feature, actor=second_reviewer, now=timezone.now(), form=form)
