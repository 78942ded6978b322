"""The page instead of a revision whose stored text is not what was submitted."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from projects.snapshot.revisions import NotIntact


class NotIntactMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, NotIntact):
            return None
        return render(request, "projects/not_intact.html", {"sentence": str(exception)}, status=409)
