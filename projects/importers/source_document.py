"""A document that a design is made from, as somebody brings it: Markdown, plain text or PDF, into text to read."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from projects.importers.pdf_text import CHARACTERS, SECONDS_AT_MOST, pdf_text
from projects.importers.source_text import MAX_BYTES, Unreadable, decode

MARKDOWN = "text/markdown"
PLAIN = "text/plain"
PDF = "application/pdf"
MEDIA_TYPES = {".md": MARKDOWN, ".markdown": MARKDOWN, ".txt": PLAIN, ".text": PLAIN, ".pdf": PDF}
# What ends a page in the text of a PDF; nowhere else does this character stand in a text.
PAGE_END = "\f"

EMPTY = "This file is empty."
NOT_TEXT = "This is not a text, whatever its name says. Bring Markdown or plain text saved as UTF-8, or a PDF."
OTHER_TYPE = "Sources are Markdown (.md), plain text (.txt) or PDF (.pdf); several come in one ZIP."
NOT_A_PDF = "This is no PDF, whatever its name says."
IS_A_PDF = "This is a PDF, whatever its name says. Let its name end in .pdf."
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True)
class SourceDocument:
    """A file and what can be read of it; `note` says what a person should know of the reading."""

    name: str
    media_type: str
    content: bytes
    text: str
    note: str = ""

    @property
    def digest(self) -> str:
        """sha256 of the content, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


def read_source(name: str, content: bytes, seconds_at_most: float = SECONDS_AT_MOST) -> SourceDocument:
    """Raises Unreadable with one sentence for the person who brought the file."""
    media_type = MEDIA_TYPES.get(PurePosixPath(name).suffix.casefold())
    if media_type is None:
        raise Unreadable(OTHER_TYPE)
    if not content.strip():
        raise Unreadable(EMPTY)
    if len(content) > MAX_BYTES:
        raise Unreadable(
            f"This file has {len(content) / 1_048_576:.1f} MB; a source may have {MAX_BYTES // 1_048_576} MB. "
            "Name the document by its location instead."
        )
    is_pdf = b"%PDF-" in content[:1024]
    if media_type != PDF and content.startswith(b"%PDF-"):
        raise Unreadable(IS_A_PDF)
    if media_type == PDF and not is_pdf:
        raise Unreadable(NOT_A_PDF)
    text, note = _of_pdf(content, seconds_at_most) if media_type == PDF else _of_text(content)
    return SourceDocument(name, media_type, content, text, note)


def _of_text(content: bytes) -> tuple[str, str]:
    try:
        text, note = decode(content)
    except Unreadable as error:
        raise Unreadable(EMPTY if str(error) == EMPTY else NOT_TEXT) from None
    readable = _CONTROL.sub("", text)
    if not readable.strip():
        raise Unreadable(NOT_TEXT)
    if len(readable) > CHARACTERS:
        note = f"The first {CHARACTERS:,} of {len(readable):,} characters were read; the file is kept whole."
        readable = f"{readable[:CHARACTERS]}\n\n[The text ends here: {note}]"
    return readable, note


def _of_pdf(content: bytes, seconds_at_most: float) -> tuple[str, str]:
    read = pdf_text(content, seconds_at_most)
    text, note = PAGE_END.join(read.pages), ""
    if len(read.pages) < read.page_count:
        note = f"The text of {len(read.pages)} of {read.page_count} pages was read; the file is kept whole."
        text += f"\n\n[The text ends here: {note}]"
    return text, note
