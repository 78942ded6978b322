"""Take brought files over as sources, with what the backend design names: all that was ticked, or nothing."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from projects.design.vocabulary import LINE_LENGTH, SourceKind, SourceStatus
from projects.importers.named_in_design import direction_of
from projects.models import Component, Dto, Endpoint, Feature, PendingImport, Source, User
from projects.models.base import Row
from projects.workflow.apply_import import ImportRefused
from projects.workflow.editing import Door, editing
from projects.workflow.forms import RowForm, Scope
from projects.workflow.pending_sources import documents_of, source_document
from projects.workflow.saving import NEW
from projects.workflow.steps.contract_forms import DtoNameForm
from projects.workflow.steps.requirement_forms import ComponentForm, EndpointForm, SourceForm
from projects.workflow.stored_files import keep_file

NEW_SOURCE = ""
NAMED: dict[str, tuple[str, type[Row], type[RowForm]]] = {
    "components": ("Components", Component, ComponentForm),
    "endpoints": ("Endpoints", Endpoint, EndpointForm),
    "dtos": ("DTOs", Dto, DtoNameForm),
}


@dataclass(frozen=True)
class OfferedDocument:
    """A file of the preview; `target` is the uid of the source that it becomes the file of, or empty for a new one."""

    key: str
    plain: dict[str, Any]
    kind: str
    title: str
    status: str
    target: str
    is_there: bool
    is_taken: bool

    @property
    def length(self) -> int:
        """How many words of text were read."""
        return len(self.plain["text"].split())


@dataclass(frozen=True)
class OfferedName:
    key: str
    name: str
    description: str
    is_there: bool
    is_taken: bool


@dataclass(frozen=True)
class Group:
    title: str
    names: tuple[OfferedName, ...]


@dataclass
class Taken:
    """What was saved: rows by kind, and what a person should know of the reading."""

    counts: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    first: Source | None = None

    def count(self, kind: str) -> None:
        self.counts[kind] = self.counts.get(kind, 0) + 1


class SourcesPreview:
    """What the files would bring, and the person's choices so far: those of `data`, or proposals without it."""

    def __init__(self, pending: PendingImport, feature: Feature, data: Mapping[str, Any] | None = None) -> None:
        self.pending = pending
        self.feature = feature
        self.data = data
        self.ticked = frozenset(data.getlist("take")) if data is not None else None  # type: ignore[attr-defined]
        self._targeted: list[Source] = []

    @cached_property
    def sources(self) -> list[Source]:
        return list(Source.objects.filter(feature=self.feature).order_by("position", "uid"))

    @property
    def targets(self) -> list[tuple[str, str]]:
        """The sources that a file can become the file of."""
        known = [(str(source.uid), f"{source.get_kind_display()}: {source.label}") for source in self.sources]
        return [(NEW_SOURCE, "A new source"), *known]

    @property
    def seen(self) -> list[tuple[str, str]]:
        """The version of each source as the page was first shown, which the page sends along."""
        named = [(f"seen-{source.uid}", str(source.version)) for source in self.sources]
        return [(name, self._said(name, version)) for name, version in named]

    @property
    def kinds(self) -> list[tuple[str, str]]:
        return [(kind.value, kind.label) for kind in SourceKind]

    @property
    def statuses(self) -> list[tuple[str, str]]:
        return [(status.value, status.label) for status in SourceStatus]

    @property
    def refused(self) -> list[list[str]]:
        refused: list[list[str]] = self.pending.summary["refused"]
        return refused

    @cached_property
    def documents(self) -> list[OfferedDocument]:
        free = [source for source in self.sources if not source.file_digest]
        return [self._document(number, plain, free) for number, plain in enumerate(documents_of(self.pending))]

    def _document(self, number: int, plain: dict[str, Any], free: list[Source]) -> OfferedDocument:
        key = f"document-{number}"
        digest = hashlib.sha256(source_document(plain).content).hexdigest()
        is_there = any(source.file_digest == digest for source in self.sources)
        target = None if is_there else self._target(plain, free)
        # Named before by a person, it keeps that name.
        title = target.title if target and target.title else plain["title"]
        return OfferedDocument(
            key=key,
            plain=plain,
            kind=self._said(f"{key}-kind", target.kind if target else plain["kind"]),
            title=self._said(f"{key}-title", title),
            status=self._said(f"{key}-status", plain["status"]),
            target=self._said(f"{key}-target", str(target.uid) if target else NEW_SOURCE),
            is_there=is_there,
            is_taken=key in self.ticked if self.ticked is not None else not is_there,
        )

    def _target(self, plain: dict[str, Any], free: list[Source]) -> Source | None:
        """The source that this file is most likely of: by its name, or the only one of its kind without a file."""
        name = plain["name"].casefold()
        named = [source for source in self.sources if name in _names_of(source) and source not in self._targeted]
        alike = [source for source in free if source.kind == plain["kind"] and source.kind != SourceKind.OTHER]
        found = named[0] if named else alike[0] if len(alike) == 1 else None
        if found in free:
            free.remove(found)
        if found:
            self._targeted.append(found)
        return found

    def _said(self, name: str, proposed: str) -> str:
        return proposed if self.data is None else str(self.data.get(name, ""))

    @cached_property
    def groups(self) -> dict[str, Group]:
        return {slug: Group(title, tuple(self._names(slug, model))) for slug, (title, model, _) in NAMED.items()}

    def _names(self, slug: str, model: type[Row]) -> Sequence[OfferedName]:
        there = {row.label.casefold() for row in model._default_manager.filter(feature=self.feature)}
        offered = []
        for number, (name, description) in enumerate(self.pending.summary[slug]):
            key, is_there = f"{slug}-{number}", name.casefold() in there
            is_taken = not is_there and (self.ticked is None or key in self.ticked)
            offered.append(OfferedName(key, name, description, is_there, is_taken))
        return offered

    def apply(self, *, actor: User, now: datetime) -> Taken:
        """Save what is ticked; raises ImportRefused with every reason, or NotAllowed, and saves nothing then."""
        documents = [each for each in self.documents if each.is_taken]
        names = [(slug, each) for slug, group in self.groups.items() for each in group.names if each.is_taken]
        if not documents and not names:
            raise ImportRefused(["Nothing is ticked, so there is nothing to take over."])
        with editing(self.feature, actor=actor, now=now) as door:
            # Under the lock: what was sent twice is taken over once, and what somebody saved meanwhile is kept.
            if not PendingImport.objects.filter(pk=self.pending.pk).delete()[0]:
                raise ImportRefused(["These files were taken over already."])
            problems = self._clashes(documents)
            taken = Taken()
            if not problems:
                taken, problems = _save(door, Scope(self.feature), documents, names)
            if problems:
                raise ImportRefused(problems)
        return taken

    def _clashes(self, documents: list[OfferedDocument]) -> list[str]:
        """Why the files cannot become those of the sources that were chosen for them."""
        versions = {str(source.uid): source.version for source in Source.objects.filter(feature=self.feature)}
        chosen = Counter(document.target for document in documents if document.target)
        problems = []
        for document in documents:
            if not document.target:
                continue
            path = document.plain["path"]
            if document.target not in versions:
                problems.append(f"{path}: the source that it was to belong to is gone. Choose another.")
            elif chosen[document.target] > 1:
                problems.append(f"{path}: another file is to belong to the same source. A source has one file.")
            elif self.data is not None and self._said(f"seen-{document.target}", "") != str(versions[document.target]):
                problems.append(f"{path}: somebody changed its source since this page was shown. Open it again.")
        return problems


