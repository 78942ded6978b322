"""Icons, badges, marks, numbers and times, drawn alike on every page."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from django import template
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from lucide.templatetags.lucide import lucide

from projects.design.vocabulary import DesignState, Frequency, Severity, StepState

register = template.Library()

# The stroke is given in the icon's own 24 units: 1.5 px when it is drawn at 16 px.
STROKE = "2.25"
HALF_CIRCLE = (
    f'<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="{STROKE}" '
    'width="{}" height="{}" {}><circle cx="12" cy="12" r="10"/>'
    '<path d="M12 2a10 10 0 0 1 0 20z" fill="currentColor"/></svg>'
)
NARROW_SPACE = "\u202f"


class Look(NamedTuple):
    icon: str
    word: str | Promise
    tone: str


LOOKS: dict[str, Look] = {
    "not-started": Look("circle-dashed", gettext_lazy("Not started"), "none"),
    DesignState.DRAFT: Look("pencil", gettext_lazy("Draft"), "none"),
    DesignState.IN_REVIEW: Look("eye", gettext_lazy("In review"), "accent"),
    DesignState.CHANGES_REQUESTED: Look("undo-2", gettext_lazy("Changes requested"), "warn"),
    DesignState.APPROVED: Look("circle-check", gettext_lazy("Approved"), "pass"),
    DesignState.SUPERSEDED: Look("layers", gettext_lazy("Superseded"), "none"),
    DesignState.WITHDRAWN: Look("undo", gettext_lazy("Withdrawn"), "none"),
    DesignState.ARCHIVED: Look("archive", gettext_lazy("Archived"), "none"),
    Severity.ERROR: Look("octagon-x", gettext_lazy("Error"), "error"),
    Severity.WARNING: Look("triangle-alert", gettext_lazy("Warning"), "warn"),
    Severity.ADVICE: Look("info", gettext_lazy("Advice"), "advice"),
    "waived": Look("info", gettext_lazy("Waived"), "advice"),
    "pass": Look("circle-check", gettext_lazy("Pass"), "pass"),
    "fail": Look("octagon-x", gettext_lazy("Fail"), "error"),
    "needs-judgement": Look("circle-question-mark", gettext_lazy("Needs judgement"), "advice"),
    "not-applicable": Look("circle-slash", gettext_lazy("Not applicable"), "quiet"),
    "follows": Look("circle-check", gettext_lazy("Follows"), "quiet"),
    "departs": Look("git-branch", gettext_lazy("Departs"), "accent"),
    "not-saved": Look("octagon-x", gettext_lazy("Not saved"), "error"),
    "no-index": Look("triangle-alert", gettext_lazy("No index"), "warn"),
    "added": Look("plus", gettext_lazy("Added"), "pass"),
    "changed": Look("equal-approximately", gettext_lazy("Changed"), "quiet"),
    "thread-open": Look("message-square", gettext_lazy("Open"), "warn"),
    "thread-addressed": Look("message-square-reply", gettext_lazy("Addressed"), "accent"),
    "thread-resolved": Look("check", gettext_lazy("Resolved"), "pass"),
    "removed": Look("minus", gettext_lazy("Removed"), "error"),
}
STEP_LOOKS: dict[str, Look] = {
    StepState.EMPTY: Look("circle-dashed", gettext_lazy("empty"), "faint"),
    StepState.STARTED: Look("half", gettext_lazy("started"), "quiet"),
    StepState.COMPLETE: Look("circle-check", gettext_lazy("complete"), "quiet"),
}


@register.simple_tag
def icon(name: str, label: str = "", size: int = 16) -> SafeString:
    """Draw an icon; without a label it is decoration, and screen readers pass over it."""
    return _drawn(str(name), str(label), size)


@lru_cache(maxsize=512)
def _drawn(name: str, label: str, size: int) -> SafeString:
    if name == "half":
        attributes = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
        return format_html(HALF_CIRCLE, size, size, attributes)
    spoken = {"role": "img", "aria-label": label} if label else {"aria-hidden": "true"}
    drawn = lucide(name, size=size, stroke_width=STROKE, **{"class": "icon"}, **spoken)
    return mark_safe(" ".join(drawn.split()))


@register.simple_tag
def badge(state: str, word: str = "") -> SafeString:
    """Say a state with icon, word and colour."""
    look = LOOKS[state]
    return format_html(
        '<span class="badge badge-{} tone-{}">{}{}</span>', str(state), look.tone, icon(look.icon), word or look.word
    )


@register.simple_tag
def mark(state: str, word: str = "") -> SafeString:
    """Say a severity or a piece of evidence: like a badge, never boxed."""
    look = LOOKS[state]
    return format_html('<span class="mark tone-{}">{}{}</span>', look.tone, icon(look.icon), word or look.word)


@register.simple_tag
def severity_icon(severity: str, label: str = "") -> SafeString:
    """Mark a row's gutter with the worst thing that was found in it."""
    look = LOOKS[severity]
    return format_html('<span class="tone-{}">{}</span>', look.tone, icon(look.icon, label or str(look.word)))


