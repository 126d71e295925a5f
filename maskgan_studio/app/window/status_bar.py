"""The status bar: the tool's hint on the left; network, size and zoom on the right."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QStatusBar, QToolButton, QWidget

from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.common.widgets import configure, escape_markup
from maskgan_studio.app.rendering.live_state import LiveState, describe_state


class _SteadyLabel(QLabel):
    """Keeps its size while its text changes, unless it needs more: all of the window would be laid out again."""

    def show_text(self, text: str) -> None:
        """Show a text."""
        if text != self.text():
            self.setText(text)
            self.setFixedSize(self.sizeHint().expandedTo(self.size() if self.minimumWidth() else QSize()))

    def changeEvent(self, event: QEvent) -> None:
        """Another font needs another size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.setFixedSize(self.sizeHint())


class StatusBar(QStatusBar):
    """Size, zoom, network and flaws; the hint gives way to activities."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, sizeGripEnabled=False)
        self._hint, self._busy = "", ""
        self._left = configure(QLabel())
        self._left.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._network = configure(_SteadyLabel())
        self._network.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        numbers = tr("Size of the mask, and the zoom: 100 % shows the photo's own pixels one to one")
        self._numbers = configure(QLabel(), tip=numbers)
        self.flaws = configure(QToolButton(), name="sign", visible=False)
        self.flaws.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.addWidget(self._left, 1)
        self.addPermanentWidget(self.flaws)
        self.addPermanentWidget(self._network)
        self.addPermanentWidget(self._numbers)
        self._size, self._zoom, self._turn = "", 1.0, ""

    def set_hint(self, hint: str) -> None:
        """Show what the tool does."""
        self._hint = hint
        self._left.setText(self._busy or self._hint)

    def set_busy(self, sentence: str) -> None:
        """Say what is going on; an empty sentence brings the hint back."""
        self._busy = sentence
        self._left.setText(self._busy or self._hint)

    def set_flaws(self, count: int, key: str) -> None:
        """Offer to repair so many islands and holes; no sign where there are none."""
        self.flaws.setText(tr("1 island or hole") if count == 1 else tr("{count} islands or holes", count=count))
        self.flaws.setToolTip(tr("Specks of a part away from it, and pinholes; click repairs them ({key})", key=key))
        self.flaws.setVisible(count > 0)

    def set_live(self, state: LiveState) -> None:
        """Say what the network is doing and on what device."""
        self._network.show_text(describe_state(state))
        self._network.setToolTip(escape_markup(state.problem))

    def set_size(self, size: str) -> None:
        """Show the document's size."""
        self._size = size
        self._show_numbers()

    def set_zoom(self, zoom: float) -> None:
        """Show the zoom, 1 for one to one."""
        self._zoom = zoom
        self._show_numbers()

    def set_turn(self, angle: float, mirrored: bool) -> None:
        """Say how the view is turned, in degrees, and whether it is mirrored."""
        self._turn = (f" · {angle:.0f}°" if angle else "") + (f" · {tr('mirrored')}" if mirrored else "")
        self._show_numbers()

    def _show_numbers(self) -> None:
        self._numbers.setText(f"{self._size} · {100 * self._zoom:.0f} %{self._turn}" if self._size else "")
