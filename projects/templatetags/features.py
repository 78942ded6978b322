"""The rows of a project's list of features, written in Python as those of grids are: a page has a hundred."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from projects.design.vocabulary import DesignState
from projects.models import Feature
from projects.templatetags.interface import avatar, badge, finding_counts, icon, moment, step_strip
from projects.workflow.feature_list import Group, Listed
from projects.workflow.standings import Standing

register = template.Library()

LINK = '<a href="{{{}}}" title="{{source}}">{}<span class="visually-hidden"> {{title}}, {{source}}</span></a>'
LINKS = " ".join(LINK.format(*link) for link in (("markdown", "MD"), ("pdf", "PDF"), ("archive", "ZIP")))
ROW = (
    '<tr><td><a class="list-name" href="{feature}" dir="auto">{title}</a>'
    '<span class="list-path mono">{epic}/{key}</span></td>'
    "<td>{state}</td><td>{steps}</td><td>{findings}</td>"
    f'<td class="approved">{{approved}}</td><td><span class="list-links">{LINKS}</span></td>'
    '<td class="number">{changed}</td><td class="number owner">{owner}'
)
EDIT = (
    '<a class="icon-button" href="{edit}" title="{what}">{pencil}'
    '<span class="visually-hidden">{verb} {title}</span></a>'
)
END = "</td></tr>"
ADDRESSES = {
    "feature": "feature",
    "edit": "feature-edit",
    "markdown": "document-markdown",
    "pdf": "document-pdf",
    "archive": "feature-archive",
    "review": "review",
}
# Where there is an approved revision, its documents are those to read; the draft's are in its last step.
DOCUMENTS_OF_REVISION = {
    "markdown": "review-document-markdown",
    "pdf": "review-document-pdf",
    "archive": "review-document-archive",
}
# No key has capital letters, so these stand for those of a feature; no revision has this number.
EPIC, FEATURE, REVISION = "EPIC", "FEATURE", 0


@register.simple_tag
def feature_rows(project: str, group: Group, user: object, may_edit: bool) -> SafeString:
    """The features of a group of the list; `user` is whose own avatar stands out."""
    patterns = {part: _pattern(name, project) for part, name in ADDRESSES.items()}
    approved = patterns | {part: _pattern(name, project) for part, name in DOCUMENTS_OF_REVISION.items()}
    words = {"what": _("Title, key, description, owner"), "verb": _("Edit"), "pencil": icon("pencil")}
    is_archived = any(row.feature.archived_at for row in group.features)
    form = f"{ROW}{EDIT if may_edit and not is_archived else ''}{END}"
    rows = (
        format_html(form, **words, **_cells(approved if row.standing.revision else patterns, group.epic.key, row, user))
        for row in group.features
    )
    return mark_safe("".join(rows))


def _pattern(name: str, project: str) -> str:
    """An address with the keys of epic and feature left open: looking each up takes longer than all the row."""
    keys: dict[str, Any] = {"project": project, "epic": EPIC, "feature": FEATURE}
    if name.startswith("review"):
        keys["number"] = REVISION
    if name.endswith(("document-markdown", "document-pdf")):
        keys["slug"] = "data-design"
    return reverse(name, kwargs=keys)


def _cells(patterns: dict[str, str], epic: str, row: Listed, user: object) -> dict[str, Any]:
    feature, number = row.feature, row.standing.revision
    # The number comes first: as long as the keys are open, nothing else in an address looks like it.
    numbered = {
        part: address.replace(f"/{REVISION}/documents", f"/{number}/documents") for part, address in patterns.items()
    }
    at = {part: address.replace(EPIC, epic).replace(FEATURE, feature.key) for part, address in numbered.items()}
    said = {"title": feature.title, "epic": epic, "key": feature.key, "changed": moment(feature.changed_at)}
    said["source"] = f"r{number}" if number else _("draft")
    standing = {"state": _state(row, at["review"]), "approved": _approved(row.standing, at["review"])}
    return {**at, **said, **standing, **_progress(row), "owner": _owner(feature, user)}


def _state(row: Listed, review: str) -> SafeString:
    """The state of the head, which leads to its review, and whether the draft went on since."""
    standing = row.standing
    if standing.head is None or standing.state is DesignState.DRAFT:
        return badge(standing.state)
    number = f"r{standing.head}"
    shown = _link(review, standing.head, format_html("{}<span>{}</span>", badge(standing.state), number))
    behind = _faint(_("draft changed since %s") % number) if row.is_behind else ""
    return format_html("{} {}", shown, behind)


def _progress(row: Listed) -> dict[str, Any]:
    if row.overview is None:
        return {"steps": _faint(_("being counted")), "findings": ""}
    found = row.overview
    return {
        "steps": step_strip(found.marks),
        "findings": finding_counts(found.errors, found.warnings, found.advice),
    }


def _approved(standing: Standing, review: str) -> SafeString:
    if standing.revision is None:
        return _faint(_("not yet"))
    number = format_html("<strong>r{}</strong>", standing.revision)
    return format_html("{} {}", _link(review, standing.revision, number), moment(standing.approved_at))


def _link(review: str, number: int, words: SafeString) -> SafeString:
    address = review.removesuffix(f"{REVISION}/") + f"{number}/"
    return format_html('<a class="feature-review" href="{}">{}</a>', address, words)


def _owner(feature: Feature, user: object) -> SafeString:
    person = feature.owner
    if person is None:
        return _faint(_("nobody"))
    return avatar(person.initials, person.display_name, person == user)


def _faint(words: str) -> SafeString:
    return format_html('<span class="faint">{}</span>', words)
