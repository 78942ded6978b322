"""What reviews do when something happens to the projects that they are in."""

from datetime import datetime
from typing import Any

from projects.models import Project, User
from projects.signals import people_changed
from reviews.workflow.door import settle_open


def connect() -> None:
    people_changed.connect(_settle, dispatch_uid="reviews")


def _settle(project: Project, actor: User | None, now: datetime, **_: Any) -> None:
    """Who may decide has changed, and with it what the reviews add up to."""
    settle_open(project, actor=actor, now=now)
