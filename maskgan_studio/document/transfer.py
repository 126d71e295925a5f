"""Copying parts from another mask: the paper's attribute transfer, by hand."""

from __future__ import annotations

import numpy as np

from ..labels import UNSET, part_named
from .face_frame import face_frame, inverse, then
from .layers import LayerStack
from .painting import FREE, Constraints
from .patch import Patch
from .regions import of_parts
from .transform import placed, resampled

__all__ = ["GROUPS", "transferred"]

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


def transferred(
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
        EditError: one of the parts is locked, or as ``painting.painted`` does.
    """
    seen = stack.composite()
    matrix = then(inverse(face_frame(donor)), face_frame(seen))
    labels = np.where(of_parts(donor, parts), donor, np.uint8(UNSET))
    return placed(stack, layer_id, resampled(labels, matrix, stack.shape), of_parts(seen, parts), constraints)
