"""What the bar above the canvas says: one sentence, and perhaps one thing to do about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Message:
    """A message with at most one action.

    Attributes:
        message: one sentence.
        action_text: title of the button, empty for none.
        action: what the button does.
        notice: it is news, not a failure.
    """

    message: str
    action_text: str = ""
    action: Callable[[], None] | None = None
    notice: bool = False
