"""Messages of the bar above the canvas: one sentence, and actions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from maskgan_studio.app.common.i18n import translate_message
from maskgan_studio.errors import StudioError


@dataclass(frozen=True)
class Message:
    """A message with what can be done about it, as a rule one thing.

    Attributes:
        message: one sentence.
        action_text: title of the button, empty for none.
        action: what the button does.
        notice: it is news, not a failure.
        other_actions: titles of further buttons and what they do.
        stays: it is shown again after others, until the user closes it or acts.
    """

    message: str
    action_text: str = ""
    action: Callable[[], None] | None = None
    notice: bool = False
    other_actions: tuple[tuple[str, Callable[[], None]], ...] = ()
    stays: bool = False


class Reporter(QObject):
    """Takes messages from wherever they arise; the window shows them.

    Signals: ``reported`` (Message), ``notified`` (a sentence that may be missed, such as that a file is saved).
    """

    reported = Signal(object)
    notified = Signal(str)

    def show(self, message: Message) -> None:
        """Show a message in the bar above the canvas."""
        self.reported.emit(message)

    def report(self, problem: StudioError) -> None:
        """Show an error in the window's language."""
        self.reported.emit(Message(translate_message(problem)))

    def attempt(self, call: Callable[..., object], *arguments: object) -> bool:
        """Call something that may raise StudioError, and show the error; returns whether there was none."""
        try:
            call(*arguments)
        except StudioError as problem:
            self.report(problem)
            return False
        return True
