from django.contrib import admin

from measures.plain.models import Feature


@admin.register(Feature)
class FeatureAdmin(admin.ModelAdmin):
    list_display = ("title", "state", "changed_at")
    search_fields = ("title",)
    list_filter = ("state",)
    list_per_page = 100
