"""Which revision --revision asks for."""

import re

from projects.management.design_command import Problems, WrongUse
from projects.models import Feature, Revision
from projects.workflow.project_design import APPROVED, DRAFT, effective_revisions

HELP = f"a number, {APPROVED} or {DRAFT}"
# More digits than any number of revisions has, and no more than databases take.
_NUMBER = re.compile(r"r?([0-9]{1,9})")


def find_revision(feature: Feature, asked: str | None, path: str) -> Revision | None:
    """The revision with this number, or the effective one for “approved”; None is the draft.

    Raises Problems if there is none such, WrongUse for a word that names none.
    """
    if asked is None or asked == DRAFT:
        return None
    if asked == APPROVED:
        return find_effective(feature) or _missing(f"{path} has no approved revision.", feature)
    if not (written := _NUMBER.fullmatch(asked)):
        raise WrongUse(f"“{asked}” is no revision. Write {HELP}.")
    number = int(written[1])
    found = Revision.objects.filter(feature=feature, number=number).first()
    return found or _missing(f"{path} has no revision {number}.", feature)


def find_effective(feature: Feature) -> Revision | None:
    """The last approved revision that stands."""
    return effective_revisions([feature.pk]).first()


def project_revision(asked: str | None) -> str:
    """The same for a project, as `current_project` wants it."""
    if asked is None or asked in (APPROVED, DRAFT):
        return asked or ""
    if _NUMBER.fullmatch(asked):
        raise WrongUse("A revision's number belongs to one feature. Write PROJECT/EPIC/FEATURE with it.")
    raise WrongUse(f"“{asked}” is no revision. Write {APPROVED} or {DRAFT}.")


def _missing(problem: str, feature: Feature) -> Revision:
    numbers = Revision.objects.filter(feature=feature).order_by("number").values_list("number", flat=True)
    there = f"Submitted are {', '.join(f'r{number}' for number in numbers)}." if numbers else "None was submitted yet."
    raise Problems(f"{problem} {there}")
