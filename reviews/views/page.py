"""The page of a review: what changed, the checklist, the threads, and what stands between it and approval."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reviews.views.changes import changes_section
from reviews.views.checklist import checklist_section
from reviews.views.desk import open_desk
from reviews.views.gate import gate_section
from reviews.views.threads import threads_section


@require_safe
def review(request: HttpRequest, project: str, epic: str, feature: str, number: int) -> HttpResponse:
    desk = open_desk(request, (project, epic, feature), number)
    context = {"desk": desk, "visit": desk.visit, "feature": desk.feature, "addresses": desk.addresses}
    for section in (changes_section, checklist_section, threads_section, gate_section):
        context |= section(desk)
    return render(request, "reviews/review.html", context)
