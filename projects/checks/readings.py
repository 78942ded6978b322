"""How each item of the checklist is read: the rules that decide it, those that bear on it, and what it stands on."""

from collections.abc import Callable
from dataclasses import dataclass

from projects.checks.questions.access import indexed
from projects.checks.questions.define import has_structures
from projects.checks.questions.operate import without_volume
from projects.design.inheritance import spoken_of
from projects.design.tree import Design
from projects.design.vocabulary import StoreKind, Term


class EvidenceState(Term):
    PASS = "pass", "Pass"
    FAIL = "fail", "Fail"
    JUDGEMENT = "judgement", "Needs judgement"
    NOT_APPLICABLE = "not-applicable", "Not applicable"


PASS, FAIL = EvidenceState.PASS, EvidenceState.FAIL
JUDGEMENT, NOT_APPLICABLE = EvidenceState.JUDGEMENT, EvidenceState.NOT_APPLICABLE

# What the facts alone say of an item, before any rule is asked: nothing, or a state and its reason.
Basis = tuple[EvidenceState, str] | None


def codes(text: str) -> tuple[str, ...]:
    """Codes of rules, for lists that read better as one."""
    return tuple(text.split())


def sound(design: Design) -> Basis:
    return None


@dataclass(frozen=True)
class Reading:
    """`deciding` rules make an item fail by any finding; `bearing` ones leave it to people.

    Unanswered questions of the item make it fail if `answers_decide`, else they leave it to people. Where
    `open_because` says why, no rule settles all of the item, and it is never passed.
    """

    number: int
    deciding: tuple[str, ...] = ()
    bearing: tuple[str, ...] = ()
    answers_decide: bool = True
    basis: Callable[[Design], Basis] = sound
    open_because: str = ""


def tables(design: Design) -> Basis:
    """Items about tables need some; a design that chose other kinds of stores has none to speak of."""
    if design.own_tables:
        return None
    if has_structures(design) and not any(store.kind is StoreKind.RELATIONAL for store in design.stores):
        return NOT_APPLICABLE, "The design has no tables, and no relational store."
    # Tables of other features are drawn, and checked where they are designed.
    return FAIL, "The design has no tables of its own yet."


def fields(design: Design) -> Basis:
    if design.own_entities:
        return None
    if has_structures(design):
        return NOT_APPLICABLE, "The design has key spaces and files only, which have no fields."
    return FAIL, "The design has no entities yet."


def ties(design: Design) -> Basis:
    if design.relationships:
        return None
    if len(design.entities) == 1:
        return NOT_APPLICABLE, "The design has one entity, which is tied to nothing."
    if design.entities:
        return JUDGEMENT, "The design has several entities, and no relationship between them."
    return fields(design)


def references(design: Design) -> Basis:
    uids = {entity.uid for entity in design.own_tables}
    if design.own_tables and not any(line.child in uids for line in design.relationships):
        return JUDGEMENT, "No table refers to another: is there nothing that one should refer to?"
    return tables(design)


def index_takers(design: Design) -> Basis:
    if indexed(design):
        return None
    if has_structures(design):
        return NOT_APPLICABLE, "The design has no tables and no collections, so there is nothing to index."
    return FAIL, "The design has no entities yet."


def asked_often(design: Design) -> Basis:
    if basis := index_takers(design):
        return basis
    if not design.queries:
        return FAIL, "The design names no operations yet."
    if any(query.frequency is None for query in design.queries):
        return JUDGEMENT, "Some operations have no frequency."
    return None


def dtos(design: Design) -> Basis:
    return None if design.dtos else (FAIL, "The design has no DTOs yet.")


def named_by_backend(design: Design) -> Basis:
    if design.endpoints:
        return None
    return JUDGEMENT, "No endpoint of the backend design is named in step 1."


def volumes(design: Design) -> Basis:
    if not design.volumes:
        return FAIL, "No volume is stated yet."
    if without_volume(design):
        return JUDGEMENT, "Some volumes are not stated."
    return None


def sizes(design: Design) -> Basis:
    if without_volume(design) != ():
        return JUDGEMENT, "Some volumes are not stated, so nobody can tell what grows large."
    return None


def cached(design: Design) -> Basis:
    if not design.queries and not design.caches:
        return JUDGEMENT, "The design names no operations and no caches yet."
    if any(query.frequency is None for query in design.queries):
        return JUDGEMENT, "Some operations have no frequency."
    return None


def handbook(design: Design) -> Basis:
    if not spoken_of(design):
        return (
            JUDGEMENT,
            "The handbook says nothing that this design could follow: hold it against the project's habits.",
        )
    return None


