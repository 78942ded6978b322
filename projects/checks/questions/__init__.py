"""What each step asks of a design, as data: a question has words, and says which things still lack its answer."""

from projects.checks.questions import access, define, hand_over, operate
from projects.checks.questions.question import Question
from projects.design.vocabulary import StepName

QUESTIONS: tuple[Question, ...] = (*define.QUESTIONS, *access.QUESTIONS, *operate.QUESTIONS, *hand_over.QUESTIONS)

# The last step asks nothing of its own: it is complete when all before it are.
QUESTIONS_BY_STEP: dict[StepName, tuple[Question, ...]] = {
    step: tuple(question for question in QUESTIONS if question.step is step) for step in StepName
}
