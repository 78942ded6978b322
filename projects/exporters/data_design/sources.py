"""Step 1: the documents that the design was made from, and the words of theirs that facts rest on."""

from collections.abc import Iterator

from projects.design.tree import Design, Quote, Source
from projects.exporters.blocks import (
    NOT_SPECIFIED,
    Block,
    Code,
    Inline,
    Table,
    Typed,
    joined,
    label,
    not_specified,
)
from projects.exporters.data_design.naming import source_name, thing_name, things_of
from projects.exporters.escaping import one_line


def sources(design: Design) -> Iterator[Block]:
    if not design.sources:
        yield not_specified()
        return
    rows = tuple((source_name(source), _location(source), source.status.label) for source in design.sources)
    yield Table("sources", ("Document", "Location", "Status"), rows)
    if design.quotes:
        yield label("Quoted from them")
        yield Table("quotes", ("Quote", "From", "For"), tuple(_quotes(design)))


def _location(source: Source) -> Inline:
    parts: list[Inline] = []
    if source.location.strip():
        parts.append(Typed(source.location) if "://" in source.location else Code(source.location))
    if source.file_name.strip() or source.file_digest.strip():
        parts.append(_file(source))
    return joined(parts, "; ") or NOT_SPECIFIED


def _file(source: Source) -> Inline:
    name: Inline = Code(source.file_name) if source.file_name.strip() else "unnamed"
    if not source.file_digest.strip():
        return ("uploaded as ", name)
    return ("uploaded as ", name, ", sha256 ", Code(source.file_digest))


def _quotes(design: Design) -> Iterator[tuple[Inline, ...]]:
    titles = {source.uid: source_name(source) for source in design.sources}
    things = things_of(design)
    for quote in design.quotes:
        about = thing_name(design, things[quote.about]) if quote.about else NOT_SPECIFIED
        yield ("“", Typed(quote.text), "”"), _place(titles[quote.source], quote), about


def _place(title: str, quote: Quote) -> str:
    place = one_line(quote.place)
    return f"{title}, {place}" if place else title
