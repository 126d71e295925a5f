"""The first-run tour: five hints in the bar above the canvas, one at a time, none of them in the way."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.common.messages import Message
from maskgan_studio.app.common.settings import Settings

HINTS = (
    "Paint on the left picture: the mask is the colour over the photo, and the right picture follows.",
    "Choose what you paint in the list of parts, with its key, or by Alt and a click on the face.",
    "The wheel zooms, Space and dragging pans, and holding Tab shows the original at the same place.",
    "Everything can be undone, and the History panel jumps to any step.",
    "Drop a second photo on the Style panel to take over its colours, its mask or its parts; Ctrl+K finds the rest.",
)


class Tour:
    """Shows the hints, once by itself and again when asked."""

    def __init__(self, settings: Settings, show: Callable[[Message], None]) -> None:
        self._settings, self._show = settings, show

    def begin_once(self) -> None:
        """Show the tour to someone who has not seen it."""
        if not self._settings.get("tour/seen", False):
            self.begin()

    def begin(self) -> None:
        """Show the first hint."""
        self._settings.set("tour/seen", True)
        self._hint(0)

    def _hint(self, number: int) -> None:
        last = number + 1 == len(HINTS)
        title = tr("Done") if last else tr("Next ({number} of {count})", number=number + 1, count=len(HINTS))
        following = (lambda: None) if last else partial(self._hint, number + 1)
        # It comes back after what is said of the photo meanwhile.
        self._show(Message(tr(HINTS[number]), title, following, notice=True, stays=True))
