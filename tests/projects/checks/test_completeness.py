import pytest

from projects.checks.completeness import answers_on_item, completeness, state
from projects.checks.questions import QUESTIONS
from projects.design.checklist import ITEM_BY_NUMBER
from projects.design.tree import (
    Cache,
    Component,
    ComponentAccess,
    FileLayout,
    KeySpace,
    Migration,
    Optimization,
    Recovery,
    Replication,
    Requirements,
    SharedData,
)
from projects.design.vocabulary import (
    Eviction,
    ReplicationStrategy,
    StepName,
    StepState,
    StoreKind,
    StructureKind,
)
from tests.projects.checks.builders import (
    make,
    make_design,
    make_dto,
    make_entity,
    make_query,
    make_store,
)
from tests.projects.checks.designs import finished_design, finished_entities, finished_queries
from tests.projects.checks.whole import ELEMENT, SAID, STORE, exempted, whole_design

EMPTY, STARTED, COMPLETE = StepState.EMPTY, StepState.STARTED, StepState.COMPLETE


def missing(design, step):
    return [answer.text for answer in completeness(design, step).missing]


@pytest.mark.parametrize("step", StepName)
def test_nothing_said_is_empty(step):
    assert state(make_design(), step) is EMPTY


@pytest.mark.parametrize("step", StepName)
def test_everything_said_is_complete(step):
    assert missing(whole_design(), step) == []
    assert state(whole_design(), step) is COMPLETE


@pytest.mark.parametrize("step", [step for step in StepName if step not in (StepName.CHECKLIST, StepName.DOCUMENT)])
def test_a_step_that_does_not_apply_is_complete(step):
    design = make_design(exemptions=(exempted(step),))
    assert state(design, step) is COMPLETE
    assert completeness(design, step).text == "Does not apply: There is nothing to do here."


def test_a_step_is_not_left_out_without_a_reason():
    assert state(make_design(exemptions=(exempted(StepName.BACKUP, " "),)), StepName.BACKUP) is EMPTY


@pytest.mark.parametrize(
    ("step", "part", "value"),
    [
        (StepName.REQUIREMENTS, "requirements", Requirements()),
        (StepName.STORAGE, "stores", (make_store(performance_needs=""),)),
        (StepName.DATA_MODEL, "entities", finished_entities()),
        (StepName.QUERIES, "queries", finished_queries()),
        (StepName.MIGRATION, "migration", Migration(tool="Alembic")),
        (StepName.PERFORMANCE, "optimization", Optimization()),
        (StepName.BACKUP, "recoveries", ()),
        (StepName.CONTRACTS, "dtos", (make_dto("Refund"),)),
    ],
)
def test_a_part_of_it_is_started(step, part, value):
    assert state(whole_design(**{part: value}), step) is STARTED


def test_a_fact_that_no_question_asks_for_starts_a_step_too():
    design = make_design(migration=Migration(zero_downtime="In two releases."))
    assert state(design, StepName.MIGRATION) is STARTED


def test_the_line_of_a_step_names_what_is_missing():
    design = make_design(stores=(make_store(), make_store("", name="archive", team_expertise="")))
    assert completeness(design, StepName.STORAGE).text == (
        "1 of 3 answered. Missing: the system of each store (archive); the four parts of why, for each store (archive)."
    )


def test_a_long_list_is_cut_short():
    design = make_design(stores=tuple(make_store("", name=name) for name in "abcde"))
    assert "the system of each store (a, b, c and 2 more)" in completeness(design, StepName.STORAGE).text


@pytest.mark.parametrize(
    "parts",
    [
        {"caches": ()},
        {"endpoints": (), "item_notes": whole_design().item_notes},
        {"relationships": (), "indexes": ()},
        {"optimization": Optimization(**dict.fromkeys(Optimization.model_fields, "Not needed."))},
    ],
)
def test_lists_that_may_be_empty_hold_nothing_up(parts):
    steps = set(StepName) - {StepName.CHECKLIST, StepName.DOCUMENT}
    assert {state(whole_design(**parts), step) for step in steps} == {COMPLETE}


def test_a_cache_that_is_there_says_when_values_go():
    assert missing(whole_design(caches=(make(Cache, "Refund"),)), StepName.PERFORMANCE) == [
        "what each cache holds and where (Refund)",
        "TTL or invalidation of each cache (Refund)",
    ]


def test_a_store_that_is_rebuilt_needs_no_backup():
    recovery = make(Recovery, "main", store=STORE.uid, rebuildable_from="The ledger")
    design = whole_design(recoveries=(recovery,), backup_schedules=(), replications=())
    assert state(design, StepName.BACKUP) is COMPLETE


