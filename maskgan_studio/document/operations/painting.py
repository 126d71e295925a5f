"""Painting labels on a layer: what may be painted, single shapes, and strokes in the making."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from maskgan_studio.document.geometry.rasterize import Cover, Point, capsule, fill_enclosed
from maskgan_studio.document.geometry.rect import Rect, union
from maskgan_studio.document.geometry.regions import of_parts
from maskgan_studio.document.geometry.symmetry import Axis
from maskgan_studio.document.layers import Layer, LayerStack
from maskgan_studio.document.patch import Patch
from maskgan_studio.errors import EditError
from maskgan_studio.labels import FLIP, UNSET

__all__ = ["FREE", "Constraints", "Edit", "Stroke", "paint_patch", "paint_to_match"]


@dataclass(frozen=True, slots=True)
class Constraints:
    """Which pixels may change, by their visible class.

    Attributes:
        locked_parts: classes that are never painted over.
        only_over: the only classes that may be painted over; None for all.
        only_first: of what has a starting point, only the class that lies there, and its counterpart with symmetry.
        frozen: (H, W) bool, pixels that keep their labels whatever their class; None for none.
    """

    locked_parts: frozenset[int] = frozenset()
    only_over: frozenset[int] | None = None
    only_first: bool = False
    frozen: np.ndarray | None = field(default=None, compare=False)

    def starting_at(self, seen: np.ndarray, start: Point | None, mirrored: bool) -> Constraints:
        """The same for one edit that starts at a point.

        Args:
            seen: (H, W) uint8 labels of the composite.
            start: (x, y), see ``rasterize``; None, or a point outside the label map, restricts nothing.
            mirrored: the edit is made on the other side of the face as well.
        """
        if not self.only_first or start is None:
            return self
        column, row = int(np.floor(start[0])), int(np.floor(start[1]))
        if not (0 <= row < seen.shape[0] and 0 <= column < seen.shape[1]):
            return self
        part = int(seen[row, column])
        return replace(self, only_over=frozenset({part, FLIP[part]} if mirrored else {part}))

    def allowed(self, seen: np.ndarray) -> np.ndarray | None:
        """Where painting is allowed, as a bool array; None when it is allowed everywhere.

        Args:
            seen: uint8 labels of the composite, any shape.
        """
        if not self.locked_parts and self.only_over is None:
            return None
        table = np.ones(256, bool)
        if self.only_over is not None:
            table[:] = False
            table[list(self.only_over)] = True
        table[list(self.locked_parts)] = False
        return np.asarray(table[seen])


FREE = Constraints()


def paint_patch(
    stack: LayerStack, layer_id: int, cover: Cover | None, labels: np.ndarray | int, constraints: Constraints = FREE
) -> Patch | None:
    """The patch that paints labels on a layer; nothing is changed yet.

    Args:
        stack: the layers.
        layer_id: the layer to paint on.
        cover: where to paint; None paints nothing.
        labels: one class, or (h, w) uint8 labels for the rectangle of ``cover``; ``labels.UNSET`` erases.
        constraints: pixels it forbids keep their labels.

    Returns:
        the patch, or None when no pixel would change.

    Raises:
        EditError: the layer is locked or hidden, or the base mask would be erased.
    """
    if cover is None:
        return None
    before = _layer_to_paint(stack, layer_id).labels[cover.rect.slices]
    after = np.where(_where(stack, cover, constraints), np.asarray(labels, np.uint8), before)
    if layer_id == stack.base.id and (after == UNSET).any():
        raise EditError("There is nothing below the base mask; choose an edit layer to erase on.")
    return Patch.between(layer_id, before, after, cover.rect.top, cover.rect.left)


def paint_to_match(stack: LayerStack, layer_id: int, mask: np.ndarray, constraints: Constraints = FREE) -> Patch | None:
    """The patch that makes the composite look like a (H, W) uint8 mask; errors are those of ``paint_patch``."""
    cover = Cover.of(mask != stack.composite())
    return None if cover is None else paint_patch(stack, layer_id, cover, mask[cover.rect.slices], constraints)


class Edit:
    """A change to one layer that is still being made: shown at once, kept or dropped as a whole."""

    def __init__(self, stack: LayerStack, layer_id: int, constraints: Constraints = FREE) -> None:
        """Begin on a layer; raises EditError when it is locked or hidden."""
        self._stack = stack
        self._layer = _layer_to_paint(stack, layer_id)
        self._constraints = constraints
        self._before = self._layer.labels.copy()
        self._touched: Rect | None = None
        stack.focus(layer_id)

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width of the label map in pixels."""
        return self._stack.shape

    @property
    def seen(self) -> np.ndarray:
        """The composite with the change, (H, W) uint8: a read-only view."""
        return self._stack.composite()

    def paint(self, cover: Cover, labels: np.ndarray | int) -> Rect:
        """Paint on what there is.

        Args:
            cover: where to paint, as far as the constraints allow.
            labels: one class, or (h, w) uint8 labels for the rectangle of ``cover``; ``labels.UNSET`` erases.

        Returns:
            the rectangle to repaint.

        Raises:
            EditError: the base mask would be erased.
        """
        if self._layer.id == self._stack.base.id and np.any(np.equal(labels, UNSET)):
            raise EditError("There is nothing below the base mask; choose an edit layer to erase on.")
        region = self._layer.labels[cover.rect.slices]
        np.copyto(region, np.asarray(labels, np.uint8), where=_where(self._stack, cover, self._constraints))
        return self._changed(cover.rect)

    def show(self, patch: Patch | None) -> Rect | None:
        """Carry out a patch of this layer; returns the rectangle to repaint."""
        if patch is None:
            return None
        patch.apply(self._layer.labels)
        return self._changed(patch.rect)

    def cancel(self) -> Rect | None:
        """Restore the layer exactly; returns the rectangle to repaint."""
        rect, self._touched = self._touched, None
        if rect is not None:
            self._layer.labels[rect.slices] = self._before[rect.slices]
            return self._stack.refresh(self._layer.id, rect)
        return None

    def finish(self) -> Patch | None:
        """Everything that was done as one patch (already applied), or None when nothing changed."""
        if self._touched is None:
            return None
        rect, self._touched = self._touched, None
        before, after = self._before[rect.slices], self._layer.labels[rect.slices]
        return Patch.between(self._layer.id, before, after, rect.top, rect.left)

    def _changed(self, rect: Rect) -> Rect:
        self._touched = union(self._touched, rect)
        return self._stack.refresh(self._layer.id, rect)


