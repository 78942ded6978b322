"""Verdicts and what they add up to, drawn alike wherever they are shown."""

from django import template
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from projects.templatetags.interface import icon
from reviews.rules.terms import ItemState, Verdict

register = template.Library()

# Icon, word and tone.
LOOKS: dict[str, tuple[str, str | Promise, str]] = {
    Verdict.PASS: ("check", _("Pass"), "pass"),
    Verdict.FAIL: ("x", _("Fail"), "error"),
    Verdict.NOT_APPLICABLE: ("minus", _("N/A"), "advice"),
    Verdict.NONE: ("circle-dashed", _("No verdict"), "faint"),
    ItemState.PASSED: ("check", _("Passed"), "pass"),
    ItemState.FAILED: ("x", _("Failed"), "error"),
    ItemState.OPEN: ("circle-dashed", _("Open"), "faint"),
    ItemState.WAIVED: ("info", _("Waived"), "advice"),
}


@register.simple_tag
def verdict_mark(verdict: str) -> SafeString:
    """Say a verdict, or what the verdicts on an item add up to, with icon, word and colour."""
    name, word, tone = LOOKS[verdict]
    return format_html('<span class="mark tone-{}">{}{}</span>', tone, icon(name), word)
