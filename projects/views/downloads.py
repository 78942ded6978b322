"""Files to download, and the page that waits while they are printed."""

from collections.abc import Mapping
from types import MappingProxyType

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

SECONDS_BETWEEN_LOOKS = 2
# After so many looks it takes longer than usual, and nobody needs to look that often.
LOOKS_AS_USUAL, SECONDS_BETWEEN_LATE_LOOKS = 10, 10

MARKDOWN, HTML, PDF, ZIP, JSON = (
    "text/markdown; charset=utf-8",
    "text/html; charset=utf-8",
    "application/pdf",
    "application/zip",
    "application/json",
)


def download(content: bytes | str, media_type: str, name: str) -> HttpResponse:
    # Keys and the names of documents are ASCII, so the name needs no encoding.
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=media_type, headers=headers)


def still_printing(
    request: HttpRequest,
    subject: str,
    back: str,
    *,
    done: int = 0,
    total: int = 1,
    other_forms: Mapping[str, str] = MappingProxyType({}),
) -> HttpResponse:
    """A page that looks again in a moment, until all of `total` PDFs are there; `back` leads to their documents.

    `other_forms` are addresses by label at which the same can be read meanwhile. The address counts the looks.
    """
    looks = _looks(request) + 1
    is_late = looks > LOOKS_AS_USUAL
    context = {"subject": subject, "back": back, "done": done, "total": total}
    context |= {"is_late": is_late, "other_forms": other_forms, "again": f"{request.path}?looks={looks}"}
    response = render(request, "projects/printing.html", context, status=202)
    seconds = SECONDS_BETWEEN_LATE_LOOKS if is_late else SECONDS_BETWEEN_LOOKS
    response.headers["Refresh"] = f"{seconds}; url={context['again']}"
    return response


def _looks(request: HttpRequest) -> int:
    said = request.GET.get("looks", "")
    return min(int(said), 10 * LOOKS_AS_USUAL) if said.isascii() and said.isdigit() and len(said) < 6 else 0
