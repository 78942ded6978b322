"""Threads as pages show them: what each is about, what was said, and what the person may do with it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from urllib.parse import urlencode

from django.utils.html import format_html
from django.utils.safestring import SafeString

from projects.exporters.html import prose_html
from projects.models import User
from reviews.models import Comment
from reviews.rules.anchors import Anchor
from reviews.rules.terms import ThreadState
from reviews.thread_reading import FollowedThread, anchor_of
from reviews.views.addresses import ReviewAddresses
from reviews.views.desk import ReviewDesk
from reviews.workflow.thread_states import ThreadRights, rights_in

# Threads above it are folded to one line, so that a page with a hundred of them is still read.
UNFOLDED = 20
COMMENTS_SHOWN = 6
NOTHING = ThreadRights(may_address=False, may_resolve=False, may_reopen=False, needs_reason=False)

_FENCE = re.compile(r"^\s*(?:```|~~~)", re.MULTILINE)


def comment_html(text: str) -> SafeString:
    """What somebody typed, as prose; with code that is fenced, as it was typed, for prose leaves that out."""
    if _FENCE.search(text):
        return format_html('<p class="thread-typed" dir="auto">{}</p>', text)
    return prose_html(text, keeps_code=True)


@dataclass(frozen=True)
class CommentView:
    row: Comment
    address: str
    is_mine: bool

    @property
    def is_draft(self) -> bool:
        return self.row.published_at is None

    @property
    def author(self) -> User:
        return self.row.author

    @property
    def at(self) -> datetime:
        return self.row.published_at or self.row.created_at

    @property
    def html(self) -> SafeString:
        return comment_html(self.row.text)


@dataclass(frozen=True)
class ThreadCard:
    """`error` and `typed` are those of a form that was refused; `is_folded` shows no more than a line."""

    desk: ReviewDesk
    thread: FollowedThread
    is_folded: bool = False
    error: str = ""
    typed: str = ""

    @property
    def id(self) -> str:
        return f"thread-{self.thread.uid}"

    @property
    def address(self) -> str:
        return self.desk.addresses.at("thread", thread=self.thread.uid)

    @property
    def label(self) -> str:
        return self.thread.followed.path

    @property
    def is_name(self) -> bool:
        return self.thread.row.anchor_uid is not None

    @property
    def place(self) -> str:
        """Where the page shows what it is about; empty if that is gone."""
        if not self.thread.followed.is_there:
            return ""
        return place_address(self.desk.addresses, anchor_of(self.thread.row))

    @property
    def state(self) -> ThreadState:
        return self.thread.state

    @property
    def look(self) -> str:
        return "draft" if self.thread.is_draft else f"thread-{self.state.value}"

    @property
    def may_write(self) -> bool:
        return may_write(self.desk)

    @cached_property
    def may(self) -> ThreadRights:
        if not self.may_write:
            return NOTHING
        return rights_in(self.thread.row, self.desk.user.pk, self.desk.facts)

    @property
    def drafts_replies(self) -> bool:
        return self.thread.is_draft or self.desk.may_decide

    @property
    def view(self) -> str:
        """What stands in the middle of the page, to come back to it."""
        return self.desk.request.GET.get("view", "")

    @cached_property
    def comments(self) -> list[CommentView]:
        return [
            CommentView(
                row, self.desk.addresses.at("thread-draft", comment=row.uid), row.author_id == self.desk.user.pk
            )
            for row in self.thread.comments
        ]

    @property
    def earlier(self) -> list[CommentView]:
        """The comments of a long thread that are folded away."""
        return self.comments[1 : -COMMENTS_SHOWN + 1] if len(self.comments) > COMMENTS_SHOWN + 1 else []

    @property
    def first(self) -> list[CommentView]:
        return self.comments[:1] if self.earlier else []

    @property
    def last(self) -> list[CommentView]:
        return self.comments[-COMMENTS_SHOWN + 1 :] if self.earlier else self.comments


def may_write(desk: ReviewDesk) -> bool:
    """Whether anything can be said here: on the newest revision, by members who are more than viewers."""
    return desk.may_comment and desk.is_head


def place_address(addresses: ReviewAddresses, anchor: Anchor) -> str:
    if anchor.uid:
        return f"{addresses.review}?view=design&at={anchor.uid}#thing-{anchor.uid}"
    if anchor.section:
        return f"{addresses.review}?view=design#section-{anchor.section}"
    return f"{addresses.review}?view=checklist#item-{anchor.item}"


def new_thread_address(addresses: ReviewAddresses, anchor: Anchor) -> str:
    """Where a thread about this place is opened."""
    said = {"uid": anchor.uid, "field": anchor.field, "section": anchor.section, "item": anchor.item}
    query = urlencode({name: str(value) for name, value in said.items() if value})
    return f"{addresses.at('thread-new')}?{query}"


def cards(desk: ReviewDesk, threads: Iterable[FollowedThread], *, folded: bool = False) -> list[ThreadCard]:
    return [ThreadCard(desk, each, is_folded=folded or place >= UNFOLDED) for place, each in enumerate(threads)]
