"""Writes files whole: whoever reads one sees the old one or the new one, never half of it."""

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from os import fdopen as open_descriptor
from pathlib import Path

from projects.management.design_command import Problems


def write_whole(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    staged = _staged(path, content)
    with _removed_on_failure(staged):
        staged.replace(path)


def write_tree(folder: Path, files: Mapping[str, bytes]) -> int:
    """Write the files under the folder by their paths; answers how many were written, as the others were so already.

    All of them are on the disk under other names before the first takes its place, so a full disk leaves all as it was.
    """
    targets = {path: find_target(folder, path) for path in files}
    _refuse_shared(targets)
    changed = {targets[path]: content for path, content in files.items() if _held(targets[path]) != content}
    with ExitStack() as cleaning:
        staged = []
        for target, content in changed.items():
            for folder_to_make in _missing_folders(target.parent):
                folder_to_make.mkdir()
                cleaning.callback(_remove_if_empty, folder_to_make)
            staged.append((_staged(target, content), target))
            cleaning.callback(staged[-1][0].unlink, missing_ok=True)
        for waiting, target in staged:
            waiting.replace(target)
        cleaning.pop_all()
    return len(changed)


def find_target(folder: Path, path: str) -> Path:
    """Where the file is on the disk. Raises Problems where it cannot be written, or would be outside the folder."""
    try:
        target = (folder / path).resolve()
    except RuntimeError as error:
        raise Problems(f"{folder / path} is a symbolic link that leads back to itself. Nothing was written.") from error
    if not target.is_relative_to(folder.resolve()):
        raise Problems(f"{folder / path} leads out of {folder} by a symbolic link. Nothing was written.")
    if target.is_dir():
        raise Problems(f"{folder / path} is a folder, where a file is to be written. Nothing was written.")
    if target.exists() and not target.is_file():
        raise Problems(f"{folder / path} is no ordinary file. Nothing was written.")
    in_the_way = next((parent for parent in target.parents if parent.exists() and not parent.is_dir()), None)
    if in_the_way:
        raise Problems(f"{in_the_way} is a file, where a folder is needed. Nothing was written.")
    return target


def _refuse_shared(targets: Mapping[str, Path]) -> None:
    seen: dict[Path, str] = {}
    for path, target in targets.items():
        if target in seen:
            raise Problems(f"{path} and {seen[target]} are one file by a symbolic link. Nothing was written.")
        seen[target] = path


def _missing_folders(folder: Path) -> list[Path]:
    """The folder and those it stands in, as far as they are to be made, the outermost first."""
    return [each for each in reversed((folder, *folder.parents)) if not each.exists()]


def _remove_if_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()


def _held(target: Path) -> bytes | None:
    return target.read_bytes() if target.exists() else None


def _staged(path: Path, content: bytes) -> Path:
    """The content in a file beside the path, under another name and with the rights that the path's file has."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with _removed_on_failure(Path(name)):
        with open_descriptor(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else _mode_of_new_files())
    return Path(name)


def _mode_of_new_files() -> int:
    # mkstemp keeps the file to its owner; documents are as readable as any other file.
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask


@contextmanager
def _removed_on_failure(path: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        path.unlink(missing_ok=True)
        raise
