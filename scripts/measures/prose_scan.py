"""How often the search for code in prose is wrong: on the prose of the packages installed here, and on real code.

    PYTHONPATH=. python scripts/measures/prose_scan.py [--sql FOLDER] [FOLDER …]

Prose is read from the Markdown and reStructuredText of the packages, their descriptions and docstrings, and from the
folders named; blocks of code in it are left out, as they are code. Each passage found is printed for people to judge.
Code is the SQL of a folder, statement by statement, and the Django migrations and models of the packages.
"""

import argparse
import ast
import re
import sysconfig
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from projects.checks.code_in_prose import CodeKind, code_passages

PACKAGES = Path(sysconfig.get_paths()["purelib"])
FENCE = re.compile(r"\s*(`{3,}|~{3,})")
NO_PROSE = (">>>", "$ ", ".. ")
STATEMENT = re.compile(
    r"(?:CREATE (?:TABLE|INDEX|UNIQUE|TYPE|DOMAIN|VIEW|SEQUENCE|FUNCTION)|ALTER TABLE|INSERT INTO|DROP|SELECT"
    r"|UPDATE|DELETE)",
    re.IGNORECASE,
)
# Dumps repeat the same insert thousands of times.
MOST_OF_A_KIND = 200
LONGEST = 20_000


def paragraphs(text: str) -> Iterator[str]:
    """What is prose in a text: no fenced and no indented blocks, no sessions of a shell, no directives."""
    fence, held = "", list[str]()
    for line in [*text.expandtabs(4).split("\n"), ""]:
        mark = FENCE.match(line)
        if fence:
            fence = "" if mark and mark[1].startswith(fence) else fence
            continue
        is_code = (line.startswith("    ") and not held) or line.lstrip().startswith(NO_PROSE)
        if line.strip() and not mark and not is_code:
            held.append(line)
        elif held and (mark or not line.strip()):
            yield "\n".join(held)
            held = []
        fence = mark[1] if mark else ""


def written(folder: Path) -> Iterator[Path]:
    yield from (path for ending in ("*.md", "*.rst", "METADATA") for path in sorted(folder.rglob(ending)))


def docstrings(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8", errors="replace"))):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and (text := ast.get_docstring(node)):
            yield text


def count(title: str, texts: Iterator[tuple[str, str]]) -> None:
    files, read, found = set[str](), 0, list[str]()
    for name, text in texts:
        files.add(name)
        for paragraph in paragraphs(text):
            read += 1
            found += [f"{name}: {passage.what}: {passage.excerpt}" for passage in code_passages(paragraph)]
    print(f"{title}: {len(files):,} files, {read:,} paragraphs, {len(found)} passages found")
    print("".join(f"    {line}\n" for line in found), end="")


def texts_in(folder: Path) -> Iterator[tuple[str, str]]:
    for path in written(folder):
        text = path.read_text(encoding="utf-8", errors="replace")
        # The head of METADATA is a list of fields.
        yield str(path.relative_to(folder)), text.partition("\n\n")[2] if path.name == "METADATA" else text


def docstrings_in(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*.py")):
        try:
            yield from ((str(path.relative_to(folder)), text) for text in docstrings(path))
        except SyntaxError:
            continue


def statements(folder: Path) -> Iterator[str]:
    for path in sorted(folder.glob("*.sql")):
        text = re.sub(r"/\*.*?\*/|^--.*?$", "", path.read_text(encoding="utf-8", errors="replace"), flags=re.S | re.M)
        kinds: Counter[str] = Counter()
        for statement in (part.strip() for part in text.split(";\n")):
            kind = " ".join(statement.split()[:2]).upper()
            kinds[kind] += 1
            if STATEMENT.match(statement) and kinds[kind] <= MOST_OF_A_KIND:
                yield statement


def migrations() -> Iterator[str]:
    yield from (path.read_text(encoding="utf-8") for path in sorted(PACKAGES.glob("*/**/migrations/0*.py")))


def models() -> Iterator[str]:
    for path in sorted(PACKAGES.rglob("models.py")):
        text = path.read_text(encoding="utf-8", errors="replace")
        classes = (node for node in ast.parse(text).body if isinstance(node, ast.ClassDef))
        sources = (ast.get_source_segment(text, node) or "" for node in classes)
        yield from (source for source in sources if "models." in source and "Field(" in source)


def recall(title: str, kind: CodeKind, texts: Iterator[str]) -> None:
    missed, total = list[str](), 0
    for text in texts:
        total += 1
        if kind not in {passage.kind for passage in code_passages(text[:LONGEST])}:
            missed.append(" ".join(text.split())[:100])
    print(f"{title}: {total - len(missed)} of {total} seen")
    print("".join(f"    missed: {line}\n" for line in missed), end="")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, help="folders with prose of your own")
    parser.add_argument("--sql", type=Path, help="a folder of SQL files")
    arguments = parser.parse_args()
    for folder in arguments.folders:
        count(f"prose of {folder.name}", texts_in(folder))
    count("prose of the packages", texts_in(PACKAGES))
    count("docstrings of the packages", docstrings_in(PACKAGES))
    recall("Django migrations", CodeKind.MIGRATION, migrations())
    recall("Django models", CodeKind.ORM, models())
    if arguments.sql:
        recall("SQL statements", CodeKind.SQL, statements(arguments.sql))


if __name__ == "__main__":
    main()
