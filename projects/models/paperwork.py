"""Rendered documents, and imports that wait for a person's word."""

from django.conf import settings
from django.db import models

from projects.design.vocabulary import LINE_LENGTH
from projects.models.feature import Feature


class RenderedDocument(models.Model):
    """The bytes of a document. `key` is a sha256 over design digest, record digest, document, format and renderer."""

    key = models.CharField(max_length=64, unique=True)
    content = models.BinaryField()
    rendered_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key


class PendingImport(models.Model):
    """What an uploaded file would bring in; nothing of it is in the design until the person says so."""

    feature = models.ForeignKey(Feature, on_delete=models.CASCADE, related_name="pending_imports")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=LINE_LENGTH)
    design = models.TextField()
    summary = models.JSONField()
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.file_name
