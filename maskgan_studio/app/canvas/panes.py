"""How the canvas is divided for each view."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QRegion

from maskgan_studio.app.canvas.scene import SPLIT_MODES, Scene

_GAP = 1.0
#: Distance from the split line at which it can be taken, in device-independent pixels.
SPLIT_REACH = 6.0
#: What the views with two panes show on the left; the right one has the result.
_LEFT = {"side": "edit", "compare": "original", "split": "original", "mask_split": "edit"}


# Dirty rectangles of a pane that lie so far apart are painted one by one: their bounds have so many times their pixels.
_FAR_APART, _FEW_PARTS = 4, 4


@dataclass(frozen=True)
class Pane:
    """A part of the canvas.

    Attributes:
        kind: "original", "edit", "result", "overlay" or "difference".
        frame: the area that the view's middle is the middle of.
        visible: the area that is drawn; smaller than the frame beside a split slider.
    """

    kind: str
    frame: QRectF
    visible: QRectF


def lay_out_panes(scene: Scene, area: QRectF) -> list[Pane]:
    """Divide the canvas for the scene's view."""
    if scene.mode in ("side", "compare"):
        width = (area.width() - _GAP) / 2
        left = QRectF(area.left(), area.top(), round(width), area.height())
        right = QRectF(left.right() + _GAP, area.top(), area.right() - left.right() - _GAP, area.height())
        # Both frames have one size, so that one mask buffer and one zoom serve both.
        return [Pane(_LEFT[scene.mode], left, left), Pane("result", QRectF(right.topLeft(), left.size()), right)]
    if scene.mode in SPLIT_MODES:
        at = round(area.left() + area.width() * scene.split)
        left = QRectF(area.left(), area.top(), at - area.left(), area.height())
        right = QRectF(at, area.top(), area.right() - at, area.height())
        return [Pane(_LEFT[scene.mode], area, left), Pane("result", area, right)]
    kind = {"mask": "edit"}.get(scene.mode, scene.mode)
    return [Pane(kind, area, area)]


def pane_at(panes: list[Pane], position: QPointF) -> Pane:
    """Return the pane under a position, the nearest one outside all of them."""
    for pane in panes:
        if pane.visible.contains(position):
            return pane
    return min(panes, key=lambda pane: abs(pane.visible.center().x() - position.x()))


def on_split_line(scene: Scene, area: QRectF, position: QPointF) -> bool:
    """Whether a position takes the split slider."""
    at = area.left() + area.width() * scene.split
    return scene.mode in SPLIT_MODES and abs(position.x() - at) <= SPLIT_REACH


def split_dirty(region: QRegion) -> list[QRect]:
    """What to paint of a pane: as one, but for an edit that fades in while progress is drawn far below it."""
    bounds = region.boundingRect()
    if region.rectCount() > _FEW_PARTS:
        return [bounds]
    parts = [*cast("Iterable[QRect]", region)]
    pixels = sum(part.width() * part.height() for part in parts)
    return parts if bounds.width() * bounds.height() > _FAR_APART * pixels else [bounds] if parts else []
