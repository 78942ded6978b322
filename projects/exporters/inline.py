"""Typed Markdown within a block, written again: emphasis, code spans, links and addresses; all else becomes text.

The text is read once from left to right. What opens is remembered until it closes, so that hostile input costs no more
than its length.
"""

import re
import string
from dataclasses import dataclass, field

from projects.exporters.escaping import escape_markdown, markdown_code

# A link with one of these texts says nothing to somebody who hears the links of a page one after another.
VAGUE = frozenset({"click here", "here", "link", "more"})

_PART = r"[^\s<>\"'`|\\^{}\[\]()*]"
_ADDRESS = rf"(?:https?://|mailto:)(?:{_PART}|\({_PART}*\))+"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_MAIL = rf"[a-z0-9_.+-]{{1,64}}@{_LABEL}(?:\.{_LABEL})+"
_TOKEN = re.compile(
    rf"""(?P<escape>\\[!-/:-@\[-`{{-~])
    |(?P<ticks>`+)
    |(?P<link>!?\[(?P<text>[^\[\]]{{0,500}})\]
        \(\s?<?(?P<target>[^\s<>()]*(?:\([^\s<>()]*\)[^\s<>()]*)?)>?(?:\s(?:"[^"]{{0,200}}"|'[^']{{0,200}}'))?\s?\))
    |<(?P<autolink>{_ADDRESS}|{_MAIL})>
    |(?P<address>\b{_ADDRESS})
    |(?P<mail>(?<![a-z0-9_.+-]){_MAIL})
    |(?P<marks>\*+|_+)""",
    re.VERBOSE | re.IGNORECASE,
)
_SPECIAL = re.compile(r"[\\`\[<@*_&|{$]|\]\(|://|mailto:|www\.", re.IGNORECASE)
_WHOLE_ADDRESS = re.compile(_ADDRESS, re.IGNORECASE)
_ENTITY = re.compile(r"&(?=#?\w+;)")
# What a backslash escapes in every Markdown; other characters are written by number.
_ESCAPABLE = frozenset("\\`*_{}[]()#+-.!")
_WRITTEN_AS = {"*": "*", "**": "**", "***": "***", "_": "*", "__": "**", "___": "***"}


@dataclass
class Inline:
    """What is written so far, and for each kind of marks where the last one that is still open stands."""

    source: str
    with_links: bool = True
    pieces: list[str] = field(default_factory=list)
    open_marks: dict[str, int] = field(default_factory=dict)

    def add_text(self, text: str) -> None:
        if not text:
            return
        escaped = escape_markdown(text)
        follows_bracket = bool(self.pieces) and self.pieces[-1].endswith("]")
        self.pieces.append(f"\\{escaped}" if follows_bracket and escaped.startswith("(") else escaped)

    def add_marks(self, match: re.Match[str]) -> None:
        marks = match[0]
        before, after = (
            self.source[max(match.start() - 1, 0) : match.start()],
            self.source[match.end() : match.end() + 1],
        )
        if marks in self.open_marks and _closes(marks, before, after):
            place = self.open_marks[marks]
            self.pieces[place] = _WRITTEN_AS[marks]
            self.pieces.append(_WRITTEN_AS[marks])
            # What opened inside and did not close stays text.
            self.open_marks = {kind: at for kind, at in self.open_marks.items() if at < place}
            return
        if marks in _WRITTEN_AS and _opens(marks, before, after):
            self.open_marks[marks] = len(self.pieces)
        self.pieces.append(_literal_marks(marks, before, after))


def markdown_inline(text: str, *, with_links: bool = True) -> str:
    """The text as Markdown of ours. Line breaks in it stay where they are."""
    if not _SPECIAL.search(text):
        return text
    inline = Inline(text, with_links)
    closing_ticks = _closing_ticks(text)
    at = 0
    while match := _TOKEN.search(text, at):
        inline.add_text(text[at : match.start()])
        at = _read_code(inline, match, closing_ticks) if match["ticks"] else _read(inline, match)
    inline.add_text(text[at:])
    return "".join(inline.pieces)


def _read(inline: Inline, match: re.Match[str]) -> int:
    """Write what the match holds and say where to read on."""
    end = match.end()
    if match["marks"]:
        inline.add_marks(match)
    elif match["escape"]:
        inline.pieces.append(_escape(match[0][1]))
    elif not inline.with_links:
        inline.add_text(match[0])
    elif match["link"]:
        inline.pieces.append(_link(match["text"], match["target"]))
    else:
        end = _read_address(inline, match)
    return end


def _read_address(inline: Inline, match: re.Match[str]) -> int:
    """An address ends before the punctuation of its sentence; without a place to go to it is text."""
    address = match["autolink"] or match[0].rstrip(".,;:!?~")
    if not match["autolink"] and not match["mail"] and not _WHOLE_ADDRESS.fullmatch(address):
        inline.add_text(match[0])
        return match.end()
    inline.pieces.append(_autolink(address))
    return match.end() if match["autolink"] else match.start() + len(address)


def _read_code(inline: Inline, match: re.Match[str], closing_ticks: dict[int, int]) -> int:
    closing = closing_ticks.get(match.start())
    if closing is None:
        inline.pieces.append(r"\`" * len(match[0]))
        return match.end()
    inline.pieces.append(markdown_code(inline.source[match.end() : closing]))
    return closing + len(match[0])


def _closing_ticks(text: str) -> dict[int, int]:
    """Where each run of backticks starts, and where the next run of the same length does."""
    closing: dict[int, int] = {}
    next_of_length: dict[int, int] = {}
    for run in reversed(list(re.finditer("`+", text))):
        length = len(run[0])
        if length in next_of_length:
            closing[run.start()] = next_of_length[length]
        next_of_length[length] = run.start()
    return closing


def _opens(marks: str, before: str, after: str) -> bool:
    if not after or after.isspace() or (marks[0] == "_" and before.isalnum()):
        return False
    return not _is_punctuation(after) or not before or before.isspace() or _is_punctuation(before)


def _closes(marks: str, before: str, after: str) -> bool:
    return _opens(marks, after, before)


def _is_punctuation(character: str) -> bool:
    return character in string.punctuation or not (character.isalnum() or character.isspace())


def _literal_marks(marks: str, before: str, after: str) -> str:
    if marks[0] == "_" and before.isalnum() and after.isalnum():
        return marks
    return "".join(f"\\{mark}" for mark in marks)


def _escape(character: str) -> str:
    return f"\\{character}" if character in _ESCAPABLE else f"&#{ord(character)};"


def _autolink(address: str) -> str:
    scheme, colon, rest = address.partition(":")
    return f"<{scheme.lower()}{colon}{_ENTITY.sub('&amp;', rest)}>" if colon else f"<{address}>"


def _link(text: str, target: str) -> str:
    """A link where it leads somewhere from every reader's place: addresses do, paths are only named."""
    label = markdown_inline(" ".join(text.split()), with_links=False)
    if not _WHOLE_ADDRESS.fullmatch(target):
        return " ".join(part for part in (label, f"({markdown_code(target)})" if target else "") if part)
    if not label:
        return _autolink(target)
    if re.sub(r"\W+", " ", label).strip().lower() in VAGUE:
        return f"{label} ({_autolink(target)})"
    address = _autolink(target)[1:-1].replace("(", "%28").replace(")", "%29")
    return f"[{label}]({address})"
