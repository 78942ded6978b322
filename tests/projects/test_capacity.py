"""Row sizes against what the systems themselves store, and rows, bytes, restores and backups over time."""

import math
import sqlite3
from typing import Any
from uuid import UUID, uuid5

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.capacity.figures import grouped, in_bytes, in_time
from projects.capacity.row import RowSize
from projects.capacity.row_size import IndexSize, Sizes
from projects.capacity.stores import store_forecasts
from projects.capacity.volumes import Forecast, forecasts
from projects.design.tree import (
    BackupSchedule,
    DataElement,
    Design,
    Entity,
    EntityField,
    EntityKey,
    Identity,
    Index,
    IndexPart,
    KeySpace,
    NamedType,
    Recovery,
    Store,
    Volume,
)
from projects.design.vocabulary import BackupKind, IndexMethod, KeyKind, StoreKind, StructureKind, TypeKind
from tests.examples import at_most

SPACE = UUID("6f1c6a0e-9c4e-4c1e-8a35-0d4f3a1f2b11")
WHERE = Identity(
    project_key="p", project_title="P", epic_key="e", epic_title="E", feature_key="f", feature_title="Refunds"
)
YEAR = 365.2425


def uid(name: str) -> UUID:
    return uuid5(SPACE, name)


def store(system: str, kind: StoreKind = StoreKind.RELATIONAL) -> Store:
    return Store(uid=uid("store"), name="Main", kind=kind, system=system)


def entity(*fields: str, key: str = "", **facts: Any) -> Entity:
    """Fields as `name type`; a question mark behind the name makes one optional, brackets a list."""
    made = []
    for words in fields:
        name, _, type_ = words.partition(" ")
        plain = name.removesuffix("?").removesuffix("[]")
        is_array = "[]" in name
        made.append(EntityField(uid=uid(plain), name=plain, type=type_, is_required="?" not in name, is_array=is_array))
    keys = (EntityKey(uid=uid("key"), kind=KeyKind.PRIMARY, fields=(uid(key),)),) if key else ()
    return Entity(uid=uid("entity"), name="refunds", fields=tuple(made), keys=keys, store=uid("store"), **facts)


def design(system: str, about: Entity, kind: StoreKind = StoreKind.RELATIONAL, **facts: Any) -> Design:
    return Design(identity=WHERE, stores=(store(system, kind),), entities=(about,), **facts)


def row(system: str, about: Entity, kind: StoreKind = StoreKind.RELATIONAL, **facts: Any) -> RowSize:
    found = Sizes(design(system, about, kind, **facts)).row(about)
    assert found is not None
    return found


def indexes(system: str, about: Entity, *made: Index) -> IndexSize:
    found = Sizes(design(system, about, indexes=made)).indexes(about)
    assert found is not None
    return found


def index(name: str, *fields: str, **facts: Any) -> Index:
    return Index(
        uid=uid(name), name=name, entity=uid("entity"), parts=tuple(IndexPart(field=uid(f)) for f in fields), **facts
    )


# As pageinspect shows the tuples of PostgreSQL 15, aligned to 8, and 4 bytes for the line pointer.
@pytest.mark.parametrize(
    ("fields", "size"),
    [
        (("id bigint", "is_open boolean", "count integer"), 24 + 16 + 4),
        (("is_open boolean", "id bigint"), 24 + 16 + 4),
        (("id uuid", "paid_at timestamptz", "currency char(3)"), 24 + 32 + 4),
        (("amount numeric(12,2)",), 24 + 16 + 4),
        (("text_of varchar(20)",), 24 + 16 + 4),
        (("addresses[] text",), 464 + 4),
        (("counts[] smallint",), 56 + 4),
        (("host inet",), 48 + 4),
        (("every interval", "is_open boolean", "born date", "at timetz"), 64 + 4),
    ],
)
def test_postgresql_rows_have_header_alignment_and_line_pointer(fields: tuple[str, ...], size: int) -> None:
    assert row("PostgreSQL 16", entity(*fields)).bytes == size


