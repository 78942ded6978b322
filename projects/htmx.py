"""Pages and parts from one URL."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.cache import patch_vary_headers


def wants_part(request: HttpRequest) -> bool:
    htmx = request.htmx  # type: ignore[attr-defined]  # set by django-htmx's middleware
    return bool(htmx and not htmx.boosted and not htmx.history_restore_request)


def render_part(
    request: HttpRequest, page: str, part: str, context: dict[str, Any], status: int | None = None
) -> HttpResponse:
    """Answer htmx with the part it swaps in, and everyone else with the page."""
    response = render(request, part if wants_part(request) else page, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


class SignedOutMiddleware:
    """Answers a part's request of somebody signed out with 401, where a page's would be led to the sign-in page.

    Following that redirect, htmx would put the whole sign-in page into a cell, over what was typed there.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        sign_in = resolve_url("account_login")
        if wants_part(request) and response.status_code == 302 and response.headers["Location"].startswith(sign_in):
            return HttpResponse("You were signed out. What you typed is still here: sign in, and save it.", status=401)
        return response
