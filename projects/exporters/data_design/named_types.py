"""Step 3: the types that have a name of their own."""

from projects.design.tree import NamedType
from projects.design.vocabulary import TypeKind
from projects.exporters.blocks import NOT_SPECIFIED, Code, Inline, Table, Typed, joined
from projects.exporters.escaping import one_line
from projects.exporters.in_words import condition_in_words


def named_types(types: tuple[NamedType, ...]) -> Table:
    rows = tuple(
        (Code(_full_name(named)), named.kind.label, _definition(named), Typed(named.description)) for named in types
    )
    return Table("named-types", ("Named type", "Kind", "Definition", "Description"), rows)


def _full_name(named: NamedType) -> str:
    return f"{named.namespace}.{named.name}" if named.namespace else named.name


def _definition(named: NamedType) -> Inline:
    parts: list[Inline] = []
    if named.base.strip():
        parts.append(Code(named.base))
    if named.values:
        separator = "; " if named.kind is TypeKind.COMPOSITE else ", "
        parts.append(joined([one_line(value) for value in named.values], separator))
    if named.rule.strip():
        parts.append(condition_in_words(named.rule))
    return joined(parts, "; ") if parts else NOT_SPECIFIED
