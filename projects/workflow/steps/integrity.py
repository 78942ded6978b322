"""The step “Integrity & consistency”: what must hold for one row, among writers, and between components."""

from projects.workflow.steps.integrity_forms import (
    ComponentAccessForm,
    ConsistencyForm,
    SharedDataForm,
    SyncStrategyForm,
    ValidationRuleForm,
)
from projects.workflow.steps.step import Column, Grid, Page, Record, Section, Shown, Step

# What `at` says for the pages of this step; the first has none.
RULES, CONSISTENCY, SHARING, CONSTRAINTS = "", "consistency", "sharing", "constraints"


def on_the_page_of_rules(shown: Shown) -> bool:
    return shown.at not in (CONSISTENCY, SHARING, CONSTRAINTS)


def on_the_page_of_consistency(shown: Shown) -> bool:
    return shown.at == CONSISTENCY


def on_the_page_of_sharing(shown: Shown) -> bool:
    return shown.at == SHARING


STEP = Step(
    slug="integrity",
    title="Integrity & consistency",
    group="Access",
    summary="What must always hold: for one row, among those who write at once, and between components.",
    pages=(
        Page(RULES, "Validation rules"),
        Page(CONSISTENCY, "Consistency"),
        Page(SHARING, "Sharing"),
        Page(CONSTRAINTS, "Constraints"),
    ),
    companion=("document", "findings", "sharing"),
    parts=(
        Grid(
            slug="validation-rules",
            title="Validation rules",
            shows=on_the_page_of_rules,
            form=ValidationRuleForm,
            select=("entity", "field"),
            empty="No rules yet. Write down what types, keys and checks do not say already: limits and formats of a "
            "field, conditions between fields of a record, and rules of the business.",
            add_label="",
            columns=(
                Column("rule", "Rule", width="xl"),
                Column("on", "On", "mono", "fields", width="l"),
                Column("level", "Level", "choice", width="s"),
                Column("in_api", "API", "check", width="xs"),
                Column("in_logic", "Logic", "check", width="xs"),
                Column("in_database", "DB", "check", width="xs"),
                Column("demand", "Asked for by", "choice", width="m"),
            ),
        ),
        Record(
            slug="consistency",
            title="Consistency",
            shows=on_the_page_of_consistency,
            form=ConsistencyForm,
            sections=(
                Section(
                    "Concurrent access",
                    (("concurrent_reads", "concurrent_writes"), ("reads_during_writes", "transactions")),
                ),
                Section("Consistency level", (("level",), ("justification", "implementation"))),
            ),
            reason="departure",
        ),
        Grid(
            slug="component-accesses",
            title="Who reads and writes what",
            shows=on_the_page_of_sharing,
            form=ComponentAccessForm,
            select=("component", "data_element"),
            empty="Nothing yet. Say which component reads or writes which data element, and who owns it. Components "
            "and data elements are named in step 1.",
            columns=(
                Column("component", "Component", "choice", width="l"),
                Column("data_element", "Data element", "choice", width="l"),
                Column("access", "Access", "choice", width="m"),
                Column("is_owner", "Owner", "check", width="xs"),
            ),
        ),
        Grid(
            slug="shared-data",
            title="Shared data",
            shows=on_the_page_of_sharing,
            form=SharedDataForm,
            select=("data_element",),
            empty="No shared data yet. Name each data element that more than one component works with.",
            columns=(
                Column("data_element", "Data element", "choice", width="l"),
                Column("reason", "Why shared", width="xl"),
                Column("strategy", "Synchronization", "choice", width="m"),
            ),
        ),
        Grid(
            slug="sync-strategies",
            title="Synchronization strategies",
            shows=on_the_page_of_sharing,
            form=SyncStrategyForm,
            empty="No strategies yet. Say how copies and views of shared data are kept in step, such as by events or "
            "by asking the owner.",
            add_label="Add a strategy…",
            columns=(
                Column("name", "Strategy", width="m"),
                Column("description", "Description", width="xl"),
                Column("frequency", "Frequency", width="m"),
                Column("conflict_resolution", "If two disagree", width="l"),
            ),
        ),
    ),
)
