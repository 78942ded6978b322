"""Code that people paste into prose. The data design holds none, so the document says that it left it out."""

from projects.checks.code_in_prose import CodeKind, code_passages

CODE_LEFT_OUT = "(Code left out: this document has prose and tables only.)"
DIAGRAM_LEFT_OUT = "(Diagram left out: this document draws its own.)"

_OPENING_MARKS = " `'\"(“‘"


def without_code(block: str) -> str:
    """The text of one block up to where code begins, with a remark instead of what follows."""
    kept = block
    while (start := _start_of_code(kept)) is not None:
        kept = " ".join(kept.split())[:start].rstrip(_OPENING_MARKS)
    if kept == block:
        return block
    return f"{kept} {CODE_LEFT_OUT}" if kept else CODE_LEFT_OUT


def _start_of_code(text: str) -> int | None:
    """Where code begins, counted in the text on one line."""
    line = " ".join(text.split())
    passages = [passage for passage in code_passages(text) if passage.kind is not CodeKind.BLOCK]
    starts = [line.find(passage.excerpt.removesuffix("…")) for passage in passages]
    return min((max(start, 0) for start in starts), default=None)
