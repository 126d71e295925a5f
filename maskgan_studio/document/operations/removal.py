"""Fill the place of a removed part with what lies behind it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import cv2
import numpy as np

from maskgan_studio.document.geometry.face_frame import brow_regions, canonical_coordinates, face_frame, head_region
from maskgan_studio.document.geometry.rasterize import Cover
from maskgan_studio.document.geometry.rect import Rect
from maskgan_studio.document.geometry.regions import fill_with_nearest, of_parts
from maskgan_studio.document.geometry.symmetry import add_mirror_image, find_axis
from maskgan_studio.document.layers import Layer, LayerStack
from maskgan_studio.document.operations.painting import Constraints
from maskgan_studio.errors import EditError, Translatable
from maskgan_studio.labels import PARTS, UNSET, part_named

__all__ = ["REMOVABLE", "fill_removed", "find_removable", "relax_constraints", "remove_from_mask", "without_parts"]

#: What can be taken off a face by name, and its classes.
REMOVABLE: dict[str, frozenset[int]] = {
    name: frozenset(part_named(part).index for part in parts.split())
    for name, parts in (
        ("hair", "hair"),
        ("hat", "hat"),
        ("eyeglasses", "eye_g"),
        ("earrings", "ear_r"),
        ("necklace", "neck_l"),
        ("brows", "l_brow r_brow"),
    )
}

# What continues below the features of a face and the things worn on it.
_SURFACES = frozenset(part_named(name).index for name in ("background", "skin", "hair", "neck", "cloth"))
# Below these lies the head, and beside it what is behind the person.
_ON_HEAD = frozenset(part_named(name).index for name in ("hair", "hat"))
_BEHIND = frozenset(part_named(name).index for name in ("background", "cloth"))
_SKIN, _CLOTH = part_named("skin").index, part_named("cloth").index
_EARS = [part_named(name).index for name in ("l_ear", "r_ear")]
_BROWS = part_named("r_brow").index, part_named("l_brow").index  # on the image's left and right
_HIDDEN = 0.4  # share of a typical brow: a smaller one is hidden in part
_SHOULDERS = 150  # pixels of a typical face of 512² below its eyes; no one's clothes are seen to reach higher


def fill_removed(
    stack: LayerStack, layer_id: int, gone: np.ndarray, parts: Collection[int], *, whole: bool = False
) -> np.ndarray:
    """The labels that a layer needs so that parts disappear from some pixels.

    Where the layer itself covers something else, it is erased: glasses that are taken off show the eyes below them.
    Everywhere else the nearest class beside the gap fills it.

    Args:
        stack: the layers.
        layer_id: the layer that will be painted on.
        gone: (H, W) bool, the pixels.
        parts: the classes that disappear.
        whole: they go as a whole, rather than a rim of them: skin and hair close the gap where they border on it, and
            no eye spreads over the lenses of glasses that are taken off. Below hair and hats a head appears.

    Returns:
        (H, W) uint8 for the layer, with ``UNSET`` to be erased; meaningful where ``gone`` is True.
    """
    below = stack.composite_without(layer_id)
    erased = gone & (stack[layer_id].labels != UNSET) & (below != UNSET) & ~of_parts(below, parts)
    seen = np.where(erased, below, stack.composite())
    gap = gone & ~erased
    # Other pixels of the same parts are no neighbours to fill from, or nothing would disappear.
    unknown = gap | of_parts(seen, parts)
    if whole and _ON_HEAD.intersection(parts):
        filled = _bare_head(seen, unknown)
    else:
        filled = fill_with_nearest(seen, unknown | _features_beside(seen, gap, unknown) if whole else unknown)
    return np.where(erased, np.uint8(UNSET), filled)


def without_parts(stack: LayerStack, layer_id: int, parts: Collection[int]) -> np.ndarray:
    """The mask without some parts, (H, W) uint8: the face below a hat, the eyes behind glasses."""
    seen = stack.composite()
    gone = of_parts(seen, parts)
    if not gone.any():
        return seen
    labels = fill_removed(stack, layer_id, gone, parts, whole=True)
    return np.where(gone, np.where(labels == UNSET, stack.composite_without(layer_id), labels), seen)


def remove_from_mask(mask: np.ndarray, parts: Collection[int]) -> np.ndarray:
    """The same for a mask (H, W) uint8 without layers; a copy where it has none of the parts."""
    empty = np.full(mask.shape, UNSET, np.uint8)
    stack = LayerStack((Layer(0, "", mask.copy()), Layer(1, "", empty)))
    return np.array(without_parts(stack, 1, parts))


def find_removable(names: Sequence[str]) -> frozenset[int]:
    """The classes of parts by name; raises EditError for a name that is none of ``REMOVABLE``."""
    for name in names:
        if name not in REMOVABLE:
            raise EditError("“{name}” cannot be removed; these can: {names}.", name=name, names=", ".join(REMOVABLE))
    return frozenset().union(*(REMOVABLE[name] for name in names))


def _features_beside(seen: np.ndarray, gap: np.ndarray, unknown: np.ndarray) -> np.ndarray:
    """The pixels that are no surface, if the gap borders on one that is."""
    rim = cv2.dilate(gap.view(np.uint8), np.ones((3, 3), np.uint8)).astype(bool) & ~unknown
    return ~of_parts(seen, _SURFACES) if of_parts(seen[rim], _SURFACES).any() else np.zeros_like(gap)


def _bare_head(seen: np.ndarray, unknown: np.ndarray) -> np.ndarray:
    """A head without hair and hat, with both brows, and what is behind it: clothes below the shoulders alone."""
    _, below_eyes = canonical_coordinates(face_frame(seen), seen.shape)
    filled = _fill_behind(seen, unknown, _BEHIND)
    beside_face = (filled == _CLOTH) & (below_eyes < _SHOULDERS)
    filled[beside_face] = _fill_behind(seen, unknown, _BEHIND - {_CLOTH})[beside_face]
    head = head_region(seen)
    bare = np.where(head | (_reach_ears(seen, head) & unknown), np.uint8(_SKIN), filled)
    for brow, region in _find_hidden_brows(seen):
        bare[region & (bare == _SKIN)] = brow
    return bare


def _reach_ears(seen: np.ndarray, head: np.ndarray) -> np.ndarray:
    """Where a head goes on to ears that hair leaves beside it, (H, W) bool: the convex hull of both, beside them."""
    reach = np.zeros(head.shape, bool)
    middle = float(np.nonzero(head.any(axis=0))[0].mean()) if head.any() else 0.0
    for ear in _EARS:
        rows, columns = np.nonzero(seen == ear)
        if not len(rows):
            continue
        # The half that is nearer to the head; a little higher than the ear the head is as wide as it was.
        root = np.abs(columns - middle) <= np.median(np.abs(columns - middle))
        top = max(0, rows.min() - (rows.max() - rows.min()) // 4)
        shape = np.zeros(head.shape, np.uint8)
        shape[top : rows.max() + 1] = head[top : rows.max() + 1]
        shape[rows[root], columns[root]] = 1
        reach |= cv2.fillConvexPoly(np.zeros_like(shape), cv2.convexHull(cv2.findNonZero(shape)), 1) > 0
    return reach


def _find_hidden_brows(seen: np.ndarray) -> Iterator[tuple[int, np.ndarray]]:
    """Brows that a fringe may hide, (H, W) bool each: the other one mirrored, or a typical one."""
    typical = brow_regions(seen)
    there = [seen == brow for brow in _BROWS]
    hidden = [found.sum() < _HIDDEN * usual.sum() for found, usual in zip(there, typical, strict=True)]
    for side, brow in enumerate(_BROWS):
        other = there[1 - side]
        if all(hidden):
            yield brow, typical[side]
        elif hidden[side] and (rect := Rect.around(other)) is not None:
            both = add_mirror_image(Cover(rect, other[rect.slices]), find_axis(seen), seen.shape)
            yield brow, both.full(seen.shape) & ~other


def _fill_behind(seen: np.ndarray, unknown: np.ndarray, parts: Collection[int]) -> np.ndarray:
    """Continue some parts over everything else; background where none of them is seen."""
    behind = ~unknown & of_parts(seen, parts)
    return fill_with_nearest(seen, ~behind) if behind.any() else np.zeros_like(seen)


def relax_constraints(constraints: Constraints, parts: Collection[int]) -> Constraints:
    """The constraints for taking parts away or moving them: they may leave where they are.

    Raises EditError when one of the parts is locked.
    """
    locked = next((part for part in sorted(parts) if part in constraints.locked_parts), None)
    if locked is not None:
        raise EditError(
            "{part} is locked; unlock it in the list of parts to change its shape.",
            part=Translatable(PARTS[locked].title),
        )
    if constraints.only_over is None:
        return constraints
    return Constraints(constraints.locked_parts, constraints.only_over | frozenset(parts))
