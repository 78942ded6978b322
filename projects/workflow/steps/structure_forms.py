"""Forms of what lies in a store: entities of every kind, key spaces, file layouts."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from projects.design.policy_words import conventions_words
from projects.design.quantities import read_interval, read_retention, read_size
from projects.design.tree import Conventions
from projects.design.vocabulary import STRUCTURES, PolicyName, StoreKind, StructureKind
from projects.models import Entity, FileLayout, KeySpace, Store
from projects.workflow.forms import RowForm, Scope
from projects.workflow.inherited import FromPolicy, stated
from projects.workflow.steps.placing import FILE_STORES, KEY_STORES, check_store, kind_in, left_behind
from projects.workflow.steps.structure_columns import RARE, entity_groups

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
PLACEHOLDER_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
# What may stand between the namespace of a key and the rest of it.
SEPARATORS = ":/.|#-_"


class EntityForm(RowForm):
    """An entity takes its kind from its store; only a store that holds two kinds, or none, leaves the choice."""

    derived = ("kind",)

    class Meta:
        model = Entity
        fields = [
            *("name", "kind", "purpose", "store", "data_element", "namespace", "no_index_reason"),
            *("size_limit", "resolution", "downsampling", "derived_from", "embedding_model", "dimensions"),
            *("metric", "vector_index", "refresh", "departure"),
        ]
        widgets = {name: forms.TextInput({"class": "mono", "spellcheck": "false"}) for name in ("name", "namespace")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = list(StructureKind.choices())
        if self.instance.pk is None:
            self.initial["kind"] = ""
            self._propose_the_store()
            choices.insert(0, ("", "As its store says"))
        self.fields["kind"] = forms.TypedChoiceField(choices=choices, required=False)

    def _propose_the_store(self) -> None:
        """Where only one store holds entities, a new one lies there."""
        holding = [store for store in self.scope.rows(Store) if STRUCTURES[StoreKind(store.kind)]]
        if len(holding) == 1:
            self.initial["store"] = holding[0].pk

    @classmethod
    def inherited(cls, scope: Scope, instance: Any, values: Mapping[str, Any]) -> dict[str, FromPolicy]:
        facts = {name: getattr(scope.conventions, name) for name in Conventions.model_fields}
        said = conventions_words(Conventions.model_construct(**facts))
        return stated(PolicyName.CONVENTIONS, said, "departure", values)

    def cells(self) -> set[str]:
        row = self.instance if self.instance.pk else None
        return {*RARE, *(name for group in entity_groups(row) for name in group)}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if {"kind", "store"} & self.errors.keys():
            return cleaned
        before = str(self.initial.get("kind") or "")
        chosen = cleaned.get("kind") or before
        cleaned["kind"] = chosen
        if self.instance.pk and chosen == before and "store" not in self.changed_data:
            return cleaned
        store = cleaned.get("store")
        if store and self.instance.pk and chosen == before and chosen not in STRUCTURES[StoreKind(store.kind)]:
            chosen = ""
        try:
            cleaned["kind"] = kind_in(store, chosen)
        except ValidationError as error:
            self.add_error(None, error)
            return cleaned
        self._keep_what_it_holds(cleaned["kind"], before)
        return cleaned

    def _keep_what_it_holds(self, kind: StructureKind, before: str) -> None:
        if self.instance.pk and kind != before and (left := left_behind(self.instance, kind)):
            it = f"It has {left}, which a {kind.label.lower()} does not have. Delete those first; nothing was changed."
            self.add_error("store" if "store" in self.changed_data else "kind", it)

    def clean_size_limit(self) -> str:
        return _readable(self.cleaned_data["size_limit"], read_size, "a size, like 16 MB or 400 KB")

    def clean_resolution(self) -> str:
        return _readable(self.cleaned_data["resolution"], read_interval, "a time between two points, like 10 s")


class KeySpaceForm(RowForm):
    class Meta:
        model = KeySpace
        fields = ["pattern", "store", "value_type", "ttl", "eviction", "size_estimate", "purpose", "data_element"]

    def clean_pattern(self) -> str:
        pattern = str(self.cleaned_data["pattern"]).strip()
        if re.search(r"\s", pattern):
            raise ValidationError("A key has no spaces. Separate its parts with a colon, like session:{user_id}.")
        names = _placeholders(pattern, "session:{user_id}")
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise ValidationError(f"The placeholder {{{twice}}} stands here twice. Once is enough to find the value.")
        prefix = pattern.partition("{")[0]
        if not prefix.strip(SEPARATORS):
            raise ValidationError(
                "Begin the pattern with a fixed word, its namespace, so that these keys stand apart from all others, "
                "like session:{user_id}."
            )
        if names and prefix[-1] not in SEPARATORS:
            raise ValidationError(
                f"Put a separator between “{prefix}” and the first placeholder, like {prefix}:{{{names[0]}}}: "
                "without one, two different keys can read the same."
            )
        if re.search(r"\}\{", pattern):
            raise ValidationError("Put a separator between two placeholders, like {tenant_id}:{user_id}.")
        return pattern

    def clean_store(self) -> Any:
        check_store(self.cleaned_data["store"], KEY_STORES, "keys")
        return self.cleaned_data["store"]

    def clean_ttl(self) -> str:
        return _readable(self.cleaned_data["ttl"], read_retention, "a time, like 30 min, or unlimited")

    def clean_size_estimate(self) -> str:
        return _readable(self.cleaned_data["size_estimate"], read_size, "a size, like 2 KB")


class FileLayoutForm(RowForm):
    class Meta:
        model = FileLayout
        fields = ["structure", "store", "format", "naming", "access_pattern", "size_estimate", "data_element"]

    def clean_structure(self) -> str:
        return self._with_placeholders("structure", "invoices/{yyyy}/{mm}/")

    def clean_naming(self) -> str:
        return self._with_placeholders("naming", "{invoice_id}.pdf")

    def _with_placeholders(self, name: str, example: str) -> str:
        text = str(self.cleaned_data[name]).strip()
        _placeholders(text, example)
        return text

    def clean_store(self) -> Any:
        check_store(self.cleaned_data["store"], FILE_STORES, "files")
        return self.cleaned_data["store"]

    def clean_size_estimate(self) -> str:
        return _readable(self.cleaned_data["size_estimate"], read_size, "the size of one file, like 2 MB")


def _placeholders(text: str, example: str) -> list[str]:
    """The names between braces; raises ValidationError if a brace stands alone or a name is none."""
    rest = PLACEHOLDER.sub("", text)
    if "{" in rest or "}" in rest:
        raise ValidationError(
            f"A brace stands alone here. A placeholder is a name between two of them, like {example}."
        )
    names = PLACEHOLDER.findall(text)
    wrong = next((name for name in names if not PLACEHOLDER_NAME.fullmatch(name)), None)
    if wrong is not None:
        raise ValidationError(
            f"“{{{wrong}}}” is no placeholder: its name has letters, digits and underscores, like {example}."
            if wrong
            else f"This placeholder has no name. Say what stands there, like {example}."
        )
    return names


def _readable(text: str, read: Any, what: str) -> str:
    """The text, if it says nothing or can be read as what it should be; raises ValidationError otherwise."""
    if text and read(text) is None:
        raise ValidationError(f"“{text}” cannot be read. Write {what}.")
    return text
