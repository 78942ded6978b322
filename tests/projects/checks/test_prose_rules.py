import pytest

from projects.checks.code_in_prose import CodeKind, code_passages
from projects.design.tree import Requirements
from tests.projects.checks.builders import findings_of, make_entity, make_field, make_query, make_store, paths_of
from tests.projects.checks.designs import finished_design, finished_entities, finished_queries

SQL = [
    "SELECT id FROM refunds",
    "SELECT id\nFROM refunds\nWHERE payment_id = :id",
    "select id from refunds where status = 'open'",
    "select count(*) from refunds",
    "select r.id, p.currency from refunds r join payments p on p.id = r.payment_id",
    "select id, amount from refunds",
    "select distinct status from refunds order by status;",
    "Every night: select id from refunds where settled_at is null.",
    "Use `SELECT * FROM refunds` to list them.",
    "with old as (select id from refunds) delete from refunds using old",
    "INSERT INTO refunds (id) VALUES (1)",
    "insert into refunds values (1, 2)",
    "update refunds set status = 'settled' where id = 1",
    "UPDATE refunds SET status = 'x'",
    "DELETE FROM refunds;",
    "delete from refunds where expires_at < now()",
    "CREATE TABLE refunds (",
    "create table refunds (id uuid primary key, amount numeric(12,2))",
    "create table if not exists refunds",
    "CREATE UNIQUE INDEX idx ON refunds (a)",
    "create index on refunds using gin (body)",
    "CREATE TYPE refund_status AS ENUM ('a')",
    "ALTER TABLE refunds ADD COLUMN x int",
    "alter table refunds add column currency char(3);",
    "drop table if exists refunds",
    "TRUNCATE refunds;",
    "grant select on refunds to reporting;",
    "SELECT pg_catalog.set_config('search_path', '', false)",
    "SELECT a, b FROM refunds",
]
ORM = [
    "class Refund(Base):\n    __tablename__ = 'refunds'",
    "id = Column(Integer, primary_key=True)",
    "id: Mapped[int] = mapped_column(primary_key=True)",
    "class Refund(models.Model):",
    "amount = models.DecimalField(max_digits=12, decimal_places=2)",
    "Refund.objects.filter(status='open')",
    "model Refund {\n  id String @id @default(uuid())\n}",
    "await prisma.refund.findMany({})",
    "@Entity()\nclass Refund {}",
    "@ManyToOne(() => Payment)",
    "const refundSchema = new Schema({ amount: Number });",
    "mongoose.model('Refund', schema)",
    "has_many :lines",
    "class Refund extends Model {",
    'type Refund struct { ID uint `gorm:"primaryKey"` }',
]
MIGRATIONS = [
    "op.create_table('refunds')",
    "def upgrade():",
    "migrations.CreateModel(name='Refund')",
    "exports.up = (knex) => knex.schema.createTable('refunds')",
    "create_table :refunds do |t|",
    "Schema::create('refunds', function ($table) {})",
    "<changeSet id='1' author='me'>",
    "await queryRunner.query(sql)",
]
BLOCKS = [
    "```\nx\n```",
    "```sql\nx\n```",
    "~~~python\nx\n~~~",
    "Look:\n\n    x = 1",
    "    x = 1",
    "- item\n\n  ```python\n  x\n  ```",
    "> ```\n> x\n> ```",
    "```mermaid\nerDiagram\n```\n\n```\nx\n```",
    "- item\n\n      code in the item",
]
PROSE = [
    "The tool writes the\nCREATE TABLE statement.",
    "Nobody but the owner has the\nDELETE FROM privilege, or the INSERT INTO one.",
    "CREATE INDEX and ALTER TABLE are run by the release job.",
    "We rank results by\nSELECT and FROM counts.",
    "Set the status to settled where the provider has answered; update the ledger, then delete the key from the cache.",
    "- **Fetch**: select refunds from the index, newest first\n- **Purge**: delete from the store what expired",
    "| Drop | table of lookups | from | the list |\n|---|---|---|---|\n| insert | into | values | set |",
    "Grant support the right to select from a list on request; create a view on the data for them (read only).",
    "See the *Update* section, and `select()` in the API guide; with (or without) paging.",
]
PROSE += [
    "Select a payment from the list and update its status.",
    "Create a table for each month.",
    "Update refunds and set the status to settled.",
    "Delete from the queue what is older than a day.",
    "Insert into the ledger one entry per line.",
    "We select refunds from last month, order by date.",
    "Select all from settings; then confirm.",
    "Drop the index if it is unused, or drop table statistics from the report.",
    "With each refund (select one) the list grows.",
    "Alter the table in two steps: add the column, then fill it.",
    "Rows are selected by status, e.g. open ones, from refunds.",
    "The amount (in minor units) = price × quantity.",
    "Set updated_at = now on each change.",
    "amount > 0 and currency is not null",
    "A SELECT FOR UPDATE is held for at most one second.",
    "No SQL CREATE statements",
    "FOREIGN KEY (FK) references table(field)",
    "Uses SQLAlchemy models with Column (ID) types; upgrade() and downgrade() are both written.",
    "A model that extends Payment.",
    "Files are named V1__create_refunds.sql (Flyway) or 0001_initial.py (Django migrations).",
    "The field `status` is indexed, see `idx_refunds_status`.",
    "Merge into one row. Truncate names longer than 63 bytes.",
    "Update the table set by the owner = nobody",
    "Refund (select the reason from a list where status is known)",
    "Create index cards (paper) on demand.",
    "1. Select rows\n    1. from the list\n    2. then update\n\n   and go on",
    "* a\n\n  continued\n\n    * nested\n\n      more",
    "```mermaid\nerDiagram\n  refunds\n```",
    "A paragraph\n    with a hanging indent.",
]


