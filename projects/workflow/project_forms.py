"""The forms of projects, epics, features and people: they explain what is wrong, and write nothing."""

from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from django import forms

from projects.access import editors_of
from projects.design.vocabulary import LINE_LENGTH, Role
from projects.models import Epic, Feature, Project, User
from projects.workflow.card_form import CardForm
from projects.workflow.forms import tidy
from projects.workflow.naming import epic_key_for, feature_key_for, free_key, project_key_for

MADE_FROM_TITLE = "Small letters, digits and hyphens. Leave it empty to have it made from the title."


class TitledForm(CardForm):
    """Title, key and description; the key is made from the title where it is left empty."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["key"].widget.attrs |= {"class": "mono", "autocapitalize": "none", "spellcheck": "false"}
        self.fields["key"].validators = []  # the verb has them, and sees the key that is made too
        if self.instance.pk is None:
            self.fields["key"].required = False
            self.fields["key"].help_text = MADE_FROM_TITLE
        else:
            self.fields["key"].help_text = "Links that use the old key go on working."

    def proposed_key(self, title: str) -> str:
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("title") and not cleaned.get("key") and self.instance.pk is None:
            cleaned["key"] = self.proposed_key(cleaned["title"])
        return cleaned

    def _post_clean(self) -> None:
        """The verb validates the row; doing it here too would say everything twice."""


class ProjectForm(TitledForm):
    class Meta:
        model = Project
        fields = ["title", "key", "description"]

    def proposed_key(self, title: str) -> str:
        return project_key_for(title)


class EpicForm(TitledForm):
    class Meta:
        model = Epic
        fields = ["title", "key", "description"]

    def proposed_key(self, title: str) -> str:
        return epic_key_for(title, self.instance.project)


class FeatureForm(TitledForm):
    owner = forms.ChoiceField(
        required=False, help_text="Who answers for the design: an owner or an architect of the project."
    )

    class Meta:
        model = Feature
        fields = ["title", "key", "description"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        editors = editors_of(self.instance.epic.project).order_by("name", "email")
        self._people = {str(person.pk): person for person in (*editors, self.instance.owner) if person}
        people = [(key, person.display_name) for key, person in self._people.items()]
        self.fields["owner"].choices = [("", "Nobody"), *people]  # type: ignore[attr-defined]  # declared above
        self.initial["owner"] = str(self.instance.owner_id or "")

    @property
    def values(self) -> dict[str, Any]:
        return super().values | {"owner": self._people.get(self.cleaned_data["owner"])}

    def proposed_key(self, title: str) -> str:
        return feature_key_for(title, self.instance.epic)


class NewFeatureForm(TitledForm):
    """A feature in an epic that is there, or in one that is made with it."""

    epic = forms.ModelChoiceField(Epic.objects.none(), required=False, to_field_name="key", empty_label="A new epic")
    new_epic = forms.CharField(label="Title of the new epic", max_length=LINE_LENGTH, required=False)

    class Meta:
        model = Feature
        fields = ["title", "key", "description"]

    field_order = ("epic", "new_epic", "title", "key", "description")

    def __init__(self, *args: Any, project: Project, **options: Any) -> None:
        super().__init__(*args, **options)
        self.epics = project.epics.order_by("title", "pk")
        self.fields["epic"].queryset = self.epics  # type: ignore[attr-defined]  # declared above as a ModelChoiceField
        self.fields["new_epic"].help_text = "Only if none of the epics above is chosen."

    def proposed_key(self, title: str) -> str:
        epic = self.cleaned_data.get("epic") if self.is_bound else self._epic_of_link()
        # A new epic has no features whose keys could be in the way.
        return feature_key_for(title, epic) if epic else free_key(title, "feature", Feature.objects.none())

    def _epic_of_link(self) -> Epic | None:
        return self.epics.filter(key=self.initial.get("epic") or "").first()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "epic" in cleaned and not cleaned["epic"] and not cleaned.get("new_epic"):
            self.add_error("epic", "Choose an epic, or write the title of a new one.")
        if cleaned.get("epic") and cleaned.get("new_epic"):
            self.add_error("new_epic", "Choose an epic or write a new one, not both.")
        return cleaned


class InvitationForm(forms.Form):
    role = forms.ChoiceField(choices=Role.choices(), initial=Role.VIEWER)
    email = forms.EmailField(
        label="E-mail address",
        required=False,
        help_text="The link is mailed there, and serves nobody else. Leave it empty for a link that you hand over.",
    )

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class RolesForm(forms.Form):
    """The roles of one person, with those that the form was opened with."""

    roles = forms.MultipleChoiceField(choices=Role.choices(), required=False, widget=forms.CheckboxSelectMultiple)
    before = forms.MultipleChoiceField(choices=Role.choices(), required=False, widget=forms.MultipleHiddenInput)

    @property
    def added(self) -> set[Role]:
        return {Role(role) for role in set(self.cleaned_data["roles"]) - set(self.cleaned_data["before"])}

    @property
    def removed(self) -> set[Role]:
        return {Role(role) for role in set(self.cleaned_data["before"]) - set(self.cleaned_data["roles"])}


@lru_cache(maxsize=1)
def time_zones() -> list[tuple[str, str]]:
    """The zones of the tz database by region, without its duplicates for old systems."""
    names = sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
    return [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in names)]


class ProfileForm(forms.ModelForm):
    time_zone = forms.ChoiceField(choices=time_zones)

    class Meta:
        model = User
        fields = ["name", "theme", "time_zone", "has_shortcuts", "mail_when"]
        help_texts = {
            "name": "What others see. Without it they see your e-mail address.",
            "has_shortcuts": "Keys like / and ? without Ctrl. Screen readers and speech input may need them off.",
            "mail_when": "All news are in the inbox, whatever you choose.",
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # A form that does not ask leaves it as it is.
        self.fields["mail_when"].required = False

    def clean_name(self) -> str:
        return tidy(self.cleaned_data["name"], is_prose=False)

    def clean_mail_when(self) -> str:
        return self.cleaned_data["mail_when"] or self.instance.mail_when
