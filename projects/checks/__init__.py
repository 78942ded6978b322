"""The design reads itself: pure rules over a Design, and the coverage of its queries by its indexes.

A family of rules is a module; a rule is a small function that yields claims. `run` turns them into findings.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from projects.checks import (
    alignment,
    backend,
    caching,
    consistency,
    constraints,
    documents,
    identifiers,
    index_use,
    indexing,
    integrity,
    key_types,
    keys,
    lifecycle,
    mapping,
    naming,
    naming_patterns,
    policies,
    prose,
    queries,
    recovery,
    references,
    shapes,
    storage,
    structure,
    types,
    validation,
    volumes,
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
    storage.structure_in_wrong_store,
    storage.store_empty,
    storage.structure_without_store,
    structure.entity_empty,
    structure.primary_key_missing,
    structure.standard_fields_missing,
    structure.fields_numbered,
    structure.fields_all_optional,
    shapes.fields_too_many,
    shapes.reference_to_anything,
    shapes.fields_as_rows,
    shapes.entity_without_relationships,
    shapes.references_in_a_circle,
    shapes.list_in_a_field,
    types.field_type_missing,
    types.enum_without_values,
    types.money_as_float,
    types.money_type_locale_bound,
    types.text_for_date,
    types.timestamp_without_time_zone,
    types.field_type_inconsistent,
    key_types.key_too_small,
    key_types.key_in_random_order,
    key_types.text_length_by_habit,
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
    constraints.state_without_values,
    constraints.range_without_check,
    constraints.check_contradicts_default,
    constraints.junction_without_unique_pair,
    constraints.junction_field_optional,
    constraints.foreign_key_partly_optional,
    constraints.cascade_meets_soft_delete,
    constraints.cascade_meets_retention,
    constraints.unique_ignores_soft_delete,
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
    index_use.indexes_on_heavy_writes,
    index_use.index_on_wrong_type,
    index_use.index_too_wide,
    documents.array_without_end,
    documents.document_near_limit,
    documents.path_without_parent,
    keys.key_placeholder_malformed,
    keys.key_without_namespace,
    keys.key_patterns_collide,
    keys.key_kept_forever,
    keys.ttl_longer_than_retention,
    keys.file_names_collide,
    keys.tag_without_bound,
    keys.measurement_without_time,
    keys.vector_dimensions_differ,
    validation.sent_field_without_limit,
    validation.rule_enforced_nowhere,
    validation.rule_on_nothing,
    mapping.dto_without_fields,
    mapping.dto_field_unmapped,
    mapping.dto_field_from_another_kind,
    mapping.required_field_unfed,
    alignment.dto_required_differs,
    alignment.dto_type_differs,
    alignment.dto_length_differs,
    alignment.dto_values_differ,
    alignment.dto_range_differs,
    backend.endpoint_without_operation,
    backend.validation_demand_unanswered,
    backend.caching_demand_unanswered,
    backend.operation_without_endpoint,
    consistency.strong_reads_from_followers,
    consistency.cached_reads_without_invalidation,
    consistency.writers_without_conflict_resolution,
    consistency.shared_data_without_owner,
    consistency.shared_writes_without_strategy,
    volumes.volume_unreadable,
    volumes.peak_below_growth,
    volumes.peak_below_initial,
    volumes.children_fewer_than_parents,
    volumes.writes_below_growth,
    caching.frequent_read_without_cache_decision,
    caching.cache_without_end,
    caching.cache_older_than_tolerated,
    caching.cache_without_eviction,
    caching.write_through_cache_unsettled,
    lifecycle.sensitive_field_unprotected,
    lifecycle.personal_data_without_retention,
    lifecycle.large_entity_without_plan,
    recovery.rpo_shorter_than_backup_interval,
    recovery.rto_shorter_than_restore,
    recovery.backup_shorter_than_restore_test,
    recovery.restore_never_tested,
    recovery.backup_beside_data,
    recovery.replication_as_backup,
    policies.system_not_of_the_project,
    policies.migration_departs_without_reason,
    policies.backup_departs_without_reason,
    policies.caching_departs_without_reason,
    policies.retention_rule_unknown,
    policies.retention_longer_than_policy,
    policies.protection_departs_without_reason,
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
    """Ask every rule that is on; the same design, configuration and time give the same report.

    The rules read the design as it is meant, with what it inherits from its project's policies.
    """
    facts = Facts(design.in_force, now)
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
    return Report(tuple(findings), tuple(undecided), config.off)


def _position(facts: Facts, uid: UUID | None) -> int:
    return facts.positions[uid] if uid else -1
