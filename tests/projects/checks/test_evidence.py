import pytest

from projects.checks import RULES
from projects.checks.evidence import Evidence, evidence
from projects.checks.readings import READINGS, EvidenceState
from projects.design.checklist import CHECKLIST
from projects.design.digest import SECTIONS
from projects.design.tree import (
    Consistency,
    Conventions,
    Design,
    Endpoint,
    KeySpace,
    Lifecycle,
    Migration,
    Optimization,
    Requirements,
)
from projects.design.vocabulary import Frequency, LetterCase, StepName, StoreKind, StructureKind
from tests.projects.checks.builders import (
    make,
    make_design,
    make_dto,
    make_dto_field,
    make_entity,
    make_index,
    make_query,
    make_relationship,
    make_store,
    make_volume,
    report_on,
    uid_of,
)
from tests.projects.checks.designs import finished_indexes
from tests.projects.checks.whole import SAID, exempted, whole_design

PASS, FAIL = EvidenceState.PASS, EvidenceState.FAIL
JUDGEMENT, NOT_APPLICABLE = EvidenceState.JUDGEMENT, EvidenceState.NOT_APPLICABLE
DRAWN = ""


def read(design: Design, refusal: str | None = DRAWN, **config) -> dict[int, Evidence]:
    return {each.number: each for each in evidence(design, report_on(design, **config), refusal)}


def changed(entity, **facts):
    """The whole design with one of its entities changed."""
    design = whole_design()
    return whole_design(
        entities=tuple(
            type(each)(**{name: getattr(each, name) for name in type(each).model_fields} | facts)
            if each.name == entity
            else each
            for each in design.entities
        )
    )


def with_field(text, **facts):
    refunds = next(each for each in whole_design().entities if each.name == "refunds")
    extra = make_entity("refunds", text).fields[0]
    return changed("refunds", fields=(*refunds.fields, type(extra)(**dict(extra) | {"description": SAID} | facts)))


FAILING = {
    1: whole_design(stores=(make_store(team_expertise=""),)),
    2: whole_design(stores=(make_store(), make_store("S3", name="files", kind=StoreKind.FILE))),
    3: with_field("note"),
    4: whole_design(relationships=(*whole_design().relationships, make_relationship("refunds.provider_ref"))),
    5: whole_design(queries=(*whole_design().queries, make_query("Find", "refunds"))),
    6: whole_design(indexes=(make_index("idx_refunds_currency", "refunds", "currency", purpose=""),)),
    7: whole_design(migration=Migration(setup=SAID)),
    8: whole_design(optimization=Optimization()),
    9: whole_design(backup_schedules=()),
    10: whole_design(dtos=(make_dto("Refund", make_dto_field("Refund.x")),)),
    11: changed("refunds", purpose="CREATE TABLE refunds (id uuid)"),
    12: changed("refunds", purpose="class Refund(models.Model):"),
    13: changed("refunds", purpose="op.create_table('refunds')"),
    14: changed("refunds", purpose="Look:\n\n```\nx\n```"),
    17: whole_design(conventions=Conventions(field_case=LetterCase.PASCAL)),
    18: whole_design(
        dtos=(make_dto("Refund", make_dto_field("Refund.amount", "boolean", "refunds.amount_minor", is_required=True)),)
    ),
    19: whole_design(endpoints=(make(Endpoint, "POST /refunds"),)),
    20: changed("refunds", keys=()),
    21: whole_design(
        relationships=tuple(type(line)(**dict(line) | {"on_delete": None}) for line in whole_design().relationships)
    ),
    22: with_field("amount float", sensitivity="financial"),
    23: whole_design(
        validation_rules=tuple(
            type(rule)(**dict(rule) | {"in_logic": False}) for rule in whole_design().validation_rules
        )
    ),
    24: whole_design(
        queries=(
            *whole_design().queries,
            make_query("By code", "ledger_entries", frequency=Frequency.HIGH, equality=["ledger_entries.account_code"]),
        )
    ),
    25: whole_design(volumes=(make_volume("refunds", "5 million", "none", "1 million"),)),
    26: whole_design(
        volumes=tuple(make_volume(e.name, "0", "1 million / day", "2 billion") for e in whole_design().own_entities),
        optimization=Optimization(caching=SAID),
        lifecycle=Lifecycle(),
    ),
    27: whole_design(queries=tuple(type(query)(**dict(query) | {"caching": ""}) for query in whole_design().queries)),
}


def test_there_is_evidence_on_every_item_in_order():
    assert [each.number for each in evidence(make_design(), report_on(make_design()))] == list(range(1, 28))


@pytest.mark.parametrize("number", [item.number for item in CHECKLIST if item.number not in (16, 23)])
def test_a_whole_design_passes(number):
    found = read(whole_design())[number]
    assert (found.state, found.findings, found.missing) == (PASS, (), ())


@pytest.mark.parametrize("number", [16, 23])
def test_what_no_rule_settles_is_left_to_people(number):
    found = read(whole_design())[number]
    assert found.state is JUDGEMENT
    assert found.reason


@pytest.mark.parametrize("number", FAILING)
def test_a_design_with_the_fault_fails(number):
    found = read(FAILING[number])[number]
    assert found.state is FAIL
    assert found.findings or found.missing


