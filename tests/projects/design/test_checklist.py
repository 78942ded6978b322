from projects.design.checklist import CHECKLIST, GROUPS, ITEM_BY_NUMBER, items_of
from projects.design.digest import SECTIONS
from projects.design.vocabulary import CHECKLIST_ITEMS


def test_the_items_are_numbered_through():
    assert [item.number for item in CHECKLIST] == list(range(1, CHECKLIST_ITEMS + 1))
    assert list(ITEM_BY_NUMBER) == [item.number for item in CHECKLIST]


def test_the_groups_hold_all_items_in_order():
    assert tuple(item for group in GROUPS for item in items_of(group)) == CHECKLIST
    assert [len(items_of(group)) for group in GROUPS] == [10, 5, 4, 4, 4]


def test_an_item_reads_sections_that_there_are():
    assert {section for item in CHECKLIST for section in item.sections} == set(SECTIONS)


def test_who_reads_descriptions_reads_what_they_describe():
    """So what came or went with its description is told where a verdict fell."""
    readers = {item.number for item in CHECKLIST if "descriptions" in item.sections}
    assert readers == {2, 4, 10, 11, 12, 13, 14, 17}
    assert all("data-model" in ITEM_BY_NUMBER[number].sections for number in readers)


def test_an_item_changes_when_its_step_is_said_not_to_apply():
    assert all("exemptions" in item.sections for item in CHECKLIST)
