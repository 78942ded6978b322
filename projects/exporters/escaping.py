"""Text for the language it goes into: Markdown, file names. HTML has html.escape."""

import re
import unicodedata

# Direction overrides can make a name read as another one; line separators end lines in some readers only.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNEVEN_SPACES = re.compile(r"[\t\n]|  ")
_SPACES = re.compile(r"[ \t\n]+")

# Asked first, since most text has none of it and the search below looks around at every character.
_MAY_BE_MARKUP = re.compile(r"[\\`*\[|_<&{@$]|\]\(|://|www\.", re.IGNORECASE)
_MARKUP = re.compile(
    r"""(?P<backslashed>[\\`*\[|])
    |(?P<underline>_)
    |(?P<less><(?=[A-Za-z/!?]|$))
    |(?P<entity>&(?=\#?\w+;))
    |(?P<target>(?<=\])\()
    |(?P<template>\{(?=[{%]))
    |(?P<address>(?<=:)/(?=/)|(?<=www)\.|@(?=\S))
    |(?P<formula>\$)""",
    re.VERBOSE | re.IGNORECASE,
)
_LINE_START = re.compile(r"(#|[-+](?=\s|$)|=+$|>|~~~|:?-+:?$|\d{1,9}(?=[.)](\s|$)))")
_HEADING_END = ".,;:!。，；：！#"
# A code span has no escapes: these would end a table cell, read as a link's target, or as a site generator's template.
_NOT_IN_CODE = ("|", "](", "{{", "{%")


def tidy(text: str) -> str:
    """The text without characters that nobody sees, its lines ended by a line feed each."""
    if text.isascii() and text.isprintable():
        return text
    return _UNSEEN.sub("", _LINE_ENDS.sub("\n", text))


def single_spaced(text: str) -> str:
    """The text on one line, no two spaces side by side; those at its ends stay."""
    tidied = tidy(text)
    return _SPACES.sub(" ", tidied) if _UNEVEN_SPACES.search(tidied) else tidied


def one_line(text: str) -> str:
    return single_spaced(text).strip()


def markdown_text(text: str) -> str:
    """Text on one line that stays text in Markdown: no emphasis, link, tag, entity or table cell comes of it."""
    return escape_markdown(one_line(text))


def escape_markdown(text: str) -> str:
    """The same for a piece of a line: its spaces stay."""
    return _MARKUP.sub(_escaped, text) if _MAY_BE_MARKUP.search(text) else text


def _escaped(match: re.Match[str]) -> str:
    character = match[0]
    if match["backslashed"] or match["target"]:
        return "\\" + character
    if match["underline"]:
        return character if _is_inside_word(match) else "\\_"
    if match["less"]:
        return "&lt;"
    if match["entity"]:
        return "&amp;"
    return f"&#{ord(character)};"


def _is_inside_word(match: re.Match[str]) -> bool:
    text, start, end = match.string, match.start(), match.end()
    return text[max(start - 1, 0) : start].isalnum() and text[end : end + 1].isalnum()


def markdown_line_start(line: str) -> str:
    """The line, escaped where its first characters would start a heading, list, quote, fence or underline."""
    match = _LINE_START.match(line)
    if not match:
        return line
    start = match[0]
    return f"{start}\\{line[len(start) :]}" if start.isdigit() else f"\\{line}"


def markdown_heading(text: str) -> str:
    line = one_line(text)
    if line.endswith(tuple(_HEADING_END)):
        return f"{escape_markdown(line[:-1])}&#{ord(line[-1])};"
    return markdown_text(line)


def markdown_code(text: str) -> str:
    """An identifier as a code span, or as escaped text if a code span could not hold it."""
    line = one_line(text)
    if not line or any(mark in line for mark in _NOT_IN_CODE):
        return markdown_text(line)
    if "`" not in line:
        return f"`{line}`"
    fence = "`" * (1 + max(len(run) for run in re.findall("`+", line)))
    space = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{space}{line}{space}{fence}"


def file_name(text: str, fallback: str = "unnamed") -> str:
    """A name of lower-case ASCII letters, digits and hyphens, at most 64 long, that is safe on every file system."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text.lower()).strip("-")[:64].strip("-") or fallback
