"""The largest request that is read at all."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat


class RequestSizeMiddleware:
    """Refuses what no form takes before it is written to disk; what is nearer to a form's limit, the form explains."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdigit() or int(length) <= settings.REQUEST_LIMIT_BYTES:
            return self.get_response(request)
        limit = filesizeformat(settings.FILE_LIMIT_BYTES)
        return HttpResponse(
            f"That was too much: a file may have up to {limit}.\n", status=413, content_type="text/plain"
        )
