"""Finds what looks like a secret in text that people write about their systems.

A design names where a secret is kept, never the secret. Every pattern here takes time in proportion to the text.
"""

import re
from collections.abc import Iterator
from math import log2
from typing import NamedTuple

from projects.design.secret_values import is_placeholder, is_reference, looks_random, looks_typed

INSTEAD = "Write where it is kept instead: the name of a variable, like ${DB_PASSWORD}, or its place in a secret store."

# What says so by its shape alone. A lookbehind keeps a long run from being read again from each of its letters.
_SHAPES = (
    ("a private key", re.compile(r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY")),
    ("an AWS access key", re.compile(r"(?<![A-Za-z0-9])(?:AKIA|ASIA)([0-9A-Z]{16})(?![0-9A-Za-z])")),
    ("a GitHub token", re.compile(r"(?<![A-Za-z0-9])gh[pousr]_([A-Za-z0-9]{20})")),
    ("a GitHub token", re.compile(r"(?<![A-Za-z0-9])github_pat_([A-Za-z0-9_]{20})")),
    ("a GitLab token", re.compile(r"(?<![A-Za-z0-9])gl(?:pat|ptt|dt|rt)-([A-Za-z0-9_-]{16})")),
    ("a Stripe key", re.compile(r"(?<![A-Za-z0-9])(?:sk|rk)_(?:live|test)_([A-Za-z0-9]{10})")),
    ("a Stripe secret", re.compile(r"(?<![A-Za-z0-9])whsec_([A-Za-z0-9+/]{16})")),
    (
        "an API key",
        re.compile(r"(?<![A-Za-z0-9])sk-(?:proj|svcacct|admin|ant)-(?=[A-Za-z_-]{0,40}\d)([A-Za-z0-9_-]{10})"),
    ),
    ("a Vault token", re.compile(r"(?<![A-Za-z0-9])hv[sbr]\.(?=[A-Za-z_-]{0,40}\d)([A-Za-z0-9_-]{10})")),
    ("a Slack token", re.compile(r"(?<![A-Za-z0-9])xox[abeoprs]-([A-Za-z0-9-]{10})")),
    ("a Google API key", re.compile(r"(?<![A-Za-z0-9])AIza([A-Za-z0-9_-]{30})")),
    ("an npm token", re.compile(r"(?<![A-Za-z0-9])npm_([A-Za-z0-9]{30})")),
    ("a PyPI token", re.compile(r"(?<![A-Za-z0-9])pypi-(AgE[A-Za-z0-9_-]{20})")),
    ("a SendGrid key", re.compile(r"(?<![A-Za-z0-9])SG\.([A-Za-z0-9_-]{16,64})\.[A-Za-z0-9_-]{16}")),
    ("a signed token (JWT)", re.compile(r"(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}\.(eyJ[A-Za-z0-9_-]{8,})")),
)
_BEARER = re.compile(r"\b(?:Bearer|Basic)[ \t]{1,4}([A-Za-z0-9+/_.=~-]{8,2000})")

_PASSWORD = (
    r"passwor[dt]|passwd|passphrase|pwd|kennwort|wachtwoord|mot de passe|contraseña"
    r"|(?<![A-Za-z])(?:pass|pw|senha)"
)
_KEY = r"secret|token|credential|(?:api|access|secret|private|account|shared|signing|encryption|auth|master)[ _-]?key"
_SECRET_WORD = re.compile(rf"(?:{_PASSWORD}|{_KEY})s?(?![A-Za-z])", re.IGNORECASE)
_ASSIGNED = re.compile(
    rf"(?P<name>(?P<password>{_PASSWORD})|(?:{_KEY}))"
    r"[\"'`*_\]]{0,3}(?P<before>[ \t]{0,4})(?P<sign>:=|=>|=|:)(?![=:/])\*{0,2}(?P<after>[ \t]{0,4})"
    r"(?:(?P<quote>[\"'])(?P<quoted>[^\"'\n]{1,500})(?P=quote)|(?P<plain>[^\s,;&|\"')\]]{1,500}))",
    re.IGNORECASE,
)
_OPTION = re.compile(rf"--(?P<name>{_PASSWORD}|{_KEY})[ \t]{{1,4}}(?P<value>[^\s\"'`]{{3,500}})", re.IGNORECASE)
_IN_SQL = re.compile(r"\b(?P<by>identified[ ]by|password)[ \t]{1,4}'(?P<value>[^'\n]{1,500})'", re.IGNORECASE)
_IN_A_SENTENCE = re.compile(
    rf"(?P<name>{_PASSWORD}|{_KEY})[ \t]{{1,4}}(?:is|was|ist|war)[ \t]{{1,4}}(?:set to[ \t]{{1,4}})?"
    r"(?P<value>\S{5,500})",
    re.IGNORECASE,
)
# The clients of MySQL take what follows -p without a space as the password.
_AFTER_P = re.compile(r"(?<!\S)-p[\"']?(?P<value>[^\s\"'`]{3,500})")
_TAKES_P = re.compile(r"\b(?:mysql|mariadb)[^;|&,\n]*$", re.IGNORECASE)
_NUMBERS = re.compile(r"[\d.:]+")
_ACRONYM = re.compile(r"[A-Z]{2,5}")
_DIGEST = re.compile(r"(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})", re.IGNORECASE)
_OF_A_DIGEST = re.compile(r"digest|hash|checksum|fingerprint|sha-?\d|md5", re.IGNORECASE)
# A resource name like arn:aws:secretsmanager:…:secret:orders says where a secret is kept.
_PART_OF_A_NAME = ":"

_LONG = re.compile(r"(?<![A-Za-z0-9+/_=-])[A-Za-z0-9+/_=-]{20,}")
_BESIDE = 60
_COMMAND = 200
_NOT_SECRET = re.compile(
    r"digest|hash|checksum|sha-?\d|uuid|commit|revision|path|file|name|table|column", re.IGNORECASE
)
_PORTS = re.compile(r"\d{1,5}(?:$|[,/?#])")
_DRIVER = re.compile(r"(?<![\w.-])[\w.-]{1,64}:([^\s@]{1,200})@(?:tcp|unix)\(|thin:[\w.-]{1,64}/([^\s@/]{1,200})@")


class _Line(NamedTuple):
    """What stands around a long run of characters, on its own line."""

    before: str
    run: str


def secret_in(text: str) -> str:
    """A sentence on what looks like a secret, and what to write instead; "" if nothing does."""
    found = next(_secrets(text), "")
    return f"This looks like it holds {found}. {INSTEAD}" if found else ""


def _secrets(text: str) -> Iterator[str]:
    yield from _by_shape(text)
    yield from _in_addresses(text)
    yield from _assigned(text)
    yield from _in_commands(text)
    yield from _in_statements(text)
    yield from _beside_a_word(text)


def _by_shape(text: str) -> Iterator[str]:
    for what, shape in _SHAPES:
        for match in shape.finditer(text):
            if not match.groups() or len(set(match[1].casefold())) > 2:
                yield what
    for match in _BEARER.finditer(text):
        if not is_placeholder(match[1]) and looks_random(match[1]):
            yield "the credentials of a request"


def _in_addresses(text: str) -> Iterator[str]:
    """Passwords of addresses like postgres://app:…@db.example."""
    for word in text.split():
        for rest in word.split("://")[1:]:
            if _is_written(_password_of(rest)):
                yield "a password in an address"
    for match in _DRIVER.finditer(text):
        if _is_written(match[1] or match[2]):
            yield "a password in an address"


def _password_of(rest: str) -> str:
    """The password of an address without its scheme; "" if it has none."""
    authority = rest.split("/", 1)[0]
    user, colon, password = (authority if "@" in authority else rest).rpartition("@")[0].partition(":")
    if not colon or "/" in user or user.startswith("["):
        return ""
    return "" if "@" not in authority and _PORTS.match(password) else password


def _is_written(password: str) -> bool:
    return bool(password) and not is_placeholder(password)


def _assigned(text: str) -> Iterator[str]:
    """Values after password=, token: and their like."""
    for match in _ASSIGNED.finditer(text):
        if match.start() and text[match.start() - 1] == _PART_OF_A_NAME and match["sign"] == ":":
            continue
        if _is_secret_value(match) and not _is_digest(text, match):
            yield f"a value for “{match['name']}”"


def _in_commands(text: str) -> Iterator[str]:
    for match in _OPTION.finditer(text):
        if looks_typed(match["value"].rstrip(".,;:?)")):
            yield f"a value for “{match['name']}”"
    for match in _AFTER_P.finditer(text):
        value = match["value"].rstrip(".,;:)")
        if not _is_written(value) or _NUMBERS.fullmatch(value):
            continue
        if _TAKES_P.search(_line_before(text, match.start(), _COMMAND)):
            yield "a password in a command"


def _in_statements(text: str) -> Iterator[str]:
    """Values that a sentence or an SQL statement gives."""
    for match in _IN_A_SENTENCE.finditer(text):
        value = match["value"].strip("`*_\"'.,;:!?)")
        if any(map(str.isdigit, value)) and looks_typed(value):
            yield f"a value for “{match['name']}”"
    for match in _IN_SQL.finditer(text):
        literal = not is_placeholder(match["value"]) and match["by"].casefold() != "password"
        if literal or looks_typed(match["value"]):
            yield "a password in a statement"


def _is_secret_value(match: re.Match[str]) -> bool:
    quoted, plain = match["quoted"], match["plain"]
    if quoted is not None:
        if is_placeholder(quoted) or " " in quoted.strip():
            return False
        return looks_typed(quoted) or bool(match["password"] and len(quoted) > 2)
    value = plain.strip("`*").rstrip(".?:")
    if is_placeholder(value) or is_reference(value, match["name"]):
        return False
    if not match["password"] and _ACRONYM.fullmatch(value):
        return False
    is_tight = not match["before"] and not match["after"]
    if is_tight and (match["sign"] == "=" or match["password"]) and "`" not in plain:
        return len(value) > 2 and not (value.isdigit() and len(value) < 6)
    return looks_typed(value) or bool(match["password"] and value.isdigit() and len(value) > 5)


def _is_digest(text: str, match: re.Match[str]) -> bool:
    """Whether the line calls this the digest of a token or key, and it has the length of one."""
    value = (match["quoted"] or match["plain"]).strip("`*").rstrip(".")
    if match["password"] or not _DIGEST.fullmatch(value):
        return False
    return bool(_OF_A_DIGEST.search(_line_before(text, match.start(), _BESIDE)))


def _line_before(text: str, end: int, length: int) -> str:
    """What stands before this place on its line, at most so many characters of it."""
    return text[max(0, end - length) : end].rpartition("\n")[2]


def _beside_a_word(text: str) -> Iterator[str]:
    """Long random strings that a word like “secret” or “token” stands before, on the same line."""
    for match in _LONG.finditer(text):
        line = _Line(_line_before(text, match.start(), _BESIDE), match[0])
        if _SECRET_WORD.search(line.before) and not _NOT_SECRET.search(line.before) and _is_random(line.run):
            yield "a secret value"


def _is_random(run: str) -> bool:
    return not is_placeholder(run) and looks_random(run) and _entropy(run) > 3


def _entropy(run: str) -> float:
    """Bits per character."""
    shares = [run.count(each) / len(run) for each in set(run)]
    return -sum(share * log2(share) for share in shares)
