"""My work: what waits for me and why, my drafts, and what was decided of late in my projects."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from projects.views.person import signed_in
from reviews.work import work_of


@require_safe
def my_work(request: HttpRequest) -> HttpResponse:
    work = work_of(signed_in(request), timezone.now(), timezone.get_current_timezone())
    return render(request, "reviews/work.html", {"work": work})
