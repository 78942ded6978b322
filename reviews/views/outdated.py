"""The answer to a form that was loaded before a newer revision came: what happened, and all that was typed."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from projects.access import FeatureVisit
from projects.models import Revision
from reviews.views.addresses import ReviewAddresses
from reviews.views.summary import changes_to

# Nobody typed these: they belong to the form itself, or say which button was pressed.
HIDDEN = ("csrfmiddlewaretoken", "seen_revision", "seen_digest", "key", "password", "version", "action")
LABELS = {
    "comment": _("Comment"),
    "message": _("Message to the reviewers"),
    "reason": _("Reason"),
    "reply": _("Reply"),
    "text": _("Text"),
    "verdict": _("Verdict"),
}


@dataclass(frozen=True)
class Typed:
    """One field of the form; `is_line` is a choice or a word, which needs no room."""

    name: str
    label: str
    text: str

    @property
    def is_line(self) -> bool:
        return len(self.text) < 40 and "\n" not in self.text


def typed_in(request: HttpRequest) -> list[Typed]:
    """Whatever the form brought that somebody typed or chose, in its order."""
    return [
        Typed(f"typed-{number}", label_of(name), text)
        for number, (name, values) in enumerate(request.POST.lists())
        for text in [", ".join(str(value) for value in values).strip()]
        if name not in HIDDEN and text
    ]


def label_of(name: str) -> str:
    """What a field is called by those who read its name: `comment-6` is “Comment 6”."""
    word, _dash, rest = name.replace("_", "-").partition("-")
    said = str(LABELS.get(word, word.capitalize()))
    return f"{said} {rest.replace('-', ' ')}".strip()


def outdated_page(request: HttpRequest, visit: FeatureVisit, head: Revision) -> HttpResponse:
    """409, as a page, or for htmx as a part that stands where the form stood."""
    head.feature = visit.feature
    number = request.POST.get("seen_revision", "")
    seen = Revision.objects.filter(feature=visit.feature, number=number).first() if number.isdecimal() else None
    context: dict[str, Any] = {
        "visit": visit,
        "feature": visit.feature,
        "head": head,
        "seen": seen,
        "addresses": ReviewAddresses(visit.feature, head),
        "typed": typed_in(request),
        "changed": changes_to(visit.feature, seen, head) if seen and seen.pk != head.pk else None,
    }
    wants_part = request.htmx and not request.htmx.boosted  # type: ignore[attr-defined]  # by its middleware
    template = "reviews/_outdated.html" if wants_part else "reviews/outdated.html"
    return render(request, template, context, status=409)
