"""A design exported from here, back into a Design."""

import json

from pydantic import ValidationError

from projects.design.digest import UnknownFormat, read_design
from projects.design.tree import Design
from projects.importers.source_text import Unreadable, decode

FAULTS_SHOWN = 5


def read_design_file(content: bytes) -> Design:
    """Raises Unreadable, naming the first faults by where they stand, if this is no valid design."""
    text, _ = decode(content)
    try:
        return read_design(text)
    except json.JSONDecodeError as error:
        raise Unreadable(
            f"This is not a design file: it stops being JSON on line {error.lineno}, column {error.colno}: {error.msg}."
        ) from None
    except UnknownFormat as error:
        raise Unreadable(str(error)) from None
    except ValidationError as error:
        raise Unreadable(_faults(error)) from None
    except RecursionError:
        raise Unreadable("This is not a design file: its values are nested too deeply.") from None
    except ValueError as error:
        # JSON's numbers have no limit, Python's reading of them has.
        raise Unreadable(f"This is not a design file: {error}") from None


def _faults(error: ValidationError) -> str:
    faults = error.errors(include_url=False, include_input=False)
    lines = [f"{_path(fault['loc'])}: {fault['msg'].removeprefix('Value error, ')}" for fault in faults]
    more = len(lines) - FAULTS_SHOWN
    shown = "; ".join(lines[:FAULTS_SHOWN])
    count = "1 fault" if len(lines) == 1 else f"{len(lines)} faults"
    return f"This design file has {count}: {shown}{f'; and {more} more' if more > 0 else ''}."


def _path(location: tuple[int | str, ...]) -> str:
    path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location)
    return path.removeprefix(".") or "the whole"