def test_a_replicated_store_says_how():
    replication = make(Replication, "main", store=STORE.uid, strategy=ReplicationStrategy.LEADER_FOLLOWER)
    assert missing(whole_design(replications=(replication,)), StepName.BACKUP) == [
        "the nodes of each replicated store (main)",
        "lag and failover of each replicated store (main)",
    ]


def test_data_that_components_share_has_an_owner_and_a_strategy():
    components = (make(Component, "Billing"), make(Component, "Support"))
    accesses = tuple(
        make(ComponentAccess, each.name, component=each.uid, data_element=ELEMENT.uid) for each in components
    )
    design = whole_design(components=components, component_accesses=accesses)
    assert missing(design, StepName.INTEGRITY) == [
        "the owner of each shared data element (Refund)",
        "how each shared data element is kept in step (Refund)",
    ]
    assert missing(whole_design(components=components, component_accesses=accesses[:1]), StepName.INTEGRITY) == []


def test_an_element_said_to_be_shared_is_shared():
    design = whole_design(shared_data=(make(SharedData, "Refund", data_element=ELEMENT.uid),))
    assert len(missing(design, StepName.INTEGRITY)) == 2


def test_sessions_in_a_key_value_store_are_a_whole_design():
    store = make_store("Redis 8", name="keys", kind=StoreKind.KEY_VALUE)
    space = make(
        KeySpace,
        "s",
        pattern="session:{id}",
        purpose=SAID,
        value_type="JSON",
        eviction=Eviction.TTL,
        ttl="1 h",
        size_estimate="2 MB",
    )
    query = make_query("Find", key_space=space.uid, pattern=SAID, purpose=SAID, frequency="low")
    design = make_design(stores=(store,), key_spaces=(space,), queries=(query,))
    steps = (StepName.STORAGE, StepName.DATA_MODEL, StepName.QUERIES, StepName.INDEXING)
    assert [missing(design, step) for step in steps] == [[], [], [], []]
    assert {state(design, step) for step in steps} == {COMPLETE}


def test_files_are_found_without_naming_an_entity():
    store = make_store("S3", name="files", kind=StoreKind.FILE)
    layout = make(FileLayout, "f", structure="evidence/", format="JPEG", naming="{id}.jpg", access_pattern=SAID)
    query = make_query("Show", pattern=SAID, purpose=SAID, frequency="low")
    design = make_design(stores=(store,), file_layouts=(layout,), queries=(query,))
    assert [missing(design, step) for step in (StepName.DATA_MODEL, StepName.QUERIES)] == [[], []]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (StructureKind.MEASUREMENT, "the resolution of each measurement (things)"),
        (StructureKind.VECTORS, "source, model, dimensions and metric of each vector collection (things)"),
        (StructureKind.SEARCH, "source and refresh of each search index (things)"),
    ],
)
def test_each_kind_of_structure_is_asked_for_its_own_facts(kind, words):
    design = make_design(entities=(make_entity("things", "a text", key="", kind=kind),))
    assert words in missing(design, StepName.DATA_MODEL)


def test_an_edge_needs_no_fields_and_no_operation_of_its_own():
    store = make_store("Neo4j", name="graph", kind=StoreKind.GRAPH)
    nodes = make_entity("person", "name text", key="", kind=StructureKind.NODE, purpose=SAID)
    edge = make_entity("knows", key="", kind=StructureKind.EDGE, purpose=SAID)
    query = make_query("Friends", "person", pattern=SAID, purpose=SAID, frequency="low")
    design = make_design(stores=(store,), entities=(nodes, edge), queries=(query,))
    assert missing(design, StepName.QUERIES) == []
    assert missing(design, StepName.DATA_MODEL) == ["the description of each field (person.name)"]


def test_what_is_reused_is_not_asked_for():
    payments = finished_entities()[0]
    design = finished_design(entities=(payments,), relationships=(), queries=(), indexes=())
    assert "the purpose of each entity" not in " ".join(missing(design, StepName.DATA_MODEL))


def test_the_document_is_complete_when_all_before_it_are():
    assert missing(whole_design(item_notes=()), StepName.DOCUMENT) == ["the step “Quality checklist”"]
    assert state(whole_design(item_notes=()), StepName.DOCUMENT) is STARTED


def test_the_backend_s_word_is_asked_for_where_no_endpoint_is_named():
    assert missing(whole_design(endpoints=()), StepName.CHECKLIST) == [
        "your word on item 19, “Aligns with backend design”"
    ]


def test_questions_bear_on_items_that_there_are():
    assert {question.item for question in QUESTIONS} <= {None, *ITEM_BY_NUMBER}


def test_an_item_is_not_asked_about_steps_that_do_not_apply():
    design = make_design(exemptions=(exempted(StepName.MIGRATION),))
    assert answers_on_item(make_design(), 7) != answers_on_item(design, 7) == ()
