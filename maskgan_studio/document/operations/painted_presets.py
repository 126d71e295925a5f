"""Presets of what was painted: taken from the layers of one face, and done to another one."""

from __future__ import annotations

import cv2
import numpy as np

from maskgan_studio.document.geometry.mask_interpolation import interpolate_masks, signed_depth
from maskgan_studio.document.layers import LayerStack
from maskgan_studio.document.operations.edit_transfer import transfer_edit
from maskgan_studio.document.painted_edit import PaintedEdit
from maskgan_studio.errors import EditError
from maskgan_studio.labels import UNSET

__all__ = ["capture_painted", "do_painted"]

_BEYOND = 25  # pixels around what was painted in which an exaggerated edit may change something


def capture_painted(stack: LayerStack, layer_id: int | None = None, parts: frozenset[int] | None = None) -> PaintedEdit:
    """Take what was painted on a face.

    Args:
        stack: its layers.
        layer_id: of the layer that is wanted; all visible ones by default.
        parts: classes that are wanted; all by default.

    Raises:
        EditError: none of that was painted.
    """
    sliders = [layer for number, layer in enumerate(stack.layers) if number == 0 or layer.face is not None]
    base = LayerStack(sliders).composite().copy()
    if layer_id is None:
        edited = stack.composite().copy()
    else:
        labels = stack[layer_id].labels
        edited = np.where((labels != UNSET) & (stack[layer_id].face is None), labels, base)
    if parts is not None:
        wanted = np.isin(base, list(parts)) | np.isin(edited, list(parts))
        edited = np.where(wanted, edited, base)
    if np.array_equal(base, edited):
        raise EditError("Nothing of that is painted, so there is nothing to save; paint it first.")
    return PaintedEdit.from_masks(base, edited)


def do_painted(painted: PaintedEdit, mask: np.ndarray) -> np.ndarray:
    """Do to a mask (S, S) uint8 what was painted on another face, weaker or stronger; returns the edited mask."""
    if painted.strength <= 0:
        return mask.copy()
    goal = transfer_edit(*painted.masks(), mask)
    if painted.strength <= 1:
        return interpolate_masks(mask, goal, painted.strength)
    return _exaggerate(mask, goal, painted.strength)


def _exaggerate(start: np.ndarray, goal: np.ndarray, share: float) -> np.ndarray:
    """Go beyond a goal: outlines that moved go on as far as the share says."""
    differs = (start != goal).astype(np.uint8)
    if not differs.any():
        return start.copy()
    x, y, width, height = cv2.boundingRect(differs)
    around = np.s_[max(0, y - _BEYOND) : y + height + _BEYOND, max(0, x - _BEYOND) : x + width + _BEYOND]
    before, after = start[around], goal[around]
    classes = np.union1d(before, after)
    depths = []
    for index in classes:
        is_in, was_in = after == index, before == index
        # A class that appears or goes has no way to extrapolate: it is where the goal has it.
        depth = signed_depth(is_in)
        if was_in.any() and is_in.any():
            depth = depth + (share - 1) * (depth - signed_depth(was_in))
        depths.append(depth)
    beyond = classes[np.argmax(depths, axis=0)].astype(np.uint8)
    result = goal.copy()
    near = cv2.dilate(differs[around], np.ones((2 * _BEYOND + 1,) * 2, np.uint8)) > 0
    result[around] = np.where(near, beyond, after)
    return result