def test_a_bitmap_of_nulls_of_more_than_eight_columns_widens_the_header() -> None:
    numbers = [f"number_{place}? smallint" for place in range(9)]
    assert row("PostgreSQL 16", entity("id uuid", *numbers)).bytes == 32 + 40 + 4


def test_a_vector_of_pgvector_has_a_header_of_its_own() -> None:
    assert row("PostgreSQL 16", entity("embedding vector(3)")).bytes == 24 + 24 + 4


def test_the_formula_adds_up_and_names_its_source() -> None:
    found = row("PostgreSQL 16", entity("id uuid", "note text"))
    words = found.formula.replace("\u00a0", " ")
    assert words == "24 B header + 117 B fields with padding, aligned to 144 B, + 4 B line pointer = 148 B"
    assert found.source == "PostgreSQL documentation, Database Page Layout"
    assert found.assumptions == "note: 100 B, as its type sets no length"


@pytest.mark.parametrize(
    ("fields", "key", "size"),
    [
        (("id bigint", "price decimal(10,2)"), "id", 5 + 8 + 5 + 13),
        (("id bigint",), "", 5 + 8 + 13 + 6),
        (("id int", "name? varchar(20)", "at datetime(6)"), "id", 5 + 1 + 4 + 11 + 8 + 13),
        (("kind enum('a','b')", "born date", "seen timestamp", "small tinyint"), "kind", 5 + 1 + 3 + 4 + 1 + 13),
    ],
)
def test_innodb_rows_have_system_columns(fields: tuple[str, ...], key: str, size: int) -> None:
    assert row("MySQL 8", entity(*fields, key=key)).bytes == size


def test_sqlite_rows_take_what_sqlite_says() -> None:
    about = entity("id integer", "title varchar(40)", "price real", key="id")
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE refunds (id INTEGER PRIMARY KEY, title TEXT, price REAL)")
    rows = [(number, "x" * 20, number + 0.5) for number in range(300_000_000, 300_000_000 + 2000)]
    database.executemany("INSERT INTO refunds VALUES (?, ?, ?)", rows)
    try:
        counted = "SELECT sum(payload), sum(ncell) FROM dbstat WHERE pagetype = 'leaf' AND name = 'refunds'"
        payload, cells = database.execute(counted).fetchone()
    except sqlite3.OperationalError:
        pytest.skip("this SQLite was built without dbstat")
    assert row("SQLite", about).bytes == 2 + 1 + 4 + payload / cells


def test_collection_documents_carry_the_names_of_their_fields() -> None:
    about = entity("_id objectid", "lines[] object", "lines.price int", kind=StructureKind.COLLECTION)
    line = 5 + (1 + 6 + 4)
    lines = 1 + 6 + (5 + 4 * (1 + 2 + line))
    assert row("MongoDB 7", about, StoreKind.DOCUMENT).bytes == 5 + (1 + 4 + 12) + lines


def test_a_vector_counts_its_dimensions() -> None:
    about = entity("kind integer", kind=StructureKind.VECTORS, dimensions=1536)
    assert row("Qdrant", about, StoreKind.VECTOR).bytes == 4 + 4 * 1536


def test_a_domain_is_as_large_as_its_base() -> None:
    money = NamedType(uid=uid("type"), name="money_minor", kind=TypeKind.DOMAIN, base="bigint")
    assert row("PostgreSQL 16", entity("amount money_minor"), types=(money,)).bytes == 24 + 8 + 4


def test_a_size_that_was_measured_overrides_the_computation() -> None:
    about = entity("id uuid")
    found = Sizes(design("PostgreSQL 16", about)).row(about, "1.2 kB")
    assert found is not None
    assert (found.bytes, found.is_given) == (1200, True)


def test_an_entity_without_fields_has_no_size() -> None:
    assert Sizes(design("PostgreSQL 16", entity())).row(entity()) is None


