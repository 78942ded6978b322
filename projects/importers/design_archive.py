"""A design with the files of its sources, as `export_design --archive` packs them, back into both."""

import hashlib
import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo

from projects.design.tree import Design
from projects.importers.design_file import read_design_file
from projects.importers.source_document import SourceDocument, read_source
from projects.importers.source_text import MAX_BYTES, Unreadable

ARCHIVE_BYTES = 20 * MAX_BYTES
FILES_AT_MOST = 200
DESIGN = "design.json"
FOLDER = "files/"
NO_DESIGN = f"This ZIP holds no {DESIGN}. Bring one that export_design --archive wrote."
DAMAGED = "This ZIP is damaged, or protected by a password."


@dataclass(frozen=True)
class DesignArchive:
    design: Design
    files: tuple[SourceDocument, ...] = ()


def is_archive(content: bytes) -> bool:
    return content.startswith(b"PK\x03\x04")


def read_design_archive(content: bytes) -> DesignArchive:
    """Raises Unreadable if the design or one of the files cannot be read, or a file belongs to none of its sources."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > FILES_AT_MOST:
                raise Unreadable(f"This ZIP holds more than {FILES_AT_MOST} files.")
            packed = {entry.filename: _content(archive, entry) for entry in entries if _is_ours(entry)}
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error):
        raise Unreadable(DAMAGED) from None
    if DESIGN not in packed:
        raise Unreadable(NO_DESIGN)
    design = read_design_file(packed.pop(DESIGN))
    return DesignArchive(design, tuple(_file(design, path, held) for path, held in sorted(packed.items())))


def _is_ours(entry: ZipInfo) -> bool:
    return entry.filename == DESIGN or entry.filename.startswith(FOLDER)


def _content(archive: ZipFile, entry: ZipInfo) -> bytes:
    with archive.open(entry) as packed:
        content = packed.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise Unreadable(f"{entry.filename} has more than {MAX_BYTES // 1_048_576} MB.")
    return content


def _file(design: Design, path: str, content: bytes) -> SourceDocument:
    digest = hashlib.sha256(content).hexdigest()
    source = next((source for source in design.sources if source.file_digest == digest), None)
    if source is None:
        raise Unreadable(f"{path} is the file of no source of this design.")
    try:
        return read_source(source.file_name or PurePosixPath(path).name, content)
    except Unreadable as problem:
        raise Unreadable(f"{path}: {problem}") from None
