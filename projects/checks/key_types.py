"""Rules about the types of keys and texts: numbers that run out, random order on disk, lengths by habit."""

from collections import Counter
from collections.abc import Iterator

from projects.capacity.figures import grouped
from projects.capacity.rows import HORIZON
from projects.capacity.volumes import Forecast
from projects.checks.facts import Facts
from projects.checks.rule import Claim, doubt, problem, rule
from projects.checks.volumes import added_a_day
from projects.design.field_types import Family
from projects.design.quantities import DAYS_A_YEAR
from projects.design.vocabulary import OperationKind, Severity

LARGEST_KEY = {"tinyint": 2**7 - 1, "smallint": 2**15 - 1, "mediumint": 2**23 - 1, "integer": 2**31 - 1}
# Numbers are skipped by transactions that are undone and by caches of sequences.
SAFETY = 1.5
# Systems that keep a table in the order of its primary key.
CLUSTERED = frozenset({"MySQL", "MariaDB", "SQL Server"})
IN_ORDER = ("uuid_to_bin", "uuidv7", "uuid_v7", "newsequentialid", "version 7", "ulid", "sequential", "time-ordered")


@rule(
    "key-too-small",
    Severity.ERROR,
    says="“{path}” is {type}, which ends at {most}; “{entity}” will have had {rows} rows in {years} years.",
    remedy="Use bigint.",
    asks="“{path}” is {type}, which ends at {most}: “{entity}” is written and has no volume: how many rows?",
    breaks="ledger_entries.id integer, 2 million rows a day",
    keeps="ledger_entries.id bigint, 2 million rows a day",
    source="squawk prefer-bigint-over-int, pg-index-health sequence_overflow",
)
def key_too_small(facts: Facts) -> Iterator[Claim]:
    """A numbered key runs out within the forecast.

    On that day every insert fails, and widening the key of a full table takes hours.
    """
    written = {query.entity for query in facts.design.queries if query.kind is OperationKind.WRITE}
    for entity in facts.tables:
        key = entity.primary_key.fields if entity.primary_key else ()
        field_type = facts.type_of(key[0]) if len(key) == 1 else None
        most = LARGEST_KEY.get(field_type.name) if field_type else None
        if most is None or field_type is None:
            continue
        most = most * 2 if field_type.is_unsigned else most
        forecast = facts.forecasts.get(entity.uid)
        added, field = _numbered(forecast), facts.design.field_by_uid[key[0]]
        words = {"type": field.type, "most": grouped(most), "entity": entity.full_name}
        if added is not None and added > most / SAFETY:
            yield problem(field, field_name="type", rows=grouped(added), years=HORIZON, **words)
        elif added is None and field_type.name in ("smallint", "tinyint") and entity.uid in written:
            yield doubt(field, field_name="type", **words)


def _numbered(forecast: Forecast | None) -> float | None:
    """The numbers given out by the end of the horizon: rows that went had theirs too."""
    if forecast is None or forecast.initial_rows is None:
        return None
    added = added_a_day(forecast)
    return None if added is None else forecast.initial_rows + added * DAYS_A_YEAR * HORIZON


@rule(
    "key-in-random-order",
    Severity.ADVICE,
    says="“{path}” is a random {type}, and {system} keeps the table in the order of its key.",
    remedy="Use an identifier that grows with time, such as UUID version 7, and say so in the default or description.",
    asks="“{path}” is a {type}: is it random, and does the system keep the table in its order?",
    breaks="refunds.id: uuid, in MySQL",
    keeps="refunds.id: uuid (version 7), in MySQL; refunds.id: uuid in PostgreSQL",
    source="MySQL Reference Manual, Clustered and Secondary Indexes; RFC 9562, UUID version 7",
)
def key_in_random_order(facts: Facts) -> Iterator[Claim]:
    """A table is kept in the order of a random key.

    Each insert goes to another page: the whole table has to be in memory, and half-empty pages fill the disk.
    """
    for entity in facts.tables:
        key = entity.primary_key.fields if entity.primary_key else ()
        field_type = facts.type_of(key[0]) if len(key) == 1 else None
        if field_type is None or field_type.family is not Family.UUID or key[0] in facts.foreign_keys_of_field:
            continue
        field = facts.design.field_by_uid[key[0]]
        systems = {system.name for system in facts.systems_of(entity)}
        if any(word in f"{field.default} {field.rule} {field.description}".casefold() for word in IN_ORDER):
            continue
        if systems <= CLUSTERED:
            yield problem(field, field_name="type", type=field.type, system=" or ".join(sorted(systems)))
        elif systems & CLUSTERED and facts.store_of(entity) is not None:
            yield doubt(field, field_name="type", type=field.type)


@rule(
    "text-length-by-habit",
    Severity.ADVICE,
    says="“{path}” is {type}, the length that nobody chose.",
    remedy="State the longest value that there may be, or use text without a limit.",
    asks="“{path}” is {type}, like {count} other fields: was the length chosen?",
    breaks="customers.name: varchar(255)",
    keeps="customers.name: varchar(120), or text",
    source="PostgreSQL wiki, Don't Do This; squawk prefer-text-field, schemalint",
)
def text_length_by_habit(facts: Facts) -> Iterator[Claim]:
    """A text is limited to 255 or 256 characters out of habit.

    The number comes from a limit of old systems. It keeps neither too long values out nor long ones in.
    """
    usual = [
        (entity, field)
        for entity, field, field_type in facts.fields_of(Family.TEXT)
        if field_type.length in (255, 256) and not facts.limits.is_limited(entity, field)
    ]
    counts = Counter(entity.uid for entity, _ in usual)
    for entity, field in usual:
        # Where most fields of a design have it, one remark is enough for each entity.
        if counts[entity.uid] == 1:
            yield problem(field, field_name="type", type=field.type)
        elif counts[entity.uid] > 1:
            yield doubt(field, field_name="type", type=field.type, count=counts[entity.uid] - 1)
            counts[entity.uid] = 0
