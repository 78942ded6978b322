"""The five starting questions of a project, declared as data: each is a short page over policies of the handbook."""

from dataclasses import dataclass, replace
from typing import Any

from django import forms

from projects.design.vocabulary import CacheLayer, MigrationVersioning, Normalization, PolicyName
from projects.workflow.handbook.pages import PAGE_BY_SLUG, Card, Group, Page
from projects.workflow.handbook.policy_forms import (
    BackupPolicyForm,
    CachingPolicyForm,
    DesignPolicyForm,
    MigrationPolicyForm,
    ModellingPolicyForm,
)
from projects.workflow.handbook.row_forms import DatabaseProfileForm


class FirstDatabaseForm(DatabaseProfileForm):
    """The database of a project that has none yet; left empty, none is made."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, empty_permitted=True, use_required_attribute=False, **options)
        for field in self.fields.values():
            # Somebody may describe one while this page is open; then both are shown.
            field.show_hidden_initial = True

    @property
    def values(self) -> dict[str, Any]:
        return {**super().values, "is_primary": self.instance.is_primary or self.instance.pk is None}


FIRST_DATABASE = Card(FirstDatabaseForm, (Group("The database", ("system", "system_version", "hosting")),))


@dataclass(frozen=True)
class Question:
    """`page` has the considerations as fields and lists; `example` says what one project answers, by field."""

    number: int
    title: str
    text: str
    why: str
    minutes: int
    page: Page
    example: tuple[tuple[str, str], ...]
    is_required: bool = True

    @property
    def policy(self) -> PolicyName:
        """The policy that an answer writes, and whose page has more to say."""
        return self.page.policies[0]


def _page(policy: PolicyName, card: Card) -> Page:
    """The policy's own page with some of its fields; its lists are short enough to be asked whole."""
    return replace(PAGE_BY_SLUG[policy], cards=(card,))


QUESTIONS = (
    Question(
        1,
        "Database design",
        "How is data shaped in this project?",
        "Whoever designs a feature later begins with these habits. Settled once, tables fit together; settled feature "
        "by feature, each report has to bridge the differences.",
        4,
        _page(
            PolicyName.DESIGN,
            Card(
                DesignPolicyForm,
                (
                    Group("What there is", ("entities", "relationships")),
                    Group("How it is shaped", ("normalization", "keys")),
                    Group("What the database sees to", ("indexing", "constraints")),
                ),
            ),
        ),
        (
            ("entities", "Members, books, copies of books, loans, reservations."),
            ("relationships", "A book has one copy or more; a copy is lent many times, once at a time."),
            ("normalization", Normalization.THIRD_FORM.label),
            ("keys", "UUIDs, made by the application, never shown to members."),
            ("indexing", "Each foreign key, and what lists are sorted by."),
            ("constraints", "One open loan for each copy; due dates after lending dates."),
        ),
    ),
    Question(
        2,
        "Data migrations",
        "How does the schema change while people use it?",
        "A schema is never finished. Who knows beforehand how a change is written, tried and taken back, releases on "
        "an ordinary afternoon instead of at night.",
        3,
        _page(
            PolicyName.MIGRATION,
            Card(
                MigrationPolicyForm,
                (
                    Group("Tool and files", ("tool", "location", "versioning")),
                    Group("Trying it first", ("review", "backup_before", "zero_downtime")),
                    Group("Going back", ("reversibility", "rollback", "rollback_testing")),
                ),
            ),
        ),
        (
            ("tool", "Flyway 10"),
            ("location", "db/migrations"),
            ("versioning", MigrationVersioning.TIMESTAMPS.label),
            ("review", "A second developer reads it, then it runs on a copy of last night’s production data."),
            ("zero_downtime", "New columns may be empty first; old ones go one release later."),
            ("rollback", "Within an hour by the script beside the migration, after that by a new migration."),
        ),
    ),
    Question(
        3,
        "Backup strategy",
        "What is copied, how often, and how is it brought back?",
        "Disks fail, and people delete the wrong rows. What was not copied is gone, and a copy nobody has restored "
        "is a hope rather than a backup.",
        3,
        _page(
            PolicyName.BACKUP,
            Card(BackupPolicyForm, (Group("When something is lost", ("rpo", "rto", "restore_tests", "procedure")),)),
        ),
        (
            ("rpo", "15 minutes"),
            ("rto", "2 hours"),
            ("restore_tests", "Every 3 months"),
            ("procedure", "The operator on duty restores last night’s copy, replays the log and checks ten loans."),
            ("schedules", "Full, every night, kept for 5 weeks, at a second provider, by a timer that mails failures."),
        ),
    ),
    Question(
        4,
        "Caching strategy",
        "What is kept at hand so that it need not be asked again?",
        "A cache answers fast and may answer wrongly. It is worth having where many people read what seldom changes, "
        "and as long as somebody knows what makes a kept value go.",
        2,
        _page(
            PolicyName.CACHING,
            Card(
                CachingPolicyForm,
                (Group("Where", ("layers", "system")), Group("Habits", ("what", "ttl", "invalidation"))),
            ),
        ),
        (
            ("layers", f"{CacheLayer.APPLICATION.label}, {CacheLayer.HTTP.label}"),
            ("system", "Valkey 8"),
            ("what", "The catalogue and opening hours; never who has borrowed what."),
            ("ttl", "Ten minutes, opening hours for a day."),
            ("invalidation", "Saving a book drops its pages from the cache."),
        ),
        is_required=False,
    ),
    Question(
        5,
        "Data modelling and validation",
        "What keeps wrong data out?",
        "Wrong data is cheap to refuse at the door and dear to find years later. Several layers may check the same "
        "rule, if it is clear which one has the last word.",
        3,
        _page(
            PolicyName.MODELLING,
            Card(
                ModellingPolicyForm,
                (
                    Group("Tools", ("orm", "schema_validation", "type_safety", "constraints")),
                    Group("Who checks what", ("api_layer", "logic_layer", "database_layer")),
                ),
            ),
        ),
        (
            ("orm", "Django ORM"),
            ("schema_validation", "msgspec"),
            ("type_safety", "mypy, strict, in the build."),
            ("api_layer", "Shape, lengths and formats of every request."),
            ("logic_layer", "Rules over several rows: nobody borrows more than ten books."),
            ("database_layer", "References, uniqueness and value ranges, whoever writes."),
        ),
    ),
)
QUESTION_BY_NUMBER = {question.number: question for question in QUESTIONS}


def with_database(question: Question) -> Page:
    """The question's page, that of the first one with the database before its fields."""
    if question.policy is not PolicyName.DESIGN:
        return question.page
    return replace(question.page, cards=(FIRST_DATABASE, *question.page.cards))


def example_of(question: Question) -> list[tuple[str, str]]:
    """The example by the labels that the form has."""
    form = question.page.cards[0].form
    fields: dict[str, forms.Field] = form.base_fields
    titles = {table.slug: table.title for table in question.page.tables}
    return [(titles.get(name) or label_of(fields[name], name), text) for name, text in question.example]


def label_of(field: forms.Field, name: str) -> str:
    return str(field.label or name.replace("_", " ").capitalize())
