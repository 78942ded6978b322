"""Where policies and entries are said to be printed is where the documents have them."""

from typing import Any

import pytest

from projects.design.entries import CATALOGUE
from projects.design.project import ProjectDesign
from projects.design.tree import Handbook
from projects.exporters.project_documents import PROJECT_DOCUMENTS
from projects.workflow.handbook.pages import PAGES
from projects.workflow.handbook.places import PLACES_OF
from tests.projects.exporters.full_handbook import empty_handbook, full_handbook

# What each page holds: attributes of the handbook, or of its policies.
HELD: dict[str, tuple[str, ...]] = {
    "backup": ("backup", "schedules"),
    "retention": ("retention_rules", "protections"),
    "access": ("access_roles",),
    "monitoring": ("metrics",),
}


def filled_with(slug: str) -> Handbook:
    """A handbook in which nothing but this page is filled in."""
    empty, full = empty_handbook(), full_handbook()
    names = HELD.get(slug, (slug,))
    held = {name: getattr(full, name) for name in names if name in type(full).model_fields}
    policies = {name: getattr(full.policies, name) for name in names if name not in held}
    filled: Handbook = empty.with_values(**held, policies=empty.policies.with_values(**policies))
    return filled


def printed(handbook: Handbook) -> dict[tuple[str, str], str]:
    return {
        (document.slug, section.path[-1]): str(section.blocks)
        for document in PROJECT_DOCUMENTS
        for section in document.sections(ProjectDesign(handbook))
    }


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.slug)
def test_a_page_is_printed_at_exactly_the_places_that_it_names(page: Any) -> None:
    before, after = printed(empty_handbook()), printed(filled_with(page.slug))
    changed = {place for place, blocks in after.items() if blocks != before.get(place)}
    assert changed == {(place.document, place.heading) for place in PLACES_OF[page.slug]}


def test_every_entry_names_headings_that_there_are() -> None:
    headings = set(printed(empty_handbook()))
    named = {(place.document, str(place.heading)) for entry in CATALOGUE for place in entry.places}
    assert named - headings == set()
