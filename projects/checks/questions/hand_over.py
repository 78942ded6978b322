"""Steps 10 and 11: what crosses the interface, and the author's word on what no rule decides."""

from collections.abc import Callable, Iterator

from projects.checks.questions.question import Lacking, Named, Question, each, fact
from projects.design.checklist import ITEM_BY_NUMBER
from projects.design.inheritance import is_accounted_for
from projects.design.tree import Design, DtoField
from projects.design.vocabulary import MappingKind, StepName

CONTRACTS, CHECKLIST = StepName.CONTRACTS, StepName.CHECKLIST


def dto_fields(design: Design) -> Iterator[Named]:
    for dto in design.dtos:
        yield from (Named(f"{dto.name}.{field.name}", field) for field in dto.fields)


def is_mapped(held: Named) -> bool:
    """Whether a field leads to stored fields, says how it is computed, or is said not to be stored."""
    field: DtoField = held.thing
    if field.kind is MappingKind.UNSTORED:
        return True
    if field.kind is MappingKind.COMPUTED:
        return bool(field.sources or field.transformation.strip())
    return bool(field.sources)


def has_note(design: Design, number: int) -> bool:
    return any(note.item == number and note.text.strip() for note in design.item_notes)


def _note_on(number: int, is_settled: Callable[[Design], bool] = lambda design: False) -> Question:
    """Asks for the author's word on an item, unless the facts settle it."""
    words = f"your word on item {number}, “{ITEM_BY_NUMBER[number].wording}”"

    def lacking(design: Design) -> Lacking:
        if has_note(design, number):
            return ()
        return None if is_settled(design) else (words,)

    return Question(CHECKLIST, words, lacking)


QUESTIONS: tuple[Question, ...] = (
    fact(CONTRACTS, "a DTO", lambda design: design.dtos, 10),
    each(CONTRACTS, "the fields of each DTO", lambda design: design.dtos, lambda it: it.fields, 10),
    each(CONTRACTS, "the type of each DTO field", dto_fields, lambda it: it.thing.type, 18),
    each(CONTRACTS, "the data field or computation behind each DTO field", dto_fields, is_mapped, 10),
    # The project's handbook settles the first, if it has policies; no fact settles the second.
    _note_on(16, is_accounted_for),
    _note_on(23),
    _note_on(19, lambda design: bool(design.endpoints)),
)
