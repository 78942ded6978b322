"""Files to download, and the page that waits while they are printed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

SECONDS_BETWEEN_LOOKS = 2

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


def still_printing(request: HttpRequest, subject: str, back: str, *, done: int = 0, total: int = 1) -> HttpResponse:
    """A page that looks again in a moment, until all of `total` PDFs are there; `back` leads to their documents."""
    context = {"subject": subject, "back": back, "done": done, "total": total}
    response = render(request, "projects/printing.html", context, status=202)
    response.headers["Refresh"] = str(SECONDS_BETWEEN_LOOKS)
    return response
