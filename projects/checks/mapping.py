"""Rules about how DTOs meet the data: fields that lead nowhere, and stored fields that nothing fills."""

from collections.abc import Iterator
from uuid import UUID

from projects.checks.facts import CONTRACTS, Facts
from projects.checks.handed_on import SENT
from projects.checks.questions.hand_over import is_mapped
from projects.checks.questions.question import Named
from projects.checks.rule import Claim, doubt, problem, rule
from projects.design.tree import Design, Dto, DtoField, Entity, EntityField
from projects.design.vocabulary import FieldRole, MappingKind, Severity, StructureKind

FED_KINDS = (StructureKind.TABLE, StructureKind.COLLECTION, StructureKind.NODE)


@rule(
    "dto-without-fields",
    Severity.WARNING,
    says="The DTO “{path}” has no fields.",
    remedy="Add its fields, as the contract names them.",
    breaks="RefundRequest, without a field",
    keeps="RefundRequest: paymentId, amount, reason",
    source="Checklist item 10; the workflow's step 10",
)
def dto_without_fields(facts: Facts) -> Iterator[Claim]:
    """A DTO has no fields.

    Nothing can be said of where its values come from.
    """
    return (problem(dto) for dto in facts.design.dtos if not dto.fields)


@rule(
    "dto-field-unmapped",
    Severity.WARNING,
    says="“{path}” leads to no stored field and to no computation.",
    remedy="Name the stored fields behind it, say how it is computed, or say that it is not stored.",
    asks="“{path}” says how it is transformed, but not from which stored fields: from which?",
    breaks="RefundResponse.displayAmount, without a data field",
    keeps="RefundResponse.displayAmount: computed from amount_minor and currency",
    source="Checklist item 10: every DTO field maps to a stored field or a computation",
)
def dto_field_unmapped(facts: Facts) -> Iterator[Claim]:
    """A field of a DTO has nothing behind it.

    Whoever writes the interface has to guess, and two people guess differently.
    """
    for dto in facts.design.dtos:
        for field in dto.fields:
            if is_mapped(Named(field.name, field)):
                continue
            says_how = field.transformation.strip() and field.kind is not MappingKind.STORED
            yield (doubt if says_how else problem)(field, field_name="sources")


@rule(
    "dto-field-from-another-kind",
    Severity.WARNING,
    says="“{path}” is said to be {kind}, and names {count} stored fields.",
    remedy="Say “computed” where several fields make one, and “stored” where one is handed on.",
    breaks="UserResponse.fullName: stored, from first_name and last_name",
    keeps="UserResponse.fullName: computed, from first_name and last_name",
    source="The workflow's step 10: which fields are computed and which stored",
)
def dto_field_from_another_kind(facts: Facts) -> Iterator[Claim]:
    """A mapping says something else than the fields it names.

    A stored value is handed on from one field. What several make is computed, and what is not stored has none.
    """
    for dto in facts.design.dtos:
        for field in dto.fields:
            count = len(field.sources)
            is_odd = (field.kind is MappingKind.STORED and count > 1) or (
                field.kind is MappingKind.UNSTORED and count > 0
            )
            if is_odd and field.kind and not field.transformation.strip():
                yield problem(field, field_name="kind", kind=field.kind.label.lower(), count=count)


@rule(
    "required-field-unfed",
    Severity.WARNING,
    step=CONTRACTS,
    says="Nothing fills {fields} of “{path}”, which {are} required: no DTO, no default and no generator.",
    remedy="Map a field of a DTO to each, give it a default, or say in its description what fills it.",
    asks="No DTO is written into “{path}”: what fills {fields}?",
    breaks="refunds.reason_code, required, without default; no request names it",
    keeps="refunds.reason_code, required; RefundRequest.reason is written into it",
    source="Checklist item 10: every required field is fed by a DTO, a default or a generator",
)
def required_field_unfed(facts: Facts) -> Iterator[Claim]:
    """A required field is filled by nothing.

    The first insert fails, or somebody makes a value up. Keys and references count as filled, and so do times of
    creation and change.
    """
    if not facts.design.dtos:
        return
    fed = fed_fields(facts.design)
    for entity in facts.own(*FED_KINDS):
        open_ends = [field for field in entity.fields if needs_feeding(facts, entity, field) and field.uid not in fed]
        if open_ends:
            is_fed = any(field.uid in fed for field in entity.fields)
            names = ", ".join(field.name for field in open_ends)
            are = "is" if len(open_ends) == 1 else "are"
            yield (problem if is_fed else doubt)(entity, fields=names, are=are)


def fed_fields(design: Design) -> frozenset[UUID]:
    """The stored fields that some DTO is written into."""
    return frozenset(uid for _, field in sent_fields(design) for uid in field.sources)


def sent_fields(design: Design) -> Iterator[tuple[Dto, DtoField]]:
    for dto in design.dtos:
        if dto.direction in SENT:
            yield from ((dto, field) for field in dto.fields)


def needs_feeding(facts: Facts, entity: Entity, field: EntityField) -> bool:
    if not field.is_required or field.default.strip() or field.generation or field.description.strip():
        return False
    is_key = entity.primary_key is not None and field.uid in entity.primary_key.fields
    is_stamp = field.name.casefold() in ("created_at", "updated_at", "createdat", "updatedat")
    is_nested = "." in field.name
    return not (
        is_key or is_stamp or is_nested or field.role is FieldRole.TIME or field.uid in facts.foreign_keys_of_field
    )
