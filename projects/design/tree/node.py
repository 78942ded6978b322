"""What every node of the tree is made of: texts within their limits, and the classes with and without a uid."""

import unicodedata
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

from projects.design.vocabulary import KEY_PATTERN, LINE_LENGTH, NAME_LENGTH, PROSE_LENGTH


def printable(text: str) -> str:
    """Refuse control characters: XML, and so SVG and PDF, cannot hold them."""
    for character in text:
        if unicodedata.category(character) == "Cc" and character not in "\n\t":
            raise ValueError(f"the control character U+{ord(character):04X} cannot be stored")
    return text


def single_line(text: str) -> str:
    if "\n" in text or "\t" in text:
        raise ValueError("this is one line of text: no line breaks and no tabs")
    return text


Key = Annotated[str, StringConstraints(pattern=f"^{KEY_PATTERN}$")]


Name = Annotated[
    str,
    StringConstraints(min_length=1, max_length=NAME_LENGTH),
    AfterValidator(printable),
    AfterValidator(single_line),
]


Line = Annotated[str, StringConstraints(max_length=LINE_LENGTH), AfterValidator(printable), AfterValidator(single_line)]


Prose = Annotated[str, StringConstraints(max_length=PROSE_LENGTH), AfterValidator(printable)]


class Node(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    def with_values(self, **values: Any) -> Self:
        """A copy with these values, not checked again; what the node computed of itself stays behind."""
        said = {name: getattr(self, name) for name in type(self).model_fields}
        copy: Self = type(self).model_construct(**said | values)  # type: ignore[assignment]  # it makes its own class
        return copy


class Thing(Node):
    """A node that people can point at: its uid survives renaming, export, import and revisions."""

    uid: UUID
