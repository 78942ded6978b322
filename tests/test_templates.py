"""What holds for every template: it compiles, and it stays within the Content-Security-Policy."""

import re
from pathlib import Path

import pytest
from django.template import engines
from django.template.loader import get_template, render_to_string

FOLDER = Path(__file__).resolve().parent.parent / "templates"
PAGES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.html"))
MAILS = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.txt"))

FORBIDDEN = {
    "a style attribute": r"<[^>]*\sstyle\s*=",
    "a style element": r"<style\b",
    "an inline script": r"<script(?![^>]*\bsrc=)",
    "an event handler": r"<[^>]*\son[a-z]+\s*=",
    "htmx that needs eval": r"hx-on[:-]|hx-(vals|headers)=['\"]js:|hx-trigger=\"[^\"]*\[",
    "a javascript address": r"javascript:",
    "another site's file": r"<(script|link|img)[^>]*(src|href)=\"(https?:)?//",
}


@pytest.mark.parametrize("name", PAGES + MAILS)
def test_every_template_compiles(name: str) -> None:
    get_template(name)


@pytest.mark.parametrize("reason", FORBIDDEN)
@pytest.mark.parametrize("name", PAGES)
def test_no_template_asks_for_more_than_the_policy_allows(name: str, reason: str) -> None:
    # A template expression may hold a ">" or a quote of its own.
    text = re.sub(r"\{[{%#].*?[#%}]\}", "", (FOLDER / name).read_text(encoding="utf-8"))
    assert re.search(FORBIDDEN[reason], text) is None


def test_the_page_of_a_broken_server_needs_no_context() -> None:
    assert "<h1>" in render_to_string("500.html")


@pytest.mark.parametrize("name", PAGES)
def test_words_of_the_interface_are_plain(name: str) -> None:
    text = re.sub(r"<[^>]+>|\{[{%#].*?[#%}]\}", " ", (FOLDER / name).read_text(encoding="utf-8"))
    assert re.search(r"(?i)\b(please|oops|successfully)\b|[a-z]!(\s|$)", text) is None


@pytest.mark.parametrize(
    "tag",
    [
        '{% icon "check" text %}',
        '{% badge "draft" text %}',
        '{% mark "error" text %}',
        '{% avatar "AB" text %}',
        "{{ names|joined }}",
    ],
)
def test_text_of_a_person_never_becomes_markup(tag: str) -> None:
    hostile = "<script>alert(1)</script>\"'`|"
    template = engines["django"].from_string("{% load interface %}" + tag)
    assert "<script" not in template.render({"text": hostile, "names": [hostile]})
