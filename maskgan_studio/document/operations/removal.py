"""Fill the place of a removed part with what lies behind it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import cv2
import numpy as np

from maskgan_studio.document.geometry.face_frame import (
    canonical_coordinates,
    face_frame,
    find_usual_places,
    head_region,
)
from maskgan_studio.document.geometry.rasterize import Cover
from maskgan_studio.document.geometry.rect import Rect
from maskgan_studio.document.geometry.regions import fill_hull, fill_with_nearest, of_parts
from maskgan_studio.document.geometry.symmetry import add_mirror_image, find_axis
from maskgan_studio.document.layers import LayerStack
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
_BACKGROUND, _SKIN, _CLOTH = (part_named(name).index for name in ("background", "skin", "cloth"))
_FACE = frozenset(
    part_named(name).index for name in ("skin", "nose", "l_eye", "r_eye", "l_brow", "r_brow", "l_ear", "r_ear")
)
_SLIVER = 0.016  # of the mask's side: half the width of what is no face beside glasses
_BESIDE = frozenset(part_named(name).index for name in ("background", "hair", "hat", "cloth"))
_EARS = [part_named(name).index for name in ("l_ear", "r_ear")]
# On the image's left and right; and with less of its usual area it is hidden in part.
_BROWS, _EYES = ((part_named(f"r_{name}").index, part_named(f"l_{name}").index) for name in ("brow", "eye"))
_HIDDEN_BROW, _HIDDEN_EYE = 0.4, 0.2
_GLASSES = part_named("eye_g").index
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
        if whole and _GLASSES in parts:
            _round_off_face(filled, seen, gap)
            _add_hidden_features(filled, seen, gap)
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
    return np.array(without_parts(LayerStack.over(mask), 1, parts))


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
    _add_hidden_features(bare, seen, unknown)
    return bare


def _round_off_face(filled: np.ndarray, seen: np.ndarray, gap: np.ndarray) -> None:
    """Let the outline of the face go on where glasses reach beyond it, in place.

    What is nearest is not what is behind: the background beside a cheek that a lens covers, the skin beside a hinge.
    The face ends at the convex hull of what is seen of it, but for slivers.
    """
    size = round(_SLIVER * max(seen.shape))
    brush = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * size + 1, 2 * size + 1))
    face = cv2.morphologyEx((of_parts(seen, _FACE) & ~gap).view(np.uint8), cv2.MORPH_OPEN, brush)
    if not face.any():
        return
    hull = fill_hull(face)
    filled[gap & hull & (filled == _BACKGROUND)] = _SKIN
    beyond = gap & ~hull & (filled == _SKIN)
    filled[beyond] = _fill_behind(seen, gap, _BESIDE)[beyond]


def _add_hidden_features(filled: np.ndarray, seen: np.ndarray, gap: np.ndarray) -> None:
    """Add brows and eyes that a fringe, a hat or glasses may hide, in place, where the gap shows skin.

    Where one of the two is seen the other is its mirror image; else they get their usual shape.
    """
    for feature, classes, least in (("brow", _BROWS, _HIDDEN_BROW), ("eye", _EYES, _HIDDEN_EYE)):
        usual = find_usual_places(seen, feature)
        there = [seen == part for part in classes]
        hidden = [found.sum() < least * place.sum() for found, place in zip(there, usual, strict=True)]
        for side, part in enumerate(classes):
            other = there[1 - side]
            place = usual[side]
            if not all(hidden) and (rect := Rect.around(other)) is not None:
                both = add_mirror_image(Cover(rect, other[rect.slices]), find_axis(seen), seen.shape)
                place = both.full(seen.shape) & ~other
            if hidden[side]:
                filled[place & gap & (filled == _SKIN)] = part


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
        reach |= fill_hull(shape)
    return reach


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
