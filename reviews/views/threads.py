"""The threads section of a review page."""

from typing import Any

from reviews.views.desk import ReviewDesk


def threads_section(desk: ReviewDesk) -> dict[str, Any]:
    """What reviews/_threads.html needs."""
    return {}
