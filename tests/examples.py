"""How many examples a property gets: as many as it asks for, or few where somebody waits for the quick run."""

import os

IN_THE_QUICK_RUN = 10


def at_most(number: int) -> int:
    return min(number, IN_THE_QUICK_RUN) if os.environ.get("HYPOTHESIS_PROFILE") == "quick" else number
