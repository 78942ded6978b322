"""The form that takes a file or pasted text to import."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from projects.importers.dialects import SUPPORTED
from projects.importers.source_text import MAX_BYTES

PASTED = "pasted text"
LIMITS = f"Up to {MAX_BYTES // 1_048_576} MB of definitions; rows of data are left out."


class ImportForm(forms.Form):
    file = forms.FileField(
        required=False,
        help_text=LIMITS,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".sql,.ddl,.txt,.json,text/plain,application/sql,application/json"}),
    )
    text = forms.CharField(
        label="Or paste it here",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "class": "mono", "dir": "auto", "spellcheck": "false"}),
    )
    dialect = forms.ChoiceField(
        label="Written for",
        required=False,
        choices=[("", "Recognise it"), *((each.value, each.label) for each in SUPPORTED)],
        help_text="A design file is recognised by itself.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        file, text = cleaned.get("file"), cleaned.get("text") or ""
        if file and text.strip():
            self.add_error("file", "There is a file and pasted text. Bring one of them.")
        elif file is None and not text.strip() and "file" not in self.errors:
            self.add_error("file", "Choose a file, or paste the definitions below.")
        elif file and file.size is not None and file.size > MAX_BYTES:
            # Refused by its size alone: reading it would only take memory.
            self.add_error(
                "file",
                f"This file has {file.size / 1_048_576:.1f} MB; at most {MAX_BYTES // 1_048_576} MB can be read. "
                "Export the definitions without the rows of data.",
            )
        return cleaned

    @property
    def content(self) -> bytes:
        """What was brought, of a valid form."""
        file: UploadedFile | None = self.cleaned_data["file"]
        return file.read() if file else self.cleaned_data["text"].encode()

    @property
    def source(self) -> str:
        file: UploadedFile | None = self.cleaned_data["file"]
        return (file.name if file else "") or PASTED