READINGS: tuple[Reading, ...] = (
    Reading(1, codes("store-missing store-system-missing store-rationale-incomplete")),
    Reading(
        2,
        codes("entity-empty store-empty data-element-without-store structure-in-wrong-store structure-without-store"),
    ),
    Reading(3, codes("field-type-missing primary-key-missing"), ("fields-all-optional",), basis=fields),
    Reading(
        4,
        codes(
            "foreign-key-without-fields foreign-key-target-missing foreign-key-field-elsewhere "
            "many-to-many-without-junction relationship-missing"
        ),
        codes("entity-without-relationships reference-to-anything"),
        basis=ties,
    ),
    Reading(
        5,
        codes("queries-missing query-frequency-missing query-entity-missing query-logic-missing entity-without-query"),
    ),
    Reading(
        6,
        codes("foreign-key-without-index index-without-fields index-without-purpose"),
        codes("index-unused index-duplicate index-field-elsewhere"),
        basis=index_takers,
    ),
    Reading(7),
    Reading(8),
    Reading(
        9,
        ("replication-as-backup",),
        codes(
            "rpo-shorter-than-backup-interval backup-beside-data restore-never-tested backup-shorter-than-restore-test"
        ),
    ),
    Reading(
        10,
        codes("dto-without-fields dto-field-unmapped required-field-unfed"),
        ("dto-field-from-another-kind",),
    ),
    Reading(11, ("sql-in-prose",)),
    Reading(12, ("orm-code-in-prose",)),
    Reading(13, ("migration-code-in-prose",)),
    Reading(14, codes("sql-in-prose orm-code-in-prose migration-code-in-prose code-block-in-prose")),
    Reading(15, basis=tables),
    Reading(
        16,
        codes(
            "system-not-of-the-project migration-departs-without-reason backup-departs-without-reason "
            "caching-departs-without-reason retention-rule-unknown retention-longer-than-policy "
            "protection-departs-without-reason"
        ),
        answers_decide=False,
        basis=handbook,
    ),
    Reading(
        17,
        codes(
            "entity-name-case entity-name-number field-name-case primary-key-name foreign-key-name "
            "timestamp-name boolean-name index-name name-reserved name-too-long name-duplicate"
        ),
        codes("name-nearly-duplicate standard-fields-missing"),
        basis=tables,
    ),
    Reading(
        18,
        codes("dto-required-differs dto-type-differs dto-length-differs dto-values-differ dto-range-differs"),
        answers_decide=False,
        basis=dtos,
    ),
    Reading(
        19,
        codes("endpoint-without-operation dto-without-fields dto-field-unmapped"),
        ("operation-without-endpoint",),
        answers_decide=False,
        basis=named_by_backend,
    ),
    Reading(20, ("primary-key-missing",), basis=tables),
    Reading(
        21,
        codes(
            "foreign-key-target-missing foreign-key-without-fields foreign-key-field-elsewhere "
            "foreign-key-target-not-key foreign-key-type-mismatch on-delete-not-chosen "
            "set-null-on-required-field junction-field-optional foreign-key-partly-optional"
        ),
        codes("relationship-missing references-in-a-circle"),
        basis=references,
    ),
    Reading(
        22,
        codes(
            "enum-without-values money-as-float state-without-values range-without-check "
            "one-to-one-not-unique check-contradicts-default junction-without-unique-pair"
        ),
        codes("unique-key-nullable-part unique-ignores-soft-delete money-type-locale-bound"),
        basis=tables,
    ),
    Reading(
        23,
        codes("sent-field-without-limit rule-enforced-nowhere validation-demand-unanswered"),
        ("rule-on-nothing",),
        answers_decide=False,
        open_because="Whether rules over several fields were thought of, no rule can say.",
    ),
    Reading(
        24,
        codes(
            "high-frequency-query-unserved medium-frequency-query-unserved "
            "high-frequency-query-partly-served medium-frequency-query-partly-served"
        ),
        ("offset-pagination",),
        basis=asked_often,
    ),
    Reading(
        25,
        codes("volume-unreadable peak-below-growth peak-below-initial children-fewer-than-parents writes-below-growth"),
        ("ttl-longer-than-retention",),
        basis=volumes,
    ),
    Reading(26, ("large-entity-without-plan",), ("key-too-small",), answers_decide=False, basis=sizes),
    Reading(
        27,
        codes(
            "frequent-read-without-cache-decision cache-without-end cache-older-than-tolerated "
            "caching-demand-unanswered"
        ),
        codes("cached-reads-without-invalidation cache-without-eviction write-through-cache-unsettled"),
        basis=cached,
    ),
)
