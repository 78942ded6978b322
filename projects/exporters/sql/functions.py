"""The functions that an expression may call in each dialect, with what they give.

An unknown function would keep the whole text from loading; one that is not the same for the same values, like now(),
may stand in a default but not in an index or in a computed column.
"""

from projects.checks.words import word_set
from projects.design.field_types import Family
from projects.exporters.sql.dialect import Dialect

Functions = dict[str, Family | None]


def _giving(family: Family | None, names: str) -> Functions:
    return dict.fromkeys(names.split(), family)


_EVERYWHERE = (
    _giving(Family.TEXT, "lower upper trim ltrim rtrim replace substr")
    | _giving(Family.DECIMAL, "length abs round")
    | _giving(None, "coalesce nullif")
)
FIXED: dict[Dialect, Functions] = {
    Dialect.POSTGRESQL: _EVERYWHERE
    | _giving(
        Family.TEXT, "btrim initcap left right lpad rpad substring translate reverse repeat md5 split_part overlay"
    )
    | _giving(Family.TEXT, "regexp_replace json_typeof jsonb_typeof encode")
    | _giving(Family.DECIMAL, "char_length character_length octet_length ceil ceiling floor trunc mod power sqrt sign")
    | _giving(Family.DECIMAL, "position strpos array_length cardinality num_nonnulls num_nulls jsonb_array_length")
    | _giving(Family.DECIMAL, "json_array_length array_position bit_length ascii ln exp")
    | _giving(
        Family.BOOLEAN, "isempty starts_with jsonb_path_exists jsonb_exists isfinite regexp_like lower_inc upper_inc"
    )
    | _giving(Family.BINARY, "decode sha256")
    | _giving(Family.DATE, "make_date")
    | _giving(None, "greatest least to_tsvector setweight array_to_tsvector make_interval int4range numrange daterange")
    | _giving(None, "tsrange tstzrange point box masklen network host json_extract_path jsonb_extract_path"),
    Dialect.MYSQL: _EVERYWHERE
    | _giving(
        Family.TEXT, "concat concat_ws left right lpad rpad substring reverse repeat md5 sha1 sha2 hex json_unquote"
    )
    | _giving(Family.TEXT, "json_type substring_index date_format")
    | _giving(
        Family.DECIMAL, "char_length character_length octet_length ceil ceiling floor truncate mod pow power sqrt"
    )
    | _giving(
        Family.DECIMAL, "sign locate instr year month day hour minute second datediff json_length bit_length ascii"
    )
    | _giving(Family.DECIMAL, "to_days unix_timestamp weekday dayofweek quarter extract")
    | _giving(
        Family.BOOLEAN, "json_valid json_contains json_contains_path regexp_like isnull is_uuid json_schema_valid"
    )
    | _giving(Family.DATE, "date last_day")
    | _giving(None, "greatest least if ifnull json_extract json_object json_array json_value cast convert date_add")
    | _giving(None, "st_srid st_x st_y uuid_to_bin bin_to_uuid"),
    Dialect.SQLITE: _EVERYWHERE
    | _giving(Family.TEXT, "typeof hex quote printf format substring json json_type concat concat_ws")
    | _giving(Family.DECIMAL, "instr unicode sign json_array_length")
    | _giving(Family.BOOLEAN, "json_valid like glob")
    | _giving(None, "ifnull iif min max json_extract json_object json_array char"),
}
CHANGING: dict[Dialect, Functions] = {
    Dialect.POSTGRESQL: _giving(Family.TIMESTAMP, "now clock_timestamp statement_timestamp transaction_timestamp")
    | _giving(Family.TIMESTAMP, "current_timestamp localtimestamp to_timestamp timezone make_timestamptz")
    | _giving(Family.UUID, "gen_random_uuid uuidv4 uuidv7 uuid_generate_v4 uuid_generate_v1 uuid_generate_v1mc")
    | _giving(Family.TEXT, "to_char concat concat_ws format")
    | _giving(Family.DECIMAL, "random nextval date_part extract txid_current")
    | _giving(Family.BINARY, "gen_random_bytes")
    | _giving(Family.BOOLEAN, "pg_input_is_valid")
    | _giving(None, "date_trunc age to_date to_jsonb to_json jsonb_build_object json_build_object array_append"),
    Dialect.MYSQL: _giving(Family.TIMESTAMP, "now current_timestamp localtimestamp localtime utc_timestamp sysdate")
    | _giving(Family.DATE, "curdate current_date utc_date")
    | _giving(Family.TIME, "curtime current_time utc_time")
    | _giving(Family.UUID, "uuid")
    | _giving(Family.DECIMAL, "rand")
    | _giving(Family.BINARY, "random_bytes"),
    Dialect.SQLITE: _giving(Family.TEXT, "datetime date time strftime lower")
    | _giving(Family.DECIMAL, "random julianday unixepoch")
    | _giving(Family.BINARY, "randomblob"),
}
# The extension that a function comes with.
EXTENSIONS = dict.fromkeys(("uuid_generate_v4", "uuid_generate_v1", "uuid_generate_v1mc"), "uuid-ossp") | {
    "gen_random_bytes": "pgcrypto"
}
# Words that brackets may follow although they are no functions.
BEFORE_BRACKETS = word_set(
    """
    and or not in between like ilike when then else case is any some all array as similar regexp glob xor div mod
    collate interval from distinct to escape cast
    """
)
# Words without brackets that stand for a time.
TIMES = {
    "current_timestamp": Family.TIMESTAMP,
    "localtimestamp": Family.TIMESTAMP,
    "current_date": Family.DATE,
    "current_time": Family.TIME,
    "localtime": Family.TIME,
}


def functions_of(dialect: Dialect, *, only_fixed: bool) -> Functions:
    return FIXED[dialect] if only_fixed else FIXED[dialect] | CHANGING[dialect]
