"""Search: what is found, in which order, and where; a page for it is tested with the views."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.design import tree
from projects.design.digest import design_json
from projects.design.wording import fold, folded_words, marked
from projects.models import Cache, DataElement, HandbookEntry, Migration, Project, Query, Reuse
from projects.search import TAKEN_AT_ONCE, Found, Rank, Wanted, search_everywhere, search_project, wanted
from projects.snapshot.handbook import write_policies
from projects.workflow.editing import editing
from tests.factories import NOON, make_entity, make_epic, make_feature, make_project, make_user
from tests.projects.snapshot.sized import sized_design


def found_in(project: Project, typed: str, at_most: int = 50) -> Found:
    return search_project(Project.objects.select_related("conventions").get(pk=project.pk), wanted(typed), at_most)


def names(found: Found) -> list[tuple[str, str]]:
    return [(hit.item.kind, "".join(piece.text for piece in hit.title)) for hit in found.hits]


# What was typed


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("  Refund   LINES ", ("refund", "lines")),
        ("ÉTÉ Straße", ("été", "strasse")),
        ("e\u0301t\u00e9", ("\u00e9t\u00e9",)),
        ("a\x00b\x07", ("a", "b")),
        ("twice twice", ("twice",)),
        (" \n\t", ()),
    ],
)
def test_words_are_folded(typed: str, words: tuple[str, ...]) -> None:
    assert wanted(typed).words == words


def test_a_long_query_is_cut_and_says_so() -> None:
    assert wanted("x" * 10_000) == Wanted("x" * 200, ("x" * 200,), is_cut=True)
    assert wanted(" ".join(map(str, range(20)))).is_cut
    assert not wanted("refund lines").is_cut


# Marks


@given(st.text(max_size=200), st.text(min_size=1, max_size=5))
def test_marking_loses_nothing_and_marks_only_what_folds_to_a_word(text: str, typed: str) -> None:
    words = tuple(fold(typed).split())
    pieces = marked(text, words)
    assert fold("".join(piece.text for piece in pieces)) == fold(text)
    for piece in pieces:
        if piece.is_hit:
            assert any(word in piece.text.casefold() for word in words)


@pytest.mark.parametrize(
    ("text", "word", "hit"),
    [
        ("Die Straße hier", "strasse", "Straße"),
        ("ΟΔΌΣ", "οδόσ", "ΟΔΌΣ"),
        ("שלום עולם", "עולם", "עולם"),
        ("a_b%c", "_b%", "_b%"),
    ],
)
def test_the_hit_is_marked_as_it_was_typed(text: str, word: str, hit: str) -> None:
    assert [piece.text for piece in marked(text, (fold(word),)) if piece.is_hit] == [hit]


def test_an_excerpt_is_short_and_holds_the_first_hit() -> None:
    pieces = marked("word " * 1000 + "needle " + "word " * 1000, ("needle",), 160)
    shown = "".join(piece.text for piece in pieces)
    assert len(shown) <= 162
    assert (shown[0], shown[-1], "needle" in shown) == ("…", "…", True)


def test_every_name_of_a_design_is_a_line_of_its_words() -> None:
    words = folded_words(sized_design(3))
    assert all(f"\n={name}\n" in words for name in ("entities_0001", "entities_0001.note", "postgresql 16", "idx_2"))
    assert " ten years\n" in words
    assert len(words) < len(design_json(sized_design(3)))


def test_what_another_feature_owns_is_found_there_only() -> None:
    design = sized_design(1)
    copies = tuple(entity.with_values(reused_from="billing/payments") for entity in design.entities)
    copied = design.with_values(entities=copies)
    assert "entities_0000.note" not in folded_words(tree.Design.model_validate(copied.model_dump()))


# In a project


@pytest.mark.django_db
def test_everything_is_found_with_the_name_first_and_prose_last(project: Project) -> None:
    feature = make_feature("payments/billing/refunds")
    make_entity(feature, "refund", "id uuid")
    make_entity(feature, "refund_lines", "refund_id uuid")
    with editing(feature, actor=None, now=NOON) as door:
        door.create(Query(name="Find a refund"))
        door.create(DataElement(name="Money", description="What a refund gives back"))
        door.create(Migration(rollback="Undo the refund first"))
    HandbookEntry.objects.create(project=project, key="philosophy", text="Every refund is a row.")
    assert names(found_in(project, "Refund")) == [
        ("Table", "refund"),
        ("Feature", "Refunds"),
        ("Table", "refund_lines"),
        ("Field", "refund.id"),
        ("Field", "refund_lines.refund_id"),
        ("Operation", "Find a refund"),
        ("Data element", "Money"),
        ("Answer", "Migration plan: undoing migrations"),
        ("Entry", "Philosophy"),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ("refunds amount", True),
        ("amount refunds", True),
        ("refunds.amount", True),
        ("MÜNZE", True),
        ("münze refund", True),
        ("amount payments", False),
        ("%", True),
        ("_minor", True),
        ("amount%minor", False),
        ("refunds_amount", False),
        ("\\", False),
        ("<script>", True),
        ("🧾", True),
        ("שלום", True),
    ],
)
def test_all_words_occur_in_any_case_and_nothing_is_a_wildcard(typed: str, is_found: bool, project: Project) -> None:
    feature = make_feature("payments/billing/refunds")
    make_entity(feature, "refunds", "amount_minor bigint")
    with editing(feature, actor=None, now=NOON) as door:
        door.create(Cache(name="Münze", holds="100 % of a refund <script>alert(1)</script> 🧾 שלום"))
    assert bool(found_in(project, typed).hits) is is_found


@pytest.mark.django_db
def test_hits_lead_to_what_holds_them(project: Project) -> None:
    feature = make_feature("payments/billing/refunds")
    entity = make_entity(feature, "refunds", "amount bigint")
    hit = found_in(project, "amount").hits[0]
    assert (hit.feature, hit.item.step, hit.epic) == (feature, "data-model", feature.epic)
    assert hit.item.uid == entity.fields.get().uid
    assert hit.digested is not None


@pytest.mark.django_db
def test_epics_descriptions_and_policies_are_found(project: Project) -> None:
    make_epic(project, "ledger", "Ledger")
    feature = make_feature("payments/billing/refunds")
    type(feature).objects.update(description="Gives money back to Ledger customers")
    write_policies(
        project,
        tree.Policies(
            migration=tree.MigrationPolicy(rollback="Restore the ledger from the last dump"),
            retention_rules=(tree.RetentionRule(uid=feature.uid, name="Ledger entries", kept_for="10 years"),),
        ),
    )
    assert names(found_in(project, "ledger")) == [
        ("Epic", "Ledger"),
        ("Retention rule", "Ledger entries"),
        ("Feature", "Refunds"),
        ("Policy", "Migration policy: rollback strategy"),
    ]


@pytest.mark.django_db
def test_a_reused_entity_is_found_once_with_its_owner(project: Project) -> None:
    owner, user = make_feature("payments/billing/payments"), make_feature("payments/billing/refunds")
    entity = make_entity(owner, "accounts", "holder text")
    with editing(user, actor=None, now=NOON) as door:
        door.create(Reuse(entity=entity))
    assert [hit.feature for hit in found_in(project, "holder").hits] == [owner]


@pytest.mark.django_db
def test_a_change_is_found_at_once(project: Project) -> None:
    feature = make_feature("payments/billing/refunds")
    assert not found_in(project, "voucher").hits
    with editing(feature, actor=None, now=NOON) as door:
        door.create(Query(name="Issue a voucher"))
    assert names(found_in(project, "voucher")) == [("Operation", "Issue a voucher")]


@pytest.mark.django_db
def test_other_projects_are_left_alone(project: Project) -> None:
    make_entity(make_feature("elsewhere/billing/refunds"), "secrets_of_others", "id uuid")
    assert not found_in(project, "secrets").hits


@pytest.mark.django_db
def test_of_many_changed_designs_some_are_read_at_a_time_and_the_rest_is_counted(project: Project) -> None:
    for number in range(TAKEN_AT_ONCE + 3):
        make_entity(make_feature(f"payments/billing/f{number}"), "vouchers")
    first, second = found_in(project, "vouchers"), found_in(project, "vouchers")
    assert (len(first.hits), first.unread) == (TAKEN_AT_ONCE, 3)
    assert (len(second.hits), second.unread, second.has_more) == (TAKEN_AT_ONCE + 3, 0, False)


@pytest.mark.django_db
def test_the_best_designs_are_read_first(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("projects.search.READ_AT_ONCE", 3)
    for number in range(5):
        make_entity(make_feature(f"payments/billing/f{number}"), f"my_voucher_{number}")
    make_entity(make_feature("payments/zzz/last"), "voucher")
    found_in(project, "voucher")
    found = found_in(project, "voucher")
    assert names(found)[0] == ("Table", "voucher")
    assert (len(found.hits), found.has_more) == (3, True)
    assert len(found_in(project, "voucher", 100).hits) == 6


@pytest.mark.django_db
@pytest.mark.parametrize("number", [2, 12])
def test_a_search_takes_as_many_queries_for_few_features_as_for_many(
    number: int, project: Project, django_assert_num_queries: Callable
) -> None:
    for each in range(number):
        make_entity(make_feature(f"payments/billing/f{each}"), f"vouchers_{each}", "id uuid")
    while found_in(project, "vouchers").unread:
        pass
    asked = Project.objects.select_related("conventions").get(pk=project.pk)
    with django_assert_num_queries(5):
        search_project(asked, wanted("vouchers id"), 50)


# Everywhere


@pytest.mark.django_db
def test_everywhere_means_where_the_person_belongs() -> None:
    ada = make_user()
    make_project("ledger", "Ledger", owner=ada)
    make_feature("ledger/books/ledger-close")
    make_project("ledger-of-others", "Ledger of others", owner=make_user())
    make_feature("ledger-of-others/books/ledger-secrets")
    found = search_everywhere(ada, wanted("ledger"), 50)
    assert names(found) == [("Project", "Ledger"), ("Feature", "Ledger close")]


def test_ranks_are_in_the_order_of_the_page() -> None:
    assert [rank.name for rank in sorted(Rank)] == ["EXACT", "PREFIX", "NAME", "PROSE"]
