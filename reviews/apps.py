from datetime import datetime
from typing import Any

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "reviews"

    def ready(self) -> None:
        from projects.signals import people_changed

        people_changed.connect(_settle, dispatch_uid="reviews")


def _settle(project: Any, actor: Any, now: datetime, **_: object) -> None:
    """Who may decide has changed, and with it what the reviews add up to."""
    from reviews.workflow.door import settle_open

    settle_open(project, actor=actor, now=now)