class Stroke:
    """A brush or eraser stroke, painted while the pointer moves and without gaps at any speed."""

    def __init__(self, edit: Edit, label: int, axis: Axis | None = None, fills: bool = False) -> None:
        """Take a brush.

        Args:
            edit: receives the paint; finish or cancel it when the pointer is lifted.
            label: class to paint, ``labels.UNSET`` to erase.
            axis: paints the stroke's mirror image as well, with the paired class.
            fills: ``finish`` also paints what the stroke has closed an outline around.
        """
        self._edit, self._label, self._axis = edit, label, axis
        self._before = edit.seen.copy() if fills else None
        self._covered = np.zeros(edit.shape, bool)
        self._last: tuple[Point, float] | None = None

    def extend(self, point: Point, size: float) -> Rect | None:
        """Put the brush down at a point, from the second call on drag it there.

        Args:
            point: (x, y) in pixels, see ``coverage``.
            size: diameter of the brush in pixels; it may follow a pen's pressure.

        Returns:
            the rectangle to repaint, or None when the brush is outside the label map.
        """
        start, start_size = self._last or (point, size)
        self._last = point, size
        dirty = self._paint(capsule(start, point, start_size, size, self._edit.shape))
        if self._axis is not None:
            start, point = self._axis.mirror(start), self._axis.mirror(point)
            dirty = union(dirty, self._paint(capsule(start, point, start_size, size, self._edit.shape)))
        return dirty

    def finish(self) -> Rect | None:
        """Paint the inside of an outline that the stroke has closed, by itself or with what had its class before.

        Returns the rectangle to repaint. What was enclosed before the stroke, as the eyes are by the skin, stays.
        """
        if self._before is None:
            return None
        inside = fill_enclosed(self._covered) & ~self._covered
        if self._label != UNSET:
            own = {self._label} if self._axis is None else {self._label, FLIP[self._label]}
            now, before = of_parts(self._edit.seen, own), of_parts(self._before, own)
            inside |= fill_enclosed(now | self._covered) & ~fill_enclosed(before) & ~now
        return self._paint(Cover.of(inside))

    def _paint(self, cover: Cover | None) -> Rect | None:
        if cover is None:
            return None
        if self._before is not None:
            self._covered[cover.rect.slices] |= cover.mask
        label = self._label if self._axis is None else self._axis.labels(self._label, cover.rect)
        return self._edit.paint(cover, label)


def _layer_to_paint(stack: LayerStack, layer_id: int) -> Layer:
    layer = stack[layer_id]
    if layer.face is not None:
        raise EditError("“{layer}” follows the sliders; paint on a layer above it.", layer=layer.title)
    if layer.locked:
        raise EditError("The layer “{layer}” is locked; unlock it or choose another layer.", layer=layer.title)
    if not layer.visible:
        raise EditError("The layer “{layer}” is hidden; show it or choose another layer.", layer=layer.title)
    return layer


def _where(stack: LayerStack, cover: Cover, constraints: Constraints) -> np.ndarray:
    allowed = constraints.allowed(stack.composite()[cover.rect.slices])
    where = cover.mask if allowed is None else cover.mask & allowed
    return where if constraints.frozen is None else where & ~constraints.frozen[cover.rect.slices]
