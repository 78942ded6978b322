"""What a backend design names: its components, its endpoints and its DTOs, as proposals for a person to tick.

It reads Markdown by lines and knows three habits of writing things down: tables, lists and headings. It goes through
each line once, so that a hostile file costs no more than its length.
"""

import re
from dataclasses import dataclass, field, replace

from projects.design.vocabulary import LINE_LENGTH, NAME_LENGTH, DtoDirection

# More than this of one kind is no list that a person wrote down.
AT_MOST = 200
LINE_READ = 2000
LINES_READ = 20_000

_METHODS = "GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS"
_METHOD = re.compile(rf"(?:{_METHODS})")
_ENDPOINT = re.compile(rf"\b({_METHODS})[`*\s]{{1,4}}(/[^\s`*|<>\"'\\]{{0,200}})")
_PATH = re.compile(r"/[^\s]{0,200}")
_DTO = re.compile(r"\b[A-Z][A-Za-z0-9]{0,80}?(?:Dto|DTO|Request|Response|Payload|Command|Event)\b")
_CODE_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.]{1,127}")
_HEADING = re.compile(r"(#{1,6})\s+(.{1,300}?)\s*#*\s*$")
_ITEM = re.compile(r"\s*(?:[-*+•]|\d{1,3}[.)])\s+(.+)$")
_LED = re.compile(r"(?:\*\*(?P<bold>[^*]{1,128})\*\*|`(?P<code>[^`]{1,128})`)\s*(?P<rest>.*)$")
_MARKS = re.compile(r"[*`_]{1,3}(?=\S)|(?<=\S)[*`_]{1,3}")
_NUMBER = re.compile(r"^(?:\d+[.)]\s*)+")
_DASHES = " \t:–—-."
_RULE = re.compile(r":?-{2,}:?")

_OF_COMPONENTS = re.compile(r"\b(?:components?|services?|modules?)\b", re.IGNORECASE)
_OF_DTOS = re.compile(r"\b(?:dtos?|data transfer objects?|payloads?)\b", re.IGNORECASE)
_OF_TEXT = re.compile(r"\b(?:description|purpose|responsibilit|summary|what|does|role|notes?)", re.IGNORECASE)
_DIRECTIONS = {
    "Request": DtoDirection.REQUEST,
    "Command": DtoDirection.REQUEST,
    "Response": DtoDirection.RESPONSE,
    "Event": DtoDirection.EVENT,
}


@dataclass(frozen=True)
class Found:
    """A thing by the name that the text gives it, with what the text says of it in a line."""

    name: str
    description: str = ""
    line: int = 0


@dataclass
class Named:
    components: dict[str, Found] = field(default_factory=dict)
    endpoints: dict[str, Found] = field(default_factory=dict)
    dtos: dict[str, Found] = field(default_factory=dict)


def direction_of(dto: str) -> DtoDirection | None:
    """What the end of its name says of a DTO."""
    bare = re.sub(r"(?:Dto|DTO)$", "", dto)
    return next((direction for ending, direction in _DIRECTIONS.items() if bare.endswith(ending)), None)


def named_in(text: str) -> Named:
    reader = _Reader()
    for number, line in enumerate(text.split("\n")[:LINES_READ], 1):
        reader.read(line[:LINE_READ].rstrip(), number)
    return reader.named


