"""The chain of events is written once."""

from collections.abc import Callable
from typing import Any

import pytest

from projects.models import Event, Feature, User
from projects.models.append_only import WrittenOnce
from projects.workflow.events import hash_of
from tests.factories import NOON, change_draft

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "act",
    [
        lambda event: event.save(),
        lambda event: event.save(update_fields=["label"]),
        lambda event: event.delete(),
        lambda event: Event.objects.filter(pk=event.pk).update(label="other"),
        lambda event: Event.objects.filter(pk=event.pk).delete(),
        lambda event: Event.objects.all().delete(),
        lambda event: Event.objects.bulk_update([event], ["label"]),
        lambda event: Event.objects.update_or_create(pk=event.pk, defaults={"label": "other"}),
        lambda event: event.feature.events.update(label="other"),
        lambda event: event.feature.events.all().delete(),
    ],
)
def test_an_event_is_neither_changed_nor_deleted(
    act: Callable[[Event], Any], feature: Feature, architect: User
) -> None:
    change_draft(feature, architect)
    event = Event.objects.get()
    event.label = "other"
    with pytest.raises(WrittenOnce, match="append-only"):
        act(event)
    assert Event.objects.get().label != "other"


def test_events_from_before_there_were_revisions_keep_their_hashes() -> None:
    event = Event(
        project_id=1, sequence=1, feature_id=2, actor_id=3, verb="created", kind="component", label="API", at=NOON
    )
    event.previous_hash = "0" * 64
    assert hash_of(event) == "6c4706da8aafbc6f216c6314ba97f89fbc55148adbce51954b0aefe1b48f87b7"
