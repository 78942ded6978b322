"""The ReviewRecord of a feature's draft: who wrote it, and when it was last changed."""

from projects.design.review_record import ReviewRecord
from projects.models import Event, Feature
from projects.workflow.events import COMMAND_LINE


def draft_record(feature: Feature) -> ReviewRecord:
    names = Event.objects.filter(feature=feature).exclude(actor_name=COMMAND_LINE).order_by()
    authors = sorted(set(names.values_list("actor_name", flat=True).distinct()))
    return ReviewRecord(authors=tuple(authors), changed_at=feature.changed_at)
