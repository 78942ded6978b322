"""Puts our sections into a Markdown file that others write too, and leaves every other byte of it as it was.

A section goes from its heading of the second level to the next heading of the first or second. Where headings are is
for a Markdown parser to say: `## Data Model` in a code fence, a comment, a quote or a list is none.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from markdown_it import MarkdownIt
from markdown_it.token import Token

# A heading, and the Markdown of its section with the heading's line, in lines ended by a line feed.
Given = tuple[str, str]

BYTE_ORDER_MARK = "\ufeff"
# Ends a list, so that an indented heading below it is no part of its last item.
END_OF_LIST = "<!-- -->"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_FRONT_MATTER = {"---": ("---", "..."), "+++": ("+++",)}

# Tables as on every site that shows a repository: without them, a rule below a table would make a heading of it.
_blocks = MarkdownIt("commonmark", {"inline_definitions": True}).enable("table").disable("inline")
_words = MarkdownIt("commonmark")


class CannotMerge(ValueError):
    """The sections cannot go into this file; the sentence goes on from the file's name."""


@dataclass(frozen=True)
class Place:
    """A section of the second level or, without a name, another one, by its lines.

    `end` is where its words end, and `stop` where the next section begins: between them are empty lines, and
    definitions of links, which any section may use.
    """

    name: str
    start: int
    end: int
    stop: int


def merge(existing: bytes, sections: Sequence[Given]) -> bytes:
    """The file with each section in the place of the first one of its heading, or added where it belongs.

    One that is missing goes after the nearest section that is given before it, else before the nearest that is given
    after it, else to the end. Raises CannotMerge, and ValueError for what is not one section.
    """
    for heading, body in sections:
        if [place.name for place in places(body)] != [_folded(heading)]:
            raise ValueError(f"what is given for “{heading}” is not one section")
    text = _text(existing)
    mark = BYTE_ORDER_MARK if text.startswith(BYTE_ORDER_MARK) else ""
    merged = _Merging(text.removeprefix(mark), sections).merged()
    return (mark + merged).encode()


def repeated(existing: bytes, sections: Sequence[Given]) -> list[str]:
    """The headings that the file has more than once: only the first of each is ours."""
    counts = Counter(place.name for place in places(_text(existing).removeprefix(BYTE_ORDER_MARK)))
    return [heading for heading, _ in sections if counts[_folded(heading)] > 1]


def places(text: str) -> list[Place]:
    """The sections of the first and second level in their order."""
    lines = lines_of(text)
    skipped = _front_matter(lines)
    # What is left out stays as empty lines, so that the parser counts as we do.
    content = "\n" * skipped + "".join(lines[skipped:])
    tokens = [token for token in _blocks.parse(content) if token.level == 0]
    heads = [at for at, token in enumerate(tokens) if token.type == "heading_open" and token.tag in ("h1", "h2")]
    return [_place(tokens[at:after], tokens[after:], lines) for at, after in pairwise([*heads, len(tokens)])]


def _place(section: list[Token], following: list[Token], lines: list[str]) -> Place:
    start = _first_line(section[0])
    stop = _first_line(following[0]) if following else len(lines)
    definitions = list(takewhile(lambda token: token.type == "definition", reversed(section)))
    end = _first_line(definitions[-1]) if definitions else stop
    while end > start + 1 and _is_empty(lines[end - 1]):
        end -= 1
    return Place(_name(section[0], lines) if section[0].tag == "h2" else "", start, end, stop)


def lines_of(text: str) -> list[str]:
    """The lines with their ends; CommonMark's, which are fewer than Python's."""
    return _LINE.findall(text)


