"""What the bar above the canvas says: one sentence, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Message:
    """A message with what can be done about it, as a rule one thing.

    Attributes:
        message: one sentence.
        action_text: title of the button, empty for none.
        action: what the button does.
        notice: it is news, not a failure.
        other_actions: titles of further buttons and what they do.
        stays: it is shown again when others have come and gone, until the person closes it or acts.
    """

    message: str
    action_text: str = ""
    action: Callable[[], None] | None = None
    notice: bool = False
    other_actions: tuple[tuple[str, Callable[[], None]], ...] = ()
    stays: bool = False
