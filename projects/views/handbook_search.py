"""The pages of the handbook as a search finds them: by their titles, and those of their lists and questions."""

from functools import cache

from django.urls import reverse
from django.utils.translation import gettext as _

from projects.checks.findable import Findable, findable
from projects.checks.findable_handbook import ORDER
from projects.design.entries import Theme
from projects.workflow.handbook.pages import PAGES
from projects.workflow.handbook.questions import QUESTIONS

# Of `Findable.record`: the URL name follows, and what the address needs beside the project is the `column`.
PAGE = "page"
KIND = "Handbook page"


@cache
def handbook_pages() -> tuple[Findable, ...]:
    """They are the same in every project."""
    return (
        _page("handbook", "", _("Handbook"), (_("Overview"),)),
        _page("handbook-questions", "", _("Five questions"), (_("Five starting questions"),)),
        *(_page("handbook-question", str(each.number), each.title, (), (each.text,), "Question") for each in QUESTIONS),
        *(
            _page("handbook-policy", page.slug, page.title, tuple(table.title for table in page.tables), (page.lead,))
            for page in PAGES
        ),
        *(_page("handbook-entries", theme.value, theme.label) for theme in Theme),
    )


def _page(
    name: str, argument: str, title: str, others: tuple[str, ...] = (), texts: tuple[str, ...] = (), kind: str = KIND
) -> Findable:
    return findable(kind, ORDER - 1, title, (title, *others), texts, record=f"{PAGE}:{name}", column=argument)


def page_address(project: str, item: Findable) -> str:
    name = item.record.removeprefix(f"{PAGE}:")
    return reverse(name, args=[project, *([item.column] if item.column else [])])
