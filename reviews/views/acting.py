"""Pages that ask for something before a deed, and buttons that do it at once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from reviews.views.desk import ReviewDesk, carry_out
from reviews.workflow.door import Form, Refused

Act = Callable[[Form], str]


@dataclass(frozen=True)
class Question:
    """A page with a form; `back` is where it leads once that is carried out, and where who thinks better of it goes."""

    template: str
    back: str
    context: dict[str, Any] = field(default_factory=dict)


def posted(request: HttpRequest) -> Any:
    """What a form is bound to: nothing while the page is only looked at."""
    return request.POST if request.method == "POST" else None


def answer(desk: ReviewDesk, form: forms.Form, act: Act, question: Question) -> HttpResponse:
    """Carry out what a valid form asks for; else the page, with what is wrong and all that was typed."""
    if form.is_bound and form.is_valid():
        try:
            return carry_out(desk, act, question.back)
        except Refused as refused:
            form.add_error(None, str(refused))
    return show(desk, question, form)


def show(desk: ReviewDesk, question: Question, form: forms.Form | None = None) -> HttpResponse:
    if form is not None:
        _focus(form)
    context = {"desk": desk, "visit": desk.visit, "feature": desk.feature, "addresses": desk.addresses, "form": form}
    status = 422 if form is not None and form.errors else 200
    return render(desk.request, question.template, context | {"back": question.back} | question.context, status=status)


def _focus(form: forms.Form) -> None:
    """Begin at the first field that is wrong; on a new form, at the first that has to be filled."""
    visible = [bound.name for bound in form.visible_fields()]
    wrong = [name for name in visible if name in form.errors]
    required = [name for name in visible if form.fields[name].required]
    for name in (wrong or ([] if form.errors else required))[:1]:
        form.fields[name].widget.attrs["autofocus"] = True


def at_once(desk: ReviewDesk, act: Act, back: str) -> HttpResponse:
    """Do what a button asks for and go back; a refusal is said there, at the item it is about."""
    try:
        return carry_out(desk, act, back)
    except Refused as refused:
        messages.error(desk.request, str(refused))
        return redirect(f"{back}#item-{refused.item}" if refused.item else back)
