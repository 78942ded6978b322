"""The page of a review: what changed, the checklist, the threads, and what stands between it and approval."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reviews.views.changes import changes_section
from reviews.views.checklist import checklist_section
from reviews.views.desk import ReviewDesk, open_desk
from reviews.views.gate import gate_section
from reviews.views.reading_pages import design_section, document_section
from reviews.views.shell import Shell
from reviews.views.threads import threads_section

Section = Callable[[ReviewDesk], dict[str, Any]]

# The bar at the foot and the threads stay, whatever is read beside them.
ALWAYS: tuple[Section, ...] = (gate_section, threads_section)
# A wide window shows these below each other, with the gate; a narrow one shows the part that was chosen.
TOGETHER: tuple[Section, ...] = (changes_section, checklist_section)
# In place of them.
READING: dict[str, Section] = {"document": document_section, "design": design_section}
VIEWS = ("changes", "checklist", "threads", "approval", *READING)


@require_safe
def review(request: HttpRequest, project: str, epic: str, feature: str, number: int) -> HttpResponse:
    desk = open_desk(request, (project, epic, feature), number)
    asked = request.GET.get("view", "")
    view = asked if asked in VIEWS else VIEWS[0]
    context: dict[str, Any] = {
        "desk": desk,
        "visit": desk.visit,
        "feature": desk.feature,
        "addresses": desk.addresses,
    }
    middle = (READING[view],) if view in READING else TOGETHER
    for section in (*ALWAYS, *middle):
        context |= section(desk)
    context["shell"] = Shell(desk, view, context["bar"])
    return render(request, "reviews/review.html", context)
