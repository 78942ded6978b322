"""The first page of the handbook: what is there, what is left, and where to go on."""

from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from projects.access import visit_project
from projects.views.handbook_page import OVERVIEW, render_handbook_page
from projects.views.person import signed_in
from projects.workflow.handbook.progress import HandbookProgress, QuestionState, take_progress
from projects.workflow.handbook.questions import QUESTIONS, Question


class ListedQuestion(NamedTuple):
    question: Question
    state: QuestionState


class NextStep(NamedTuple):
    label: str
    url: str


@require_safe
def handbook(request: HttpRequest, project: str) -> HttpResponse:
    visit = visit_project(signed_in(request), project)
    progress = take_progress(visit.project)
    context: dict[str, Any] = {
        "progress": progress,
        "questions": listed_questions(progress),
        "next": next_step(visit.project.key, progress, may_manage=visit.may_manage),
    }
    return render_handbook_page(request, visit, "projects/handbook/overview.html", context, current=OVERVIEW)


def listed_questions(progress: HandbookProgress) -> list[ListedQuestion]:
    return [ListedQuestion(question, progress.questions[question.number]) for question in QUESTIONS]


def next_step(project: str, progress: HandbookProgress, *, may_manage: bool) -> NextStep | None:
    """What to do next, in this order: questions, policies, entries; None if nothing is left.

    The first two are for those who manage the project; others who edit begin with the entries.
    """
    if may_manage and progress.next_question:
        url = reverse("handbook-question", args=[project, progress.next_question])
        label = _("Resume the questions") if progress.answered or progress.skipped else _("Start with question 1")
        return NextStep(label, url)
    if may_manage and progress.next_policy:
        page = progress.next_policy.page
        return NextStep(_("Fill in: %s") % page.title, reverse("handbook-policy", args=[project, page.slug]))
    if progress.next_theme:
        theme = progress.next_theme.theme
        return NextStep(_("Write on: %s") % theme.label, reverse("handbook-entries", args=[project, theme]))
    return None
