"""Finds code in prose: SQL, model code, migration code, and blocks that Markdown shows as code."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from projects.checks.code_patterns import MIGRATION_PATTERNS, ORM_PATTERNS, Pattern
from projects.checks.sql_in_prose import sql_passage

EXCERPT_LENGTH = 60
# No tool's code does without one of these.
SIGNS = re.compile(r"[(\[{<=@:$\-\"]")


class CodeKind(StrEnum):
    SQL = "sql"
    ORM = "orm"
    MIGRATION = "migration"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of code: its kind, what people would call it, and how it starts."""

    kind: CodeKind
    what: str
    excerpt: str


FENCE = re.compile(r"\s*(?:>\s*|[-*+]\s+|\d{1,9}[.)]\s+)*(?P<fence>`{3,}|~{3,})\s*(?P<language>[^`\s]*)[^`]*$")
LIST_ITEM = re.compile(r"(?:[-*+]|\d{1,9}[.)])\s+(?=\S)")
BLOCK_SIGNS = ("```", "~~~", "    ", "\t")


def code_passages(text: str) -> Iterator[Passage]:
    """The first passage of each kind of code in a text."""
    if statement := sql_passage(text):
        yield Passage(CodeKind.SQL, "an SQL statement", excerpt(statement))
    if SIGNS.search(text):
        yield from _tool_passage(text, CodeKind.ORM, ORM_PATTERNS)
        yield from _tool_passage(text, CodeKind.MIGRATION, MIGRATION_PATTERNS)
    if any(sign in text for sign in BLOCK_SIGNS):
        yield from _block_passage(text)


def _tool_passage(text: str, kind: CodeKind, patterns: tuple[Pattern, ...]) -> Iterator[Passage]:
    for tool, literal, pattern in patterns:
        if literal in text and (found := pattern.search(text)):
            yield Passage(kind, f"{tool} code", excerpt(text[found.start() :].lstrip().partition("\n")[0]))
            return


def _block_passage(text: str) -> Iterator[Passage]:
    """The first block that Markdown shows as code, fenced or indented; diagrams in Mermaid are welcome."""
    fence, margin, is_after_blank = "", 0, True
    for line in text.expandtabs(4).split("\n"):
        indent = len(line) - len(line.lstrip())
        mark = FENCE.match(line)
        if fence:
            is_closed = mark and mark["fence"].startswith(fence) and not mark["language"]
            fence = "" if is_closed else fence
        elif mark:
            if mark["language"].lower() != "mermaid":
                yield Passage(CodeKind.BLOCK, "a fenced block", excerpt(line))
                return
            fence = mark["fence"]
        elif line.strip():
            if is_after_blank and indent >= margin + 4:
                yield Passage(CodeKind.BLOCK, "an indented block", excerpt(line))
                return
            margin = _margin(line, indent, margin, is_after_blank)
        is_after_blank = not line.strip()


def _margin(line: str, indent: int, margin: int, is_after_blank: bool) -> int:
    """How far the text of the list that a line stands in is indented; a block of code stands four further in."""
    if item := LIST_ITEM.match(line, indent):
        return item.end()
    return min(margin, indent) if is_after_blank else margin


def excerpt(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT_LENGTH else f"{line[: EXCERPT_LENGTH - 1].rstrip()}…"
