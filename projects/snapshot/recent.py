"""A cache in the process of what was used last, up to a weight: for values that differ much in size."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Recent(Generic[Value]):
    def __init__(self, most: int) -> None:
        self._most, self._weight = most, 0
        self._held: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> Value | None:
        with self._lock:
            if key not in self._held:
                return None
            self._held.move_to_end(key)
            return self._held[key][0]

    def put(self, key: Hashable, value: Value, weight: int) -> Value:
        """Keep the value, and forget the oldest ones beyond the weight; the newest stays whatever it weighs."""
        with self._lock:
            _, before = self._held.pop(key, (None, 0))
            self._held[key] = value, weight
            self._weight += weight - before
            while self._weight > self._most and len(self._held) > 1:
                _, (_, lost) = self._held.popitem(last=False)
                self._weight -= lost
        return value
