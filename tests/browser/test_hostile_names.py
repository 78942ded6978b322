"""Whatever a person types is text: it runs nothing, opens nothing, and breaks no layout."""

import pytest
from django.utils import timezone
from playwright.sync_api import ViewportSize, expect

from projects.models import (
    DataElement,
    Entity,
    EntityField,
    Epic,
    Feature,
    Index,
    IndexPart,
    NamedType,
    Project,
    Query,
    QueryUse,
    Relationship,
    RelationshipPair,
    Source,
    Store,
    User,
)
from projects.workflow.editing import editing
from projects.workflow.steps import STEPS
from tests.browser.bench import Bench, answers_to
from tests.browser.conftest import LAPTOP, PHONE, OpenBrowser
from tests.browser.test_pages import SIZE
from tests.factories import make_entity

pytestmark = pytest.mark.browser

NAMES = {
    "script": "<script>document.title='run'</script>",
    "image": '"><img src=x onerror="document.title=\'run\'">',
    "right-to-left": "مبلغ ‮الاسترداد",
    "emoji": "💸🏴‍☠️ refunds",
    "markdown": "a | b `c` [d](javascript:alert(1)) **e**",
    "template": "{{ 7|add:7 }} {% now 'Y' %} ${7*7}",
    "long": "x" * 60,
    "entity": "&lt;b&gt; ]]> --> '",
}


def fill_design(feature: Feature, name: str, *, first: str) -> None:
    """One of everything that has a name, under this one; the store of the name that is `first` opens in step 2."""
    position = int(name != NAMES[first])
    store = Store.objects.create(feature=feature, name=name, system=name, project_patterns=name, position=position)
    Source.objects.create(feature=feature, title=name, location=name, position=1)
    DataElement.objects.create(feature=feature, name=name, description=name, reason=name, store=store, position=1)
    NamedType.objects.create(feature=feature, name=name, values=[name], description=name, position=1)
    entity = make_entity(feature, name)
    Entity.objects.filter(pk=entity.pk).update(purpose=name, store=store)
    field = EntityField.objects.create(
        feature=feature, entity=entity, name=name, type=name, default=name, rule=name, description=name, position=1
    )
    relationship = Relationship.objects.create(
        feature=feature, parent=entity, child=entity, name=name, description=name, position=1
    )
    RelationshipPair.objects.create(relationship=relationship, child_field=field, parent_field=field, position=0)
    index = Index.objects.create(feature=feature, entity=entity, name=name, condition=name, purpose=name, position=1)
    IndexPart.objects.create(index=index, field=field, position=0)
    query = Query.objects.create(
        feature=feature, name=name, entity=entity, frequency="high", logic=name, purpose=name, rate=name, position=1
    )
    QueryUse.objects.create(query=query, field=field, role="equality", position=0)


def addresses(base: str) -> list[str]:
    entities = [f"{base}steps/data-model/?at={entity.uid}" for entity in Entity.objects.all()[:3]]
    steps = [f"{base}steps/{step.slug}/" for step in STEPS]
    beside = [f"{base}{page}" for page in ("history/", "diagram/", "steps/data-model/?at=types")]
    return [*steps, *entities, *beside, "/projects/", "/projects/payments/", "/projects/payments/people/", "/profile/"]


@pytest.mark.parametrize("title", ["image", "long"])
@pytest.mark.parametrize("window", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_hostile_names_stay_names_on_every_page(
    open_browser: OpenBrowser,
    architect: User,
    project: Project,
    feature: Feature,
    title: str,
    window: ViewportSize,
) -> None:
    for model in (Project, Epic, Feature):
        model.objects.update(title=NAMES[title], description=NAMES[title])
    User.objects.filter(pk=architect.pk).update(name=NAMES[title])
    for name in NAMES.values():
        fill_design(feature, name, first=title)
    with editing(feature, actor=architect, now=timezone.now()) as door:
        for source in Source.objects.all():
            door.delete(source)
    page = open_browser(architect, viewport=window)
    for address in addresses(Bench(page, feature).base):
        page.goto(address)
        size = page.evaluate(SIZE)
        assert size["width"] <= size["window_width"], f"{address}: {size['widest']}"
        assert page.title() != "run", address
        assert page.locator("main :is(img, b, script)").count() == 0, address


def test_what_is_typed_comes_back_as_it_was_typed(bench: Bench, feature: Feature) -> None:
    """Through the scripts too: saved row, picture, findings, deletion and its undo."""
    name = NAMES["image"]
    entity = make_entity(feature, "refunds", "id uuid", "status text")
    bench.open("data-model", entity)
    status = entity.fields.get(name="status")
    with answers_to(bench.page, "fields"):
        bench.cell(status, "name").fill(name)
        bench.cell(status, "description").fill(NAMES["script"])
        bench.page.keyboard.press("Control+s")
    expect(bench.companion.locator("svg.erd")).to_contain_text("onerror")
    expect(bench.cell(status, "name")).to_have_value(name)
    bench.menu(status, "Delete")
    expect(bench.page.locator(".row-deleted")).to_contain_text(name)
    bench.page.locator(".row-deleted").get_by_role("button", name="Undo").click()
    expect(bench.cell(status, "name")).to_have_value(name)
    assert bench.page.locator("img").count() == 0
    assert bench.page.title() != "run"