@dataclass
class _Reader:
    named: Named = field(default_factory=Named)
    # The headings that the line stands under, by level, with what each is about.
    headings: dict[int, str] = field(default_factory=dict)
    columns: list[str] = field(default_factory=list)
    fence: str = ""
    is_heading: bool = False
    # What the last heading named, until the text below it says what it is.
    described_next: tuple[dict[str, Found], str] | None = None

    def read(self, line: str, number: int) -> None:
        bare = line.lstrip()
        if bare.startswith(("```", "~~~")):
            self.fence = "" if self.fence and bare.startswith(self.fence) else self.fence or bare[:3]
            return
        cells = _cells(bare) if not self.fence else []
        if not cells:
            self.columns = []
        if cells:
            self._table_row(cells, number)
        elif not self.fence and (heading := _HEADING.match(bare)):
            self._heading(len(heading[1]), heading[2], number)
        elif not self.fence and (item := _ITEM.match(line)):
            self._item(item[1], number)
        else:
            self._describe(bare)
            self._line(bare, number)

    def _describe(self, bare: str) -> None:
        """The first line of prose below a heading says what the heading names."""
        if not bare or self.described_next is None or self.fence:
            return
        found, key = self.described_next
        self.described_next = None
        if key in found and not found[key].description:
            found[key] = replace(found[key], description=_said(bare))

    def _heading(self, level: int, text: str, number: int) -> None:
        self.headings = {above: about for above, about in self.headings.items() if above < level}
        about, name = self._about(), _plain(text)
        self.described_next, self.is_heading = None, True
        if about:
            self._take(about, name, "", number)
        self._line(text, number)
        self.is_heading = False
        # A thing that was announced announces no others: below it stand its parts.
        self.headings[level] = "" if about else _subject(text)

    def _about(self) -> str:
        """Which kind of thing the heading above the line announces."""
        return self.headings[max(self.headings)] if self.headings else ""

    def _item(self, text: str, number: int) -> None:
        led = _LED.match(text)
        about = self._about()
        if led and about:
            self._take(about, _plain(led["bold"] or led["code"] or ""), led["rest"], number)
        self._line(text, number)

    def _table_row(self, cells: list[str], number: int) -> None:
        if not self.columns:
            self.columns = [_plain(cell) for cell in cells]
            return
        if all(_RULE.fullmatch(cell) for cell in cells if cell):
            return
        description = self._described(cells)
        method = next((cell for cell in map(_plain, cells) if _METHOD.fullmatch(cell.upper())), "")
        path = next((cell for cell in map(_plain, cells) if _PATH.fullmatch(cell)), "")
        if method and path:
            self._add(self.named.endpoints, f"{method.upper()} {path}", description, number)
        subject = _subject(self.columns[0]) or (self._about() if not method else "")
        if subject:
            self._take(subject, _plain(cells[0]), description, number)
        self._line(" | ".join(cells), number, description)

    def _described(self, cells: list[str]) -> str:
        pairs = list(zip(self.columns, cells, strict=False))
        said = [cell for column, cell in pairs if _OF_TEXT.search(column)]
        return said[0] if said else ""

    def _take(self, about: str, name: str, description: str, number: int) -> None:
        """A name that stands where a thing of this kind is announced."""
        if about == "dtos" and _CODE_NAME.fullmatch(name) and not _ENDPOINT.search(name):
            self._add(self.named.dtos, name, description, number)
        if about == "components" and not _ENDPOINT.search(name) and not _METHOD.fullmatch(name):
            self._add(self.named.components, name, description, number)

    def _line(self, text: str, number: int, description: str = "") -> None:
        """Endpoints and DTOs are known by their shape, wherever they stand."""
        for match in _ENDPOINT.finditer(text):
            said = description or ("" if self.fence else text[match.end() :].lstrip("`*"))
            self._add(self.named.endpoints, f"{match[1]} {match[2].rstrip('.,;:)')}", said, number)
        for match in _DTO.finditer(text):
            if match[0] not in _WORDS:
                self._add(self.named.dtos, match[0], "", number)

    def _add(self, found: dict[str, Found], name: str, description: str, number: int) -> None:
        name = " ".join(name.split())[:NAME_LENGTH].strip()
        said = _said(description)
        key = name.casefold()
        known = found.get(key)
        if not name or (known is None and len(found) >= AT_MOST):
            return
        if known is None or (said and not known.description):
            found[key] = Found(known.name if known else name, said, known.line if known else number)
        if self.is_heading and known is None:
            self.described_next = (found, key)


# What a text calls such things in general.
_WORDS = frozenset({"Request", "Response", "Event", "Command", "Payload", "DTO", "Dto", "HttpRequest", "HttpResponse"})


def _subject(text: str) -> str:
    """Which kind of thing a heading or the first column of a table is about."""
    if _OF_DTOS.search(text):
        return "dtos"
    return "components" if _OF_COMPONENTS.search(text) else ""


def _cells(line: str) -> list[str]:
    if not line.startswith("|") or line.count("|") < 2:
        return []
    inner = line.strip("|").replace("\\|", "\x00")
    return [cell.strip().replace("\x00", "|") for cell in inner.split("|")]


def _said(text: str) -> str:
    return _plain(text).lstrip(_DASHES)[:LINE_LENGTH].strip()


def _plain(text: str) -> str:
    """The text without the marks of Markdown and the number of a heading."""
    return _NUMBER.sub("", _MARKS.sub("", text)).strip()
