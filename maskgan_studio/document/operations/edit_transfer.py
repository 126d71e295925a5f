"""Carrying an edit over to another face: what was painted on one mask is painted on another one likewise.

Features are carried over relative to what they were: a mouth that was made a fifth wider becomes a fifth wider there,
whatever its width. What else was painted (hair over a forehead) goes where the alignment of the faces puts it.
"""

from __future__ import annotations

import numpy as np

from maskgan_studio.document.geometry.face_frame import compose, face_frame, invert
from maskgan_studio.document.geometry.regions import of_parts
from maskgan_studio.document.layers import LayerStack
from maskgan_studio.document.operations.part_transfer import GROUPS
from maskgan_studio.document.operations.transform import place_patch, resample_labels
from maskgan_studio.errors import EditError
from maskgan_studio.labels import UNSET, part_named

__all__ = ["transfer_edit"]

# Features that are fitted onto their counterparts; brows and eyes one by one.
_FEATURES = [GROUPS["Mouth"], GROUPS["Nose"]]
_FEATURES += [frozenset([part]) for title in ("Brows", "Eyes") for part in sorted(GROUPS[title])]
_TAKEN_OFF = [GROUPS[title] for title in ("Hair", "Eyeglasses", "Hat", "Earrings")]
# What appears below and behind these is the face's own.
_REVEALED = frozenset(part_named(name).index for name in ("background", "skin", "neck", "cloth"))
_REVEALED |= GROUPS["Brows"] | GROUPS["Eyes"] | GROUPS["Ears"]
_SKIN = part_named("skin").index
_LEAST, _MOST = 0.6, 1.7  # widths or heights of the other feature
_SAME_SHARE = 0.12
_EDITS = 1  # id of the layer, see ``LayerStack.over``


def transfer_edit(base: np.ndarray, edited: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """Do to a mask what was done to another one.

    Args:
        base: (h, w) uint8, a face's own mask.
        edited: (h, w) uint8, what was painted on it.
        mask: (H, W) uint8, the other face's own mask.

    Returns:
        (H, W) uint8, the other face's edited mask.

    Raises:
        EditError: nothing was painted.
    """
    changed = base != edited
    if not changed.any():
        raise EditError("Nothing is painted in this project, so there is nothing to carry over; paint its mask first.")
    aligned = compose(invert(face_frame(base)), face_frame(mask))
    stack = LayerStack.over(mask)
    for parts in _TAKEN_OFF:
        if of_parts(base, parts).any() and not of_parts(edited, parts).any():
            _lay(stack, np.full(mask.shape, UNSET, np.uint8), of_parts(stack.composite(), parts))
            changed &= ~(of_parts(base, parts) & of_parts(edited, _REVEALED))
    touched = [parts for parts in _FEATURES if (changed & (of_parts(base, parts) | of_parts(edited, parts))).any()]
    features = frozenset().union(*touched)
    # Skin where a feature was is no paint of its own: it appears where the feature leaves.
    plain = changed & ~of_parts(edited, features) & ~(of_parts(base, features) & (edited == _SKIN))
    _lay(stack, resample_labels(_only(edited, plain), aligned, mask.shape), np.zeros(mask.shape, bool))
    for parts in touched:
        before = of_parts(resample_labels(_only(base, of_parts(base, parts)), aligned, mask.shape), parts)
        fitted = compose(aligned, _onto(before, of_parts(mask, parts)))
        labels = resample_labels(_only(edited, of_parts(edited, parts)), fitted, mask.shape)
        if _only_reshaped(base, edited, parts):
            labels = _refilled(labels, _only(mask, of_parts(mask, parts)))
        _lay(stack, labels, of_parts(stack.composite(), parts))
    return stack.composite().copy()


def _only_reshaped(base: np.ndarray, edited: np.ndarray, parts: frozenset[int]) -> bool:
    """Whether a feature of several parts still is made of the same shares of them: moved or stretched, not opened."""
    shares = []
    for labels in (base, edited):
        areas = np.array([(labels == part).sum() for part in sorted(parts)], float)
        shares.append(areas / max(areas.sum(), 1))
    return len(parts) > 1 and bool(np.abs(shares[0] - shares[1]).max() < _SAME_SHARE)


def _refilled(shape: np.ndarray, own: np.ndarray) -> np.ndarray:
    """A feature's new outline filled with its own parts: a closed mouth that is made wider stays closed.

    Each pixel takes the part at the same place of its own outline: as far along it, as far between upper and lower rim.

    Args:
        shape, own: (H, W) uint8 with ``UNSET``, the new outline and the feature as it is.
    """
    new, old = shape != UNSET, own != UNSET
    if not new.any() or not old.any():
        return shape
    rows, columns = np.nonzero(new)
    (left, right), (own_left, own_right) = _extent(new, 0), _extent(old, 0)
    along = (columns + 0.5 - left) / (right - left)
    own_columns = np.clip((own_left + along * (own_right - own_left)).astype(int), own_left, own_right - 1)
    # A column without any of it (a feature in two pieces) looks at its nearest neighbour.
    filled = np.nonzero(old.any(axis=0))[0]
    own_columns = filled[np.abs(filled[:, None] - np.arange(own.shape[1])).argmin(axis=0)[own_columns]]
    between = (rows + 0.5 - _top(new)[columns]) / (_bottom(new) - _top(new))[columns]
    top, bottom = _top(old)[own_columns], _bottom(old)[own_columns]
    own_rows = np.clip((top + between * (bottom - top)).astype(int), top, bottom - 1)
    labels = own[own_rows, own_columns]
    result = shape.copy()
    result[new] = np.where(labels == UNSET, shape[new], labels)
    return result


def _top(plane: np.ndarray) -> np.ndarray:
    return np.asarray(plane.argmax(axis=0))


def _bottom(plane: np.ndarray) -> np.ndarray:
    return np.asarray(len(plane) - plane[::-1].argmax(axis=0))


def _only(labels: np.ndarray, where: np.ndarray) -> np.ndarray:
    return np.where(where, labels, np.uint8(UNSET))


def _lay(stack: LayerStack, labels: np.ndarray, replaced: np.ndarray) -> None:
    patch = place_patch(stack, _EDITS, labels, replaced)
    if patch is not None:
        patch.apply(stack[_EDITS].labels)
        stack.refresh(_EDITS, patch.rect)


def _onto(theirs: np.ndarray, ours: np.ndarray) -> np.ndarray:
    """The (2, 3) matrix that stretches and moves one feature (H, W) bool onto another; none where one is missing."""
    if not theirs.any() or not ours.any():
        return np.eye(2, 3)
    matrix = np.zeros((2, 3))
    for axis in (0, 1):  # x, y
        (low, high), (own_low, own_high) = _extent(theirs, axis), _extent(ours, axis)
        factor = float(np.clip((own_high - own_low) / (high - low), _LEAST, _MOST))
        matrix[axis, axis] = factor
        matrix[axis, 2] = (own_low + own_high) / 2 - factor * (low + high) / 2
    return matrix


def _extent(feature: np.ndarray, axis: int) -> tuple[int, int]:
    places = np.nonzero(feature.any(axis=axis))[0]
    return int(places[0]), int(places[-1]) + 1