class _Merging:
    def __init__(self, text: str, sections: Sequence[Given]) -> None:
        self.lines = lines_of(text)
        self.sections = {_folded(heading): body.rstrip("\n") for heading, body in sections}
        self.before = places(text)
        self.own: dict[str, Place] = {}
        for place in self.before:
            if place.name in self.sections:
                self.own.setdefault(place.name, place)
        self.replaced = {place.start: place for place in self.own.values()}
        self.newline = self._line_end()
        self.added = self._added()

    def merged(self) -> str:
        written, at = "", 0
        for line in sorted({*self.added, *self.replaced}):
            written, at = written + "".join(self.lines[at:line]), line
            for body in self.added.get(line, ()):
                written += self._gap(written) + self._in_lines(body) + self.newline
            if line in self.added and line < len(self.lines):
                written += self.newline + self._end_of_list(self.added[line][-1], line, self.newline * 2)
            if line in self.replaced:
                written, at = written + self._replacement(self.replaced[line]), self.replaced[line].end
        written += "".join(self.lines[at:])
        self._hold(written)
        return written

    def _added(self) -> dict[int, list[str]]:
        """What is missing, by the line before which it goes."""
        added: dict[int, list[str]] = {}
        names = list(self.sections)
        for number, name in enumerate(names):
            if name not in self.own:
                earlier = [self.own[each] for each in names[:number] if each in self.own]
                later = [self.own[each] for each in names[number:] if each in self.own]
                line = earlier[-1].stop if earlier else later[0].start if later else len(self.lines)
                added.setdefault(line, []).append(self.sections[name])
        return added

    def _replacement(self, place: Place) -> str:
        """The section, ended as it was before, and apart from what follows it."""
        body = self.sections[place.name]
        rest = [number for number in range(place.end, place.stop) if not _is_empty(self.lines[number])]
        line = rest[0] if rest else place.stop
        comment = "" if line in self.added else self._end_of_list(body, line)
        written = self._in_lines(body) + (self.newline * 2 + comment if comment else "")
        written += _end_of(self.lines[place.end - 1])
        is_apart = place.end == len(self.lines) or _is_empty(self.lines[place.end])
        return written if is_apart else written + self._empty_line_after(written)

    def _end_of_list(self, body: str, line: int, gap: str = "") -> str:
        """A comment where an indented line follows, which would become part of the last item of a list.

        A heading that is replaced is indented no longer.
        """
        stays = line < len(self.lines) and line not in self.replaced
        return END_OF_LIST + gap if stays and self.lines[line].startswith((" ", "\t")) and _ends_in_list(body) else ""

    def _in_lines(self, body: str) -> str:
        return self.newline.join(body.split("\n"))

    def _gap(self, written: str) -> str:
        """What is missing of an empty line between what is written and the next section."""
        lines = lines_of(written)
        if not lines or _is_empty(lines[-1]):
            return ""
        return self._empty_line_after(written) if _end_of(lines[-1]) else self.newline * 2

    def _empty_line_after(self, written: str) -> str:
        # A carriage return and a line feed side by side would end one line together.
        return "\r" if written.endswith("\r") else self.newline

    def _line_end(self) -> str:
        """As most lines of words outside our sections end, so that it stays the same when the sections change."""
        ours = {line for place in self.own.values() for line in range(place.start, place.stop)}
        words = [(number, line) for number, line in enumerate(self.lines) if not _is_empty(line)]
        outside = [line for number, line in words if number not in ours]
        for lines in (outside, [line for _, line in words], self.lines):
            ends = Counter(end for line in lines if (end := _end_of(line)))
            if ends:
                return ends.most_common(1)[0][0]
        return "\n"

    def _hold(self, written: str) -> None:
        """Read the result again: the sections are what they should be, and the others are still there."""
        after, lines = places(written), lines_of(written)
        if self._names_of_others(after) != self._names_of_others(self.before):
            raise CannotMerge("has headings that would become part of a section before them")
        for name, body in self.sections.items():
            place = next((place for place in after if place.name == name), None)
            if place is None:
                raise CannotMerge(
                    "ends inside a code fence, a comment or an HTML block, and nothing can be added there. "
                    "Close it, and export again"
                )
            text = "\n".join(line.rstrip("\r\n") for line in lines[place.start : place.end])
            if text.removesuffix(f"\n\n{END_OF_LIST}") != body:
                raise CannotMerge(f"would not hold the section “{name}” as it is written now")

    def _names_of_others(self, found: Iterable[Place]) -> list[str]:
        return [place.name for place in found if place.name not in self.sections]


def _text(existing: bytes) -> str:
    try:
        text = existing.decode()
    except UnicodeDecodeError as error:
        raise CannotMerge("is not UTF-8 text. Save it as UTF-8, and export again") from error
    if "\0" in text:
        raise CannotMerge("holds NUL characters, so it is no text. Save it as UTF-8, and export again")
    return text


def _front_matter(lines: list[str]) -> int:
    """How many lines at the beginning are data for a site generator."""
    first = lines[0].rstrip() if lines else ""
    if first not in _FRONT_MATTER or len(lines) < 3 or _is_empty(lines[1]):
        return 0
    ends = (number for number, line in enumerate(lines[1:], 2) if line.rstrip() in _FRONT_MATTER[first])
    end = next(ends, 0)
    return end if any(":" in line or "=" in line for line in _data(lines[1 : end - 1])) else 0


def _data(lines: Iterable[str]) -> Iterator[str]:
    return (line for line in lines if not line.startswith("#"))


def _first_line(token: Token) -> int:
    if token.map is None:
        raise ValueError(f"the parser gives no line for {token.type}")
    return token.map[0]


def _end_of(line: str) -> str:
    return line[len(line.rstrip("\r\n")) :]


def _is_empty(line: str) -> bool:
    return not line.strip(" \t\r\n")


def _ends_in_list(body: str) -> bool:
    tokens = _blocks.parse(body)
    return tokens[-1].type in ("bullet_list_close", "ordered_list_close")


def _name(heading: Token, lines: list[str]) -> str:
    """The words of the heading without their markup, as headings are compared."""
    if heading.map is None:
        return ""
    read = _blocks.parse("".join(lines[slice(*heading.map)]))
    words = _words.parseInline(read[1].content)[0].children or []
    breaks = ("softbreak", "hardbreak")
    return _folded(
        "".join(" " if word.type in breaks else word.content for word in words if word.type != "html_inline")
    )


def _folded(words: str) -> str:
    return " ".join(words.split()).casefold()
