"""Remind people of reviews that wait for them."""

from argparse import ArgumentParser
from typing import Any

from django.utils import timezone

from projects.management.design_command import DesignCommand, WrongUse
from projects.workflow.counted import counted
from reviews.rules.clock import REMINDERS_AT_MOST
from reviews.workflow.reminding import Pace, remind


class Command(DesignCommand):
    help = (
        "Remind everybody for whom a review has waited for some weekdays. What was sent is remembered, so the command "
        f"may be run at any time and as often as one likes; nobody gets more than {REMINDERS_AT_MOST} about one turn."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--after", type=int, default=3, metavar="DAYS", help="weekdays before the first; 3")
        parser.add_argument("--again", type=int, default=5, metavar="DAYS", help="weekdays between two; 5")

    def handle(self, *args: Any, **options: Any) -> None:
        after, again = options["after"], options["again"]
        if not (0 <= after <= 365 and 0 <= again <= 365):
            raise WrongUse("--after and --again are numbers of days, from 0 to 365.")
        reminded = remind(timezone.now(), Pace(after, again))
        people = len({each.person.pk for each in reminded})
        said = counted([("people", people), ("turns", len(reminded))]).replace("1 people", "1 person")
        self.stdout.write(f"Reminded: {said}." if reminded else "Nobody is to be reminded.")
