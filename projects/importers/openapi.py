"""An OpenAPI description or a JSON Schema into DTOs with their fields, and a reason for all that was not taken."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from projects.design.tree import Dto, DtoField, printable, single_line
from projects.design.vocabulary import LINE_LENGTH, NAME_LENGTH, PROSE_LENGTH
from projects.importers.json_schemas import NotTaken, Schema, Schemas
from projects.importers.openapi_operations import Usage, operations
from projects.importers.schema_words import NESTED_AT_MOST, Describer
from projects.importers.source_text import Unreadable, decode

DTOS_AT_MOST = 3_000
FIELDS_AT_MOST = 40_000
LONG_LIMITS = "Its limits are longer than a line; the beginning was taken."


@dataclass(frozen=True)
class LeftOut:
    """A schema, or a field of one, that was not taken, or not in full."""

    name: str
    reason: str


@dataclass(frozen=True)
class DtoImport:
    """Each named schema is in `dtos`, or its name is in `left_out`."""

    label: str
    dtos: tuple[Dto, ...]
    left_out: tuple[LeftOut, ...]


def read_openapi(content: bytes | str) -> DtoImport:
    """The DTOs that the description names; raises Unreadable with one sentence on what is wrong with the file."""
    text, _ = decode(content)
    document = _parsed(text)
    reader = Reader(Schemas(document))
    reader.read()
    if not reader.dtos and not reader.left_out:
        raise Unreadable(
            "There are no schemas in this file. They stand under components.schemas in OpenAPI 3, under definitions "
            "in Swagger 2, and under $defs in JSON Schema."
        )
    return DtoImport(_label(document), tuple(reader.dtos.values()), tuple(reader.left_out))


def _parsed(text: str) -> Schema:
    if not text.lstrip().startswith(("{", "[")):
        raise Unreadable(
            "This is not JSON. A description in YAML has to be turned into JSON first; most API tools can export it."
        )
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        raise Unreadable(f"This is not valid JSON: line {error.lineno}, column {error.colno}: {error.msg}.") from error
    except RecursionError:
        raise Unreadable("This file is nested too deeply to be read.") from None
    except ValueError:  # a number of more digits than Python reads
        raise Unreadable("This file holds a number too long to be read.") from None
    if not isinstance(document, dict):
        raise Unreadable("An API description is a JSON object; this file holds something else.")
    return document


def _label(document: Schema) -> str:
    for key, words in (("openapi", "OpenAPI"), ("swagger", "Swagger")):
        if isinstance(document.get(key), str):
            return _line(f"{words} {document[key][:12]}")
    return "JSON Schema"


@dataclass
class Reader:
    schemas: Schemas
    dtos: dict[str, Dto] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    fields: int = 0

    def read(self) -> None:
        usage = operations(self.schemas)
        wanted = list(self._wanted(usage))
        names = {pointer: name for name, pointer, schema in wanted if pointer and self._is_object(schema)}
        describer = Describer(self.schemas, names)
        for name, pointer, schema in wanted:
            try:
                self._take(name, pointer, schema, describer, usage)
            except NotTaken as reason:
                self.left_out.append(LeftOut(_shown(name), _line(str(reason))))

    def _wanted(self, usage: Usage) -> Iterator[tuple[str, str, Any]]:
        yield from self.schemas.named()
        root = self.schemas.document
        if "openapi" not in root and "swagger" not in root and root.get("properties"):
            title = root.get("title")
            yield (title if isinstance(title, str) and title else "Root"), "#", root
        yield from ((name, "", schema) for name, schema in usage.inline.items())

    def _is_object(self, schema: Any) -> bool:
        try:
            return self.schemas.is_object(self.schemas.resolved(schema)[0])
        except NotTaken:
            return False

    def _take(self, name: str, pointer: str, schema: Any, describer: Describer, usage: Usage) -> None:
        _refuse_name(name)
        if name.casefold() in self.dtos:
            raise NotTaken("Another schema has this name.")
        if len(self.dtos) >= DTOS_AT_MOST:
            raise NotTaken(f"At most {DTOS_AT_MOST} schemas are read from one file.")
        found, _ = self.schemas.resolved(schema)
        if not self.schemas.is_object(found):
            raise NotTaken(_why_no_fields(found))
        fields = tuple(self._fields(name, found, describer))
        if not fields:
            raise NotTaken("None of its fields can be taken.")
        self.dtos[name.casefold()] = Dto(
            uid=uuid4(),
            name=name,
            direction=usage.direction(pointer or name),
            description=_prose(found.get("description")),
            fields=fields,
        )

    def _fields(
        self, dto: str, schema: Schema, describer: Describer, prefix: str = "", depth: int = 0
    ) -> Iterator[DtoField]:
        shape = self.schemas.shape(schema)
        if shape.has_alternatives:
            self.left_out.append(LeftOut(dto, "Besides these fields it has alternatives (oneOf, anyOf)."))
        for name, held in shape.properties.items():
            path = f"{prefix}{name}"
            try:
                yield from self._field(dto, path, held, name in shape.required, describer, depth)
            except NotTaken as reason:
                self.left_out.append(LeftOut(_shown(f"{dto}.{path}"), _line(str(reason))))

    def _field(
        self, dto: str, path: str, schema: Any, is_required: bool, describer: Describer, depth: int
    ) -> Iterator[DtoField]:
        _refuse_name(path)
        self.fields += 1
        if self.fields > FIELDS_AT_MOST:
            raise NotTaken(f"At most {FIELDS_AT_MOST:,} fields are read from one file.")
        words = describer.words(schema)
        if words.note:
            self.left_out.append(LeftOut(f"{dto}.{path}", words.note))
        limits = "; ".join(words.limits)
        if len(limits) > LINE_LENGTH:
            self.left_out.append(LeftOut(f"{dto}.{path}", LONG_LIMITS))
        yield DtoField(uid=uuid4(), name=path, type=_line(words.type), is_required=is_required, limits=_line(limits))
        if words.nested is not None:
            if depth >= NESTED_AT_MOST:
                raise NotTaken("What it holds is nested too deeply; the field itself was taken.")
            yield from self._fields(dto, words.nested, describer, f"{path}.", depth + 1)


def _refuse_name(name: str) -> None:
    if len(name) > NAME_LENGTH:
        raise NotTaken(f"Its name is longer than {NAME_LENGTH} characters.")
    try:
        # Half of a surrogate pair is no character, and no file or database takes it.
        single_line(printable(name)).encode()
    except ValueError:
        raise NotTaken("Its name holds characters that cannot be stored, such as line breaks.") from None
    if not name.strip():
        raise NotTaken("It has no name.")


def _why_no_fields(schema: Schema) -> str:
    if schema.get("enum") or "const" in schema:
        return "It is a list of values, not an object; fields that use it take them as their limits."
    if schema.get("oneOf") or schema.get("anyOf"):
        return "It is one of several alternatives; each of them that is an object is taken by itself."
    if schema.get("type") == "array":
        return "It is a list; what it lists is taken by itself."
    if schema.get("additionalProperties"):
        return "Its field names are free, so there are none to take."
    stated = schema.get("type")
    if isinstance(stated, str) and stated != "object":
        return f"It is a single value ({_line(stated)}), not an object; fields that use it take its limits."
    return "It names no fields."


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() else " " for character in text)


def _line(text: str) -> str:
    line = " ".join(_printable(text).split())
    return line if len(line) <= LINE_LENGTH else f"{line[: LINE_LENGTH - 1]}…"


def _shown(name: str) -> str:
    return _line(name) or "(no name)"


def _prose(value: Any) -> str:
    lines = value.splitlines() if isinstance(value, str) else []
    return "\n".join(_printable(line).rstrip() for line in lines).strip()[:PROSE_LENGTH]
