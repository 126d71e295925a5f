"""A mouth that opens: the lips part along their seam, the jaw follows, and between them the inside comes into sight.

A flow cannot tear. A thin band along the seam is stretched to the whole gap, and then it is hidden by what is revealed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from maskgan_studio.document.deformation.deformation import Deformation
from maskgan_studio.document.deformation.falloff import ramp
from maskgan_studio.document.deformation.field import Field
from maskgan_studio.document.deformation.measurements import Measurements
from maskgan_studio.document.deformation.sliders import scale_of
from maskgan_studio.document.geometry.face_frame import invert
from maskgan_studio.labels import part_named

__all__ = ["JAW_FOLLOWS", "LOWER_LIP", "UPPER_LIP", "add_opening", "open_mouth"]

#: Of the way that the lips go apart, the shares of each; and that of the lower lip's way which the chin goes.
UPPER_LIP, LOWER_LIP, JAW_FOLLOWS = 0.12, 0.88, 0.6
_INSIDE = part_named("mouth").index
_BAND = 5.0  # pixels around the seam that are stretched
_CORNER, _ROUND = 0.93, 2.4  # where the gap ends, in half widths of the mouth, and how round it is
_LEAST_GAP = 1.5  # pixels


def add_opening(field: Field, face: Measurements, values: Mapping[str, float]) -> None:
    """The lips part."""
    speed = values.get("mouth.open", 0.0) * scale_of("mouth.open")
    if not speed:
        return
    mouth = face.mouth
    field = field.around(mouth.x, (mouth.y + face.chin) / 2, 2.3 * mouth.half_width + 110)
    x, y = field.local(mouth.x, mouth.y, mouth.tilt)
    wide = _lens(x / mouth.half_width)
    seam = mouth.seam_at(x / mouth.half_width)
    upper = seam - UPPER_LIP * mouth.gap * wide - _BAND / 2
    lower = seam + LOWER_LIP * mouth.gap * wide + _BAND / 2
    top, bottom, chin = mouth.top - mouth.y, mouth.bottom - mouth.y, face.chin - mouth.y
    room = max(14.0, mouth.top - face.nose.bottom)
    above = UPPER_LIP * wide * ramp(y, top - room, top - 2)
    jaw = ramp(np.abs(x), 1.4 * max(face.reach_at(mouth.y)), 0.5 * max(face.reach_at(mouth.y)))
    to_chin = ramp(y, bottom - 4, max(chin - 8, bottom + 12))
    below = LOWER_LIP * (wide * (1 - to_chin) + JAW_FOLLOWS * jaw * to_chin) * ramp(y, chin + 70, chin + 2)
    part = ramp(y, upper, lower)
    field.add(0.0, speed * (part * below - (1 - part) * above), mouth.tilt)


def open_mouth(
    mask: np.ndarray, deformation: Deformation, face: Measurements, values: Mapping[str, float]
) -> Deformation:
    """Reveal the inside of a mouth where its lips have parted.

    Args:
        mask: (S, S) uint8, the photo's own.
        deformation: of that mask.
        face: measured on it.
        values: the sliders.
    """
    opened = values.get("mouth.open", 0.0) * scale_of("mouth.open")
    rect = deformation.rect
    if not opened or rect is None:
        return deformation
    sources = deformation.sources()[rect.slices].astype(np.float64) + 0.5
    (a, b, c), (d, e, f) = invert(face.frame)
    x = a * sources[..., 0] + b * sources[..., 1] + c - face.mouth.x
    y = d * sources[..., 0] + e * sources[..., 1] + f - face.mouth.y
    cos, sin = np.cos(face.mouth.tilt), np.sin(face.mouth.tilt)
    t = (x * cos + y * sin) / face.mouth.half_width
    away = np.abs(y * cos - x * sin - face.mouth.seam_at(t))
    inside = (away < _BAND / 2) & (opened * _lens(t) > _LEAST_GAP)
    revealed = deformation.revealed.copy()
    revealed[rect.slices][inside] = _INSIDE
    return replace(deformation, revealed=revealed)


def _lens(t: np.ndarray) -> np.ndarray:
    """How wide the gap is at a place along the mouth, from 1 in its middle to 0 near the corners."""
    wide: np.ndarray = np.clip(1 - np.abs(t / np.float32(_CORNER)) ** np.float32(_ROUND), 0, 1)
    return wide
