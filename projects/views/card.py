"""What the pages with a form for one row have in common."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest

from projects.workflow.card_form import CardForm, Result, attempt
from projects.workflow.project_forms import TitledForm

Titled = TypeVar("Titled", bound=TitledForm)


def saved(request: HttpRequest, form: CardForm, verb: Callable[[], Result]) -> Result | None:
    """Do what a posted, valid form asks for; None if there is a page with the form to show instead."""
    return attempt(form, verb) if request.method == "POST" and form.is_valid() else None


def status_of(form: CardForm) -> int:
    """409 for a form that somebody else was faster than, 422 for one with errors."""
    if form.conflict:
        return 409
    return 422 if form.is_bound and form.errors else 200


def proposal(request: HttpRequest, form_class: type[Titled], **options: Any) -> Titled:
    """An empty form, or with the title that was typed so far and the key that would be made from it."""
    initial = {name: request.GET[name] for name in form_class.base_fields if request.GET.get(name)}
    form = form_class(initial=initial, **options)
    if initial.get("title") and not initial.get("key"):
        form.initial["key"] = form.proposed_key(initial["title"])
    return form
