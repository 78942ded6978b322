"""What something costs, said without a clock: seconds differ between machines, and belong in `make bench`."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

# Ten times and more what the work of any of these tests takes on a slow machine.
CPU_SECONDS = 60


def calls_in(act: Callable[[], object]) -> int:
    """How many functions, of Python and of C, are called while this runs: the same on every machine."""
    count = 0

    def heard(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(heard)
    try:
        act()
    finally:
        sys.setprofile(before)
    return count


@contextmanager
def ends() -> Iterator[None]:
    """Stops what would run on and on, a pattern that tries again from each start for one, and fails the test."""

    def stopped(number: int, frame: FrameType | None) -> None:
        raise AssertionError(f"It had not ended after {CPU_SECONDS} seconds of computing.")

    before = signal.signal(signal.SIGPROF, stopped)
    signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
