"""Canonical bytes of a design, and sha256 over them.

Canonical: UTF-8 JSON with sorted keys and no white space; values equal to their default are left out, so that a
format that gains an optional fact does not change the digest of designs that do not use it.
"""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from projects.design.tree import FORMAT, Design, Entity, EntityField, KeySpace, NamedType, Node

# What structures say in words only. A relationship's description is none of these: a rule on foreign keys reads it.
DESCRIPTIONS = "descriptions"
_DESCRIBED = (NamedType, Entity, EntityField, KeySpace)
_DESCRIBED_PARTS = ("types", "entities", "key_spaces")
_DESCRIBING = ("purpose", "description")

# Section → the parts of the design that it is made of; a dot leads into a part.
SECTIONS: dict[str, tuple[str, ...]] = {
    "identity": ("identity",),
    "conventions": ("conventions",),
    "policy-databases": ("policies.databases",),
    "policy-design": ("policies.design",),
    "policy-migration": ("policies.migration",),
    "policy-backup": ("policies.backup", "policies.schedules"),
    "policy-caching": ("policies.caching",),
    "policy-modelling": ("policies.modelling",),
    "policy-retention": ("policies.retention_rules",),
    "policy-protection": ("policies.protections",),
    "requirements": ("requirements", "sources", "quotes", "components", "endpoints", "demands", "data_elements"),
    "storage": ("stores",),
    "data-model": ("types", "entities", "key_spaces", "file_layouts", "relationships"),
    DESCRIPTIONS: (),  # Cut out of the data model.
    "queries": ("queries",),
    "indexing": ("indexes",),
    "integrity": ("consistency", "validation_rules", "sync_strategies", "shared_data", "component_accesses"),
    "migration": ("migration",),
    "performance": ("volumes", "caches", "optimization", "lifecycle"),
    "backup": ("recoveries", "backup_schedules", "replications", "replication_nodes"),
    "contracts": ("dtos",),
    "notes": ("item_notes",),
    "exemptions": ("exemptions",),
}


class UnknownFormat(ValueError):
    """The file was written by another version of the product."""


def canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def plain(node: BaseModel) -> dict[str, Any]:
    return node.model_dump(mode="json", exclude_defaults=True)


def design_json(design: Design) -> str:
    """The canonical text of a design: what is stored, signed and exported."""
    return canonical({"format": FORMAT} | plain(design))


def digest(text: str) -> str:
    """sha256 of a text's UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def section_digests(design: Design) -> dict[str, str]:
    """A digest for each section, so that a verdict carries over when what it reads did not change."""
    content = plain(design)
    said = {DESCRIPTIONS: _cut_descriptions(content)}
    said |= {section: dict(_said(content, parts)) for section, parts in SECTIONS.items() if parts}
    return {section: digest(canonical(said[section])) for section in SECTIONS}


def is_description(kind: type[Node], name: str) -> bool:
    """Whether a fact is in the section of descriptions, and not in the one of the thing that says it."""
    return name in _DESCRIBING and issubclass(kind, _DESCRIBED)


def _cut_descriptions(content: dict[str, Any]) -> dict[str, str]:
    """Takes the descriptions out of `content`, and gives them by uid."""
    things = [thing for part in _DESCRIBED_PARTS for thing in content.get(part, ())]
    things += [field for thing in things for field in thing.get("fields", ())]
    return {thing["uid"]: thing.pop(name) for thing in things for name in _DESCRIBING if name in thing}


def _said(content: dict[str, Any], parts: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    for part in parts:
        place, _, inner = part.partition(".")
        held = content.get(place, {}) if inner else content
        if (name := inner or place) in held:
            yield part, held[name]


def read_design(text: str) -> Design:
    """Read a design from its JSON.

    Raises UnknownFormat for another format number and pydantic's ValidationError, with a path to each fault.
    """
    content = json.loads(text)
    if not isinstance(content, dict) or "format" not in content:
        raise UnknownFormat("This is not a design file: it has no format number.")
    if content["format"] != FORMAT:
        raise UnknownFormat(f"This design file has format {content['format']!r}; this version reads {FORMAT}.")
    # As JSON, not as Python: only there does pydantic read uids and choices from their texts.
    return Design.model_validate_json(text)
