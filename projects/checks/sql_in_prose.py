"""Finds SQL statements in prose, and leaves prose that speaks of selecting, updating and deleting alone."""

import re

from projects.checks.words import word_set
from projects.design.field_types import FAMILY_OF

NAME = r"""(?:["`\[]?[\w$]+["`\]]?(?:\.["`\[]?[\w$]+["`\]]?)*)"""
VALUE = r"(?:'|\"|\d|[:$@?%]|\w+\(|(?:true|false|null|now|current_\w+)\b|\w+\.\w)"
CONDITION = (
    rf"{NAME}\s*(?:(?:=|<>|!=|<=?|>=?)\s*{VALUE}|in\s*\(|(?:not\s+)?like\s+['$:?]|ilike\s+['$:?]"
    r"|is\s+(?:not\s+)?null|between\s+\S+\s+and\s)"
)
# In brackets after a word, "name", "time" or "line" are more often prose than a type.
PROSE_TYPES = frozenset(
    {"name", "time", "line", "path", "point", "number", "image", "fixed", "set", "box", "bit", "raw"}
)
TYPES = "|".join(sorted((name for name in FAMILY_OF if name not in PROSE_TYPES), reverse=True))
ABSENT = r"(?:if\s+not\s+exists\s+)"

# For each verb: a word that must stand in the text too, what follows the verb in a statement and in no English, and
# what follows it in capitals, where less will do. Statements that begin with SELECT need more than a shape.
STATEMENTS: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "create": (
        "",
        (
            rf"(?:\w+\s+){{0,3}}?table\s+{ABSENT}?{NAME}\s*\(\s*{NAME}\s+(?:{TYPES})\b",
            rf"(?:\w+\s+){{0,2}}?table\s+{ABSENT}{NAME}",
            rf"(?:\w+\s+){{0,2}}?(?:table|view)\s+{NAME}\s+as\s+\(?\s*select\b",
            rf"(?:unique\s+)?index\s+(?:concurrently\s+)?{ABSENT}?(?:{NAME}\s+)?on\s+{NAME}\s*(?:using\s+\w+\s*)?\(",
            rf"type\s+{NAME}\s+as\s+(?:enum\s*)?\(",
            rf"(?:or\s+replace\s+)?(?:function|procedure|trigger)\s+{NAME}\s*(?:\(|(?:before|after)\s)",
            rf"(?:extension|schema|database|sequence|role|user)\s+{ABSENT}?{NAME}\s*;",
            rf"sequence\s+{ABSENT}?{NAME}\s+(?:as\s+\w+\s+)?(?:start|increment|minvalue|maxvalue|owned)\s+(?:with|by|\d)",
            rf"extension\s+{ABSENT}{NAME}",
            rf"domain\s+{NAME}\s+as\s+(?:{TYPES})\b",
        ),
        (rf"(?:\w+\s+)?TABLE\s+{NAME}\s*\(",),
    ),
    "alter": (
        "table",
        (
            rf"table\s+(?:if\s+exists\s+|only\s+)*{NAME}\s+(?:add|drop|alter|modify|rename|change|enable)\s+"
            r"(?:column|constraint|index|key|primary|foreign|unique|check|to|row)\s+\S",
            rf"table\s+(?:only\s+)?{NAME}\s+add\s+{NAME}\s+(?:{TYPES})\b",
            rf"table\s+(?:only\s+)?{NAME}\s+(?:owner\s+to|enable\s+row|attach\s+partition|set\s+schema)\s+{NAME}",
        ),
        (rf"TABLE\s+{NAME}\s+(?:ADD|DROP|ALTER|RENAME)\b",),
    ),
    "drop": (
        "",
        (
            r"(?:table|index|view|schema|database|type|sequence)\s+"
            rf"(?:if\s+exists\s+{NAME}|{NAME}\s*(?:;|cascade\b|restrict\s*;))",
        ),
        (rf"(?:TABLE|INDEX|VIEW)\s+{NAME}\s*(?:;|`|$)",),
    ),
    "insert": (
        "into",
        (rf"into\s+{NAME}\s*(?:\([^()]*\)\s*)?(?:values\s*\(|select\s+\S.{{0,400}}?\sfrom\s|default\s+values)",),
        (rf"INTO\s+{NAME}\s*\(",),
    ),
    "update": ("set", (rf"{NAME}\s+set\s+{NAME}\s*=",), ()),
    "delete": ("from", (rf"from\s+{NAME}\s*(?:;\s*$|where\s+{CONDITION})",), (rf"FROM\s+{NAME}\s*(?:;|`|$|WHERE\b)",)),
    "merge": ("into", (rf"into\s+{NAME}\s+using\s",), ()),
    "truncate": ("", (rf"table\s+{NAME}\s*;",), (rf"(?:TABLE\s+)?{NAME}\s*(?:;|`|$)",)),
    "with": ("(", (rf"(?:recursive\s+)?{NAME}\s+as\s+(?:materialized\s+)?\(\s*(?:select|insert|update|delete)\b",), ()),
    "grant": ("on", (rf"(?:select|insert|update|delete|all)[\w\s,]*\son\s+(?:table\s+)?{NAME}\s+to\s+{NAME}\s*;",), ()),
}


