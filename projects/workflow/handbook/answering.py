"""The verbs of the starting questions: answered, which writes policies, or passed over for now."""

from datetime import datetime
from typing import Any

from django.db import transaction

from projects.design.vocabulary import PolicyName
from projects.models import DatabaseProfile, Project, SkippedQuestion, User
from projects.workflow.handbook.page_input import PageInput
from projects.workflow.handbook.questions import FIRST_DATABASE, Question, with_database
from projects.workflow.handbook.saving import save_page
from projects.workflow.project_door import managing


def question_input(question: Question, project: Project, data: Any = None) -> PageInput:
    """The question's page from what is saved or sent; the first one asks for the database while there is none."""
    page, primary = question.page, None
    if question.policy is PolicyName.DESIGN:
        primary = primary_of(project)
        # What was asked for when the page was opened is still there when the page comes back.
        was_asked = data is not None and FIRST_DATABASE.fields[0] in data
        page = with_database(question) if was_asked or primary is None else page
    return PageInput(page, project, data, profile=primary or DatabaseProfile(project=project))


def primary_of(project: Project) -> DatabaseProfile | None:
    return DatabaseProfile.objects.filter(project=project).order_by("-is_primary", "position", "uid").first()


def is_typed_in(sent: PageInput) -> bool:
    """Whether the person changed anything on the page."""
    forms = [card.form for card in sent.cards] + [row.form for table in sent.tables for row in table.used]
    return any(form.has_changed() for form in forms) or any(table.deleted for table in sent.tables)


def answer_question(question: Question, sent: PageInput, *, actor: User | None, now: datetime) -> bool:
    """Save the policies as `save_page` does; an answer takes back that the question was skipped."""
    with transaction.atomic():
        is_changed = save_page(sent, actor=actor, now=now).is_changed
        if is_changed:
            SkippedQuestion.objects.filter(project=sent.project, number=question.number).delete()
    return is_changed


def skip_question(project: Project, question: Question, *, actor: User | None, now: datetime) -> None:
    with managing(project, actor=actor, now=now) as door:
        _, is_new = SkippedQuestion.objects.get_or_create(project=door.project, number=question.number)
        if is_new:
            door.record("skipped", "question", question.title)
