"""Typed prose as HTML, for pages and for printing: bounded, then rendered, then sanitised."""

import html
import re
import threading
from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown import Markdown
from markdown.blockprocessors import OListProcessor, UListProcessor
from markdown.preprocessors import Preprocessor
from markdown.util import ETX, STX

from projects.exporters.escaping import markdown_line_start, tidy
from projects.exporters.prose import markdown_line, markdown_prose

_SANITISER = nh3.Cleaner(
    tags={"p", "ul", "ol", "li", "blockquote", "strong", "em", "code", "a"},
    attributes={"a": {"href"}},
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener noreferrer",
)
_NEEDS_RENDERING = re.compile(r"[\\`*\[<&\n]|^(?:[->]|\d+\.) ")
_CODE_OR_ESCAPE = re.compile(
    r"(?P<code>(?<!`)(`+)(?!`).+?(?<!`)\2(?!`))|\\(?P<escaped>[!-/:-@\[-`{-~])|(?P<entity>&(?:lt|amp|\#\d+);)"
)
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")

_LIST_INDENT = 2

_local = threading.local()


@lru_cache(maxsize=2048)
def prose_html(text: str, *, keeps_code: bool = False) -> SafeString:
    """Prose as paragraphs, lists and quotes. Nothing in it is fetched, and links lead to http, https or mailto."""
    markdown = markdown_prose(text, list_indent=_LIST_INDENT, keeps_code=keeps_code)
    return mark_safe(_with_direction(_rendered(markdown), text))


@lru_cache(maxsize=8192)
def line_html(text: str, *, keeps_code: bool = False) -> SafeString:
    """Prose on one line, without a paragraph around it."""
    rendered = _rendered(markdown_line_start(markdown_line(text, keeps_code=keeps_code)))
    return mark_safe(rendered.removeprefix("<p>").removesuffix("</p>"))


def text_html(text: str) -> str:
    """Plain text; what reads from right to left is kept from turning its surroundings."""
    escaped = html.escape(tidy(text))
    return f"<bdi>{escaped}</bdi>" if _RIGHT_TO_LEFT.search(text) else escaped


def _rendered(markdown: str) -> str:
    if not markdown:
        return ""
    if not _NEEDS_RENDERING.search(markdown):
        return f"<p>{html.escape(markdown, quote=False)}</p>"
    return _SANITISER.clean(_renderer().reset().convert(markdown))


class _Escapes(Preprocessor):
    """Writes escaped characters in the renderer's own notation: one by one, thousands of them cost it seconds."""

    def run(self, lines: list[str]) -> list[str]:
        return _CODE_OR_ESCAPE.sub(self._as_character, "\n".join(lines)).split("\n")

    @staticmethod
    def _as_character(match: re.Match[str]) -> str:
        if match["code"]:
            return match[0]
        return f"{STX}{ord(match['escaped'] or html.unescape(match['entity']))}{ETX}"


def _with_direction(rendered: str, text: str) -> str:
    if not _RIGHT_TO_LEFT.search(text):
        return rendered
    return re.sub(r"<(p|li)>", r'<\1 dir="auto">', rendered)


class _NumberedList(OListProcessor):
    """Does not go on with bullets, as the renderer's own does."""

    SIBLING_TAGS = ["ol"]


class _BulletList(UListProcessor):
    SIBLING_TAGS = ["ul"]


def _renderer() -> Markdown:
    """One for each thread, since a renderer keeps state while it works."""
    if not hasattr(_local, "renderer"):
        _local.renderer = _new_renderer()
    renderer: Markdown = _local.renderer
    return renderer


def _new_renderer() -> Markdown:
    """Reads the Markdown that `prose` writes and no more: no raw HTML, images, references, headings or code blocks."""
    renderer = Markdown(tab_length=_LIST_INDENT, output_format="html")
    renderer.preprocessors.deregister("html_block")
    renderer.preprocessors.register(_Escapes(renderer), "escapes", 20)
    for name in ("escape", "entity", "html", "reference", "short_reference", "image_link", "image_reference"):
        renderer.inlinePatterns.deregister(name)
    renderer.inlinePatterns.deregister("short_image_ref")
    blocks = renderer.parser.blockprocessors
    for name in ("reference", "code", "hashheader", "setextheader", "hr"):
        blocks.deregister(name)
    blocks.register(_NumberedList(renderer.parser), "olist", 40)
    blocks.register(_BulletList(renderer.parser), "ulist", 30)
    return renderer
