"""How changes are said: in the words of the design and of the forms."""

from uuid import UUID, uuid4

import pytest

from projects import models
from projects.design import tree
from projects.design.diff import Change, ChangeKind, Group, changes, holdings
from projects.design.diff.labels import KINDS, fact_label
from projects.design.diff.shape import facts_of
from projects.design.tree import Design
from projects.design.vocabulary import Direction, KeyKind, StepName
from tests.cost import calls_in

IDENTITY = tree.Identity(
    project_key="pay", project_title="Pay", epic_key="billing", epic_title="Billing", feature_key="r", feature_title="R"
)
AMOUNT, REF, NOTE, STATUS, AT = (uuid4() for _ in range(5))
REFUNDS = tree.Entity(
    uid=uuid4(),
    name="refunds",
    fields=(
        tree.EntityField(uid=AMOUNT, name="amount_minor", type="integer"),
        tree.EntityField(uid=REF, name="provider_refund_id", type="text"),
        tree.EntityField(uid=NOTE, name="reason_note", type="varchar(2000)"),
        tree.EntityField(uid=STATUS, name="status", type="text"),
        tree.EntityField(uid=AT, name="requested_at", type="timestamptz"),
    ),
)
BY_STATUS = tree.Index(
    uid=uuid4(), name="idx_refunds_status", entity=REFUNDS.uid, parts=(tree.IndexPart(field=STATUS),)
)
OPEN = tree.Index(
    uid=uuid4(),
    name="idx_refunds_open",
    entity=REFUNDS.uid,
    parts=(tree.IndexPart(field=AT, direction=Direction.DESCENDING),),
    condition="closed_at is null",
)
BEFORE = Design(identity=IDENTITY, entities=(REFUNDS,), indexes=(BY_STATUS,))


def with_fields(entity: tree.Entity, **values: dict[str, object]) -> tree.Entity:
    """The entity with other values for the fields of those names."""
    changed = (field.model_copy(update=values.get(field.name, {})) for field in entity.fields)
    return entity.model_copy(update={"fields": tuple(changed)})


def after(**values: object) -> Design:
    return Design(**{name: getattr(BEFORE, name) for name in Design.model_fields} | values)


def told(before: Design, later: Design) -> list[tuple[ChangeKind, str, str, str, str]]:
    return [(each.kind, each.what, each.part, each.before, each.after) for each in changes(before, later)]


def the_one(before: Design, later: Design) -> Change:
    (change,) = changes(before, later)
    return change


def test_the_changes_of_a_feature_read_as_its_people_speak() -> None:
    version = tree.EntityField(uid=uuid4(), name="version", type="integer", is_required=True, default="1")
    refunds = with_fields(
        REFUNDS,
        amount_minor={"type": "bigint"},
        provider_refund_id={"name": "provider_ref"},
        reason_note={"type": "varchar(500)"},
    )
    refunds = refunds.model_copy(update={"fields": (*refunds.fields, version)})
    ledger = tree.Entity(
        uid=uuid4(),
        name="ledger_entries",
        fields=tuple(tree.EntityField(uid=uuid4(), name=f"f{number}") for number in range(8)),
    )
    indexes = [tree.Index(uid=uuid4(), name=f"idx_{number}", entity=ledger.uid) for number in range(2)]
    later = after(entities=(refunds, ledger), indexes=(OPEN, *indexes))
    assert told(BEFORE, later)[:5] == [
        ("changed", "refunds.amount_minor", "type", "integer", "bigint"),
        ("renamed", "refunds.provider_ref", "renamed", "provider_refund_id", "provider_ref"),
        ("changed", "refunds.reason_note", "limit", "2\u202f000 characters", "500 characters"),
        ("added", "refunds.version", "field", "", "integer, required, 1"),
        ("added", "ledger_entries", "entity", "", "8 fields, 2 indexes"),
    ]
    assert ("added", "idx_refunds_open", "index", "", "requested_at desc; only where closed_at is null") in told(
        BEFORE, later
    )
    assert ("removed", "idx_refunds_status", "index", "status", "") in told(BEFORE, later)


def test_a_renamed_entity_is_one_change_and_what_leads_to_it_is_none() -> None:
    renamed = REFUNDS.model_copy(update={"name": "repayments"})
    assert told(BEFORE, after(entities=(renamed,))) == [("renamed", "repayments", "renamed", "refunds", "repayments")]


def test_a_field_that_went_to_another_entity_was_moved() -> None:
    moved, rest = REFUNDS.fields[0], REFUNDS.fields[1:]
    smaller = REFUNDS.model_copy(update={"fields": rest})
    ledger = tree.Entity(uid=uuid4(), name="ledger", fields=(moved,))
    assert told(BEFORE, after(entities=(smaller, ledger))) == [
        ("moved", "ledger.amount_minor", "moved", "refunds", "ledger"),
        ("added", "ledger", "entity", "", "1 field"),
    ]


def test_the_order_of_an_indexs_fields_counts() -> None:
    both = (tree.IndexPart(field=STATUS), tree.IndexPart(field=AT))
    first, second = (BY_STATUS.model_copy(update={"parts": parts}) for parts in (both, both[::-1]))
    change = the_one(after(indexes=(first,)), after(indexes=(second,)))
    assert (change.kind, change.part, change.before, change.after) == (
        "changed",
        "fields",
        "status, requested_at",
        "requested_at, status",
    )
    assert (change.group, change.step, change.field_name) == (Group.ACCESS, StepName.INDEXING, "parts")


