"""The size of a row as people see it: the bytes, the formula, its source."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldSize:
    """What a field takes in the row, in bytes, with what the system adds to its value and the padding before it."""

    name: str
    bytes: int
    assumed: str = ""


@dataclass(frozen=True, slots=True)
class RowSize:
    """`is_given` if people typed it, from a measurement; it has no fields then."""

    bytes: int
    formula: str
    source: str
    fields: tuple[FieldSize, ...] = ()
    is_given: bool = False

    @property
    def assumptions(self) -> str:
        """What was assumed of which fields; empty if the types say it all."""
        return "; ".join(f"{field.name}: {field.assumed}" for field in self.fields if field.assumed)
