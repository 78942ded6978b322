from django.db import models


class Feature(models.Model):
    title = models.CharField(max_length=200, db_index=True)
    description = models.TextField(blank=True)
    state = models.CharField(max_length=20, default="draft")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        app_label = "plain"

    def __str__(self) -> str:
        return self.title
