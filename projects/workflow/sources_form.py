"""The form that takes files as sources: several at once, or a ZIP of a planning folder."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from projects.importers.planning_folder import FILES_AT_MOST, Brought
from projects.importers.source_text import MAX_BYTES

LIMIT = f"{MAX_BYTES // 1_048_576} MB"
ACCEPTED = ".md,.markdown,.txt,.text,.pdf,.zip,text/markdown,text/plain,application/pdf,application/zip"


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files, as a list."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        brought = data if isinstance(data, list | tuple) else [data] if data else []
        if not brought and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        # One by one, the field's own check refuses what is empty, without saying which file it is.
        problems = [problem for file in brought if (problem := _problem(file))]
        if len(brought) > FILES_AT_MOST:
            problems = [f"These are {len(brought)} files; up to {FILES_AT_MOST} are read at once."]
        if problems:
            raise forms.ValidationError([forms.ValidationError(problem) for problem in problems])
        return brought


def _problem(file: UploadedFile) -> str:
    if not file.size:
        return f"{file.name}: This file is empty."
    if file.size > MAX_BYTES:
        # Refused by its size alone: reading it would only take memory.
        return f"{file.name} has {file.size / 1_048_576:.1f} MB; a file may have {LIMIT}."
    return ""


class SourcesForm(forms.Form):
    documents = FilesField(
        label="Files",
        allow_empty_file=True,
        widget=ManyFiles(attrs={"accept": ACCEPTED}),
        error_messages={"required": "Choose one or more files."},
        help_text=f"Markdown, plain text or PDF, several at once, or a ZIP of the planning folder; up to {LIMIT} each.",
    )

    @property
    def brought(self) -> list[Brought]:
        """The files of a valid form."""
        files: list[UploadedFile] = self.cleaned_data["documents"]
        return [Brought(PurePath(file.name or "file").name, file.read()) for file in files]
