"""The changes section of a review page."""

from typing import Any

from reviews.views.desk import ReviewDesk


def changes_section(desk: ReviewDesk) -> dict[str, Any]:
    """What reviews/_changes.html needs."""
    return {}
