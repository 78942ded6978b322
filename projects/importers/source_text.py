"""Uploaded bytes into text, within limits, or one clear sentence why not."""

import re

MAX_BYTES = 10 * 1024 * 1024

# First bytes of what people bring in place of a text, and what to do instead.
KNOWN_BINARIES: tuple[tuple[bytes, str], ...] = (
    (b"SQLite format 3\0", "This is an SQLite database itself. Bring what `sqlite3 FILE .schema` prints."),
    (b"PGDMP", "This is a pg_dump archive. Bring what `pg_restore --schema-only --file=schema.sql FILE` writes."),
    (b"\x1f\x8b", "This file is compressed with gzip. Unpack it first."),
    (b"PK\x03\x04", "This is a ZIP archive. Unpack it first and bring one file of it."),
    (b"BZh", "This file is compressed with bzip2. Unpack it first."),
    (b"\xfd7zXZ\0", "This file is compressed with xz. Unpack it first."),
    (b"(\xb5/\xfd", "This file is compressed with zstd. Unpack it first."),
    (b"%PDF-", "This is a PDF document, not a text file."),
)
NOT_TEXT = "This is not a text file. Bring the definitions as plain text, saved as UTF-8."
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
LINE_END = re.compile(r"\r\n?")


class Unreadable(ValueError):
    """The file as a whole cannot be imported; the message says what happened and what to do."""


def decode(content: bytes | str) -> tuple[str, str]:
    """The text with `\\n` as its only line end, and a note on its encoding where that was a guess."""
    raw = content.encode(errors="replace") if isinstance(content, str) else content
    if len(raw) > MAX_BYTES:
        raise Unreadable(
            f"This file has {len(raw) / 1_048_576:.1f} MB; at most {MAX_BYTES // 1_048_576} MB can be read. "
            "Export the definitions without the rows of data."
        )
    for start, advice in KNOWN_BINARIES:
        if raw.startswith(start):
            raise Unreadable(advice)
    text, note = _decoded(raw)
    if not text.strip():
        raise Unreadable("This file is empty.")
    return LINE_END.sub("\n", text), note


def _decoded(raw: bytes) -> tuple[str, str]:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded_as(raw, "utf-16"), ""
    if b"\0" in raw:
        raise Unreadable(NOT_TEXT)
    try:
        return raw.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        pass
    if len(CONTROL.findall(raw)) > len(raw) / 100:
        raise Unreadable(NOT_TEXT)
    # Replaced, because Windows-1252 leaves five bytes undefined.
    text = raw.decode("cp1252", errors="replace")
    return text, "The file is not UTF-8. It was read as Windows-1252: look at its accented letters."


def _decoded_as(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        raise Unreadable(NOT_TEXT) from None
