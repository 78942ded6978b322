"""What the operations of an API description send and answer: the direction of DTOs, and bodies without a name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from projects.design.vocabulary import DtoDirection
from projects.importers.json_schemas import NotTaken, Schemas

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


@dataclass
class Usage:
    """Pointers, or names of inline bodies, of what is sent and what is answered."""

    sent: set[str] = field(default_factory=set)
    answered: set[str] = field(default_factory=set)
    inline: dict[str, Any] = field(default_factory=dict)

    def direction(self, pointer: str) -> DtoDirection | None:
        if pointer in self.sent:
            return DtoDirection.BOTH if pointer in self.answered else DtoDirection.REQUEST
        return DtoDirection.RESPONSE if pointer in self.answered else None


def operations(schemas: Schemas) -> Usage:
    usage = Usage()
    for name, operation in _operations(schemas.document.get("paths")):
        for schema in _bodies(schemas, operation.get("requestBody"), operation.get("parameters")):
            _note(schemas, usage, usage.sent, f"{name}Request", schema)
        answers = operation.get("responses")
        for status, answer in answers.items() if isinstance(answers, dict) else ():
            if str(status).startswith("2"):
                for schema in _bodies(schemas, answer, None):
                    _note(schemas, usage, usage.answered, f"{name}Response", schema)
    return usage


def _operations(paths: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, item in paths.items() if isinstance(paths, dict) else ():
        for method in METHODS:
            operation = item.get(method) if isinstance(item, dict) else None
            if isinstance(operation, dict):
                stated = operation.get("operationId")
                yield _pascal(stated if isinstance(stated, str) and stated else f"{method} {path}"), operation


def _bodies(schemas: Schemas, body: Any, parameters: Any) -> Iterator[Any]:
    """The schemas of a body: by media type in OpenAPI 3, by itself or as a parameter in Swagger 2."""
    try:
        found = schemas.resolved(body)[0] if body is not None else {}
    except NotTaken:
        return
    if "schema" in found:
        yield found["schema"]
    content = found.get("content")
    for media, held in content.items() if isinstance(content, dict) else ():
        if "json" in str(media) and isinstance(held, dict) and "schema" in held:
            yield held["schema"]
    for parameter in parameters if isinstance(parameters, list) else ():
        if isinstance(parameter, dict) and parameter.get("in") == "body" and "schema" in parameter:
            yield parameter["schema"]


def _note(schemas: Schemas, usage: Usage, place: set[str], name: str, schema: Any) -> None:
    """Note a schema by its pointer, that of a list by what it lists, and an inline object under a name of its own."""
    try:
        found, pointer = schemas.resolved(schema)
        if pointer:
            place.add(_first(schema))
        elif found.get("type") == "array" and "items" in found:
            _note(schemas, usage, place, f"{name}Item", found["items"])
        elif schemas.is_object(found):
            usage.inline.setdefault(name, found)
            place.add(name)
    except NotTaken:
        # The schema itself says so when it is read.
        return


def _first(schema: Any) -> str:
    return str(schema["$ref"])


def _pascal(text: str) -> str:
    parts = [part for part in re.split(r"[^A-Za-z0-9]+", text) if part]
    return "".join(part[:1].upper() + part[1:] for part in parts) or "Operation"