def _after(verb: str, continuations: tuple[str, ...]) -> re.Pattern[str] | None:
    # The verb stands first and alone, so that the search jumps from one to the next.
    expression = rf"{verb}\s+(?:{'|'.join(continuations)})"
    return re.compile(expression, re.MULTILINE | re.DOTALL) if continuations else None


PATTERNS = tuple(
    (verb, companion, _after(verb, shapes), _after(verb.upper(), capitals))
    for verb, (companion, shapes, capitals) in STATEMENTS.items()
)

# What follows the verb where people write about statements and make none.
SPOKEN = (
    r"(?!(?:statements?|commands?|clauses?|quer(?:y|ies)|syntax|permissions?|privileges?|rights?|locks?|one)\b"
    r"|(?:and|or|is|are|was|in|on|with|for|by|to|as|the|an?|must|may|can|should|will|which|that|itself|only)\b"
    r"(?!\s*[,.;=(]))"
)
# At the start of a line, in capitals: nobody writes prose so, and no document may hold such a line.
LINE = re.compile(
    rf"^\s*(?:(?:CREATE (?:TABLE|UNIQUE INDEX|INDEX|VIEW|TYPE)|ALTER TABLE|DROP TABLE|INSERT INTO|DELETE FROM) {SPOKEN}"
    rf"|SELECT {SPOKEN}.+ FROM {SPOKEN}|SELECT [\w.]+\(|UPDATE \w+ SET \w+ ?=)",
    re.MULTILINE,
)

SELECT = re.compile(rf"select\s+(?P<items>.{{1,400}}?)\s+from\s+(?P<table>{NAME})(?P<rest>.{{0,300}})", re.DOTALL)
PROSE_WORDS = word_set(
    "the a an this that these those its their his her our your my each every all any some one both which what it them "
    "and or of for with by to in at only either"
)
ITEM = re.compile(rf"\s*(?:distinct\s+)?(?:\*|{NAME}(?:\.\*)?)(?:\s+(?:as|into)\s+{NAME})?\s*")
CLAUSE = re.compile(
    rf"\s*(?:(?:as\s+)?(?!where|order|group|limit)\w+\s+)?(?:where\s+(?:not\s+)?{CONDITION}"
    r"|(?:inner\s+|left\s+|right\s+|full\s+|outer\s+|cross\s+)*join\s+\S+.*\bon\b.*="
    r"|order\s+by\s+[\w.]+\s*(?:asc\b|desc\b|,|;|limit\b|$)|group\s+by\s+[\w.]+\s*(?:,|;|having\b|order\b|$)"
    r"|limit\s+\d|for\s+update\b)",
    re.DOTALL,
)
CALL = re.compile(r"\w*\([^()]*\)")
# An item that is no plain word: a star, a call, or a column with its table, but not "e.g." and "i.e.".
EXPRESSION = re.compile(r"\*|\w\(|(?<!\be)(?<!\bi)\.\w")


def sql_passage(text: str) -> str | None:
    """The first SQL statement found in a text, from its first word on, or None."""
    lowered = text.lower()
    for verb, companion, shapes, capitals in PATTERNS:
        if verb in lowered and companion in lowered:
            found = shapes.search(lowered) if shapes else None
            if found is None and verb.upper() in text:
                found = LINE.search(text) or (capitals.search(text) if capitals else None)
            if found:
                return text[found.start() :].lstrip()
    if "select" in lowered and ("from" in lowered or "SELECT" in text):
        return _select(text, lowered)
    return None


def _select(text: str, lowered: str) -> str | None:
    found = LINE.search(text) if "SELECT" in text else None
    if found is None:
        found = next((match for match in SELECT.finditer(lowered) if _is_select(match, text)), None)
    return text[found.start() :].lstrip() if found else None


def _is_select(found: re.Match[str], text: str) -> bool:
    items, rest = _without_calls(found["items"]), found["rest"]
    if found["table"] in PROSE_WORDS or PROSE_WORDS & set(re.findall(r"\w+", items)):
        return False
    if not all(ITEM.fullmatch(item) for item in items.split(",")):
        return False
    original = text[found.start() : found.start("table")]
    in_capitals = original.startswith("SELECT") and "FROM" in original
    if in_capitals or EXPRESSION.search(found["items"]) or CLAUSE.match(rest):
        return True
    return _is_whole_line(found, text) and bool(re.search(r"[,_]", items) or rest.lstrip().startswith(";"))


def _without_calls(items: str) -> str:
    """A list of columns with a plain word for each call, as a comma within brackets separates nothing."""
    # From the inside out; each round leaves fewer brackets.
    while (shorter := CALL.sub("call", items)) != items:
        items = shorter
    return items


def _is_whole_line(found: re.Match[str], text: str) -> bool:
    line = text[text.rfind("\n", 0, found.start()) + 1 : found.end("table")]
    after = found["rest"].partition("\n")[0].strip()
    return line.lstrip().startswith("select") and after in ("", ";")
