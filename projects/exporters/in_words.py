"""Conditions and defaults as a sentence says them: a data design has no code, so `qty >= 1` reads “qty is at least 1”.

What does not look like a condition is prose already, and stays as it is.
"""

import re
from functools import lru_cache

from projects.exporters.blocks import Code, Inline, Typed
from projects.exporters.condition_tokens import Group, IsProse, Item, Items, Token, grouped
from projects.exporters.condition_words import CLOSING, FUNCTIONS, KEYWORDS, LEADING, OPERATORS, TIMES, VALUES

_GENERATED = re.compile(
    r"\(*\s*(?:nextval|gen_random_uuid|uuid_generate_v\d\w*|uuid_generate|uuid|uuidv\d|newid|newsequentialid|gen_ulid"
    r"|random_uuid|sys_guid|generate_ulid|auto_?increment|autoincrement)\s*(?:\(.*)?$",
    re.IGNORECASE | re.DOTALL,
)
_CALL = re.compile(r"\s*\(*[^\W\d]\w*\(")
_LISTS = {"=": "is one of", "<>": "is not one of", "!=": "is not one of"}
_PHRASES = tuple(tuple(phrase.split()) for phrase in sorted(KEYWORDS, key=lambda phrase: -phrase.count(" ")))
_LONGEST_PHRASE = len(_PHRASES[0])


@lru_cache(maxsize=4096)
def condition_in_words(condition: str) -> Inline:
    """A condition on a row: a check, the part of a table that an index covers, what a query filters by."""
    try:
        items = grouped(condition)
        words = _Sentence(items).words()
        return _woven(words) if _has_operator(items) or _CALL.match(condition) else Typed(condition)
    except IsProse:
        return Typed(condition)


@lru_cache(maxsize=4096)
def default_in_words(default: str) -> Inline:
    """What a field holds if nobody gives it a value."""
    if _GENERATED.match(default):
        return "generated"
    try:
        return _woven(_Sentence(grouped(default)).words())
    except IsProse:
        return Typed(default)


def _has_operator(items: Items) -> bool:
    return any(
        _has_operator(item.items) if isinstance(item, Group) else item.kind == "operator" or item.word in KEYWORDS
        for item in items
    )


def _is_condition(item: Item | None) -> bool:
    return isinstance(item, Group) and _has_operator(item.items) and not _is_arithmetic(item)


def _is_arithmetic(group: Group) -> bool:
    return any(isinstance(item, Token) and item.text in ("+", "-", "*", "/", "%", "||") for item in group.items)


class _Sentence:
    """Says the items of one group from left to right. Two operands side by side are no condition, but prose."""

    def __init__(self, items: Items) -> None:
        self.items = items
        self.at = 0
        self.said: list[Inline] = []
        self.after_operand = False

    def words(self) -> list[Inline]:
        while self.at < len(self.items):
            item = self.items[self.at]
            self.at += 1
            if isinstance(item, Group):
                self._say_operand(_bracketed(item))
            elif item.kind == "operator":
                self._say_operator(item)
            elif item.kind == "comma":
                self.said.append(",")
                self.after_operand = False
            elif item.kind == "name":
                self._say_name(item)
            else:
                self._say_operand([_value(item)])
        if self.items and not self.after_operand:
            raise IsProse
        return self.said

    def _next(self) -> Item | None:
        return self.items[self.at] if self.at < len(self.items) else None

    def _next_group(self) -> Group | None:
        item = self._next()
        return item if isinstance(item, Group) else None

    def _say_operand(self, words: list[Inline]) -> None:
        if self.after_operand:
            raise IsProse
        self.said += words
        self.after_operand = True

    def _say_operator(self, operator: Token) -> None:
        following = self._next()
        if not self.after_operand:
            raise IsProse
        if operator.text in _LISTS and isinstance(following, Token) and following.word in ("any", "some", "all"):
            self.at += 1
            self.said.append(_LISTS[operator.text])
        elif operator.text == "=" and _is_condition(following):
            self.said.append("exactly when")
        else:
            self.said.append(OPERATORS[operator.text])
        self.after_operand = False

    def _say_name(self, name: Token) -> None:
        group = self._next_group()
        if phrase := self._phrase(name):
            self.at += len(phrase) - 1
            self._say_keyword(" ".join(phrase))
        elif group is None:
            # What a domain's rule calls the value of the field that has it.
            self._say_operand(["the value" if name.text == "VALUE" else Code(name.text.strip('"`'))])
        else:
            self.at += 1
            self._say_operand(_called(name, group))

    def _say_keyword(self, keyword: str) -> None:
        if not self.after_operand and keyword not in LEADING | VALUES and self.said[-1:] != ["is"]:
            raise IsProse
        words = KEYWORDS[keyword]
        self.said += [words] if words else []
        self.after_operand = keyword in CLOSING

    def _phrase(self, name: Token) -> tuple[str, ...]:
        """The longest keyword that begins here; `date (x)` is a function, `in (a, b)` a keyword."""
        if name.word in FUNCTIONS and self._next_group():
            return ()
        following = self.items[self.at - 1 : self.at - 1 + _LONGEST_PHRASE]
        spoken = tuple(item.word if isinstance(item, Token) else "" for item in following)
        return next((phrase for phrase in _PHRASES if spoken[: len(phrase)] == phrase), ())


def _called(name: Token, group: Group) -> list[Inline]:
    """A function with its arguments."""
    if name.word == "cast":
        before_as = [place for place, item in enumerate(group.items) if isinstance(item, Token) and item.word == "as"]
        return _bracketed(Group(group.items[: before_as[-1]] if before_as else group.items))
    if name.word in ("array", "any", "some", "all"):
        return _bracketed(group, always_bare=True) or ["an empty list"]
    function: Inline = FUNCTIONS.get(name.word) or Code(name.text)
    if not group.items or name.word in TIMES:
        return [function]
    of: list[Inline] = [] if name.word in FUNCTIONS else ["of"]
    return [function, *of, *_bracketed(group)]


def _bracketed(group: Group, *, always_bare: bool = False) -> list[Inline]:
    """The words of a group, in brackets where leaving them out would change what is meant."""
    words = _Sentence(group.items).words()
    needs_brackets = any(
        isinstance(item, Token) and (item.text in ("+", "-", "*", "/", "%") or item.word in ("and", "or", "case"))
        for item in group.items[1:]
    )
    if always_bare or not words or not needs_brackets:
        return words
    return [("(", words[0]), *words[1:-1], (words[-1], ")")] if len(words) > 1 else [("(", words[0], ")")]


def _value(token: Token) -> Inline:
    if token.kind != "text":
        return token.text
    value = token.text[token.text.index("'") + 1 : -1].replace("''", "'")
    return f"“{value}”" if value else "an empty text"


def _woven(words: list[Inline]) -> Inline:
    """The words with a space between them, but none before a comma."""
    woven: list[Inline] = []
    for word in words:
        if woven and word != ",":
            woven.append(" ")
        woven.append(word)
    return tuple(woven)
