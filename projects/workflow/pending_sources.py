"""Files that somebody brought as sources, between reading and saving: nothing of them is in the design yet."""

import base64
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from projects.design.vocabulary import LINE_LENGTH
from projects.importers.named_in_design import Found
from projects.importers.planning_folder import Brought, Planned, PlanningFolder, read_planning_folder
from projects.importers.source_document import SourceDocument
from projects.importers.source_text import Unreadable
from projects.models import Feature, PendingImport, User
from projects.workflow.pending_imports import KEPT_FOR

KIND = "sources"


def keep_sources(feature: Feature, files: Iterable[Brought], *, actor: User, now: datetime) -> PendingImport:
    """Read the files and keep what they say; raises Unreadable if none of them can be read."""
    brought = list(files)
    folder = read_planning_folder(brought, epic=feature.epic.key, feature=feature.key)
    if not folder.documents:
        raise Unreadable(" ".join(f"{each.path}: {each.reason}" for each in folder.refused))
    PendingImport.objects.filter(created_at__lt=now - KEPT_FOR).delete()
    return PendingImport.objects.create(
        feature=feature,
        actor=actor,
        file_name=", ".join(each.path for each in brought)[:LINE_LENGTH],
        design=json.dumps({"documents": [_plain(planned) for planned in folder.documents]}),
        summary={"kind": KIND} | _summary(folder),
        created_at=now,
    )


def _plain(planned: Planned) -> dict[str, Any]:
    document = planned.document
    return {
        "path": planned.path,
        "kind": planned.kind.value,
        "title": planned.title,
        "status": planned.status.value,
        "name": document.name,
        "media_type": document.media_type,
        "content": base64.b64encode(document.content).decode(),
        "text": document.text,
        "note": document.note,
    }


def _summary(folder: PlanningFolder) -> dict[str, Any]:
    named = folder.named
    return {
        "refused": [[each.path, each.reason] for each in folder.refused],
        "components": _named(named.components.values()),
        "endpoints": _named(named.endpoints.values()),
        "dtos": _named(named.dtos.values()),
    }


def _named(found: Iterable[Found]) -> list[list[str]]:
    return [[each.name, each.description] for each in found]


def documents_of(pending: PendingImport) -> list[dict[str, Any]]:
    documents: list[dict[str, Any]] = json.loads(pending.design)["documents"]
    return documents


def source_document(plain: dict[str, Any]) -> SourceDocument:
    content = base64.b64decode(plain["content"])
    return SourceDocument(plain["name"], plain["media_type"], content, plain["text"], plain["note"])
