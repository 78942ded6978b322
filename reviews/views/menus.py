"""The menus at the head of a review: what a revision is compared with, and what of it is downloaded."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from projects.exporters import DOCUMENTS
from projects.models import Revision
from reviews.views.addresses import compare_page
from reviews.views.desk import ReviewDesk


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    detail: str = ""


@dataclass(frozen=True)
class Links:
    """Some of a menu, under a heading."""

    label: str
    links: tuple[Link, ...]


def comparisons(desk: ReviewDesk) -> list[Link]:
    """With the revisions before it that a reader may know, and with the draft; the one just before first."""
    before = [each for each in desk.revisions if each.number < desk.revision.number]
    found = dict(reversed(list(_known(desk, before))))
    links = [
        Link(f"r{number}", compare_page(desk.addresses, number, desk.revision.number), found[number])
        for number in sorted(found, reverse=True)
    ]
    return [*links, Link(_("The draft"), compare_page(desk.addresses, desk.revision.number, None))]


def _known(desk: ReviewDesk, before: list[Revision]) -> Iterator[tuple[int, str]]:
    """Numbers with why one would choose them, the best reason first."""
    if not before:
        return
    if (mine := desk.last_reviewed) is not None:
        yield mine, _("my last review")
    if approved := next((each for each in before if each.approved_at), None):
        yield approved.number, _("approved")
    yield before[0].number, _("the one before")


def downloads(desk: ReviewDesk) -> list[Links]:
    at = desk.addresses.at
    documents = (
        Link(document.title, at(f"document-{form}", slug=document.slug), word)
        for document in DOCUMENTS
        for form, word in (("pdf", "PDF"), ("markdown", "Markdown"))
    )
    archive = Link(_("All of them"), at("document-archive"), "ZIP")
    record = tuple(
        Link(_("Verdicts, threads, sign-offs"), at(f"record-{form}"), word)
        for form, word in (("markdown", "Markdown"), ("json", "JSON"))
    )
    return [
        Links(_("Documents"), (*documents, archive)),
        Links(_("Design"), (Link(_("Design file"), at("design-file"), "JSON"),)),
        Links(_("Record of the review"), record),
    ]
