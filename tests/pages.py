"""What a browser would send back from a page: the values of its forms' fields."""

from html.parser import HTMLParser
from typing import Any


class _Fields(HTMLParser):
    """Collects name and value of the fields of the form that has most of them."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[list[tuple[str, str]]] = [[]]
        self._select: str | None = None
        self._chosen: list[str] = []
        self._first: str | None = None
        self._area: tuple[str, list[str]] | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attributes}
        if tag == "form":
            self.forms.append([])
        elif tag == "input" and found.get("name"):
            is_box = found.get("type") in ("checkbox", "radio")
            if not is_box or "checked" in found:
                self.forms[-1].append((found["name"], found.get("value", "on" if is_box else "")))
        elif tag == "select":
            self._select, self._chosen, self._first = found.get("name", ""), [], None
        elif tag == "option":
            self._first = found.get("value", "") if self._first is None else self._first
            self._chosen += [found.get("value", "")] if "selected" in found else []
        elif tag == "textarea":
            self._area = (found.get("name", ""), [])

    def handle_data(self, data: str) -> None:
        if self._area:
            self._area[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self._select:
            self.forms[-1].extend((self._select, value) for value in self._chosen or [self._first or ""])
            self._select = None
        elif tag == "textarea" and self._area:
            # The first line end after the tag is not part of the text.
            self.forms[-1].append((self._area[0], "".join(self._area[1]).removeprefix("\r").removeprefix("\n")))
            self._area = None


def form_values(page: str) -> dict[str, Any]:
    """The fields of the largest form of a page; names that are there several times, and those of rows, have lists."""
    parser = _Fields()
    parser.feed(page)
    values: dict[str, Any] = {}
    for name, value in max(parser.forms, key=len):
        if name in values or name.endswith("-row"):
            values[name] = [
                *(values[name] if isinstance(values.get(name), list) else filter(None, [values.get(name)])),
                value,
            ]
        else:
            values[name] = value
    return values