@register.simple_tag
def finding_counts(errors: int = 0, warnings: int = 0, advice: int = 0) -> SafeString:
    """Count findings by severity; nothing found is said in a word."""
    counted = [
        (Severity.ERROR, errors, ngettext("%d error", "%d errors", errors) % errors),
        (Severity.WARNING, warnings, ngettext("%d warning", "%d warnings", warnings) % warnings),
        (Severity.ADVICE, advice, _("%d advice") % advice),
    ]
    parts = [
        (LOOKS[severity].tone, words, icon(LOOKS[severity].icon), number)
        for severity, number, words in counted
        if number
    ]
    if not parts:
        return format_html('<span class="counts counts-none">{}</span>', _("none"))
    drawn = format_html_join(
        "", '<span class="count tone-{}" title="{}">{}{}<span class="visually-hidden"> </span></span>', parts
    )
    return format_html('<span class="counts">{}</span>', drawn)


@register.simple_tag
def step_state(state: str, errors: int = 0, warnings: int = 0) -> SafeString:
    """Say how far a step is; its findings, where it has any, say more than its state."""
    if errors or warnings:
        severity, number = (Severity.ERROR, errors) if errors else (Severity.WARNING, warnings)
        words = ngettext("%d error", "%d errors", errors) if errors else ngettext("%d warning", "%d warnings", warnings)
        look = LOOKS[severity]
        return format_html(
            '<span class="rail-state tone-{}">{}<span class="rail-count" aria-hidden="true">{}</span></span>',
            look.tone,
            icon(look.icon, words % number),
            number,
        )
    look = STEP_LOOKS[state]
    return format_html('<span class="rail-state tone-{}">{}</span>', look.tone, icon(look.icon, str(look.word)))


@register.simple_tag
def step_strip(marks: Sequence[str]) -> SafeString:
    """Draw the steps as small marks in groups of three: empty, started, complete, warning or error."""
    complete = sum(state == StepState.COMPLETE for state in marks)
    words = _("%(complete)d of %(all)d steps complete") % {"complete": complete, "all": len(marks)}
    return _strip(tuple(marks), words)


@lru_cache(maxsize=1024)
def _strip(marks: tuple[str, ...], words: str) -> SafeString:
    drawn = format_html_join("", '<span class="step-mark step-mark-{}"></span>', ((state,) for state in marks))
    return format_html('<span class="step-strip" role="img" aria-label="{}">{}</span>', words, drawn)


@register.simple_tag
def frequency(band: str) -> SafeString:
    """Draw a band of frequency as three bars and its word."""
    words = {term.value: term.label for term in Frequency}
    return format_html(
        '<span class="frequency frequency-{}"><span class="bars" aria-hidden="true"></span>{}</span>', band, words[band]
    )


@register.simple_tag
def avatar(initials: str, name: str, is_self: bool = False) -> SafeString:
    """Stand for a person by two letters; the name is in the title and is read aloud."""
    return format_html(
        '<span class="avatar{}" role="img" aria-label="{}" title="{}">{}</span>',
        " avatar-self" if is_self else "",
        name,
        name,
        initials,
    )


@register.filter
def grouped(number: int) -> str:
    """Group the digits of a whole number by thousands with a narrow space that does not break."""
    return f"{number:,}".replace(",", NARROW_SPACE)


@register.simple_tag
def day(value: date | None) -> SafeString | str:
    """Write a date as 20 Nov 2026."""
    if value is None:
        return ""
    return format_html('<time datetime="{}">{} {}</time>', value.isoformat(), value.day, value.strftime("%b %Y"))


@register.simple_tag
def moment(value: datetime | None) -> SafeString | str:
    """Write a time in the reader's zone, shortly, with UTC in the title."""
    if value is None:
        return ""
    in_utc = value.astimezone(UTC)
    return format_html(
        '<time datetime="{}" title="{} UTC">{}</time>',
        in_utc.isoformat(timespec="seconds"),
        f"{in_utc.day} {in_utc:%b %Y, %H:%M}",
        _short(timezone.localtime(value), timezone.localtime()),
    )


def _short(local: datetime, now: datetime) -> str:
    age = now - local
    if timedelta() <= age < timedelta(minutes=1):
        return _("just now")
    if timedelta() <= age < timedelta(hours=1):
        return _("%d min ago") % (age.seconds // 60)
    if local.date() == now.date():
        return _("today %s") % f"{local:%H:%M}"
    if local.date() == now.date() - timedelta(days=1):
        return _("yesterday %s") % f"{local:%H:%M}"
    return f"{local.day} {local:%b}" if local.year == now.year else f"{local.day} {local:%b %Y}"


@register.filter
def joined(values: Iterable[object]) -> SafeString:
    """Join names in mono, each left as it was typed."""
    return format_html_join(", ", '<code dir="auto">{}</code>', ((str(value),) for value in values))
