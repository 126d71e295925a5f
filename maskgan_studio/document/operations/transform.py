"""Move, scale, rotate and warp parts of the composite, on the active layer.

Each function starts from what is seen now. A tool that drags calls them again and again from the untouched layer, which
is what ``Session.preview`` is for; nothing is resampled twice.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import cv2
import numpy as np

from maskgan_studio.document.geometry.rasterize import Cover, Point
from maskgan_studio.document.geometry.rect import Rect
from maskgan_studio.document.geometry.regions import of_parts
from maskgan_studio.document.geometry.symmetry import Axis
from maskgan_studio.document.layers import LayerStack
from maskgan_studio.document.operations.painting import FREE, Constraints, paint_patch
from maskgan_studio.document.operations.removal import fill_removed, relax_constraints
from maskgan_studio.document.patch import Patch
from maskgan_studio.labels import FLIP, UNSET

__all__ = [
    "Warp",
    "affine",
    "mirror_moves",
    "place_patch",
    "resample_labels",
    "transform_groups",
    "transform_parts",
]


def affine(
    pivot: Point, move: tuple[float, float] = (0.0, 0.0), scale: tuple[float, float] = (1.0, 1.0), angle: float = 0.0
) -> np.ndarray:
    """The (2, 3) matrix that scales and turns about a pivot and then moves.

    Args:
        pivot: (x, y) in pixels, as ``coverage`` counts them.
        move: pixels to the right and down.
        scale: factors of width and height before the turn; negative ones mirror.
        angle: degrees clockwise on the screen.
    """
    cos, sin = np.cos(np.deg2rad(angle)), np.sin(np.deg2rad(angle))
    linear = np.array([[cos, -sin], [sin, cos]]) * np.array(scale)
    offset = np.array(pivot) + np.array(move) - linear @ np.array(pivot)
    return np.column_stack([linear, offset])


def transform_parts(
    stack: LayerStack,
    layer_id: int,
    parts: Collection[int],
    matrix: np.ndarray,
    *,
    constraints: Constraints = FREE,
) -> Patch | None:
    """The patch that moves parts; what lies beside or below them appears where they were.

    Args:
        stack: the layers.
        layer_id: the layer that is painted on.
        parts: the classes to move together.
        matrix: (2, 3), see ``affine``.
        constraints: the parts leave their own place whatever ``only_over`` says.

    Raises:
        EditError: one of the parts is locked, or as ``painting.paint_patch`` does.
    """
    return transform_groups(stack, layer_id, [(parts, matrix)], constraints=constraints)


def transform_groups(
    stack: LayerStack,
    layer_id: int,
    moves: Sequence[tuple[Collection[int], np.ndarray]],
    *,
    constraints: Constraints = FREE,
) -> Patch | None:
    """The patch that moves groups of parts at once, each by a matrix of its own; see ``transform_parts``.

    Where two groups meet, the later one lies on top.
    """
    seen = stack.composite()
    replaced = np.zeros(stack.shape, bool)
    laid = np.full(stack.shape, UNSET, np.uint8)
    for parts, matrix in moves:
        chosen = of_parts(seen, parts)
        replaced |= chosen
        moved = resample_labels(np.where(chosen, seen, np.uint8(UNSET)), matrix, stack.shape)
        np.copyto(laid, moved, where=moved != UNSET)
    return place_patch(stack, layer_id, laid, replaced, constraints)


def mirror_moves(
    parts: Collection[int], matrix: np.ndarray, unturned: np.ndarray, axis: Axis
) -> list[tuple[frozenset[int], np.ndarray]]:
    """What symmetry makes of moving parts: groups and matrices for ``transform_groups``.

    A part of one side moves as it is told, and its counterpart as its mirror image. Parts that are their own mirror
    image, and pairs that move together, only do what keeps them so: they move along the axis and grow about it.

    Args:
        parts: the classes to move.
        matrix: (2, 3), see ``affine``.
        unturned: the same without its turn, which no symmetric group can take part in.
        axis: the axis of symmetry.
    """
    both = frozenset(part for part in parts if FLIP[part] in parts)
    single = frozenset(parts) - both
    moves = []
    if both:
        moves.append((both, (unturned + axis.mirror_affine(unturned)) / 2))
    if single:
        moves.append((frozenset(FLIP[part] for part in single), axis.mirror_affine(matrix)))
        moves.append((single, matrix))
    return moves


def place_patch(
    stack: LayerStack, layer_id: int, labels: np.ndarray, replaced: np.ndarray, constraints: Constraints = FREE
) -> Patch | None:
    """The patch that takes parts away and lays others down.

    Args:
        stack: the layers.
        layer_id: the layer that is painted on.
        labels: (H, W) uint8, what to lay down, with ``UNSET``.
        replaced: (H, W) bool, what to take away, whole parts or pieces of them.
        constraints: parts may leave their own place whatever ``only_over`` says.

    Raises:
        EditError: a part that is taken away is locked, or as ``painting.paint_patch`` does.
    """
    seen = stack.composite()
    leaving = set(np.unique(seen[replaced]).tolist())
    constraints = relax_constraints(constraints, leaving)
    laid = labels != UNSET
    if replaced.any():
        labels = np.where(laid, labels, fill_removed(stack, layer_id, replaced & ~laid, leaving, whole=True))
    # What is seen there already stays where it is, on whichever layer that may be.
    cover = Cover.of((laid | replaced) & (labels != seen))
    if cover is None:
        return None
    return paint_patch(stack, layer_id, cover, labels[cover.rect.slices], constraints)


def remove_parts(
    stack: LayerStack, layer_id: int, parts: frozenset[int], constraints: Constraints = FREE
) -> Patch | None:
    """The patch that takes parts away: what lies below or behind them appears, see ``removal``.

    Args:
        stack: the layers.
        layer_id: the layer that is painted on.
        parts: classes; None comes back where none of them is there.
        constraints: parts may leave their own place whatever ``only_over`` says.

    Raises:
        EditError: one of the parts is locked, or as ``painting.paint_patch`` does.
    """
    nothing = np.full(stack.shape, UNSET, np.uint8)
    return place_patch(stack, layer_id, nothing, of_parts(stack.composite(), parts), constraints)


def resample_labels(labels: np.ndarray, matrix: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """Carry a label map with unset pixels over by an affine matrix.

    Each class is resampled with interpolation, and a pixel takes the class that covers most of it if that is more than
    half: outlines stay smooth where picking the nearest pixel would make stairs.

    Args:
        labels: (h, w) uint8 with ``UNSET``.
        matrix: (2, 3), from its pixels to those of the result.
        shape: (H, W) of the result.
    """
    result = np.full(shape, UNSET, np.uint8)
    # OpenCV puts pixel centres at whole numbers, we at halves.
    matrix = matrix.copy()
    matrix[:, 2] += matrix[:, :2] @ (0.5, 0.5) - 0.5
    strongest = np.full(shape, 127, np.uint8)
    for part in np.unique(labels[labels != UNSET]):
        plane = (labels == part).astype(np.uint8) * np.uint8(255)
        share = cv2.warpAffine(plane, matrix, shape[::-1], flags=cv2.INTER_LINEAR)
        stronger = share > strongest
        result[stronger] = part
        strongest[stronger] = share[stronger]
    return result


class Warp:
    """A freehand deformation that grows while the pointer drags the image along.

    It remembers for each pixel where its label comes from, so that many small drags blur nothing.
    """

    def __init__(self, stack: LayerStack, layer_id: int, constraints: Constraints = FREE) -> None:
        """Begin a deformation of what is seen now."""
        self._stack, self._layer_id, self._constraints = stack, layer_id, constraints
        self._seen = stack.composite().copy()
        rows, columns = np.mgrid[self._stack.rect.slices].astype(np.float32)
        self._sources = np.stack([columns, rows], axis=2)
        self._touched = np.zeros(stack.shape, bool)

    def drag(self, start: Point, end: Point, size: float) -> None:
        """Pull what lies within a brush along.

        The pull falls off smoothly to nothing at the brush's rim. A drag longer than a quarter of the brush is done in
        steps, as a pull that is longer than the falloff allows would fold the image.

        Args:
            start, end: (x, y) of the pointer.
            size: diameter of the brush in pixels.
        """
        (ax, ay), (bx, by) = start, end
        steps = max(1, int(np.ceil(np.hypot(bx - ax, by - ay) / (size / 4))))
        for step in range(steps):
            x, y = ax + (bx - ax) * step / steps, ay + (by - ay) * step / steps
            self._pull(x, y, (bx - ax) / steps, (by - ay) / steps, size / 2)

    def patch(self) -> Patch | None:
        """The patch for everything dragged so far; use it with ``Session.preview``.

        Raises EditError as ``painting.paint_patch`` does.
        """
        cover = Cover.of(self._touched)
        if cover is None:
            return None
        columns, rows = np.rint(self._sources[cover.rect.slices]).astype(int).transpose(2, 0, 1)
        height, width = self._stack.shape
        labels = self._seen[np.clip(rows, 0, height - 1), np.clip(columns, 0, width - 1)]
        changed = Cover(cover.rect, cover.mask & (labels != self._seen[cover.rect.slices]))
        return paint_patch(self._stack, self._layer_id, changed, labels, self._constraints)

    def _pull(self, x: float, y: float, move_x: float, move_y: float, radius: float) -> None:
        # Pixels are asked where they come from, so the brush lies where the pull ends.
        x, y = x + move_x - 0.5, y + move_y - 0.5
        square = Rect(int(y - radius), int(x - radius), int(y + radius) + 2, int(x + radius) + 2)
        rect = square.intersection(self._stack.rect)
        if rect is None:
            return
        rows, columns = np.mgrid[rect.slices].astype(np.float32)
        falloff = np.maximum(0, 1 - ((columns - x) ** 2 + (rows - y) ** 2) / radius**2) ** 2
        pulled = cv2.remap(
            self._sources,
            (columns - falloff * move_x).astype(np.float32),
            (rows - falloff * move_y).astype(np.float32),
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        )
        self._sources[rect.slices] = pulled
        self._touched[rect.slices] |= falloff > 0
