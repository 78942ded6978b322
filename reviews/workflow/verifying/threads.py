"""Published threads and comments beside the events that opened them, replied, and moved them on."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from projects.models import Event, Project
from reviews.models import Comment, Thread
from reviews.reading import light
from reviews.workflow.sealing import ANCHOR, anchor_digest
from reviews.workflow.verifying.told import UNTOLD, OneOf, Told, differences

OPENED, REPLIED, ADDRESSED, RESOLVED, REOPENED = "opened", "replied in", "addressed", "resolved", "reopened"
LABEL, FEATURE, BLOCKS = "its title", "its feature", "whether it blocks"
OPENER, AT, ABOUT = ("who opened it", "when it was opened", "what it is about")
ADDRESSING, RESOLVING, RESOLUTION = ("whether it is addressed", "whether it is resolved", "why it was resolved")
TEXT, AUTHOR = "its text", "its author's name"
KIND = {True: "blocking thread", False: "thread"}
Said = dict[str, Any]


def wrong_threads(project: Project) -> Iterator[str]:
    """A sentence for each published thread or comment that is told otherwise, not at all, or missing."""
    told = Told(project, (OPENED, REPLIED, ADDRESSED, RESOLVED, REOPENED))
    said = Replay(told)
    features = {}
    for feature, events in told.events.items():
        for event in events:
            features[event.object_uid] = feature
            said.take(event)
    threads, comments = _rows(project, features)
    labels = {uid: row[LABEL] for uid, row in [*said.threads.items(), *threads.items()]}
    for uid, problem in differences(said.threads, threads):
        yield f"{told.name(features[uid])}: the thread about {labels[uid] or 'it'}{problem}"
    for key, problem in differences(said.comments, comments):
        about = labels.get(key[0]) or "it"
        yield f"{told.name(features[key[0]])}: a comment in the thread about {about}{problem}"


def _rows(project: Project, features: dict[Any, int]) -> tuple[dict[Any, Said], dict[Any, Said]]:
    found = Thread.objects.filter(feature__epic__project=project, published_at__isnull=False)
    threads = {}
    for row in light(found.select_related("revision"), "revision"):
        features[row.uid] = row.feature_id
        threads[row.uid] = {
            LABEL: row.anchor_path,
            FEATURE: row.feature_id,
            BLOCKS: row.is_blocking,
            OPENER: (row.opened_by_id, row.opened_by_name),
            AT: row.published_at,
            ABOUT: anchor_digest(row, row.revision.number),
            ADDRESSING: (row.addressed_at, row.addressed_by_id),
            RESOLVING: (row.resolved_at, row.resolved_by_id),
            RESOLUTION: row.resolution,
        }
    comments: dict[Any, Said] = {}
    published = Comment.objects.filter(thread__feature__epic__project=project, published_at__isnull=False)
    places: defaultdict[Any, int] = defaultdict(int)
    for each in published.select_related("thread").order_by("created_at", "pk"):
        features.setdefault(each.thread.uid, each.thread.feature_id)
        key = (each.thread.uid, each.author_id, each.published_at)
        comments[(*key, places[key])] = {TEXT: each.text, AUTHOR: each.author_name}
        places[key] += 1
    return threads, comments


class Replay:
    """Tells from events what threads and comments must be."""

    def __init__(self, told: Told) -> None:
        self._told = told
        self.threads: dict[Any, Said] = {}
        self.comments: dict[Any, Said] = {}
        self._openers: dict[Any, int | None] = {}
        self._places: defaultdict[Any, int] = defaultdict(int)

    def take(self, event: Event) -> None:
        if event.verb == OPENED:
            self._open(event)
        if text := event.changes["Comment"][1] if "Comment" in event.changes else _typed(event.reason):
            self._comment(event, text)
        thread = self.threads.get(event.object_uid)
        if thread is None:
            return
        if event.verb == ADDRESSED:
            thread[ADDRESSING] = (event.at, event.actor_id)
        elif event.verb == RESOLVED:
            is_override = thread[BLOCKS] and self._openers[event.object_uid] != event.actor_id
            thread |= {
                RESOLVING: (event.at, event.actor_id),
                RESOLUTION: _typed(event.reason) if is_override else "",
            }
        elif event.verb == REOPENED:
            thread |= {ADDRESSING: (None, None), RESOLVING: (None, None), RESOLUTION: ""}

    def _open(self, event: Event) -> None:
        names = self._told.called(event).allowed or ()
        self._openers[event.object_uid] = event.actor_id
        self.threads[event.object_uid] = {
            LABEL: event.label,
            FEATURE: event.feature_id,
            BLOCKS: event.kind == KIND[True],
            OPENER: OneOf([(event.actor_id, name) for name in names]),
            AT: event.at,
            ABOUT: event.changes[ANCHOR][1] if ANCHOR in event.changes else UNTOLD,
            ADDRESSING: (None, None),
            RESOLVING: (None, None),
            RESOLUTION: "",
        }

    def _comment(self, event: Event, text: str) -> None:
        key = (event.object_uid, event.actor_id, event.at)
        self.comments[(*key, self._places[key])] = {TEXT: text, AUTHOR: self._told.called(event)}
        self._places[key] += 1


def _typed(text: str) -> str:
    """As comments keep it."""
    return text.replace("\r\n", "\n").strip()
