"""Rules against code in the prose of the data design document, which holds prose, tables and diagrams only."""

from collections.abc import Iterator

from projects.checks.code_in_prose import CodeKind
from projects.checks.facts import Facts
from projects.checks.rule import Claim, problem, rule
from projects.design.vocabulary import Severity

SOURCE = "The workflow's NO CODE constraint; checklist items 11 to 14"
SAYS = "The {field} of “{path}” holds {what}: “{excerpt}”."


@rule(
    "sql-in-prose",
    Severity.ERROR,
    says=SAYS,
    remedy="Say in prose what it does. SQL of an operation has a field of its own in step 4.",
    breaks="Logic: SELECT id FROM refunds WHERE payment_id = 7",
    keeps="Logic: all refunds of one payment, the newest first",
    source=SOURCE,
)
def sql_in_prose(facts: Facts) -> Iterator[Claim]:
    """Prose of the data design holds an SQL statement.

    The document is read by people who judge the design, and code in it is out of date with the first migration.
    """
    return _claims(facts, CodeKind.SQL)


@rule(
    "orm-code-in-prose",
    Severity.ERROR,
    says=SAYS,
    remedy="Describe the entity in step 3: its fields, keys and rules say what the model code says.",
    breaks="Purpose: class Refund(models.Model): …",
    keeps="Purpose: one request to return money for a captured payment",
    source=SOURCE,
)
def orm_code_in_prose(facts: Facts) -> Iterator[Claim]:
    """Prose of the data design holds model code of an ORM.

    It ties the design to one tool, and says twice what the entities say.
    """
    return _claims(facts, CodeKind.ORM)


@rule(
    "migration-code-in-prose",
    Severity.ERROR,
    says=SAYS,
    remedy="Say in prose what the migration does, in which order, and how it is undone.",
    breaks="Logic: op.add_column('refunds', …)",
    keeps="Logic: add the field empty, fill it in batches, then make it required",
    source=SOURCE,
)
def migration_code_in_prose(facts: Facts) -> Iterator[Claim]:
    """Prose of the data design holds migration code.

    Migrations are written from the design, not into it.
    """
    return _claims(facts, CodeKind.MIGRATION)


@rule(
    "code-block-in-prose",
    Severity.ERROR,
    says=SAYS,
    remedy="Write prose, a list or a table; a diagram in Mermaid may stay.",
    breaks="A fenced block of Python, or lines indented by four spaces",
    keeps="A fenced block of Mermaid",
    source=SOURCE,
)
def code_block_in_prose(facts: Facts) -> Iterator[Claim]:
    """Prose of the data design holds a block that Markdown shows as code.

    The document must hold no fenced or indented code but Mermaid.
    """
    return _claims(facts, CodeKind.BLOCK)


def _claims(facts: Facts, kind: CodeKind) -> Iterator[Claim]:
    for node, field, passage in facts.passages:
        if passage.kind is kind:
            words = {"field": field.replace("_", " "), "what": passage.what, "excerpt": passage.excerpt}
            yield problem(node, field_name=field, **words)
