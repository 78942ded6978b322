"""Print the JSON Schema of the design file."""

from typing import Any

from projects.design.schema import design_schema_text
from projects.management.design_command import DesignCommand


class Command(DesignCommand):
    help = "Print the JSON Schema of the design file, as docs/design.schema.json holds it."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(design_schema_text(), ending="")
