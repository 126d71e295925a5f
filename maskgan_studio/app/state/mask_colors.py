"""How the classes are shown: in which colours, and which of them not at all."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Signal

from maskgan_studio.app.common.settings import Settings
from maskgan_studio.labels import color_table, screen_color_table

_SAFE_KEY = "view/safe_colors"
_TINT_KEY = "view/tint"
_TINT, _TINT_STEP = 0.45, 0.15


class MaskColors(QObject):
    """The class colours in use and the hidden classes; canvas, panels and exports follow ``changed``."""

    changed = Signal()

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._hidden: frozenset[int] = frozenset()
        self._palette = _palette(self.are_safe)

    @property
    def are_safe(self) -> bool:
        """Whether the colours stay apart with colour-vision deficiencies."""
        return self._settings.get(_SAFE_KEY, False)

    @property
    def palette(self) -> np.ndarray:
        """The class colours, uint8 (19, 3)."""
        return self._palette

    @property
    def hidden(self) -> frozenset[int]:
        """The classes that are not shown."""
        return self._hidden

    def use_safe(self, safe: bool) -> None:
        """Use colours that stay apart with colour-vision deficiencies, or the dataset's own."""
        self._settings.set(_SAFE_KEY, safe)
        self._palette = _palette(safe)
        self.changed.emit()

    @property
    def tint(self) -> float:
        """How strongly the mask tints the photo, 0 (outlines alone) to 1."""
        return min(max(self._settings.get(_TINT_KEY, _TINT), 0.0), 1.0)

    def step_tint(self, steps: int) -> None:
        """Tint more, or less with negative steps."""
        self._settings.set(_TINT_KEY, round(min(max(self.tint + steps * _TINT_STEP, 0.0), 0.9), 2))
        self.changed.emit()

    def hide(self, parts: frozenset[int]) -> None:
        """Hide these classes and no others."""
        self._hidden = parts
        self.changed.emit()

    def toggle_hidden(self, part: int) -> None:
        """Hide a class, or show it again."""
        self._hidden = self._hidden ^ {part}
        self.changed.emit()


def _palette(safe: bool) -> np.ndarray:
    return color_table(safe=True) if safe else screen_color_table()
