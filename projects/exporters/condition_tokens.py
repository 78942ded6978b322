"""Takes a condition apart: its tokens, with those in brackets as groups."""

import re
from dataclasses import dataclass

from projects.exporters.condition_words import KEYWORDS

DEEPEST_BRACKETS = 20

_TOKEN = re.compile(
    r"""(?P<space>\s+)
    |(?P<text>[NEB]?'(?:[^']|'')*')
    |(?P<cast>::\s*(?:"[^"]*"|\w+)(?:\.(?:"[^"]*"|\w+))*(?:\s+(?:varying|precision|with(?:out)?\s+time\s+zone)\b)?
        (?:\(\d+(?:,\s*\d+)?\))?(?:\[\])*)
    |(?P<name>[^\W\d]\w*(?:\.[^\W\d]\w*)*|"[^"]+"|`[^`]+`)
    |(?P<number>\d+(?:\.\d+)?)
    |(?P<operator>->>|!~~\*|!~~|!~\*|~~\*|<=>|->|>=|<=|<>|!=|==|\|\||!~|~~|~\*|@>|<@|@@|&&|[=<>~+*/%-])
    |(?P<open>[(\[])
    |(?P<close>[)\]])
    |(?P<comma>,)
    |(?P<other>.)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)


class IsProse(Exception):
    """The text is no condition."""


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    text: str

    @property
    def word(self) -> str:
        return self.text.lower() if self.kind == "name" else ""


@dataclass(frozen=True, slots=True)
class Group:
    """What stands in brackets."""

    items: tuple["Item", ...]


Item = Token | Group
Items = tuple[Item, ...]


def grouped(text: str) -> Items:
    """The tokens, those in brackets as groups."""
    stack: list[list[Item]] = [[]]
    for match in _TOKEN.finditer(text.strip()):
        kind = match.lastgroup or "other"
        if kind == "other" or len(stack) > DEEPEST_BRACKETS:
            raise IsProse
        if kind == "open":
            stack.append([])
        elif kind == "close":
            group = Group(tuple(stack.pop()))
            if not stack:
                raise IsProse
            stack[-1].append(group)
        elif kind not in ("space", "cast"):
            _add(stack[-1], Token(kind, match[0]))
    if len(stack) > 1 or not stack[0]:
        raise IsProse
    return _without_outer_brackets(tuple(stack[0]))


def _without_outer_brackets(items: Items) -> Items:
    while len(items) == 1 and isinstance(items[0], Group) and items[0].items:
        items = items[0].items
    return items


def _add(items: list[Item], token: Token) -> None:
    if token.kind == "number" and _is_sign(items):
        items[-1] = Token("number", f"-{token.text}")
    else:
        items.append(token)


def _is_sign(items: list[Item]) -> bool:
    """Whether the last item is a minus that has nothing to be subtracted from."""
    before = items[-2] if len(items) > 1 else None
    ends_operand = isinstance(before, Group) or (before is not None and before.kind in ("text", "number"))
    is_name = isinstance(before, Token) and before.kind == "name" and before.word not in KEYWORDS
    last = items[-1] if items else None
    return isinstance(last, Token) and last.text == "-" and not ends_operand and not is_name