def _names_of(source: Source) -> tuple[str, str]:
    return source.file_name.casefold(), PurePosixPath(source.location).name.casefold()


def _save(
    door: Door, scope: Scope, documents: list[OfferedDocument], names: list[tuple[str, OfferedName]]
) -> tuple[Taken, list[str]]:
    taken, problems = Taken(), list[str]()
    backend: Source | None = None
    for document in documents:
        form = _source_form(scope, document, problems)
        if form is None:
            continue
        _keep(door, form, document)
        source: Any = form.instance
        taken.first = taken.first or source
        taken.count("sources")
        if note := document.plain["note"]:
            taken.notes.append(f"{document.plain['name']}: {note}")
        if source.kind == SourceKind.BACKEND:
            backend = source
    for slug, offered in names:
        if _save_name(door, scope, slug, offered, backend, problems):
            taken.count(NAMED[slug][0] if slug == "dtos" else slug)
    return taken, problems


def _source_form(scope: Scope, document: OfferedDocument, problems: list[str]) -> RowForm | None:
    row = Source.objects.get(feature=scope.feature, uid=document.target) if document.target else None
    prefix = document.target or NEW
    said = {"kind": document.kind, "title": document.title, "status": document.status}
    path = document.plain["path"]
    location = row.location if row and row.location else path if "/" in path else ""
    data = {f"{prefix}-{name}": value for name, value in (said | {"location": location[-LINE_LENGTH:]}).items()}
    form = SourceForm(data, instance=row, prefix=prefix, scope=scope)
    return form if _is_right(form, document.plain["path"], problems) else None


def _keep(door: Door, form: RowForm, document: OfferedDocument) -> None:
    kept = source_document(document.plain)
    source: Any = form.instance
    before = source.file_name
    source.file_name, source.file_digest = kept.name[-LINE_LENGTH:], keep_file(door, kept)
    changes = form.changes() | {"File": [before, source.file_name]}
    if source.pk:
        door.update(source, version=source.version, changes=changes)
    else:
        door.create(source, changes)


def _save_name(
    door: Door, scope: Scope, slug: str, offered: OfferedName, backend: Source | None, problems: list[str]
) -> bool:
    _, _, form_class = NAMED[slug]
    data = {f"{NEW}-name": offered.name, f"{NEW}-description": offered.description}
    if slug == "dtos":
        direction = direction_of(offered.name)
        data[f"{NEW}-direction"] = direction.value if direction else ""
        data[f"{NEW}-source"] = str(backend.pk) if backend else ""
    form = form_class(data, prefix=NEW, scope=scope)
    if not _is_right(form, offered.name, problems):
        return False
    form.write(door)
    return True


def _is_right(form: RowForm, about: str, problems: list[str]) -> bool:
    if form.is_valid():
        return True
    problems += [f"{about}: {error}" for errors in form.errors.values() for error in errors]
    return False
