"""From sliders to the deformation of one face."""

from __future__ import annotations

from collections.abc import Mapping

import cv2
import numpy as np

from maskgan_studio.document.deformation.advance import advance_face
from maskgan_studio.document.deformation.closing import lower_lids, shut_eyes
from maskgan_studio.document.deformation.deformation import Deformation, find_moving
from maskgan_studio.document.deformation.face_velocity import (
    add_brows,
    add_ears,
    add_eyes,
    add_face,
    add_hair,
    add_nose,
)
from maskgan_studio.document.deformation.falloff import ramp
from maskgan_studio.document.deformation.field import Field
from maskgan_studio.document.deformation.flow import STEP, flow_offsets, velocity_grid
from maskgan_studio.document.deformation.glasses import Glasses, moves_behind_glasses
from maskgan_studio.document.deformation.measurements import Measurements, measure_face
from maskgan_studio.document.deformation.mouth_velocity import add_mouth
from maskgan_studio.document.deformation.opening import add_opening, open_mouth
from maskgan_studio.document.deformation.sliders import check_values, reshaping_values
from maskgan_studio.document.geometry.face_frame import invert
from maskgan_studio.document.geometry.regions import of_parts
from maskgan_studio.labels import part_named

__all__ = ["reshape_face"]

_HAIR = [part_named(name).index for name in ("hair", "hat")]
# Towards the crop's border everything comes to rest, for the photo goes on beyond it; crop pixels.
_BORDER, _FREE = 4.0, 44.0
# Between its beginning and its end a moving feature may reach a little farther than at both; points of the field.
_SPARE = 6


def reshape_face(mask: np.ndarray, values: Mapping[str, float], face: Measurements | None = None) -> Deformation:
    """The deformation that sliders ask of the face in a mask.

    Args:
        mask: (S, S) uint8, the photo's own mask; S is even.
        values: numbers by slider name, see ``sliders.SLIDERS``; what is not named is 0.
        face: what ``measure_face`` says of the mask, where it is known already.

    Returns:
        the identity where all that reshape are 0: a gaze moves no class.

    Raises:
        EditError: an unknown name, or a number beyond its slider's range.
    """
    checked = reshaping_values(check_values(values))
    if not checked:
        return Deformation.identity(len(mask))
    face = face or measure_face(mask)
    offsets = np.zeros((*mask.shape, 2), np.float32)
    glasses = Glasses.find(mask) if moves_behind_glasses(checked) else None
    flow = _FaceFlow(mask, face, lower_lids(checked), glasses)
    window = flow.bound()
    if window is not None:
        rows, columns = (slice(STEP * part.start, STEP * part.stop) for part in window)
        offsets[rows, columns] = flow_offsets(flow.velocity_at)
    moved = Deformation.from_offsets(offsets)
    if glasses is not None:
        moved = glasses.reveal_skin(mask, moved)
    return open_mouth(mask, shut_eyes(mask, moved, face, checked), face, checked)


class _FaceFlow:
    """The velocities of a face at each moment of its way."""

    def __init__(
        self, mask: np.ndarray, face: Measurements, values: Mapping[str, float], glasses: Glasses | None
    ) -> None:
        self._face, self._values = face, values
        x, y = velocity_grid(len(mask))
        back = invert(face.frame).astype(np.float32)
        self._x, self._y = (row[0] * (x + 0.5) + row[1] * (y + 0.5) + row[2] for row in back)
        edge = np.minimum(np.minimum(x, x[:, ::-1]), np.minimum(y, y[::-1]))
        self._rest = ramp(edge, _BORDER, _FREE)
        self._hair = _soft_hair(mask, x.shape) if values.get("hair.volume") else np.zeros_like(x)
        self._free = np.ones_like(x) if glasses is None else 1 - glasses.soften_rims(x.shape)

    def bound(self) -> tuple[slice, slice] | None:
        """Leave out of the field what stays at rest all the way; returns the rows and columns that remain, if any."""
        moving = find_moving(self.velocity_at(0.0)) | find_moving(self.velocity_at(1.0))
        if not moving.any():
            return None
        window = _around(moving.any(axis=1)), _around(moving.any(axis=0))
        self._x, self._y, self._rest, self._hair, self._free = (
            np.ascontiguousarray(plane[window]) for plane in (self._x, self._y, self._rest, self._hair, self._free)
        )
        return window

    def velocity_at(self, time: float) -> np.ndarray:
        """(h, w, 2) float32, see ``flow_offsets``."""
        face, field = advance_face(self._face, self._values, time), Field(self._x, self._y)
        for add in (add_eyes, add_brows, add_nose):
            add(field, face, self._values)
        field.damp(self._free)
        for add in (add_mouth, add_opening, add_face, add_ears):
            add(field, face, self._values)
        add_hair(field, face, self._values, self._hair)
        (a, b), (c, d) = face.frame[:, :2].astype(np.float32)
        return np.dstack([(a * field.u + b * field.v) * self._rest, (c * field.u + d * field.v) * self._rest])


def _around(line: np.ndarray) -> slice:
    """All that is true on a line, and a little more."""
    found = np.flatnonzero(line)
    return slice(max(0, int(found[0]) - _SPARE), min(int(found[-1]) + 1 + _SPARE, len(line)))


def _soft_hair(mask: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """Where the hair is and a little beyond, falling softly to 0, float32."""
    hair = cv2.resize(of_parts(mask, _HAIR).astype(np.float32), shape[::-1], interpolation=cv2.INTER_AREA)
    around = cv2.dilate(hair, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (15, 15)))
    return cv2.GaussianBlur(around, (0, 0), 9)
