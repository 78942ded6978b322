"""The companion's tab “Sources”: the text of a source, words found in all of them, and what is quoted."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.utils.safestring import SafeString

from projects.access import FeatureVisit
from projects.exporters.reading import Block, Hit, blocks_of, hits_in, part_html, parts_of, words_of
from projects.models import Source, StoredFile
from projects.snapshot.current import Digested
from projects.views.addresses import Addresses
from projects.workflow.forms import RowForm, Scope
from projects.workflow.quoting import PaneQuoteForm
from projects.workflow.saving import NEW
from projects.workflow.steps import requirements
from projects.workflow.stored_files import files_of
from projects.workflow.things import things_in

HITS_SHOWN = 30
# The form's id, by which htmx says that it was sent.
SEARCH_FORM = "source-search"
QUERY_LENGTH = 200


@lru_cache(maxsize=8)
def _blocks(digest: str, file: "Text") -> tuple[Block, ...]:
    return blocks_of(file.text, file.media_type)


@lru_cache(maxsize=32)
def _html(digest: str, file: "Text", part: int, words: tuple[str, ...], hit: int) -> SafeString:
    """One part of a text: asked for again after each save, and the same until somebody turns the page."""
    blocks = _blocks(digest, file)
    return part_html(blocks, parts_of(blocks)[part], words, hit)


@dataclass(frozen=True)
class Text:
    """What is read of a file; the digest that it is kept under names it already."""

    media_type: str
    text: str = field(compare=False, repr=False)


@dataclass(frozen=True)
class Link:
    """An address of the step's page, and the part of it that htmx asks for."""

    words: str
    address: str
    part: str
    is_current: bool = False


@dataclass(frozen=True)
class FoundIn:
    """The places of one source in which the words stand; `more` are not shown."""

    source: Source
    hits: tuple[tuple[Hit, Link], ...]
    more: int


@dataclass
class SourcesTab:
    """`asked` is the address's query: source, q, part and hit."""

    visit: FeatureVisit
    digested: Digested
    asked: Mapping[str, str]
    typed: RowForm | None = None

    @cached_property
    def sources(self) -> list[Source]:
        return list(Source.objects.filter(feature=self.visit.feature).order_by("position", "uid"))

    @cached_property
    def files(self) -> dict[str, StoredFile]:
        """The files by digest: with their texts only where all of them are searched."""
        shown = self.sources if self.words else [self.source] if self.source else []
        return files_of(shown, self.visit.project)

    @cached_property
    def source(self) -> Source | None:
        """The source that the address names, or the first with a file, or the first."""
        asked = self.asked.get("source", "")
        named = next((source for source in self.sources if str(source.uid) == asked), None)
        with_file = next((source for source in self.sources if source.file_digest), None)
        return named or with_file or next(iter(self.sources), None)

    @property
    def query(self) -> str:
        return " ".join(self.asked.get("q", "").split())[:QUERY_LENGTH]

    @cached_property
    def words(self) -> tuple[str, ...]:
        return words_of(self.query)

    @property
    def file(self) -> StoredFile | None:
        return self.files.get(self.source.file_digest) if self.source else None

    @property
    def download(self) -> str:
        return Addresses(self.visit.feature).to("source-file", source=self.source.uid) if self.source else ""

    def blocks(self, file: StoredFile) -> tuple[Block, ...]:
        return _blocks(file.digest, Text(file.media_type, file.text))

    @cached_property
    def shown_blocks(self) -> tuple[Block, ...]:
        return self.blocks(self.file) if self.file else ()

    @cached_property
    def parts(self) -> tuple[range, ...]:
        return parts_of(self.shown_blocks)

    @property
    def hit(self) -> int:
        text = self.asked.get("hit", "")
        return int(text) if text.isdecimal() and len(text) < 9 else -1

    @property
    def part_number(self) -> int:
        """Which part is shown, from 0: that of the chosen hit, or the one asked for."""
        if holding := [number for number, part in enumerate(self.parts) if self.hit in part]:
            return holding[0]
        text = self.asked.get("part", "")
        asked = int(text) - 1 if text.isdecimal() and len(text) < 9 else 0
        return max(0, min(asked, len(self.parts) - 1))

    @property
    def html(self) -> SafeString:
        if self.file is None:
            return SafeString()
        text = Text(self.file.media_type, self.file.text)
        return _html(self.file.digest, text, self.part_number, self.words, self.hit)

    @property
    def part_links(self) -> list[Link]:
        if len(self.parts) < 2 or self.source is None:
            return []
        return [
            self._link(str(number + 1), self.source, is_current=number == self.part_number, part=number + 1)
            for number in range(len(self.parts))
        ]

    @property
    def links(self) -> list[Link]:
        """The sources, to choose from."""
        return [
            self._link(f"{source.get_kind_display()}: {source.label}", source, is_current=source == self.source)
            for source in self.sources
        ]

    @cached_property
    def found(self) -> list[FoundIn]:
        if not self.words:
            return []
        found = [self._found_in(source) for source in self.sources if source.file_digest in self.files]
        return [each for each in found if each.hits]

    def _found_in(self, source: Source) -> FoundIn:
        hits = hits_in(self.blocks(self.files[source.file_digest]), self.words)
        shown = [(hit, self._link(hit.place, source, hit=hit.block)) for hit in islice(hits, HITS_SHOWN)]
        return FoundIn(source, tuple(shown), sum(1 for _ in hits))

    def _link(self, words: str, source: Source, *, is_current: bool = False, **more: Any) -> Link:
        addresses = Addresses(self.visit.feature)
        query = {"companion": "sources", "source": source.uid} | ({"q": self.query} if self.query else {}) | more
        at = {"at": self.asked["at"]} if self.asked.get("at") else {}
        encoded = urlencode(at | query)
        anchor = "#hit" if "hit" in more else ""
        address = f"{addresses.step(requirements.STEP.slug)}?{encoded}{anchor}"
        return Link(words, address, f"{addresses.companion}?step={requirements.STEP.slug}&{encoded}", is_current)

    @property
    def address(self) -> str:
        """The page of the step that shows this."""
        addresses = Addresses(self.visit.feature)
        at = f"at={self.asked['at']}&" if self.asked.get("at") else ""
        return f"{addresses.step(requirements.STEP.slug)}?{at}companion=sources{self.state}"

    @property
    def state(self) -> str:
        """The part of an address that shows this again."""
        kept = {name: self.asked[name] for name in ("source", "q", "part", "hit") if self.asked.get(name)}
        return f"&{urlencode(kept)}" if kept else ""

    @property
    def text_id(self) -> str:
        """Names what is shown, so that a reload after a save leaves it where the person reads."""
        shown = (
            self.source and self.source.uid,
            self.file and self.file.digest,
            self.part_number,
            self.words,
            self.hit,
        )
        return f"source-text-{hashlib.sha256(repr(shown).encode()).hexdigest()[:12]}"

    @property
    def quote_address(self) -> str:
        address = Addresses(self.visit.feature).to("source-quote", source=self.source.uid) if self.source else ""
        return f"{address}?companion=sources{self.state}"

    @property
    def form(self) -> RowForm:
        return self.typed or PaneQuoteForm(prefix=NEW, scope=Scope(self.visit.feature))

    @property
    def quotes(self) -> list[dict[str, str]]:
        """What is quoted from the source on show, each with the fact that it is about."""
        words = things_in(self.digested).words
        return [
            {"text": quote.text, "place": quote.place, "about": words.get(quote.about, "") if quote.about else ""}
            for quote in self.digested.design.quotes
            if self.source and quote.source == self.source.uid
        ]
