"""A process that submits or signs, and stops at a chosen point of it until it is killed."""

import sys
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

import django

django.setup()

from django.utils import timezone  # noqa: E402 - Django has to be set up first

from projects.models import Feature, User  # noqa: E402 - Django has to be set up first
from projects.workflow import events  # noqa: E402 - Django has to be set up first
from reviews.workflow import decide, door  # noqa: E402 - Django has to be set up first
from reviews.workflow.door import Form, ReviewDoor  # noqa: E402 - Django has to be set up first
from reviews.workflow.submit import Submission, submit  # noqa: E402 - Django has to be set up first

THERE = "there"


def stopping_after(step: Callable[..., Any]) -> Callable[..., Any]:
    def stop(*args: Any, **options: Any) -> Any:
        answer = step(*args, **options)
        print(THERE, flush=True)
        time.sleep(300)
        return answer

    return stop


def stop_at(point: str) -> None:
    if point == "decision":
        decide._decide = stopping_after(decide._decide)
    elif point == "notices":
        door.tell = stopping_after(door.tell)
    elif point == "events":
        events.append = stopping_after(events.append)
    elif point == "commit":
        # Everything is written, and nothing of it committed.
        ReviewDoor.finish = stopping_after(ReviewDoor.finish)
    elif point == "committed":
        door.after_transition = stopping_after(lambda revisions: None)


def main(deed: str, point: str, email: str, key: str) -> None:
    stop_at(point)
    feature, actor, form = Feature.objects.get(), User.objects.get(email=email), Form(key=UUID(key))
    if deed == "sign":
        decide.approve(feature, actor=actor, now=timezone.now(), form=form)
    else:
        submit(feature, Submission("Once"), actor=actor, now=timezone.now(), form=form)


if __name__ == "__main__":
    main(*sys.argv[1:])
