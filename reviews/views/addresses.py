"""The addresses of a revision's pages."""

from django.urls import reverse

from projects.models import Feature, Revision
from projects.views.addresses import Addresses


class ReviewAddresses(Addresses):
    """The addresses of a feature's pages with those of one revision; the caller has selected epic and project."""

    def __init__(self, feature: Feature, revision: Revision) -> None:
        super().__init__(feature)
        self.number = revision.number

    def at(self, name: str, **parts: object) -> str:
        """A page of this revision: its name without “review-”; `at("item", item=6)`."""
        return reverse(f"review-{name}", kwargs=self.keys | {"number": self.number} | parts)

    @property
    def review(self) -> str:
        return reverse("review", kwargs=self.keys | {"number": self.number})

    @property
    def revisions(self) -> str:
        return self.to("revisions")


def compare_page(addresses: Addresses, before: int, after: int | None) -> str:
    """The page that compares two revisions by their numbers, or one with the draft."""
    return f"{addresses.to('review-compare')}?from={before}&to={after or 'draft'}"