def test_the_order_of_rows_is_told_only_where_nothing_else_is() -> None:
    other = REFUNDS.model_copy(update={"fields": REFUNDS.fields[::-1]})
    change = the_one(BEFORE, after(entities=(other,)))
    assert (change.kind, change.uid, change.part) == (ChangeKind.ORDER, REFUNDS.uid, "order of fields")
    both = with_fields(other, status={"type": "citext"})
    assert told(BEFORE, after(entities=(both,))) == [("changed", "refunds.status", "type", "text", "citext")]


def test_a_reference_to_another_thing_of_the_same_name_is_not_hidden() -> None:
    again = tree.EntityField(uid=uuid4(), name="status", type="text")
    refunds = REFUNDS.model_copy(update={"fields": tuple(again if f.uid == STATUS else f for f in REFUNDS.fields)})
    index = BY_STATUS.model_copy(update={"parts": (tree.IndexPart(field=again.uid),)})
    found = changes(BEFORE, after(entities=(refunds,), indexes=(index,)))
    assert ("status", "status (another of that name)") in [(each.before, each.after) for each in found]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("One two", "One  two", ("One two", "One two (spaces or line breaks differ)")),
        ("", "Now", ("", "Now")),
        ("a" * 300 + "b", "a" * 300 + "c", ("…" + "a" * 30 + "b", "…" + "a" * 30 + "c")),
    ],
)
def test_long_texts_are_shown_where_they_differ(one: str, other: str, expected: tuple[str, str]) -> None:
    change = the_one(after(lifecycle=tree.Lifecycle(deletion=one)), after(lifecycle=tree.Lifecycle(deletion=other)))
    assert (change.what, change.part, change.uid) == ("Lifecycle", "deletion", None)
    assert (change.before, change.after) == expected


def test_policies_and_explanations_are_groups_of_their_own() -> None:
    rule = tree.RetentionRule(uid=uuid4(), name="Invoices", kept_for="10 years")
    later = after(
        policies=tree.Policies(retention_rules=(rule,)),
        entities=(REFUNDS.model_copy(update={"purpose": "What was paid back"}),),
        exemptions=(tree.Exemption(uid=uuid4(), step=StepName.BACKUP, reason="Nothing is kept"),),
    )
    found = {each.what: each for each in changes(BEFORE, later)}
    assert [found[what].group for what in ("Invoices", "refunds", "Backup & recovery")] == [
        Group.POLICIES,
        Group.TEXT,
        Group.TEXT,
    ]
    assert (found["Invoices"].part, found["Invoices"].after) == ("retention rule", "10 years")
    assert found["Backup & recovery"].step is StepName.BACKUP


def test_what_is_called_after_something_else_says_what_it_is() -> None:
    key = tree.EntityKey(uid=uuid4(), kind=KeyKind.UNIQUE, fields=(AMOUNT,))
    before, later = (
        after(entities=(REFUNDS.model_copy(update={"keys": (key.model_copy(update={"fields": fields}),)}),))
        for fields in ((AMOUNT,), (AMOUNT, REF))
    )
    change = the_one(before, later)
    assert (change.what, change.part) == ("refunds (amount_minor, provider_refund_id)", "key: fields")
    assert (change.before, change.after) == ("amount_minor", "amount_minor, provider_refund_id")


def test_a_first_revision_is_counted() -> None:
    counts = [(each.label, each.count, each.parts, each.step) for each in holdings(BEFORE)]
    assert counts == [("entity", 1, 5, StepName.DATA_MODEL), ("index", 1, 0, StepName.INDEXING)]


def large(shift: int) -> Design:
    """300 entities of ten fields with an index each; `shift` makes one fact of each differ."""
    entities = tuple(
        tree.Entity(
            uid=UUID(int=number),
            name=f"entity_{number}",
            fields=tuple(
                tree.EntityField(uid=UUID(int=number * 100 + 1000 + at), name=f"f{at}", type=f"varchar({at + shift})")
                for at in range(10)
            ),
        )
        for number in range(300)
    )
    indexes = tuple(
        tree.Index(
            uid=UUID(int=1_000_000 + each.uid.int),
            name=f"i_{each.name}",
            entity=each.uid,
            parts=(tree.IndexPart(field=each.fields[0].uid),),
        )
        for each in entities
    )
    return Design(identity=IDENTITY, entities=entities, indexes=indexes)


def test_large_designs_are_compared_with_few_calls_for_each_change() -> None:
    before, later = large(10), large(11)
    found: list[Change] = []
    assert calls_in(lambda: found.extend(changes(before, later))) < 500 * 3000
    assert len(found) == 3000


def test_facts_are_called_as_in_the_forms() -> None:
    """Where a table has the fact, its column says what people call it."""
    elsewhere = {"kind"}
    wrong = []
    for kind in KINDS:
        model = getattr(models, {"Check": "EntityCheck"}.get(kind.__name__, kind.__name__), None)
        columns = {field.name: field.verbose_name for field in model._meta.fields} if model else {}
        for name in facts_of(kind):
            if name in columns and name not in elsewhere and fact_label(kind, name) != columns[name]:
                wrong.append((kind.__name__, name, fact_label(kind, name), columns[name]))
    assert wrong == []
