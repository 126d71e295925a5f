"""What the history calls a step of painting: which part, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from maskgan_studio.document.changes import Change, PixelChange, Title
from maskgan_studio.document.layers import LayerStack
from maskgan_studio.document.operations.part_transfer import GROUPS
from maskgan_studio.document.patch import Patch
from maskgan_studio.errors import Translatable
from maskgan_studio.labels import FLIP, NUM_CLASSES, PARTS, UNSET

__all__ = ["describe_step"]

_PAINTS = ("Brush", "Lasso", "Polygon", "Rectangle", "Ellipse", "Fill")
_MOVES = ("Transform", "Warp")
_ERASES = ("Eraser",)
_GROWS, _SHRINKS, _SMOOTHS, _REMOVES = ("Grow",), ("Shrink",), ("Smooth",), ("Remove",)
#: They give way to whatever else moves: background and skin.
_GROUND = (0, 1)
#: A part that has moved less, in pixels, or has changed its length less has not moved or grown.
_LEAST_SHIFT, _LEAST_GROWTH = 1.0, 0.04
#: Of the pixels of one of a pair, so many at least that have changed of the other one say that both were meant.
_SHARE_OF_PAIR = 0.5


def describe_step(title: Title, changes: Sequence[Change], stack: LayerStack) -> Title:
    """Return a title that names the part that a tool has changed; other titles stay as they are.

    Args:
        title: the tool's.
        changes: already applied; those of more than one layer are left to the title.
        stack: the layers as they are now.
    """
    if len(changes) != 1 or not isinstance(changes[0], PixelChange):
        return title
    if title not in (*_PAINTS, *_MOVES, *_ERASES, *_GROWS, *_SHRINKS, *_SMOOTHS, *_REMOVES):
        return title
    patch = changes[0].patch()
    labels = stack[patch.layer_id].labels.copy()
    patch.revert(labels)
    after = np.asarray(stack.composite())
    before = after.copy()
    before[patch.rect.slices] = stack.composite_with(patch.layer_id, labels, patch.rect)
    changed = before != after
    if not changed.any():
        return _describe_unseen(title, patch)
    gained = np.bincount(after[changed], minlength=256)[:NUM_CLASSES]
    lost = np.bincount(before[changed], minlength=256)[:NUM_CLASSES]
    if title in _MOVES:
        return _describe_move(_moved_part(gained + lost), gained + lost, before, after)
    counts = lost if title in (*_ERASES, *_SHRINKS, *_REMOVES) else gained
    part = _title(int(counts.argmax()), counts)
    if title in _PAINTS:
        return Translatable("{part} painted", part)
    if title in _ERASES:
        return Translatable("{part} erased", part)
    if title in _REMOVES:
        return Translatable("{part} removed", part)
    if title in _GROWS:
        return Translatable("{part} grown", part)
    if title in _SHRINKS:
        return Translatable("{part} shrunk", part)
    return Translatable("{part} smoothed", _title(_moved_part(gained + lost), gained + lost))


def _describe_unseen(title: Title, patch: Patch) -> Title:
    """The part that was painted on the layer, where that shows the same below it."""
    painted = patch.after[(patch.before != patch.after) & (patch.after != UNSET)]
    if title not in _PAINTS or not painted.size:
        return title
    counts = np.bincount(painted, minlength=NUM_CLASSES)
    return Translatable("{part} painted", _title(int(counts.argmax()), counts))


def _title(part: int, counts: np.ndarray) -> dict[str, Translatable]:
    """What a part is called; with its counterpart, as symmetry changes it, what the two are."""
    other = FLIP[part]
    if other != part and counts[other] > _SHARE_OF_PAIR * counts[part]:
        message = next(title for title, parts in GROUPS.items() if parts == {part, other})
        return {"part": Translatable(message)}
    return {"part": Translatable(PARTS[part].title)}


def _moved_part(counts: np.ndarray) -> int:
    """The part that has changed most, but for what only fills the place that another one left."""
    others = counts.copy()
    others[list(_GROUND)] = 0
    return int(others.argmax() if others.any() else counts.argmax())


def _describe_move(number: int, counts: np.ndarray, before: np.ndarray, after: np.ndarray) -> Translatable:
    part = _title(number, counts)
    was, now = np.argwhere(before == number), np.argwhere(after == number)
    if not len(was) or not len(now):
        return Translatable("{part} moved", part)
    down, right = now.mean(axis=0) - was.mean(axis=0)
    growth = np.sqrt(len(now) / len(was)) - 1
    if growth > _LEAST_GROWTH:
        return Translatable("{part} enlarged", part)
    if growth < -_LEAST_GROWTH:
        return Translatable("{part} made smaller", part)
    if max(abs(down), abs(right)) < _LEAST_SHIFT:
        return Translatable("{part} reshaped", part)
    if abs(right) > abs(down):
        return Translatable("{part} moved", part)
    return Translatable("{part} raised", part) if down < 0 else Translatable("{part} lowered", part)
