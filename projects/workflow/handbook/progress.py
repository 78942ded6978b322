"""How far a project's handbook is: its starting questions, its policies and its entries, and what comes next."""

from collections.abc import Collection
from dataclasses import dataclass

from projects.design import tree
from projects.design.entries import Theme, entries_of
from projects.design.vocabulary import Term
from projects.models import Project
from projects.snapshot.handbook import take_handbook
from projects.workflow.handbook.pages import PAGES, Page
from projects.workflow.handbook.questions import QUESTIONS
from projects.workflow.handbook.summaries import is_filled, page_summary, summary_of


class QuestionState(Term):
    OPEN = "open", "Open"
    SKIPPED = "skipped", "Skipped"
    ANSWERED = "answered", "Answered"


@dataclass(frozen=True)
class PageState:
    """A page of policies with what it says, in one line. It is filled if none of what it holds is left open."""

    page: Page
    summary: str
    is_filled: bool


@dataclass(frozen=True)
class ThemeState:
    theme: Theme
    written: int
    total: int

    @property
    def is_written(self) -> bool:
        return self.written == self.total


@dataclass(frozen=True)
class HandbookProgress:
    """`questions` has the state of each question by its number."""

    questions: dict[int, QuestionState]
    policies: tuple[PageState, ...]
    themes: tuple[ThemeState, ...]

    @property
    def answered(self) -> int:
        return sum(state is QuestionState.ANSWERED for state in self.questions.values())

    @property
    def skipped(self) -> int:
        return sum(state is QuestionState.SKIPPED for state in self.questions.values())

    @property
    def policies_filled(self) -> int:
        return sum(policy.is_filled for policy in self.policies)

    @property
    def entries_written(self) -> int:
        return sum(theme.written for theme in self.themes)

    @property
    def entries_total(self) -> int:
        return sum(theme.total for theme in self.themes)

    @property
    def next_question(self) -> int | None:
        """The first question that is neither answered nor skipped."""
        return next((number for number, state in self.questions.items() if state is QuestionState.OPEN), None)

    @property
    def next_policy(self) -> PageState | None:
        return next((policy for policy in self.policies if not policy.is_filled), None)

    @property
    def next_theme(self) -> ThemeState | None:
        return next((theme for theme in self.themes if not theme.is_written), None)

    @property
    def is_complete(self) -> bool:
        return self.answered == len(self.questions) and not self.next_policy and not self.next_theme


def progress_of(handbook: tree.Handbook, skipped: Collection[int]) -> HandbookProgress:
    """`skipped` has the numbers of the questions that were passed over; an answer counts more than that."""
    # Each question is answered by the policy that it writes.
    questions = {question.number: question.policy for question in QUESTIONS}
    return HandbookProgress(
        questions={
            number: _state(number, summary_of(policy, handbook), skipped) for number, policy in questions.items()
        },
        policies=tuple(PageState(page, page_summary(page, handbook), is_filled(page, handbook)) for page in PAGES),
        themes=tuple(_theme_state(theme, handbook) for theme in Theme),
    )


def _state(number: int, summary: str, skipped: Collection[int]) -> QuestionState:
    if summary:
        return QuestionState.ANSWERED
    return QuestionState.SKIPPED if number in skipped else QuestionState.OPEN


def _theme_state(theme: Theme, handbook: tree.Handbook) -> ThemeState:
    entries = entries_of(theme)
    return ThemeState(theme, sum(entry.key in handbook.text_of for entry in entries), len(entries))


def take_progress(project: Project, handbook: tree.Handbook | None = None) -> HandbookProgress:
    """As the project stands; the same number of statements whatever is in it, one if the handbook is at hand."""
    skipped = set(project.skipped_questions.values_list("number", flat=True))
    return progress_of(handbook or take_handbook(project), skipped)
