"""What tells the value of a secret from a placeholder, a reference or an ordinary word."""

import re

_NO_VALUES = """
any argon bcrypt binary blank bytes changed confidential empty encrypted env environment example expired false hash
hashed hidden input internal invalid jwt kept key long masked missing never nil none null nullable opaque optional pass
passphrase passwd password placeholder plain plaintext private pwd random raw redacted removed required reset restricted
rotated salted scrypt secretstr self short str string tbd text todo token true type undefined unique unknown unset uuid
valid value varchar vault yes no
"""
# What examples of addresses and settings have in the place of a password, and nobody could keep secret.
_EXAMPLES = frozenset({"password", "passwd", "pass", "pwd", "secret", "changeme", "change-me", "change_me"})
_WORDS_FOR_NOTHING = frozenset(_NO_VALUES.split())
_PLACEHOLDER = re.compile(
    r"\$\w+$|\$\{|\$\(|<|\{|\[|\(|%[\w(]|:\w|\?|@\w+$|\.\.\.|…|!\w+$|(?:your|insert|enter|replace)[\W_]?|x{3}",
    re.IGNORECASE,
)
_CONSTANT = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")
_DOTTED = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+")
_JOINED_NAME = re.compile(r"[A-Za-z]+(?:_[A-Za-z]+)+")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
# Parts of names, versions, times and techniques that hold digits and are no secrets: v2, 90d, SHA256, argon2id.
_ORDINARY_PART = re.compile(
    r"[A-Za-z]*|v?\d+[A-Za-z]{0,3}|\d+(?:bytes?|bits?|chars?|days?|hours?|months?|years?)"
    r"|(?:aes|argon|base|blake|chacha|char|ec|ed|es|hs|int|ipv|iso|k|md|oauth|p|pbkdf|pkcs|ps|q|rs|s|sha|tls|tlsv|utf"
    r"|uuid|uuidv|varchar|x|xchacha)\d+[A-Za-z]{0,3}",
    re.IGNORECASE,
)
_BETWEEN_PARTS = re.compile(r"[-_./+,:~]")
_LONG_PART = 16


def is_placeholder(value: str) -> bool:
    """Whether the value stands for another: ${NAME}, <password>, ***, a constant's name, an example's “changeme”."""
    bare = value.strip("\"'`*_.•…-# ")
    if not bare or len(set(bare.casefold())) == 1 or _PLACEHOLDER.match(value) or _CONSTANT.fullmatch(bare):
        return True
    return bare in {"TOKEN", "KEY"} or bare.casefold() in _EXAMPLES


def is_reference(value: str, name: str) -> bool:
    """Whether code or prose would say this unquoted: a call, an attribute, a path, a type, the name itself."""
    if any(sign in value for sign in "([{") or value.startswith(("/", "./", "~/")) or "://" in value:
        return True
    word = value.casefold()
    return (
        word == name.casefold()
        or word in _WORDS_FOR_NOTHING
        or bool(_DOTTED.fullmatch(value) or _JOINED_NAME.fullmatch(value) or _EMAIL.fullmatch(value))
    )


def looks_typed(value: str) -> bool:
    """Whether somebody chose this as a password or was given it as a key: letters with digits or signs among them."""
    if len(value) < 5 or is_placeholder(value) or is_reference(value, "") or not any(map(str.isalpha, value)):
        return False
    if "/" in value:
        return looks_random(value)
    if any(sign in value[1:] for sign in "!@$%^&*"):
        return True
    return not _is_ordinary(value)


def looks_random(value: str) -> bool:
    """Whether a machine made this: one long part of letters and digits, or upper, lower and digits all along."""
    if _UUID.fullmatch(value) or _is_ordinary(value):
        return False
    if any(len(part) >= _LONG_PART and _is_mixed(part) for part in _BETWEEN_PARTS.split(value)):
        return True
    return len(value) >= 32 and _is_mixed(value) and value.lower() != value != value.upper() and _mostly_mixed(value)


def _mostly_mixed(value: str) -> bool:
    parts = [part for part in _BETWEEN_PARTS.split(value) if part]
    return 2 * sum(len(part) for part in parts if not _ORDINARY_PART.fullmatch(part)) > len(value)


def _is_mixed(part: str) -> bool:
    return any(map(str.isdigit, part)) and any(map(str.isalpha, part))


def _is_ordinary(value: str) -> bool:
    return all(_ORDINARY_PART.fullmatch(part) for part in _BETWEEN_PARTS.split(value))
