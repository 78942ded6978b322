"""Old links: a renamed project, epic or feature is found under its former key too, by its members."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from projects.access import Moved

SAFE = {"GET", "HEAD", "OPTIONS"}


class Redirection307(HttpResponseRedirect):
    """Asks the browser to send the same form to the new address."""

    status_code = 307


class MovedMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        match = request.resolver_match
        if not isinstance(exception, Moved) or match is None:
            return None
        url = reverse(match.view_name, kwargs=match.kwargs | exception.keys)
        if query := request.META.get("QUERY_STRING"):
            url = f"{url}?{query}"
        return HttpResponseRedirect(url) if request.method in SAFE else Redirection307(url)
