"""Revisions in review, and verdicts on them, in few words."""

from django.utils import timezone

from projects.models import Feature, Revision, User
from reviews.models import DraftVerdict
from reviews.reading import facts_of
from reviews.rules.facts import ReviewFacts
from reviews.rules.terms import Verdict
from reviews.workflow.door import Form
from reviews.workflow.publish import publish
from reviews.workflow.submit import Submission, submit
from reviews.workflow.verdicts import Judgement, draft_verdict
from tests.factories import change_draft


def in_review(feature: Feature, author: User) -> Revision:
    """The draft, changed once more by its author, submitted as the next revision."""
    change_draft(feature, author)
    return submit(feature, Submission(), actor=author, now=timezone.now())


def draft(revision: Revision, person: User, item: int, verdict: Verdict, comment: str = "") -> DraftVerdict | None:
    said = Judgement(item, verdict, comment)
    form = Form(revision.number, revision.digest)
    return draft_verdict(revision.feature, said, actor=person, now=timezone.now(), form=form)


def judge(revision: Revision, person: User, item: int, verdict: Verdict, comment: str = "") -> None:
    """The person's verdict on an item, published."""
    draft(revision, person, item, verdict, comment)
    publish(revision.feature, actor=person, now=timezone.now())


def facts_at(revision: Revision) -> ReviewFacts:
    return facts_of(Revision.objects.select_related("feature__epic__project").get(pk=revision.pk), timezone.now())
