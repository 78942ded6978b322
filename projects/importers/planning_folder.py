"""The planning folder of a feature, `docs/plan/{epic}/{feature}/`, read in one go, and any other files beside it.

It comes as a ZIP, in which the folder may stand at the root or below any other, or as files chosen at once. Each file
becomes a document with its kind and status, or a sentence why not.
"""

import re
import stat
import time
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo

from projects.design.vocabulary import LINE_LENGTH, SourceKind, SourceStatus
from projects.importers.named_in_design import Named, named_in
from projects.importers.pdf_text import SECONDS_AT_MOST
from projects.importers.source_document import MARKDOWN, MEDIA_TYPES, SourceDocument, read_source
from projects.importers.source_text import MAX_BYTES, Unreadable

FILES_AT_MOST = 20
# Entries of a ZIP that are looked at: it may hold a whole repository's plans.
ENTRIES_AT_MOST = 5_000
UNPACKED_AT_MOST = 3 * MAX_BYTES
# Text shrinks to a fifth; nothing that people wrote shrinks to less than this part of its size.
SHRUNK_AT_MOST = 200

KINDS: tuple[tuple[SourceKind, re.Pattern[str]], ...] = (
    (SourceKind.PRD, re.compile(r"(?:^|[-_. ])(?:prd|product[-_ ]requirements?)(?:$|[-_. ])")),
    (SourceKind.RESEARCH, re.compile(r"research")),
    (SourceKind.BACKEND, re.compile(r"back-?end[-_ ]?design")),
    (SourceKind.CONTRACTS, re.compile(r"contracts?|interfaces?")),
)
# What this product writes into the same folder.
OUR_OWN = re.compile(r"(?:^|/)(?:03-data-design|data-consistency)\.(?:md|pdf|html)$")
_STATUS = re.compile(
    r"^[\s>|*_-]*status[*_\s]*[:|][\s*_`|]*(?P<words>[a-z][a-z -]{1,40}?)\s*(?:[*_`|.,;()].*)?$", re.IGNORECASE
)
_STATUSES = {
    SourceStatus.APPROVED: ("approved", "accepted", "final", "done", "signed off", "complete", "completed"),
    SourceStatus.NOT_STARTED: ("not started", "planned", "todo", "to do", "empty"),
}
_TITLE = re.compile(r"#\s+(\S.{0,299})|title:\s*(\S.{0,299})", re.IGNORECASE)
LINES_OF_HEAD = 60

IS_DAMAGED = "This ZIP is damaged. Pack the folder again."
IS_LOCKED = "This ZIP is protected by a password. Pack the folder without one."
IS_TOO_MUCH = (
    f"This ZIP unpacks to more than {UNPACKED_AT_MOST // 1_048_576} MB, or to far more than its size, so it was not "
    "read. Bring the files one by one."
)
IS_OUR_OWN = "This document is made here, so it is no source."
NOTHING_THERE = "This ZIP holds no Markdown, text or PDF, like prd.md, 00-research-report.md and 04-backend-design.md."


@dataclass(frozen=True)
class Brought:
    """A file as it came: its path inside the ZIP, or its name."""

    path: str
    content: bytes


@dataclass(frozen=True)
class Planned:
    """A document of the folder, with what its name and its head say of it."""

    path: str
    kind: SourceKind
    title: str
    status: SourceStatus
    document: SourceDocument


@dataclass(frozen=True)
class Refused:
    path: str
    reason: str


@dataclass(frozen=True)
class PlanningFolder:
    documents: tuple[Planned, ...]
    refused: tuple[Refused, ...]
    named: Named


def read_planning_folder(files: Iterable[Brought], *, epic: str = "", feature: str = "") -> PlanningFolder:
    """Read the files, unpacking ZIPs; of several planning folders in one, that of this epic and feature.

    Raises Unreadable if a ZIP cannot be read or leaves open which folder is meant. A file that cannot be read stands
    among the refused with its reason.
    """
    unpacked: list[Brought] = []
    for file in files:
        is_zip = file.content.startswith(b"PK\x03\x04") or file.path.casefold().endswith(".zip")
        unpacked += _folder(_unpack(file.content), f"{epic}/{feature}") if is_zip else [file]
    if len(unpacked) > FILES_AT_MOST:
        raise Unreadable(f"These are {len(unpacked)} files; up to {FILES_AT_MOST} are read at once.")
    documents: list[Planned] = []
    refused: list[Refused] = []
    ends_at = time.monotonic() + SECONDS_AT_MOST
    for file in unpacked:
        try:
            documents.append(_planned(file, max(ends_at - time.monotonic(), 1.0)))
        except Unreadable as problem:
            refused.append(Refused(file.path, str(problem)))
    return PlanningFolder(tuple(documents), tuple(refused), _named(documents))