def kinds(text):
    return {passage.kind for passage in code_passages(text)}


@pytest.mark.parametrize("text", SQL)
def test_sql_is_seen(text):
    assert CodeKind.SQL in kinds(text)


@pytest.mark.parametrize("text", SQL)
def test_sql_is_seen_within_prose(text):
    assert CodeKind.SQL in kinds(f"The nightly job does this.\n{text}\nThen it waits.")


@pytest.mark.parametrize("text", ORM)
def test_model_code_is_seen(text):
    assert CodeKind.ORM in kinds(text)


@pytest.mark.parametrize("text", MIGRATIONS)
def test_migration_code_is_seen(text):
    assert CodeKind.MIGRATION in kinds(text)


@pytest.mark.parametrize("text", BLOCKS)
def test_a_block_of_code_is_seen(text):
    assert CodeKind.BLOCK in kinds(text)


@pytest.mark.parametrize("text", PROSE)
def test_prose_is_left_alone(text):
    assert kinds(text) == set()


@pytest.mark.parametrize(
    "text",
    ["select " * 3000, "create table " * 2000, "from " * 4000, "a(" * 9000, "```" * 6000, " \n" * 9000, "- " * 9000],
)
def test_any_text_is_read_in_a_moment(text):
    # A pattern that backtracks without end would not come back from the longest prose there may be.
    assert kinds(text[:20_000]) <= set(CodeKind)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (SQL[0], "sql-in-prose"),
        (ORM[0], "orm-code-in-prose"),
        (MIGRATIONS[0], "migration-code-in-prose"),
        (BLOCKS[0], "code-block-in-prose"),
    ],
)
def test_code_in_the_logic_of_an_operation_is_found_in_its_step(text, rule):
    queries = (*finished_queries(), make_query("Nightly", logic=text))
    finding = findings_of(finished_design(queries=queries), rule)[0]
    assert (finding.path, finding.step, finding.field_name) == ("Nightly", "queries", "logic")


def test_the_sql_of_an_operation_may_be_sql():
    queries = (*finished_queries(), make_query("Nightly", sql="SELECT id FROM refunds"))
    assert paths_of(finished_design(queries=queries), "sql-in-prose") == []


def test_code_in_the_requirements_is_found_in_step_1():
    design = finished_design(requirements=Requirements(volume="SELECT count(*) FROM refunds"))
    finding = findings_of(design, "sql-in-prose")[0]
    assert (finding.uid, finding.path, finding.step, finding.field_name) == (
        None,
        "Requirements",
        "requirements",
        "volume",
    )
    assert finding.message == "The volume of “Requirements” holds an SQL statement: “SELECT count(*) FROM refunds”."


@pytest.mark.parametrize("holder", ["purpose", "store", "field"])
def test_all_prose_is_read(holder):
    code = "SELECT id FROM refunds"
    field = make_field("notes", "body text", description=code if holder == "field" else "")
    notes = make_entity("notes", "id uuid", field, purpose=code if holder == "purpose" else "")
    store = make_store(team_expertise=code if holder == "store" else "Known to all.")
    design = finished_design(entities=(*finished_entities(), notes), stores=(store,))
    assert len(paths_of(design, "sql-in-prose")) == 1


def test_a_long_statement_is_cut_short():
    queries = (*finished_queries(), make_query("Nightly", logic="SELECT " + "a, " * 500 + "b FROM refunds"))
    assert len(findings_of(finished_design(queries=queries), "sql-in-prose")[0].message) < 200
