"""Eyes that close: the lids come together, and from some point on the eye is hidden below skin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from maskgan_studio.document.deformation.deformation import Deformation
from maskgan_studio.document.deformation.labels import deform_labels
from maskgan_studio.document.deformation.measurements import SIDES, Measurements
from maskgan_studio.document.deformation.sliders import SIDE_SIGNS, side_value
from maskgan_studio.document.geometry.face_frame import CENTER, invert
from maskgan_studio.document.geometry.regions import of_parts
from maskgan_studio.labels import part_named

__all__ = ["lower_lids", "shut_eyes"]

_EYES = [part_named(name).index for name in ("l_eye", "r_eye")]
_SKIN = part_named("skin").index
# An eye that is pressed together further does not look closed, but crumpled: from here on skin takes its place.
_SHUT = 0.75
_NARROWED = 0.7  # what an eye loses of its height on the way to 1


def lower_lids(values: Mapping[str, float]) -> dict[str, float]:
    """The sliders with ``eyes.closed`` put into the height of eyes that are not shut yet."""
    lowered = dict(values)
    for name, side in SIDE_SIGNS.items():
        closed = side_value(values, "eyes.closed", side)
        if 0 < closed < _SHUT:
            height = side_value(values, "eyes.height", side)
            lowered[f"eyes.height.{name}"] = (1 + height) * (1 - _NARROWED * closed) - 1
    return lowered


def shut_eyes(
    mask: np.ndarray, deformation: Deformation, face: Measurements, values: Mapping[str, float]
) -> Deformation:
    """Reveal skin where an eye is shut, after it has moved.

    Args:
        mask: (S, S) uint8, the photo's own.
        deformation: of that mask.
        face: measured on it.
        values: the sliders.
    """
    shut = [side for side in SIDES if side_value(values, "eyes.closed", side) >= _SHUT]
    if not shut:
        return deformation
    eyes = of_parts(deform_labels(mask, deformation), _EYES)
    rows, columns = np.nonzero(eyes)
    (a, b, c), _ = invert(face.frame)
    side = np.where(a * (columns + 0.5) + b * (rows + 0.5) + c < CENTER, -1, 1)
    hidden = np.isin(side, shut)
    revealed = deformation.revealed.copy()
    revealed[rows[hidden], columns[hidden]] = _SKIN
    return replace(deformation, revealed=revealed)
