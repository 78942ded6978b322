"""The checklist section of a review page."""

from typing import Any

from reviews.views.desk import ReviewDesk


def checklist_section(desk: ReviewDesk) -> dict[str, Any]:
    """What reviews/_checklist.html needs."""
    return {}
