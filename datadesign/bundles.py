"""Style sheets and scripts are written one purpose a file, and served joined: a page asks for one of each."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

FOLDER = TemporaryDirectory(prefix="data-design-static-")
STATIC = Path(__file__).resolve().parent.parent / "static"

# The order matters in style sheets: tokens, then elements, then components, then pages; in scripts, what the
# later ones call comes first.
BUNDLES = {
    "css/app.css": tuple(
        f"css/{name}.css"
        for name in (
            *("tokens", "base", "shell", "components", "forms", "lists", "projects"),
            *("workbench", "workbench-narrow", "grid", "selecting", "erd", "plot", "document", "sources", "panels"),
            *("search", "model", "handbook", "handbook-questions"),
            *("review", "review-changes", "review-threads", "review-checklist", "review-gate", "review-work"),
        )
    ),
    "js/app.js": tuple(
        f"js/{name}.js"
        for name in (
            *(
                "page",
                "menus",
                "toasts",
                "dialogs",
                "shortcuts",
                "drafts",
                "save-state",
                "merging",
                "saving",
                "failures",
                "leaving",
            ),
            *(
                "grid-keys",
                "grid-actions",
                "selecting",
                "pasting",
                "focus",
                "companion",
                "diagram",
                "copying",
                "proposing",
                "quoting",
                "search",
                "review-keys",
                "review-threads",
            ),
        )
    ),
}


class BundleFinder(BaseFinder):
    """Joins each bundle when it is asked for, so an edited file shows at the next reload."""

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        if path not in BUNDLES:
            return []
        joined = str(_join(path))
        return [joined] if find_all else joined

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        for path in BUNDLES:
            _join(path)
            yield path, FileSystemStorage(location=FOLDER.name)


def _join(path: str) -> Path:
    joined = Path(FOLDER.name, path)
    joined.parent.mkdir(parents=True, exist_ok=True)
    # Written aside and renamed: another thread may be reading the bundle just now.
    with NamedTemporaryFile("w", dir=FOLDER.name, delete=False, encoding="utf-8") as part:
        part.write("\n".join(_part(name) for name in BUNDLES[path]))
    return Path(part.name).replace(joined)


def _part(name: str) -> str:
    text = (STATIC / name).read_text(encoding="utf-8")
    # A block of its own keeps each script's names to itself, as a module would.
    return f"{{\n{text}}}" if name.endswith(".js") else text
