"""The audit trail as files, written piece by piece: CSV to read in a spreadsheet, JSON to verify elsewhere."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from projects.design.digest import canonical
from projects.exporters.whole_model import plain

COLUMNS = (
    *("number", "at (UTC)", "person", "person id", "verb", "kind", "label", "feature", "revision", "digest"),
    *("changes", "reason", "object", "previous hash", "hash"),
)
# Says how a stranger verifies the file without this program; docs/audit.md has it in full.
METHOD = (
    "hash = lower-case hexadecimal sha256 of the UTF-8 bytes of `covered`, written as JSON with keys sorted by code "
    "point, no white space between tokens, and no escapes but those that JSON demands. `previous_hash` of the first "
    "event is 64 zeros, of every other one the hash of the event before. The last event has number `event_count` and "
    "hash `event_hash`."
)


class _Line:
    """What csv.writer writes to: hands the line back."""

    def write(self, line: str) -> str:
        return line


def audit_csv(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Lines as RFC 4180 wants them. A cell that a spreadsheet would take for a formula begins with an apostrophe."""
    writer = csv.writer(_Line())
    # Spreadsheets read a file without this mark in an encoding of their own.
    yield "\ufeff"
    yield writer.writerow(COLUMNS)
    for row in rows:
        yield writer.writerow([plain(cell) for cell in row])


def audit_json(head: Mapping[str, Any], events: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """An object with `head`, the method, and the events, each on a line of its own."""
    opening = json.dumps({"format": 1, "method": METHOD} | dict(head), ensure_ascii=False, indent=1)
    yield opening.removesuffix("\n}") + ',\n "events": [\n'
    separator = ""
    for event in events:
        yield separator + canonical(event)
        separator = ",\n"
    yield "\n ]\n}\n"
