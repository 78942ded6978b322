"""The design reads itself: pure rules over a Design, and the coverage of its queries by its indexes.

A family of rules is a module; a rule is a small function that yields claims. `run` turns them into findings.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from projects.checks import (
    identifiers,
    indexing,
    integrity,
    naming,
    naming_patterns,
    prose,
    queries,
    references,
    storage,
    structure,
    types,
)
from projects.checks.facts import Facts
from projects.checks.finding import Finding, Report, Undecided
from projects.checks.rule import Rule
from projects.design.tree import Design
from projects.design.vocabulary import Severity

RULES: tuple[Rule, ...] = (
    storage.store_missing,
    storage.store_system_missing,
    storage.store_rationale_incomplete,
    storage.data_element_without_store,
    structure.entity_empty,
    structure.primary_key_missing,
    structure.standard_fields_missing,
    structure.fields_numbered,
    structure.fields_all_optional,
    types.field_type_missing,
    types.enum_without_values,
    types.money_as_float,
    types.money_type_locale_bound,
    types.text_for_date,
    types.timestamp_without_time_zone,
    types.field_type_inconsistent,
    references.foreign_key_target_missing,
    references.foreign_key_without_fields,
    references.foreign_key_field_elsewhere,
    references.foreign_key_target_not_key,
    references.foreign_key_type_mismatch,
    references.many_to_many_without_junction,
    references.relationship_missing,
    integrity.on_delete_not_chosen,
    integrity.set_null_on_required_field,
    integrity.one_to_one_not_unique,
    integrity.unique_key_nullable_part,
    identifiers.name_reserved,
    identifiers.name_too_long,
    identifiers.name_duplicate,
    identifiers.name_nearly_duplicate,
    naming.entity_name_case,
    naming.entity_name_number,
    naming.field_name_case,
    naming_patterns.primary_key_name,
    naming_patterns.foreign_key_name,
    naming_patterns.timestamp_name,
    naming_patterns.boolean_name,
    naming_patterns.index_name,
    queries.queries_missing,
    queries.query_frequency_missing,
    queries.query_entity_missing,
    queries.query_logic_missing,
    queries.entity_without_query,
    queries.offset_pagination,
    queries.high_frequency_query_unserved,
    queries.medium_frequency_query_unserved,
    queries.low_frequency_query_unserved,
    queries.high_frequency_query_partly_served,
    queries.medium_frequency_query_partly_served,
    indexing.foreign_key_without_index,
    indexing.index_without_fields,
    indexing.index_field_elsewhere,
    indexing.index_duplicate,
    indexing.index_prefix_of_another,
    indexing.index_unused,
    indexing.index_on_boolean,
    indexing.index_without_purpose,
    prose.sql_in_prose,
    prose.orm_code_in_prose,
    prose.migration_code_in_prose,
    prose.code_block_in_prose,
)

GRAVITY = {severity: rank for rank, severity in enumerate(Severity)}


@dataclass(frozen=True)
class CheckConfig:
    """What a project changes: rules by their code with another severity, and rules that are off."""

    severities: Mapping[str, Severity] = field(default_factory=dict)
    off: frozenset[str] = frozenset()


def run(design: Design, config: CheckConfig, now: datetime) -> Report:
    """Ask every rule that is on; the same design, configuration and time give the same report."""
    facts = Facts(design, now)
    findings: list[Finding] = []
    undecided: list[Undecided] = []
    for rule in RULES:
        if rule.code in config.off:
            continue
        severity = config.severities.get(rule.code, rule.severity)
        for claim in rule.check(facts):
            if claim.is_decided:
                findings.append(rule.finding(facts, claim, severity))
            else:
                undecided.append(rule.undecided(facts, claim))
    findings.sort(key=lambda finding: (GRAVITY[finding.severity], _position(facts, finding.uid)))
    undecided.sort(key=lambda question: _position(facts, question.uid))
    return Report(tuple(findings), tuple(undecided))


def _position(facts: Facts, uid: UUID | None) -> int:
    return facts.positions[uid] if uid else -1
