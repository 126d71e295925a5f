"""Copying parts from another mask: the paper's attribute transfer, by hand."""

from __future__ import annotations

import numpy as np

from maskgan_studio.document.geometry.face_frame import (
    CENTER,
    canonical_coordinates,
    compose,
    face_frame,
    half_widths,
    invert,
    rectify,
)
from maskgan_studio.document.geometry.regions import of_parts
from maskgan_studio.document.layers import LayerStack
from maskgan_studio.document.operations.painting import FREE, Constraints
from maskgan_studio.document.operations.transform import place_patch, resample_labels
from maskgan_studio.document.patch import Patch
from maskgan_studio.labels import UNSET, part_named

__all__ = ["GROUPS", "transfer_parts"]

_GROUP_NAMES = {
    "Mouth": ("mouth", "u_lip", "l_lip"),
    "Brows": ("l_brow", "r_brow"),
    "Eyes": ("l_eye", "r_eye"),
    "Nose": ("nose",),
    "Hair": ("hair",),
    "Ears": ("l_ear", "r_ear"),
    "Eyeglasses": ("eye_g",),
    "Hat": ("hat",),
    "Earrings": ("ear_r",),
}
#: Parts that are copied together, by the title that the window shows.
GROUPS: dict[str, frozenset[int]] = {
    title: frozenset(part_named(name).index for name in names) for title, names in _GROUP_NAMES.items()
}

# These fit the outline of the face, the others lie between its features.
_AROUND_THE_FACE = GROUPS["Hair"] | GROUPS["Ears"] | GROUPS["Hat"]


def transfer_parts(
    stack: LayerStack, layer_id: int, donor: np.ndarray, parts: frozenset[int], constraints: Constraints = FREE
) -> Patch | None:
    """The patch that replaces parts by those of another face, laid where they belong on this one.

    Args:
        stack: the layers.
        layer_id: the layer that is painted on.
        donor: (h, w) uint8 mask of the other face, of any size; the faces are aligned by their features.
        parts: classes to copy, such as one of ``GROUPS``; those that the donor lacks disappear.
        constraints: the parts may leave their own place whatever ``only_over`` says.

    Raises:
        EditError: one of the parts is locked, or as ``painting.paint_patch`` does.
    """
    seen = stack.composite()
    labels = np.where(of_parts(donor, parts), donor, np.uint8(UNSET))
    theirs, ours = face_frame(donor), face_frame(seen)
    if parts & _AROUND_THE_FACE:
        labels = _fitted_by_width(labels, half_widths(rectify(donor, theirs)), theirs, seen, ours)
    else:
        labels = resample_labels(labels, compose(invert(theirs), ours), stack.shape)
    return place_patch(stack, layer_id, labels, of_parts(seen, parts), constraints)


def _fitted_by_width(
    labels: np.ndarray, widths: tuple[float, float], theirs: np.ndarray, mask: np.ndarray, ours: np.ndarray
) -> np.ndarray:
    """Carry labels over to another face, each half of it stretched to the width that it has there."""
    halves = []
    for width, own_width in zip(widths, half_widths(rectify(mask, ours)), strict=True):
        factor = own_width / width
        stretch = np.array([[factor, 0.0, CENTER * (1 - factor)], [0.0, 1.0, 0.0]])
        halves.append(resample_labels(labels, compose(compose(invert(theirs), stretch), ours), mask.shape))
    return np.where(canonical_coordinates(ours, mask.shape)[0] < 0, *halves)
