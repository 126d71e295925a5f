"""A handful of the things last made: enough for going back and forth between photos."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")

# Styles and reconstructions are small beside a network.
_KEPT = 8


class Recent(Generic[T]):
    """Things by key; the one that was longest out of use goes when there are more than ``kept``."""

    def __init__(self, kept: int = _KEPT) -> None:
        self._kept = kept
        self._things: OrderedDict[Hashable, T] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Look ``key`` up, or make and keep it; nothing is kept where ``make`` raises."""
        if key not in self._things:
            self._things[key] = make()
            while len(self._things) > self._kept:
                self._things.popitem(last=False)
        self._things.move_to_end(key)
        return self._things[key]
