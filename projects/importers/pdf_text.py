"""The text of a PDF, page by page.

A file can be made so that reading one page takes hours or gigabytes, so a process of its own reads it, and is ended
when it takes too long: `python -m projects.importers.pdf_text SECONDS < file.pdf` prints the pages as JSON.
"""

import json
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

from projects.importers.source_text import Unreadable

ROOT = Path(__file__).resolve().parents[2]
# After this the reader is ended from outside; after the share of it, it stops by itself, and what it has read is taken.
SECONDS_AT_MOST = 20.0
SHARE = 0.6
CHARACTERS = 1_000_000
MEMORY_BYTES = 1_500_000_000

LOCKED = "This PDF is protected by a password or encrypted. Save a copy without protection, and bring that."
NO_TEXT = (
    "This PDF holds no text, only pictures of pages, as a scanner makes them. Have its text recognised (OCR) first, "
    "or name the document by its location."
)
BROKEN = "This PDF is damaged and cannot be read. Save it again from where it was made."
TOO_LONG = "This PDF took too long to read. Bring its text, or name the document by its location."


@dataclass(frozen=True)
class PdfText:
    """`pages` are those that were read, of `page_count`."""

    pages: tuple[str, ...]
    page_count: int


def pdf_text(content: bytes, seconds_at_most: float = SECONDS_AT_MOST) -> PdfText:
    """Raises Unreadable with a sentence for the person who brought the file."""
    command = [sys.executable, "-m", "projects.importers.pdf_text", str(SHARE * seconds_at_most)]
    try:
        answer = subprocess.run(
            command, input=content, capture_output=True, timeout=seconds_at_most, check=False, cwd=ROOT
        )
    except subprocess.TimeoutExpired:
        raise Unreadable(TOO_LONG) from None
    try:
        read = json.loads(answer.stdout)
    except ValueError:
        # It ran out of memory, or fell over something that pypdf does not foresee.
        raise Unreadable(BROKEN) from None
    if "problem" in read:
        raise Unreadable(read["problem"])
    return PdfText(tuple(read["pages"]), read["page_count"])


def read_pages(content: bytes, seconds: float) -> PdfText:
    """Reads here, in this process; raises Unreadable, or whatever a hostile file makes pypdf raise."""
    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted and not _opens_without_password(reader):
        raise Unreadable(LOCKED)
    ends_at = time.monotonic() + seconds
    pages: list[str] = []
    characters, page_count = 0, len(reader.pages)
    for page in reader.pages:
        text = _storable(page.extract_text())
        pages.append(text[: CHARACTERS - characters])
        characters += len(pages[-1])
        if time.monotonic() > ends_at or characters >= CHARACTERS:
            break
    if not any(page.strip() for page in pages):
        raise Unreadable(NO_TEXT)
    return PdfText(tuple(pages), page_count)


def _opens_without_password(reader: PdfReader) -> bool:
    """Whether the protection only forbids printing or copying, and its method can be read here."""
    try:
        return bool(reader.decrypt(""))
    except Exception:
        # Some methods need a library that is not here; that and a wrong password come to the same.
        return False


def _storable(text: str) -> str:
    """The text as any database takes it: without NUL, lone surrogates, and what ends a page."""
    return text.encode("utf-8", "replace").decode().replace("\0", "").replace("\f", "\n").replace("\r", "\n")


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    try:
        read = read_pages(sys.stdin.buffer.read(), float(sys.argv[1]))
        answer = {"pages": read.pages, "page_count": read.page_count}
    except Unreadable as problem:
        answer = {"problem": str(problem)}
    except Exception:
        answer = {"problem": BROKEN}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
