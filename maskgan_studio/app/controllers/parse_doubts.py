"""Regions that the parser may have wrong: shown on demand, and corrected with a click."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Signal

from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.state.workspace import Workspace
from maskgan_studio.document.geometry.rasterize import Point
from maskgan_studio.document.patch import Patch
from maskgan_studio.document.session import Session
from maskgan_studio.engine.parse_doubts import Doubt
from maskgan_studio.engine.target import Target
from maskgan_studio.labels import PARTS, part_named

__all__ = ["ParseDoubts", "correct_parse", "worth_naming"]

# Pixels of a crop from which on a doubtful region is named: smaller ones are seen when they are looked for.
_NAMED_FROM = 150
# Surer regions are hatched, but not named: so one photo in five is asked about, in two of three cases rightly.
_NAMED_BELOW = 0.62
# What spoils an edit where it is wrong; that a strand is hair or background does not.
_NAMED = frozenset(part_named(name).index for name in ("eye_g", "hat", "ear_r", "neck_l", "cloth", "l_ear", "r_ear"))


class ParseDoubts(QObject):
    """What is doubtful about the open photo's parse, as far as nobody has changed it.

    Signal: ``changed`` (what is shown is another).
    """

    changed = Signal()

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._is_shown = False
        workspace.document_changed.connect(self.changed)
        workspace.history_changed.connect(self._follow)

    @property
    def is_shown(self) -> bool:
        """Whether doubtful regions are hatched."""
        return self._is_shown

    def show(self, shown: bool) -> None:
        """Hatch doubtful regions, or do not."""
        self._is_shown = shown
        self.changed.emit()

    @property
    def pixels(self) -> np.ndarray | None:
        """What is to be hatched, bool (H, W); None for nothing."""
        open_ = self._open() if self._is_shown else []
        if not open_:
            return None
        session = self._workspace.session
        assert session is not None
        composite, pixels = session.stack.composite(), np.zeros(session.stack.shape, bool)
        for doubt in open_:
            rect, mask = doubt.cover
            pixels[rect.slices] |= mask & (composite[rect.slices] == doubt.part)
        return pixels

    def at(self, point: Point) -> Doubt | None:
        """The doubtful region at a point (x, y) of the crop, as long as it is what the parser found."""
        column, row = int(np.floor(point[0])), int(np.floor(point[1]))
        for doubt in self._open():
            (top, left, bottom, right), mask = doubt.cover
            if top <= row < bottom and left <= column < right and mask[row - top, column - left]:
                return doubt
        return None

    def correct(self, doubt: Doubt) -> None:
        """Give a doubtful region its other class."""
        session = self._workspace.session
        if session is not None:
            correct_parse(session, doubt)

    def choices(self, target: Target | None) -> list[tuple[str, Callable[[], None]]]:
        """What can be done about the doubt that is told of when a photo is opened: titles, and what does it."""
        doubt = None if target is None else worth_naming(target.doubts)
        if doubt is None:
            return []
        title = tr("Make it “{part}”", part=tr(PARTS[doubt.instead].title))
        return [(title, partial(self.correct, doubt)), (tr("Show doubtful places"), partial(self.show, True))]

    def _open(self) -> list[Doubt]:
        session, target = self._workspace.session, self._workspace.target
        if session is None or target is None:
            return []
        base = session.stack.base.labels
        return [
            doubt for doubt in target.doubts if (base[doubt.cover.rect.slices][doubt.cover.mask] == doubt.part).any()
        ]

    def _follow(self) -> None:
        if self._is_shown:
            self.changed.emit()


def worth_naming(doubts: Sequence[Doubt]) -> Doubt | None:
    """The doubt to tell about when a photo is opened, if any is worth it."""
    candidates = (doubt for doubt in doubts if doubt.is_whole and doubt.part in _NAMED)
    return next((doubt for doubt in candidates if doubt.area >= _NAMED_FROM and doubt.confidence < _NAMED_BELOW), None)


def correct_parse(session: Session, doubt: Doubt) -> None:
    """Give a doubtful region its other class, in the photo's own mask: the parser was wrong, nothing is edited.

    The lock of that layer, which keeps brushes off it, does not matter here.
    """
    base = session.stack.base
    wrong = doubt.cover.full(base.labels.shape) & (base.labels == doubt.part)
    corrected = np.where(wrong, np.uint8(doubt.instead), base.labels)
    session.apply("Correct the parse", Patch.between(base.id, base.labels, corrected))
