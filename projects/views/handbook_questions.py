"""The five starting questions: one page each, in any order, left and resumed at any time."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from projects.access import Right, Visit, visit_project
from projects.views.handbook_overview import listed_questions, next_step
from projects.views.handbook_page import QUESTIONS as NAVIGATION
from projects.views.handbook_page import render_handbook_page
from projects.views.person import signed_in
from projects.views.printed_places import PrintedPlace, printed_places, section_url
from projects.views.still_reading import reading_first
from projects.workflow.handbook.answering import answer_question, is_typed_in, question_input, skip_question
from projects.workflow.handbook.filled import FilledDocument, filled_documents
from projects.workflow.handbook.page_input import PageInput, StalePage
from projects.workflow.handbook.pages import DATABASES
from projects.workflow.handbook.places import PLACES_OF
from projects.workflow.handbook.progress import take_progress
from projects.workflow.handbook.questions import FIRST_DATABASE, QUESTION_BY_NUMBER, QUESTIONS, Question, example_of
from projects.workflow.project_design import project_design


@require_safe
def handbook_questions(request: HttpRequest, project: str) -> HttpResponse:
    visit = visit_project(signed_in(request), project)
    progress = take_progress(visit.project)
    context = {
        "progress": progress,
        "questions": listed_questions(progress),
        "minutes": sum(question.minutes for question in QUESTIONS),
    }
    return render_handbook_page(request, visit, "projects/handbook/questions.html", context, current=NAVIGATION)


@require_http_methods(["GET", "HEAD", "POST"])
def handbook_question(request: HttpRequest, project: str, number: int) -> HttpResponse:
    visit = visit_project(signed_in(request), project, Right.READ if request.method != "POST" else Right.MANAGE)
    question = QUESTION_BY_NUMBER.get(number)
    if question is None:
        raise Http404("There is no such question.")
    if request.method != "POST":
        return _page(request, visit, question, _opened(visit, question))
    sent = question_input(question, visit.project, request.POST)
    if sent.act(request.POST.get("act", "")):
        return _page(request, visit, question, sent)
    return (
        _skipped(request, visit, question, sent) if "skip" in request.POST else _saved(request, visit, question, sent)
    )


def _opened(visit: Visit, question: Question) -> PageInput:
    sent = question_input(question, visit.project)
    for table in sent.tables:
        if visit.may_manage and not table.rows:
            table.add_row(with_focus=False)
    return sent


def _skipped(request: HttpRequest, visit: Visit, question: Question, sent: PageInput) -> HttpResponse:
    if is_typed_in(sent):
        # Nothing that was typed is thrown away by passing on.
        return _page(request, visit, question, sent, is_typed=True)
    skip_question(visit.project, question, actor=signed_in(request), now=timezone.now())
    return _next(visit, question)


def _saved(request: HttpRequest, visit: Visit, question: Question, sent: PageInput) -> HttpResponse:
    if not sent.is_valid():
        return _page(request, visit, question, sent)
    try:
        is_changed = answer_question(question, sent, actor=signed_in(request), now=timezone.now())
    except StalePage:
        return _page(request, visit, question, sent)
    if is_changed:
        messages.success(request, _("Question %d is saved.") % question.number)
    return _next(visit, question)


def _next(visit: Visit, question: Question) -> HttpResponse:
    if question.number + 1 in QUESTION_BY_NUMBER:
        return redirect("handbook-question", visit.project.key, question.number + 1)
    return redirect("handbook-questions-done", visit.project.key)


def _page(
    request: HttpRequest, visit: Visit, question: Question, sent: PageInput, *, is_typed: bool = False
) -> HttpResponse:
    progress = take_progress(visit.project)
    context: dict[str, Any] = {
        "question": question,
        "questions": listed_questions(progress),
        "progress": progress,
        "sent": sent,
        "example": example_of(question),
        "places": _filled_by(visit, sent),
        "may_change": visit.may_manage and not visit.project.is_archived,
        "is_typed": is_typed,
        "is_last": question is QUESTIONS[-1],
    }
    status = 409 if sent.is_conflict else 422 if sent.wrong or is_typed else 200
    template = "projects/handbook/question.html"
    return render_handbook_page(request, visit, template, context, current=NAVIGATION, status=status)


def _filled_by(visit: Visit, sent: PageInput) -> list[tuple[str, list[PrintedPlace]]]:
    """The places that an answer fills, by document: those of the databases too where one is asked for."""
    slugs = [sent.page.slug, *(DATABASES.slug for card in sent.page.cards if card is FIRST_DATABASE)]
    places = dict.fromkeys(place for slug in slugs for place in PLACES_OF[slug])
    held: dict[str, list[PrintedPlace]] = {}
    for printed in printed_places(visit.project.key, places):
        held.setdefault(printed.document, []).append(printed)
    return list(held.items())


@require_safe
def handbook_questions_done(request: HttpRequest, project: str) -> HttpResponse:
    """What the documents say now, section by section, and what is left."""
    visit = visit_project(signed_in(request), project)
    if waiting := reading_first(request, visit, "handbook"):
        return waiting
    content = project_design(visit.project)
    progress = take_progress(visit.project, content.handbook)
    context = {
        "progress": progress,
        "questions": listed_questions(progress),
        "documents": [_reported(visit, filled) for filled in filled_documents(content)],
        "next": next_step(visit.project.key, progress, may_manage=visit.may_manage),
    }
    return render_handbook_page(request, visit, "projects/handbook/questions_done.html", context, current=NAVIGATION)


def _reported(visit: Visit, filled: FilledDocument) -> dict[str, Any]:
    """The document with its sections, each with its address."""
    slug = filled.document.slug
    sections = [(section, section_url(visit.project.key, slug, section.heading)) for section in filled.sections]
    return {"document": filled.document, "complete": filled.complete, "sections": sections}
