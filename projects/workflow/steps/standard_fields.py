"""The fields that the project's conventions ask of every entity, with types that fit the store."""

from collections import Counter
from dataclasses import dataclass

from projects.checks.words import listed
from projects.design.systems import SystemName, named_system
from projects.design.tree import Design
from projects.design.vocabulary import KeyKind, StructureKind
from projects.models import Conventions, Entity, EntityField, EntityKey
from projects.models.base import Row
from projects.workflow.editing import Door
from projects.workflow.forms import Scope
from projects.workflow.references import FieldKeys, referring_type
from projects.workflow.steps.step import Filler

KINDS = (StructureKind.TABLE, StructureKind.COLLECTION, StructureKind.NODE)


@dataclass(frozen=True)
class Types:
    key: str
    moment: str
    yes_or_no: str
    now: str = "CURRENT_TIMESTAMP"
    no: str = "false"
    text: str = "text"


TYPES: dict[SystemName | None, Types] = {
    SystemName.POSTGRESQL: Types("uuid", "timestamptz", "boolean", "now()"),
    SystemName.MYSQL: Types("bigint", "datetime(6)", "boolean", "CURRENT_TIMESTAMP(6)", text="varchar(255)"),
    SystemName.MARIADB: Types("bigint", "datetime(6)", "boolean", "CURRENT_TIMESTAMP(6)", text="varchar(255)"),
    SystemName.SQLITE: Types("integer", "datetime", "boolean"),
    SystemName.SQL_SERVER: Types("bigint", "datetimeoffset", "bit", "SYSDATETIMEOFFSET()", "0", "nvarchar(255)"),
    SystemName.ORACLE: Types("number(19)", "timestamp with time zone", "number(1)", no="0", text="varchar2(255)"),
    None: Types("uuid", "timestamptz", "boolean", "now()"),
}
IN_COLLECTIONS = Types("string", "date", "boolean", now="", text="string")
MONGO = Types("ObjectId", "date", "boolean", now="", text="string")
IN_GRAPHS = Types("string", "datetime", "boolean", now="", text="string")

MEANINGS = {
    "created": "When the {row} was added.",
    "updated": "When the {row} was last changed.",
    "deleted": "When the {row} was deleted; empty while it is in use.",
}
ROW = {StructureKind.TABLE: "row", StructureKind.COLLECTION: "document", StructureKind.NODE: "node"}
# Standard fields of these names say nothing as long as nothing happened.
MAY_BE_EMPTY = ("deleted", "archived", "removed")


def missing(names: tuple[str, ...], there: set[str]) -> list[str]:
    return [name for name in dict.fromkeys(names) if name.casefold() not in there]


def words(design: Design, holder: Row | None) -> str:
    """What the button says: the fields that are not there yet."""
    entity = design.entity_by_uid.get(holder.uid) if holder else None
    if entity is None or entity.kind not in KINDS:
        return ""
    there = {field.name.casefold() for field in entity.fields}
    names = missing(listed(design.conventions.standard_fields), there)
    return f"Standard fields: {', '.join(names)}" if names else ""


def make(scope: Scope) -> list[tuple[Row, dict[str, list[str]]]]:
    """The missing standard fields of the entity on show."""
    entity = scope.entity
    if entity is None or entity.kind not in KINDS:
        return []
    fields = list(EntityField.objects.filter(entity=entity).order_by("position", "uid"))
    conventions = scope.conventions
    names = missing(listed(conventions.standard_fields), {field.folded_name for field in fields})
    maker = Maker(entity, conventions, _types(entity))
    rows: list[tuple[Row, dict[str, list[str]]]] = []
    for name in names:
        row = maker.field(name)
        if maker.is_key(name) and fields:
            # The key stands first. Zero would mean that a place is yet to be found.
            row.position = (fields[0].position - 1024) or -1
        rows.append((row, {"Field": ["", name], "Type": ["", row.type]}))
    return rows


def finish(door: Door, rows: list[Row]) -> None:
    """Make the field named as primary keys are the primary key, if there is none yet."""
    for row in rows:
        if isinstance(row, EntityField) and row.name.casefold() == _key_name(door):
            keys = EntityKey.objects.filter(entity=row.entity, kind=KeyKind.PRIMARY)
            if not keys.exists():
                FieldKeys(row).change(door, KeyKind.PRIMARY)


def _key_name(door: Door) -> str:
    return door.feature.epic.project.conventions.primary_key_name.casefold()


def _types(entity: Entity) -> Types:
    if entity.kind == StructureKind.NODE:
        return IN_GRAPHS
    system = entity.store.system if entity.store else ""
    if entity.kind == StructureKind.COLLECTION:
        return MONGO if "mongo" in system.casefold() else IN_COLLECTIONS
    return TYPES[named_system(system)]


@dataclass(frozen=True)
class Maker:
    """Makes fields by name, as the conventions and the other tables of the design have it."""

    entity: Entity
    conventions: Conventions
    types: Types

    def is_key(self, name: str) -> bool:
        return name.casefold() == self.conventions.primary_key_name.casefold()

    def field(self, name: str) -> EntityField:
        folded = name.casefold()
        field = EntityField(feature=self.entity.feature, entity=self.entity, name=name, is_required=True)
        if self.is_key(name):
            field.type, field.description = self._key_type(), f"Identifies the {self._row}."
        elif self._is_moment(folded):
            field.type = self.types.moment
            field.is_required = not folded.startswith(MAY_BE_EMPTY)
            field.default = self.types.now if field.is_required else ""
        elif folded.startswith(tuple(each.casefold() for each in listed(self.conventions.boolean_prefixes))):
            field.type, field.default = self.types.yes_or_no, self.types.no
        elif folded == "version":
            field.type, field.default = "integer", "1"
            field.description = f"Counts the changes, so that nobody overwrites a newer {self._row}."
        elif folded.endswith(("_id", "_by", "id")):
            field.type = referring_type(self._key_type())
        else:
            field.type = self.types.text
        meaning = next((text for start, text in MEANINGS.items() if folded.startswith(start)), "")
        if self._is_moment(folded) and meaning:
            field.description = meaning.format(row=self._row)
        return field

    def _is_moment(self, folded: str) -> bool:
        suffix = self.conventions.timestamp_suffix.casefold()
        return bool(suffix and folded.endswith(suffix)) or folded.endswith(("_at", "edat"))

    @property
    def _row(self) -> str:
        return ROW[StructureKind(self.entity.kind)]

    def _key_type(self) -> str:
        """What most keys of the same store are, or what its system does best."""
        keys = EntityField.objects.filter(
            key_parts__key__kind=KeyKind.PRIMARY, entity__feature=self.entity.feature, entity__store=self.entity.store
        )
        used = Counter(keys.filter(entity__kind=self.entity.kind).values_list("type", flat=True))
        used.pop("", None)
        return used.most_common(1)[0][0] if used else self.types.key


STANDARD_FIELDS = Filler(words, make, finish)
