"""A theme of the handbook's prose: every entry with what belongs there and where it is printed."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from projects.access import Right, Visit, visit_project
from projects.design.entries import Theme, entries_of
from projects.exporters.html_writer import HtmlWriter
from projects.exporters.with_code import prose_with_code
from projects.views.handbook_page import ENTRIES, render_handbook_page
from projects.views.person import signed_in
from projects.views.printed_places import PrintedPlace, printed_places
from projects.workflow.handbook.entries import EntryForm, entry_forms, save_entries

THEMES = tuple(Theme)


class WrittenEntry(NamedTuple):
    """`html` is what is saved, for those who read only."""

    form: EntryForm
    places: list[PrintedPlace]
    html: SafeString


@require_http_methods(["GET", "HEAD", "POST"])
def handbook_entries(request: HttpRequest, project: str, theme: str) -> HttpResponse:
    visit = visit_project(signed_in(request), project, Right.READ if request.method != "POST" else Right.EDIT)
    if theme not in THEMES:
        raise Http404("The handbook has no such page.")
    if request.method == "POST":
        return _save(request, visit, Theme(theme))
    return _page(request, visit, Theme(theme), entry_forms(visit.project, entries_of(Theme(theme))))


def _save(request: HttpRequest, visit: Visit, theme: Theme) -> HttpResponse:
    sent = [form for form in entry_forms(visit.project, entries_of(theme), request.POST) if form.is_sent]
    valid = [form for form in sent if form.is_valid()]
    saved = save_entries(visit.project, theme, valid, actor=signed_in(request), now=timezone.now())
    refused = {form.entry.key: form for form in sent if form.errors or form.conflict}
    if not refused:
        messages.success(request, _said_of(saved))
        following = THEMES[(THEMES.index(theme) + 1) % len(THEMES)]
        return redirect("handbook-entries", visit.project.key, following if "next" in request.POST else theme)
    # What was saved is shown as it stands now, and what was refused as it was typed.
    forms = [refused.get(form.entry.key, form) for form in entry_forms(visit.project, entries_of(theme))]
    status = 409 if any(form.conflict for form in forms) else 422
    return _page(request, visit, theme, forms, status=status, saved=saved)


def _said_of(saved: int) -> str:
    return (
        ngettext("%d entry is saved.", "%d entries are saved.", saved) % saved if saved else _("Nothing was changed.")
    )


def _page(
    request: HttpRequest, visit: Visit, theme: Theme, forms: list[EntryForm], *, status: int = 200, saved: int = 0
) -> HttpResponse:
    context: dict[str, Any] = {
        "theme": theme,
        "entries": [_written(visit, form) for form in forms],
        "refused": [form for form in forms if form.is_bound and form.errors],
        "conflict": [difference for form in forms for difference in form.conflict],
        "saved": saved,
    }
    template = "projects/handbook/entries.html"
    return render_handbook_page(request, visit, template, context, current=f"{ENTRIES}{theme}", status=status)


def _written(visit: Visit, form: EntryForm) -> WrittenEntry:
    text = "" if visit.may_edit else form.instance.text
    html = HtmlWriter(draw=str).write(prose_with_code(text)) if text else ""
    return WrittenEntry(form, printed_places(visit.project.key, form.entry.places), mark_safe(html))
