from django.apps import AppConfig
from django.core.checks import Tags, register

from datadesign import checks


class DataDesignConfig(AppConfig):
    name = "datadesign"

    def ready(self) -> None:
        register(checks.unsafe_settings, Tags.security)
        register(checks.demonstration_accounts, Tags.database)