def test_indexes_are_counted_apart_and_those_without_formula_named() -> None:
    about = entity("id bigint", "owner uuid", "text_of text", key="id")
    found = indexes(
        "PostgreSQL 16",
        about,
        index("idx_owner", "owner"),
        index("idx_words", "text_of", method=IndexMethod.GIN),
        index("idx_part", "owner", condition="owner is not null"),
    )
    assert found.bytes == math.ceil((8 + 8 + 4) / 0.9) + math.ceil((8 + 16 + 4) / 0.9)
    assert found.left_out == ("idx_words", "idx_part")


def test_innodb_keeps_the_primary_key_in_every_index_and_the_table_in_the_primary_key() -> None:
    about = entity("id bigint", "owner binary(16)", key="id")
    assert indexes("MySQL 8", about).bytes == 0
    assert indexes("MySQL 8", about, index("idx_owner", "owner")).bytes == math.ceil((5 + 16 + 8) / (15 / 16))


def test_nothing_is_said_of_the_indexes_of_a_system_that_is_not_known() -> None:
    about = entity("id bigint", key="id")
    assert Sizes(design("Firebird", about)).indexes(about) is None


def forecast(initial: str, growth: str, kept_for: str = "", peak: str = "") -> Forecast:
    element = DataElement(uid=uid("element"), name="Refunds", kept_for=kept_for)
    volume = Volume(uid=uid("volume"), entity=uid("entity"), initial_rows=initial, growth=growth, peak_rows=peak)
    about = entity("id bigint", data_element=uid("element"))
    (found,) = forecasts(design("PostgreSQL 16", about, data_elements=(element,), volumes=(volume,)))
    return found


@pytest.mark.parametrize(
    ("initial", "growth", "kept_for", "years", "rows"),
    [
        ("1,000", "10/day", "", 1, 1000 + 10 * YEAR),
        ("1,000", "10/month", "", 3, 1360),
        ("1,000", "10 %/year", "", 3, 1331),
        ("1,000", "none", "", 3, 1000),
        ("0", "100/day", "30 days", 1, 3000),
        ("0", "100/day", "30 days", 3, 3000),
        ("1,200", "100/month", "2 years", 1, 600 + 1200),
        ("1,000", "100 %/year", "1 year", 3, 8000 - 4000),
        ("1,000", "10/year", "until it is closed", 3, 1030),
    ],
)
def test_rows_grow_and_go_after_their_retention(
    initial: str, growth: str, kept_for: str, years: int, rows: float
) -> None:
    assert forecast(initial, growth, kept_for).rows_after(years) == pytest.approx(rows)


def test_bytes_are_rows_times_row_and_index_entries() -> None:
    found = forecast("1,000", "none")
    assert found.bytes_after(3) == 1000 * (24 + 8 + 4)
    assert found.formula(3).replace("\u202f", " ").replace("\u00a0", " ") == (
        "(1 000 = 1 000 rows) × (36 B row + 0 B indexes) = 36.0 kB"
    )


def test_the_peak_is_what_was_typed_or_the_most_of_three_years() -> None:
    assert forecast("1,000", "10/month", peak="5 million").peak_rows == 5_000_000
    assert forecast("1,000", "10/month").peak_rows == 1360
    assert forecast("1,000", "none", "1 year").peak_rows == 1000


@pytest.mark.parametrize(
    ("initial", "growth"), [("", "10/day"), ("1,000", ""), ("some", "10/day"), ("1,000", "9,000 %/s")]
)
def test_what_is_missing_or_beyond_any_store_has_no_figure(initial: str, growth: str) -> None:
    found = forecast(initial, growth)
    assert found.rows_after(3) is None
    assert found.bytes_after(3) is None
    assert found.peak_rows is None
    assert found.formula(3) == ""


GROWTHS = st.one_of(
    st.integers(0, 10**6).map(lambda count: f"{count}/day"),
    st.integers(0, 30).map(lambda percent: f"{percent} %/month"),
)


