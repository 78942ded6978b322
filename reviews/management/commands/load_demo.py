"""Load the demonstration."""

from typing import Any

from django.utils import timezone

from projects.management.design_command import DesignCommand, Problems
from projects.workflow.demonstration import PASSWORD, PEOPLE, PROJECT, NameTaken, NotForProduction
from reviews.workflow.demonstration import load_demonstration


class Command(DesignCommand):
    help = "Load the demonstration: the project storefront, its people, two features, their reviews. Again is harmless."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = load_demonstration(timezone.now())
        except (NotForProduction, NameTaken) as refusal:
            raise Problems(str(refusal)) from refusal
        for path in made:
            self.stdout.write(f"Made {path}.")
        if not made:
            self.stdout.write(f"The demonstration is there already: /projects/{PROJECT}/")
        self.stdout.write(f"Sign in with the password {PASSWORD} as one of")
        for person in PEOPLE:
            self.stdout.write(f"  {person.email:<34} {person.role.label.lower()}")
