"""Prose that may hold code, in documents that may: fenced blocks stay code, and nothing else is taken out."""

import re
from collections.abc import Iterator
from dataclasses import replace

from projects.exporters.blocks import Block, CodeBlock, Prose, label
from projects.exporters.escaping import tidy

_FENCE = re.compile(r" {0,3}(?:`{3,}(?P<ticks>[^`]*)|~{3,}(?P<waves>.*))$")
_LANGUAGE = re.compile(r"[a-z][a-z0-9+#-]{0,19}")
# A diagram that people typed is shown as text: the documents draw their own, which are known to be valid.
_AS_TEXT = "mermaid"


def prose_with_code(text: str, name: str = "") -> Iterator[Block]:
    """The prose after its label, with the fenced blocks in it as blocks of code."""
    pieces = list(_pieces(tidy(text).expandtabs(4).split("\n")))
    first = pieces[0] if pieces else Prose("")
    if isinstance(first, Prose):
        yield replace(first, label=name)
    else:
        yield from [label(name)] if name else []
        yield first
    yield from pieces[1:]


def _pieces(lines: list[str]) -> Iterator[Prose | CodeBlock]:
    """Prose and code in turn. A fence that nobody closes is text."""
    last_bare = {_mark(line): at for at, line in enumerate(lines) if _is_bare_fence(line)}
    start = at = 0
    while at < len(lines):
        opening = _FENCE.match(lines[at])
        if opening and last_bare.get(_mark(lines[at]), -1) > at:
            yield from _prose(lines[start:at])
            end = next(n for n in range(at + 1, len(lines)) if _closes(lines[n], lines[at]))
            yield CodeBlock(_language(opening["ticks"] or opening["waves"] or ""), "\n".join(lines[at + 1 : end]))
            start, at = end + 1, end
        at += 1
    yield from _prose(lines[start:])


def _prose(lines: list[str]) -> Iterator[Prose]:
    if any(line.strip() for line in lines):
        yield Prose("\n".join(lines), keeps_code=True)


def _is_bare_fence(line: str) -> bool:
    return bool(_FENCE.match(line)) and len(set(line.strip())) == 1


def _closes(line: str, opening: str) -> bool:
    return _is_bare_fence(line) and _mark(line) == _mark(opening)


def _mark(line: str) -> str:
    return line.strip()[:1]


def _language(typed: str) -> str:
    """A word for the fence, as readers of Markdown ask for one."""
    word = typed.strip().lower()
    return word if _LANGUAGE.fullmatch(word) and word != _AS_TEXT else "text"