@settings(max_examples=at_most(40))
@given(st.integers(0, 10**6), GROWTHS, st.integers(1, 2000))
def test_retention_never_makes_rows_more_nor_negative(initial: int, growth: str, days: int) -> None:
    for years in (0, 0.5, 1, 3):
        kept, all_of_them = forecast(str(initial), growth, f"{days} days"), forecast(str(initial), growth)
        rows, most = kept.rows_after(years), all_of_them.rows_after(years)
        assert rows is not None
        assert most is not None
        assert -1e-6 * most <= rows <= most * (1 + 1e-9)


def stored(*schedules: BackupSchedule, throughput: str = "") -> Any:
    volume = Volume(uid=uid("volume"), entity=uid("entity"), initial_rows="1 million", growth="1000/day")
    recovery = Recovery(uid=uid("recovery"), store=uid("store"), restore_throughput=throughput)
    keys = KeySpace(uid=uid("keys"), pattern="a:{b}", store=uid("store"), size_estimate="2 MB")
    about = entity("id bigint")
    (found,) = store_forecasts(
        design(
            "PostgreSQL 16",
            about,
            volumes=(volume,),
            recoveries=(recovery,),
            backup_schedules=schedules,
            key_spaces=(keys,),
        )
    )
    return found


def schedule(kind: BackupKind, frequency: str, retention: str) -> BackupSchedule:
    return BackupSchedule(uid=uid(kind), store=uid("store"), kind=kind, frequency=frequency, retention=retention)


def test_a_store_sums_what_lies_in_it() -> None:
    assert stored().bytes_after(0) == 36_000_000 + 2_000_000


def test_restoring_takes_size_by_throughput() -> None:
    found = stored(throughput="19 MB/s")
    assert found.restore_seconds(0) == pytest.approx(2)
    assert found.restore_formula(0).replace("\u00a0", " ") == "38.0 MB ÷ 19.0 MB/s = 2 s"
    assert stored().restore_seconds(0) is None


def test_full_backups_are_kept_as_often_as_they_fit_into_their_retention() -> None:
    full = schedule(BackupKind.FULL, "daily", "30 days")
    volume = stored(full).backup(full, 0)
    assert volume.bytes == 30 * 38_000_000
    assert volume.formula.replace("\u00a0", " ") == "30 copies × 38.0 MB = 1.14 GB"


def test_archived_logs_hold_what_was_added() -> None:
    log = schedule(BackupKind.LOG, "continuous", "7 days")
    assert stored(log).backup(log, 1).bytes == pytest.approx(7 * 1000 * 36)


def test_differential_backups_hold_half_of_what_comes_between_full_ones() -> None:
    full, part = schedule(BackupKind.FULL, "weekly", "30 days"), schedule(BackupKind.DIFFERENTIAL, "daily", "7 days")
    assert stored(full, part).backup(part, 1).bytes == pytest.approx(7 * 3.5 * 1000 * 36)
    assert stored(part).backup(part, 1) is None


@pytest.mark.parametrize(("frequency", "retention"), [("", "30 days"), ("daily", ""), ("daily", "forever")])
def test_backups_without_frequency_or_retention_have_no_volume(frequency: str, retention: str) -> None:
    made = schedule(BackupKind.FULL, frequency, retention)
    assert stored(made).backup(made, 1) is None


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 B"), (999, "999 B"), (1000, "1.00 kB"), (9_996, "10.0 kB"), (999_600, "1.00 MB"), (4.27e9, "4.27 GB")],
)
def test_sizes_have_three_digits(size: float, words: str) -> None:
    assert in_bytes(size).replace("\u00a0", " ") == words


def test_numbers_are_grouped_and_times_have_fitting_units() -> None:
    assert grouped(1_200_000) == "1\u202f200\u202f000"
    assert grouped(365.2425, 1) == "365.2"
    assert [in_time(seconds).replace("\u00a0", " ") for seconds in (2, 600, 7200, 864_000)] == [
        "2 s",
        "10 min",
        "2 h",
        "10 days",
    ]
