"""Mail the news that wait in the outbox."""

from typing import Any

from django.utils import timezone

from projects.management.design_command import DesignCommand, Problems
from projects.workflow.counted import counted
from reviews.outbox import post


class Command(DesignCommand):
    help = "Mail the news that wait in the outbox, one letter for each person; ends with 1 if one was not taken."

    def handle(self, *args: Any, **options: Any) -> None:
        posted = post(timezone.now())
        sent = counted([("letters", posted.letters), ("notices", posted.notices)])
        self.stdout.write(f"Sent: {sent}." if posted.letters else "Nothing was sent.")
        if posted.problems:
            raise Problems(*posted.problems)
