"""Reads limits out of the short texts that people write: `1..100`, `max 64 characters`, `amount > 0`, `one of a, b`."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

NUMBER = r"-?\d+(?:[ ,_]\d{3})*(?:\.\d+)?"
RANGE = re.compile(rf"(?:between\s+)?({NUMBER})\s*(?:\.\.\.?|–|—|\bto\b|\band\b|(?<=\d)-(?=\d))\s*({NUMBER})")
LOWER = re.compile(rf"(>=|≥|>|at least|min(?:imum|length)?(?:\s+length)?|no less than)\s*[:=]?\s*(?:of\s+)?({NUMBER})")
UPPER = re.compile(
    r"(<=|≤|<|at most|max(?:imum|length)?(?:\s+length)?|up to|no more than|no longer than)"
    rf"\s*[:=]?\s*(?:of\s+)?({NUMBER})"
)
REVERSED = re.compile(rf"({NUMBER})\s*(<=|≤|<|>=|≥|>)\s*value")
BARE_LENGTH = re.compile(rf"({NUMBER})\s*(?:characters|chars|letters|bytes)\b")
VALUES = re.compile(r"(?:\bin\s*\(|\bone of\b:?|\benum\s*\(|\bvalues\b:?)\s*([^)]+)\)?")
TURNED = {"<": ">", "<=": ">=", "≤": ">=", ">": "<", ">=": "<=", "≥": "<="}


@dataclass(frozen=True, slots=True)
class Limits:
    """What a value, or the length of a text, may be; open ends are beyond what may be reached."""

    lower: Decimal | None = None
    upper: Decimal | None = None
    is_lower_open: bool = False
    is_upper_open: bool = False
    values: frozenset[str] | None = None

    @property
    def says_nothing(self) -> bool:
        return self.lower is None and self.upper is None and self.values is None

    def allows(self, number: Decimal) -> bool:
        if self.lower is not None and (number < self.lower or (self.is_lower_open and number == self.lower)):
            return False
        return self.upper is None or not (number > self.upper or (self.is_upper_open and number == self.upper))


NOTHING = Limits()


@lru_cache(maxsize=4096)
def read_limits(text: str) -> Limits:
    """The limits in a text about one value; nothing where it says more than one thing, or nothing that is known."""
    plain = " ".join(text.split())
    lowered = plain.casefold()
    if re.search(r"\bor\b|\bunless\b|\bexcept\b|\bif\b|\bwhen\b", lowered):
        return NOTHING
    values = _values(plain)
    if values is not None:
        return Limits(values=values)
    for number, sign in REVERSED.findall(lowered):
        lowered = f"{lowered} {TURNED[sign]} {number}"
    if found := RANGE.search(lowered):
        return Limits(_number(found[1]), _number(found[2]))
    return _ends(lowered)


def _ends(lowered: str) -> Limits:
    lower, upper = LOWER.search(lowered), UPPER.search(lowered)
    if lower or upper:
        return Limits(
            lower=_number(lower[2]) if lower else None,
            upper=_number(upper[2]) if upper else None,
            is_lower_open=lower is not None and lower[1] == ">",
            is_upper_open=upper is not None and upper[1] == "<",
        )
    if re.search(r"\bnon-?negative|\bnot negative|\bnever negative", lowered):
        return Limits(lower=Decimal(0))
    if re.search(r"\bpositive\b", lowered):
        return Limits(lower=Decimal(0), is_lower_open=True)
    found = BARE_LENGTH.search(lowered)
    return Limits(upper=_number(found[1])) if found else NOTHING


def limits_on(name: str, expression: str) -> Limits:
    """What an expression over a whole row says of one of its fields."""
    plain = " ".join(expression.split())
    if re.search(r"\bor\b|\bcase\b|\bif\b|\bwhen\b", plain, re.IGNORECASE):
        return NOTHING
    # An AND within "between 1 and 9" holds its two numbers together.
    parts = re.split(rf"\band\b(?!\s*{NUMBER}\b(?!\s*[<>=≤≥]))", plain, flags=re.IGNORECASE)
    word = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
    said = [word.sub("value", part) for part in parts if word.search(part)]
    lowest = [limits for part in said if not (limits := read_limits(part)).says_nothing]
    if not lowest:
        return NOTHING
    return Limits(
        lower=next((each.lower for each in lowest if each.lower is not None), None),
        upper=next((each.upper for each in lowest if each.upper is not None), None),
        is_lower_open=any(each.is_lower_open for each in lowest),
        is_upper_open=any(each.is_upper_open for each in lowest),
        values=next((each.values for each in lowest if each.values is not None), None),
    )


def _number(text: str) -> Decimal:
    return Decimal(re.sub(r"[ ,_]", "", text))


def _values(text: str) -> frozenset[str] | None:
    """The values that a text lists: in brackets, after "one of", or with bars between them."""
    if found := VALUES.search(text):
        parts = re.split(r"[,|]|\bor\b", found[1])
    elif "|" in text:
        parts = text.split("|")
    else:
        return None
    values = frozenset(part.strip().strip("'\"“”‘’`").casefold() for part in parts) - {""}
    return values or None
