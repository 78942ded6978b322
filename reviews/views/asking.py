"""The form that submits a draft: a message, and who is asked to review it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.design.vocabulary import PROSE_LENGTH, Role
from projects.workflow.people import in_words
from reviews.rules.eligibility import DECIDERS, Members, eligible_people

NOT_ASKED, OPTIONAL, REQUIRED = "none", "optional", "required"
CHOICES = (
    (NOT_ASKED, gettext_lazy("Not asked")),
    (OPTIONAL, gettext_lazy("Optional")),
    (REQUIRED, gettext_lazy("Required")),
)
ASK = "ask-"


@dataclass(frozen=True)
class People:
    """Who is in the project, who of them changed the design, and whom the open review asks already."""

    members: Members
    names: Mapping[int, str]
    contributors: Mapping[int, str]
    asked: Mapping[int, bool]
    solo: bool

    @property
    def eligible(self) -> list[int]:
        found = eligible_people(self.members, self.contributors, solo=self.solo)
        return sorted(found, key=lambda person: (self.names[person].casefold(), person))

    def roles(self, person: int) -> str:
        return in_words(self.members[person])

    def excluded(self) -> list[tuple[str, str]]:
        """Those who would decide by their role and may not here: the name, and why."""
        deciders = [person for person, roles in self.members.items() if roles & DECIDERS]
        return [
            (self.names[person], _("%(roles)s; changed this design") % {"roles": self.roles(person)})
            for person in sorted(set(deciders) - set(self.eligible), key=lambda person: self.names[person].casefold())
        ]

    def at_first(self, person: int) -> str:
        """What is chosen for a person on a fresh page: as in the open review, else every reviewer is asked."""
        if person in self.asked:
            return REQUIRED if self.asked[person] else OPTIONAL
        if self.asked:
            return NOT_ASKED
        return OPTIONAL if Role.REVIEWER in self.members[person] else NOT_ASKED


class SubmitForm(forms.Form):
    message = forms.CharField(
        label=gettext_lazy("Message to the reviewers"),
        help_text=gettext_lazy("What changed and why, and where to look closely. It stays with the revision."),
        required=False,
        max_length=PROSE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )

    def __init__(self, people: People, data: Any = None) -> None:
        super().__init__(data)
        self.people = people
        for person in people.eligible:
            self.fields[f"{ASK}{person}"] = forms.ChoiceField(
                label=people.names[person],
                # Only an owner takes a required reviewer off, on the page of the reviewers, with a reason.
                choices=CHOICES[-1:] if people.asked.get(person) else CHOICES,
                initial=people.at_first(person),
                widget=forms.RadioSelect(attrs={"class": "ask-choice"}),
                error_messages={"required": gettext_lazy("Say whether this person is asked.")},
            )

    def candidates(self) -> Iterator[tuple[BoundField, str, int]]:
        """Each person who can be asked: the field, the roles, the primary key."""
        for person in self.people.eligible:
            yield self[f"{ASK}{person}"], self.people.roles(person), person

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        names = {f"{ASK}{person}": known for person, known in self.people.names.items()}
        for name, value in self.data.items():
            if name.startswith(ASK) and name not in self.fields and value != NOT_ASKED:
                who = names.get(name) or _("Somebody whom you asked")
                sentence = _("%(who)s cannot review this any more: a contributor, or no reviewer here.") % {"who": who}
                self.add_error(None, sentence)
        return cleaned

    @property
    def asked(self) -> dict[int, bool]:
        """Whom to ask, with whether their decision is required."""
        chosen = {person: self.cleaned_data[f"{ASK}{person}"] for person in self.people.eligible}
        return {person: choice == REQUIRED for person, choice in chosen.items() if choice != NOT_ASKED}
