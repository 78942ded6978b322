"""How far each step of a design is: the one place that the rail, the feature list and the checklist ask."""

from dataclasses import dataclass

from projects.checks.questions import QUESTIONS, QUESTIONS_BY_STEP
from projects.checks.questions.question import Question
from projects.design.digest import SECTIONS
from projects.design.tree import Design
from projects.design.vocabulary import StepName, StepState

NAMES_SHOWN = 3


@dataclass(frozen=True)
class Answer:
    """A question as one design answers it: `lacking` are the names of what still lacks the answer."""

    question: Question
    lacking: tuple[str, ...]

    @property
    def is_given(self) -> bool:
        return not self.lacking

    @property
    def text(self) -> str:
        """What is missing, with the first things that lack it."""
        words = self.question.words
        if self.lacking == (words,):
            return words
        shown, more = ", ".join(self.lacking[:NAMES_SHOWN]), len(self.lacking) - NAMES_SHOWN
        return f"{words} ({shown}{f' and {more} more' if more > 0 else ''})"


@dataclass(frozen=True)
class StepCompleteness:
    step: StepName
    state: StepState
    answers: tuple[Answer, ...]
    exempted_because: str = ""

    @property
    def asked(self) -> int:
        return len(self.answers)

    @property
    def answered(self) -> int:
        return sum(answer.is_given for answer in self.answers)

    @property
    def missing(self) -> tuple[Answer, ...]:
        return tuple(answer for answer in self.answers if not answer.is_given)

    @property
    def text(self) -> str:
        """One line for the page of the step, like “5 of 7 answered. Missing: the access profile; a source.”"""
        if self.exempted_because:
            return f"Does not apply: {self.exempted_because}"
        said = f"{self.answered} of {self.asked} answered."
        return f"{said} Missing: {'; '.join(answer.text for answer in self.missing)}." if self.missing else said


def state(design: Design, step: StepName) -> StepState:
    """Empty if nothing is said, complete if every question that the design gives cause for is answered."""
    return completeness(design, step).state


def completeness(design: Design, step: StepName) -> StepCompleteness:
    design = design.in_force
    exemption = design.exemption_by_step.get(step)
    reason = exemption.reason.strip() if exemption else ""
    answers = _steps_before(design) if step is StepName.DOCUMENT else answers_of(design, QUESTIONS_BY_STEP[step])
    return StepCompleteness(step, StepState.COMPLETE if reason else _state(design, step, answers), answers, reason)


def answers_of(design: Design, questions: tuple[Question, ...]) -> tuple[Answer, ...]:
    """The answers to those questions that the design gives cause for."""
    found = ((question, question.lacking(design)) for question in questions)
    return tuple(Answer(question, lacking) for question, lacking in found if lacking is not None)


def answers_on_item(design: Design, number: int) -> tuple[Answer, ...]:
    """The answers that bear on one item of the checklist, without those of steps that do not apply."""
    design = design.in_force
    exempted = {step for step, exemption in design.exemption_by_step.items() if exemption.reason.strip()}
    asked = (question for question in QUESTIONS if question.item == number and question.step not in exempted)
    return answers_of(design, tuple(asked))


def _state(design: Design, step: StepName, answers: tuple[Answer, ...]) -> StepState:
    if answers and all(answer.is_given for answer in answers):
        return StepState.COMPLETE
    is_begun = any(answer.is_given for answer in answers) or any(
        getattr(design, part) != type(design).model_fields[part].default for part in SECTIONS.get(step.value, ())
    )
    if step is StepName.CHECKLIST:
        is_begun = bool(design.item_notes)
    if step is StepName.DOCUMENT:
        # It can be read as soon as there is something in it.
        is_begun = bool(design.entities or design.key_spaces or design.file_layouts)
    return StepState.STARTED if is_begun else StepState.EMPTY


def _steps_before(design: Design) -> tuple[Answer, ...]:
    """The document asks that every step before it is complete."""
    answers = []
    for step in StepName:
        if step is not StepName.DOCUMENT:
            question = Question(StepName.DOCUMENT, f"the step “{step.label}”", lambda _: None)
            is_complete = state(design, step) is StepState.COMPLETE
            answers.append(Answer(question, () if is_complete else (question.words,)))
    return tuple(answers)
