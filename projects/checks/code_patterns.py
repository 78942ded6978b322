"""How model code and migration code look in the tools that projects use: each needs punctuation that no prose has."""

import re

# Tool, then pairs of a literal and a pattern. The literal stands in every match, so that prose costs next to nothing.
ORM_CODE = {
    "SQLAlchemy": (
        ("__tablename__", r"__tablename__\s*="),
        ("mapped_column(", r"\bmapped_column\("),
        ("Mapped[", r"\bMapped\["),
        ("declarative_base(", r"\bdeclarative_base\("),
        ("Column(", r"\bColumn\(\s*(?:[\"']|db\.|sa\.|[A-Z]\w+[(,)])"),
        ("class ", r"\bclass\s+\w+\((?:db\.Model|DeclarativeBase|Base)\)\s*:"),
        ("session.", r"\bsession\.(?:query|execute|scalars|add)\("),
    ),
    "Django": (
        ("models.Model)", r"\bclass\s+\w+\((?:\w+\.)?models\.Model\)"),
        ("models.", r"\bmodels\.(?:\w+Field|ForeignKey|UniqueConstraint|CheckConstraint|Index)\("),
        (".objects.", r"\.objects\.(?:filter|get|all|create|exclude|values|annotate|order_by|bulk_create)\("),
    ),
    "Prisma": (
        ("{", r"^\s*(?:model|enum|datasource|generator)\s+\w+\s*\{\s*$"),
        ("@@", r"@@(?:id|map|index|unique)\("),
        (" @", r"\s@(?:default|relation|map)\(|^\s*\w+\s+[A-Z]\w*(?:\?|\[\])?\s+@(?:id|unique|updatedAt)\b"),
        ("prisma.", r"\bprisma\.\w+\.(?:find|create|update|delete|upsert|count|aggregate)\w*\("),
    ),
    "TypeORM": (
        ("@Entity(", r"@Entity\("),
        ("Column(", r"@(?:Column|PrimaryColumn|PrimaryGeneratedColumn|JoinColumn|\w+DateColumn)\("),
        ("To", r"@(?:OneToMany|ManyToOne|ManyToMany|OneToOne)\("),
        ("createQueryBuilder(", r"\bcreateQueryBuilder\("),
    ),
    "Mongoose": (
        ("Schema(", r"\bnew\s+(?:mongoose\.)?Schema\("),
        ("mongoose.", r"\bmongoose\.(?:model|Schema|connect)\("),
    ),
    "MongoDB": (
        ("db.", r"\bdb\.\w+\.(?:(?:find|insert|update|delete)(?:One|Many)?|aggregate|createIndex)\("),
        ("db.", r"\bdb\.(?:createCollection|getCollection)\("),
    ),
    "Sequelize": (
        ("sequelize.", r"\bsequelize\.define\("),
        ("DataTypes.", r"\bDataTypes\.[A-Z]{2,}"),
        (".belongsTo", r"\.belongsTo(?:Many)?\(\s*\w"),
        (".has", r"\.has(?:Many|One)\(\s*\w"),
    ),
    "ActiveRecord": (
        ("Record", r"\bclass\s+\w+\s*<\s*(?:ApplicationRecord|ActiveRecord::Base)"),
        (" :", r"^\s*(?:has_many|belongs_to|has_one|validates)\s+:\w"),
    ),
    "JPA": (("@", r"@(?:Table|JoinColumn|NamedQuery)\(\s*name\s*=|@GeneratedValue\b|@Id\s+(?:@|private|protected)"),),
    "Entity Framework": (("DbSet<", r"\bDbSet<\w+>"), ("modelBuilder.", r"\bmodelBuilder\.Entity<")),
    "Drizzle": (("Table(", r"\b(?:pgTable|mysqlTable|sqliteTable)\("),),
    "Eloquent": (
        ("extends ", r"\bclass\s+\w+\s+extends\s+(?:Model|Eloquent)\b"),
        ("$this->", r"\$this->(?:hasMany|belongsTo|hasOne)\w*\("),
    ),
    "GORM": ((':"', r"`(?:gorm|db|bson):\""),),
    "Ecto": (("schema ", r"^\s*schema\s+\"\w+\"\s+do\b"),),
}

MIGRATION_CODE = {
    "Alembic": (
        ("op.", r"\bop\.(?:(?:create|drop|add|alter|batch_alter)_\w+|execute|bulk_insert)\("),
        ("def ", r"\bdef\s+(?:upgrade|downgrade)\("),
        ("down_revision", r"^\s*down_revision\s*[:=]"),
    ),
    "Django": (
        ("migrations.Migration)", r"\bclass\s+Migration\(migrations\.Migration\)"),
        ("migrations.", r"\bmigrations\.(?:Create|Delete|Add|Remove|Alter|Rename|Run)\w+\("),
    ),
    "Knex": (
        ("knex", r"\bknex\.schema\b|\bknex\(\s*['\"`]"),
        ("exports.", r"\bexports\.(?:up|down)\s*="),
        ("table.", r"\btable\.(?:increments|string|integer|timestamps?|foreign|uuid|text|boolean|decimal)\("),
    ),
    "Rails": (
        ("ActiveRecord::", r"\bActiveRecord::Migration\b"),
        (" :", r"^\s*(?:(?:create|drop|change)_table|(?:add|remove|rename)_(?:column|index|reference))\s+:\w"),
        ("t.", r"\bt\.(?:string|integer|references|timestamps|datetime|text|boolean|decimal|bigint)\s+:\w"),
    ),
    "Laravel": (
        ("Schema::", r"\bSchema::(?:create|table|drop|dropIfExists)\("),
        ("$table->", r"\$table->\w+\("),
    ),
    "Liquibase": (
        ("<", r"<(?:databaseChangeLog|changeSet)\b"),
        ("change", r"^\s*--\s*changeset\s|^\s*(?:-\s*)?changeSet\s*:\s*$"),
        ("databaseChangeLog", r"^\s*databaseChangeLog\s*:\s*$"),
        ("--", r"^\s*--\s*liquibase formatted\b"),
    ),
    "TypeORM": (
        ("MigrationInterface", r"\bimplements\s+MigrationInterface\b"),
        ("queryRunner.", r"\bqueryRunner\.\w+\("),
    ),
    "Sequelize": (("queryInterface.", r"\bqueryInterface\.\w+\("),),
    "Entity Framework": (("migrationBuilder.", r"\bmigrationBuilder\.\w+\("),),
    "Flyway": (("BaseJavaMigration", r"\bextends\s+BaseJavaMigration\b"),),
    "goose": (("-- +", r"^\s*--\s\+(?:goose|migrate)\s+(?:Up|Down)"),),
}

Pattern = tuple[str, str, re.Pattern[str]]


def compiled(code: dict[str, tuple[tuple[str, str], ...]]) -> tuple[Pattern, ...]:
    """Each pattern as (tool, literal, expression)."""
    return tuple(
        (tool, literal, re.compile(pattern, re.MULTILINE)) for tool, pairs in code.items() for literal, pattern in pairs
    )


ORM_PATTERNS = compiled(ORM_CODE)
MIGRATION_PATTERNS = compiled(MIGRATION_CODE)
