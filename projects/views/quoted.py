"""The panel of step 1 that shows facts with the words of the sources that they rest on."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from projects.design.tree import Quote
from projects.exporters.data_design.naming import source_name
from projects.snapshot.current import Digested
from projects.workflow.steps.requirements import ASKED, INTERFACE, QUOTES
from projects.workflow.things import things_in

# The kinds of thing that each page edits, and so shows the quotes of; that of the quotes shows all.
KINDS = {ASKED: {"data element"}, INTERFACE: {"component", "endpoint", "DTO", "demand"}}


@dataclass(frozen=True)
class Words:
    """Quoted words, and where they stand."""

    text: str
    place: str


@dataclass(frozen=True)
class Fact:
    name: str
    kind: str
    quotes: tuple[Words, ...]


def quoted_facts(digested: Digested, at: str) -> Sequence[Fact] | None:
    """The facts of the page with their quotes, in the order of the facts; None where there are none."""
    design, things = digested.design, things_in(digested)
    titles = {source.uid: source_name(source) for source in design.sources}
    by_fact: dict[UUID, list[Quote]] = {}
    for quote in design.quotes:
        if quote.about and (at == QUOTES or things.kinds.get(quote.about) in KINDS.get(at, KINDS[ASKED])):
            by_fact.setdefault(quote.about, []).append(quote)
    facts = [
        Fact(words, things.kinds[uid], tuple(_words(quote, titles[quote.source]) for quote in by_fact[uid]))
        for uid, words in things.words.items()
        if uid in by_fact
    ]
    return facts or None


def _words(quote: Quote, title: str) -> Words:
    return Words(quote.text, f"{title}, {quote.place}" if quote.place else title)
