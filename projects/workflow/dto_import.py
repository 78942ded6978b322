"""DTOs from an API description: read, kept for a preview, and brought in as far as the person ticks them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django import forms

from projects.access import features
from projects.design.digest import design_json, read_design
from projects.design.tree import Design, Dto
from projects.design.vocabulary import LINE_LENGTH
from projects.importers.openapi import DtoImport, LeftOut, read_openapi
from projects.models import Dto as DtoRow
from projects.models import DtoField as FieldRow
from projects.models import Feature, PendingImport, User
from projects.snapshot.current import current_design
from projects.snapshot.take import identity, take
from projects.workflow.apply_import import Applied, ImportRefused
from projects.workflow.editing import STEP_BETWEEN_POSITIONS, Door, editing
from projects.workflow.import_form import ImportForm
from projects.workflow.pending_imports import KEPT_FOR

DTOS = "dtos"
# More than these nobody unticks one by one, so nothing is ticked beforehand.
TICKED_AT_MOST = 40
NAMES_SHOWN = 20


class DtoImportForm(ImportForm):
    dialect = None  # type: ignore[assignment]  # so Django leaves out a field of the parent
    file = forms.FileField(
        required=False,
        help_text="An OpenAPI or Swagger description, or a JSON Schema, as JSON; up to 10 MB.",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
    )


def keep_dtos(feature: Feature, content: bytes, *, source: str, actor: User, now: datetime) -> PendingImport:
    """Read the file and keep what it says; raises Unreadable with a sentence for the person who brought it."""
    read = read_openapi(content)
    design = Design(identity=identity(feature), dtos=read.dtos)
    PendingImport.objects.filter(created_at__lt=now - KEPT_FOR).delete()
    return PendingImport.objects.create(
        feature=feature,
        actor=actor,
        file_name="".join(character for character in source if character.isprintable())[-LINE_LENGTH:],
        design=design_json(design),
        summary=_summary(read),
        created_at=now,
    )


def _summary(read: DtoImport) -> dict[str, Any]:
    return {
        "kind": DTOS,
        "label": read.label,
        "counts": {"DTOs": len(read.dtos), "fields": sum(len(dto.fields) for dto in read.dtos)},
        "left_out": _by_reason(read.left_out),
    }


def _by_reason(left_out: Iterable[LeftOut]) -> list[dict[str, Any]]:
    groups: dict[str, list[str]] = {}
    for each in left_out:
        groups.setdefault(each.reason, []).append(each.name)
    return [
        {"reason": reason, "names": names[:NAMES_SHOWN], "more": max(0, len(names) - NAMES_SHOWN), "count": len(names)}
        for reason, names in sorted(groups.items(), key=lambda group: -len(group[1]))
    ]


def names_of(dto: Dto) -> list[str]:
    """The names of the first fields, and how many follow."""
    names = [field.name for field in dto.fields[:NAMES_SHOWN]]
    return [*names, f"and {len(dto.fields) - NAMES_SHOWN} more"] if len(dto.fields) > NAMES_SHOWN else names


@dataclass(frozen=True)
class ProposedDto:
    """`missing` counts the fields that a DTO which is there already lacks."""

    dto: Dto
    fields: str
    is_there: bool
    missing: int
    is_ticked: bool

    @property
    def adds_nothing(self) -> bool:
        return self.is_there and not self.missing


@dataclass(frozen=True)
class DtoPreview:
    """What an import would add to the feature as it is now, and the person's choices so far."""

    pending: PendingImport
    feature: Feature
    taken: frozenset[UUID] | None = None

    @cached_property
    def design(self) -> Design:
        return read_design(self.pending.design)

    @cached_property
    def dtos(self) -> list[ProposedDto]:
        there = {dto.name.casefold(): dto for dto in current_design(self.feature).design.dtos}
        named = [dto for dto in self.design.dtos if dto.name.casefold() in there]
        are_few = len(self.design.dtos) <= TICKED_AT_MOST
        found = []
        for dto in self.design.dtos:
            known = there.get(dto.name.casefold())
            has = {field.name.casefold() for field in known.fields} if known else set()
            missing = sum(field.name.casefold() not in has for field in dto.fields)
            # Those that step 1 names are what this feature is about.
            beforehand = bool(known and missing) if named else are_few
            is_ticked = beforehand if self.taken is None else dto.uid in self.taken
            found.append(ProposedDto(dto, ", ".join(names_of(dto)), bool(known), missing, is_ticked))
        return found

    @property
    def ticked(self) -> int:
        return sum(proposed.is_ticked for proposed in self.dtos)

    def apply(self, *, actor: User, now: datetime) -> Applied:
        """Add the ticked DTOs, and to those that are there the fields they lack; raises ImportRefused."""
        chosen = [proposed.dto for proposed in self.dtos if proposed.is_ticked]
        if not chosen:
            raise ImportRefused(["No DTO is ticked, so there is nothing to import."])
        with editing(self.feature, actor=actor, now=now) as door:
            before = take(features().get(pk=self.feature.pk))
            counts = _write(door, chosen)
            door.record(
                "imported",
                "design",
                self.pending.file_name,
                object_uid=door.feature.uid,
                changes={kind[:1].upper() + kind[1:]: ["", str(count)] for kind, count in counts.items()},
                kept={"design": design_json(before)},
            )
        self.pending.delete()
        return Applied(counts)


def _write(door: Door, dtos: list[Dto]) -> dict[str, int]:
    rows = {row.folded_name: row for row in DtoRow.objects.filter(feature=door.feature)}
    last = max((row.position for row in rows.values()), default=0)
    new = [dto for dto in dtos if dto.name.casefold() not in rows]
    made = DtoRow.objects.bulk_create(
        DtoRow(
            feature=door.feature,
            uid=dto.uid,
            name=dto.name,
            direction=dto.direction or "",
            description=dto.description,
            position=last + place * STEP_BETWEEN_POSITIONS,
        )
        for place, dto in enumerate(new, 1)
    )
    rows |= {row.folded_name: row for row in made}
    fields = [field for dto in dtos for field in _fields(door, rows[dto.name.casefold()], dto)]
    FieldRow.objects.bulk_create(fields, batch_size=500)
    return {"DTOs": len(made), "DTO fields": len(fields)}


def _fields(door: Door, row: DtoRow, dto: Dto) -> list[FieldRow]:
    """The fields that the row lacks, after those it has."""
    there = list(FieldRow.objects.filter(dto=row).values_list("name", "position")) if row.pk else []
    names = {name.casefold() for name, _ in there}
    last = max((position for _, position in there), default=0)
    missing = [field for field in dto.fields if field.name.casefold() not in names]
    return [
        FieldRow(
            feature=door.feature,
            dto=row,
            uid=field.uid,
            name=field.name,
            type=field.type,
            is_required=field.is_required,
            limits=field.limits,
            position=last + place * STEP_BETWEEN_POSITIONS,
        )
        for place, field in enumerate(missing, 1)
    ]