def _named(documents: list[Planned]) -> Named:
    texts = [each.document.text for each in documents if each.kind is SourceKind.BACKEND]
    return named_in("\n\n".join(texts))


def _planned(file: Brought, seconds_at_most: float) -> Planned:
    if OUR_OWN.search(file.path):
        raise Unreadable(IS_OUR_OWN)
    name = PurePosixPath(file.path).name
    document = read_source(name, file.content, seconds_at_most)
    return Planned(file.path, kind_of(name), _title(document), _status(document), document)


def kind_of(name: str) -> SourceKind:
    """What kind of document a file with this name is."""
    stem = PurePosixPath(name).stem.casefold()
    return next((kind for kind, pattern in KINDS if pattern.search(stem)), SourceKind.OTHER)


def _head(document: SourceDocument) -> list[str]:
    return document.text[:20_000].split("\n")[:LINES_OF_HEAD]


def _title(document: SourceDocument) -> str:
    if document.media_type == MARKDOWN:
        for line in _head(document):
            if match := _TITLE.match(line):
                words = match[1].rstrip().rstrip("#") if match[1] else match[2].strip().strip("\"'")
                return " ".join(words.replace("`", "").replace("**", "").split())[:LINE_LENGTH]
    return PurePosixPath(document.name).stem[:LINE_LENGTH]


def _status(document: SourceDocument) -> SourceStatus:
    """What the document says of itself near its beginning; one that is there and says nothing is a draft."""
    for line in _head(document):
        if match := _STATUS.match(line[:300]):
            words = " ".join(match["words"].casefold().replace("-", " ").split())
            bare = re.split(r" (?:by|on|since) ", words)[0]
            return next((status for status, said in _STATUSES.items() if bare in said), SourceStatus.DRAFT)
    return SourceStatus.DRAFT


def _unpack(content: bytes) -> list[Brought]:
    """The documents in a ZIP; nothing is unpacked beyond the limits, whatever the ZIP says of its sizes."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > ENTRIES_AT_MOST:
                raise Unreadable(IS_TOO_MUCH)
            wanted = [entry for entry in entries if _is_document(entry)]
            if any(entry.flag_bits & 0x1 for entry in wanted):
                raise Unreadable(IS_LOCKED)
            return _read_all(archive, wanted)
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(IS_DAMAGED) from None


def _is_document(entry: ZipInfo) -> bool:
    path = PurePosixPath(entry.filename)
    is_hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts)
    # The mode of the file stands in the upper half, where a Unix packed it.
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    return not entry.is_dir() and not is_hidden and not is_link and path.suffix.casefold() in MEDIA_TYPES


def _read_all(archive: ZipFile, entries: list[ZipInfo]) -> list[Brought]:
    files, left = [], UNPACKED_AT_MOST
    for entry in entries:
        with archive.open(entry) as packed:
            content = packed.read(min(left, MAX_BYTES) + 1)
        left -= len(content)
        if left < 0 or len(content) > max(SHRUNK_AT_MOST * entry.compress_size, 100_000):
            raise Unreadable(IS_TOO_MUCH)
        files.append(Brought(_printable(entry.filename), content))
    return files


def _printable(path: str) -> str:
    return "".join(character for character in path if character.isprintable())


def _folder(files: list[Brought], wanted: str) -> list[Brought]:
    """The files of one planning folder: of the wanted one if it is there, or of the only one."""
    folders: dict[str, list[Brought]] = {}
    for file in files:
        folders.setdefault(str(PurePosixPath(file.path).parent), []).append(file)
    planning = {
        folder: inside
        for folder, inside in folders.items()
        if any(kind_of(PurePosixPath(file.path).name) is not SourceKind.OTHER for file in inside)
    }
    if not files:
        raise Unreadable(NOTHING_THERE)
    named = [folder for folder in planning if f"/{folder}/".endswith(f"/{wanted}/")]
    if len(named or planning) > 1:
        paths = ", ".join(sorted(named or planning)[:5])
        raise Unreadable(f"This ZIP holds several planning folders: {paths}. Bring one of them.")
    if named or planning:
        return planning[next(iter(named or planning))]
    return files
