"""The gate section of a review page."""

from typing import Any

from reviews.views.desk import ReviewDesk


def gate_section(desk: ReviewDesk) -> dict[str, Any]:
    """What reviews/_gate.html needs."""
    return {}