def test_a_diagram_that_mermaid_refuses_fails():
    found = read(whole_design(), "Line 3 of the diagram cannot be read.")[15]
    assert (found.state, found.reason) == (FAIL, "Line 3 of the diagram cannot be read.")


def test_a_diagram_that_nobody_asked_about_is_left_to_people():
    assert read(whole_design(), None)[15].state is JUDGEMENT


def test_an_empty_design_passes_nothing_but_the_absence_of_code():
    assert [each.number for each in read(make_design()).values() if each.state is PASS] == [11, 12, 13, 14]


@pytest.mark.parametrize("number", [3, 4, 6, 15, 17, 20, 21, 22, 24])
def test_a_design_of_key_spaces_has_no_tables_to_ask_about(number):
    store = make_store("Redis 8", name="keys", kind=StoreKind.KEY_VALUE)
    design = make_design(stores=(store,), key_spaces=(make(KeySpace, "s", pattern="s:{id}", store=store.uid),))
    found = read(design)[number]
    assert found.state is NOT_APPLICABLE
    assert found.reason


def test_collections_have_fields_but_no_foreign_keys():
    store = make_store("MongoDB", name="docs", kind=StoreKind.DOCUMENT)
    entity = make_entity("orders", "note text", key="", kind=StructureKind.COLLECTION)
    found = read(make_design(stores=(store,), entities=(entity,)))
    assert [found[number].state for number in (3, 20, 21)] == [PASS, NOT_APPLICABLE, NOT_APPLICABLE]


@pytest.mark.parametrize(("step", "number"), [(StepName.MIGRATION, 7), (StepName.BACKUP, 9), (StepName.CONTRACTS, 18)])
def test_an_item_of_a_step_that_does_not_apply_does_not_apply(step, number):
    found = read(make_design(exemptions=(exempted(step, "Nothing is stored."),)))[number]
    assert (found.state, found.reason) == (NOT_APPLICABLE, "Nothing is stored.")


def test_a_step_said_not_to_apply_hides_no_findings():
    design = whole_design(stores=(make_store(team_expertise=""),), exemptions=(exempted(StepName.STORAGE),))
    assert read(design)[1].state is FAIL


def test_a_rule_that_is_off_is_no_pass():
    found = read(whole_design(), off=frozenset({"primary-key-missing"}))[20]
    assert (found.state, found.reason) == (JUDGEMENT, "The project has turned off primary-key-missing.")


def test_what_a_rule_cannot_decide_is_left_to_people():
    found = read(with_field("order_quantity integer"))[22]
    assert (found.state, len(found.undecided)) == (JUDGEMENT, 1)


def test_a_finding_that_only_bears_on_an_item_is_left_to_people():
    index = type(finished_indexes()[0])(
        **dict(finished_indexes()[0]) | {"uid": uid_of("twin"), "name": "idx_refunds_twin"}
    )
    found = read(whole_design(indexes=(*finished_indexes(), index)))[6]
    assert (found.state, found.findings[0].rule) == (JUDGEMENT, "index-duplicate")


def test_readings_name_rules_that_there_are():
    known = {rule.code for rule in RULES}
    assert {code for reading in READINGS for code in (*reading.deciding, *reading.bearing)} <= known


SECTION_WITHOUT = {
    "conventions": {"conventions": Conventions(field_case=LetterCase.PASCAL, standard_fields="id, tenant_id")},
    "requirements": {"requirements": Requirements(), "sources": (), "endpoints": (make(Endpoint, "POST /x"),)},
    "queries": {"queries": (make_query("Find", "refunds"),), "endpoints": ()},
    "indexing": {"indexes": ()},
    "integrity": {"validation_rules": (), "consistency": Consistency(level="strong")},
    "migration": {"migration": Migration()},
    "performance": {"volumes": (), "optimization": Optimization(), "lifecycle": Lifecycle()},
    "backup": {"recoveries": (), "backup_schedules": (), "replications": ()},
    "contracts": {"dtos": ()},
    "notes": {"item_notes": ()},
    "exemptions": {"exemptions": tuple(exempted(step) for step in StepName)},
    "storage": {"stores": (make_store("MySQL 8", team_expertise=""),)},
}


@pytest.mark.parametrize("words", ["", "Stands alone, append-only, deferred, local time, version 7."])
def test_an_item_hangs_on_descriptions_only_if_it_says_so(words):
    design = whole_design()
    others = whole_design(
        entities=tuple(
            each.with_values(purpose=words, fields=tuple(field.with_values(description=words) for field in each.fields))
            for each in design.entities
        )
    )
    before, after = read(design), read(others)
    told = {item.number for item in CHECKLIST if "descriptions" not in item.sections}
    assert {number for number in told if before[number] != after[number]} == set()


@pytest.mark.parametrize("section", SECTION_WITHOUT)
def test_an_item_hangs_on_the_sections_that_it_says_it_reads(section):
    parts = SECTION_WITHOUT[section]
    touched = {name for name, held in SECTIONS.items() if set(held) & set(parts)}
    before, after = read(whole_design()), read(whole_design(**parts))
    told = {item.number for item in CHECKLIST if not touched & set(item.sections)}
    assert {number for number in told if before[number] != after[number]} == set()
