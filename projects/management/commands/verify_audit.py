"""Verify the chain of events of a project."""

from argparse import ArgumentParser
from typing import Any

from projects.management.design_command import DesignCommand, Problems, find_project
from projects.models import Event
from projects.workflow.counted import counted
from projects.workflow.events import broken_links


class Command(DesignCommand):
    help = "Verify that no event of a project was changed, taken away or moved since it was written."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("project", metavar="PROJECT")

    def handle(self, *args: Any, **options: Any) -> None:
        project = find_project(options["project"])
        broken = broken_links(project)
        if broken:
            raise Problems(*(f"Event {sequence} is not as it was written." for sequence in broken))
        number = Event.objects.filter(project=project).count()
        self.stdout.write(f"{counted([('events', number)])}, unchanged since written.")
