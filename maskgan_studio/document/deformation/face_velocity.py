"""The velocities that a set of sliders gives to a face.

Everything is written in the frame of the typical face (x to the image's right, y down, 512 wide), so that a tilted or
smaller face gets the same change; ``side`` is -1 for the image's left half, the person's right. The measurements are
those of the moment: features take their pull along (see ``advance_face``).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from maskgan_studio.document.deformation.falloff import band, ellipse, ramp
from maskgan_studio.document.deformation.field import Field
from maskgan_studio.document.deformation.measurements import SIDES, Measurements
from maskgan_studio.document.deformation.sliders import scale_of, side_value
from maskgan_studio.document.geometry.face_frame import CENTER

__all__ = ["add_brows", "add_ears", "add_eyes", "add_face", "add_hair", "add_nose"]

# Lashes and the fold of the lid reach beyond an eye's mask; stretched, they become stripes. Pixels.
_LASHES = 6.0


def add_eyes(field: Field, face: Measurements, values: Mapping[str, float]) -> None:
    """Size, height, width, tilt and distance of the eyes, lids and lashes included."""
    for side in SIDES:
        names = ("size", "height", "width", "tilt", "distance")
        size, height, width, tilt, distance = (side_value(values, f"eyes.{name}", side) for name in names)
        if not any((size, height, width, tilt, distance)):
            continue
        eye = face.eyes[side]
        inner = (1.25 * eye.half_width + 4, 1.5 * eye.half_height + 6)
        outer = (inner[0] + 1.1 * eye.half_width + 6, inner[1] + 2.0 * eye.half_height + 8)
        part = field.around(eye.x, eye.y, max(outer))
        x, y = part.local(eye.x, eye.y, eye.tilt)
        weight = ellipse(x, y, inner, outer)
        turn = -side * tilt * scale_of("eyes.tilt")
        along = (np.log1p(size) + np.log1p(width)) * x - turn * y
        across = (np.log1p(size) + np.log1p(height)) * y + turn * x
        part.add(weight * along, weight * across, eye.tilt)
        part.add(weight * side * distance * scale_of("eyes.distance"), 0.0)


def add_brows(field: Field, face: Measurements, values: Mapping[str, float]) -> None:
    """Height, tilt and thickness of the brows; the eyes below them stay."""
    for side in SIDES:
        height, tilt, thickness = (
            side_value(values, f"brows.{name}", side) for name in ("height", "tilt", "thickness")
        )
        if not any((height, tilt, thickness)):
            continue
        brow, eye = face.brows[side], face.eyes[side]
        part = field.around(brow.x, brow.y, 1.1 * brow.half_width + 70)
        x, y = part.local(brow.x, brow.y, brow.tilt)
        away = y - brow.bend * np.minimum(x * x, (1.2 * brow.half_width) ** 2)
        # The upper lid: an arc over the eye, in the brow's own coordinates.
        chord = np.clip((part.x - eye.x) / (1.3 * eye.half_width), -1.4, 1.4)
        lid = eye.y - (1.15 * eye.half_height + _LASHES) * (1 - chord * chord) + np.tan(eye.tilt) * (part.x - eye.x)
        room = np.maximum(away + lid - part.y, 6.0)
        edge = np.minimum(brow.half_height + 1, room - 5)
        high = 1.2 * brow.half_height + 3
        reach = 1.1 * brow.half_width + 4
        weight = band(away, -high - 60, -high, edge, room) * ramp(np.abs(x), reach + 40, reach)
        turn = -side * tilt * scale_of("brows.tilt")
        part.add(-weight * turn * y, weight * turn * x, brow.tilt)
        part.add(0.0, -weight * height * scale_of("brows.height"))
        if thickness:
            weight = band(away, -high - 26, -high, edge, room) * ramp(np.abs(x), reach + 14, reach)
            part.add(0.0, weight * np.log1p(thickness) * away, brow.tilt)


def add_nose(field: Field, face: Measurements, values: Mapping[str, float]) -> None:
    """Width of the wings, length, and width of the bridge."""
    width, length, bridge = (values.get(f"nose.{name}", 0.0) for name in ("width", "length", "bridge"))
    if not any((width, length, bridge)):
        return
    nose, mouth = face.nose, face.mouth
    long = nose.bottom - nose.top
    part = field.around(nose.x, (nose.top + nose.bottom) / 2, long + 40)
    x, y = part.x - nose.x, part.y
    to_lip = max(14.0, mouth.top - nose.bottom)
    reach = nose.half_width + 4
    if width:
        weight = band(y, nose.top + 0.15 * long, nose.top + 0.7 * long, nose.bottom + 4, nose.bottom + to_lip)
        part.add(weight * ramp(np.abs(x), reach + 0.9 * nose.half_width, reach) * np.log1p(width) * x, 0.0)
    if length:
        # Stretched from the eyes down; what is below the tip gives way towards the lip.
        weight = band(y, nose.top, nose.bottom - 0.1 * long, nose.bottom, nose.bottom + to_lip + 6)
        weight = weight * ramp(np.abs(x), reach + 0.9 * nose.half_width, reach)
        part.add(0.0, weight * length * scale_of("nose.length"))
    if bridge:
        half = 0.45 * nose.half_width
        weight = band(y, nose.top - 0.25 * long, nose.top + 0.1 * long, nose.top + 0.55 * long, nose.top + 0.95 * long)
        part.add(weight * ramp(np.abs(x), half + 0.75 * nose.half_width, half) * np.log1p(bridge) * x, 0.0)


def add_face(field: Field, face: Measurements, values: Mapping[str, float]) -> None:
    """The outline: width, jaw, cheeks, chin, forehead, hairline."""
    names = ("width", "jaw", "cheeks", "chin", "forehead", "hairline")
    width, jaw, cheeks, chin, forehead, hairline = (values.get(f"face.{name}", 0.0) for name in names)
    mouth, bottom = face.mouth, face.chin
    x, y = field.x - CENTER, field.y
    eye_level, brow_level = ((one[-1].y + one[1].y) / 2 for one in (face.eyes, face.brows))
    if width or jaw or cheeks:
        speed = (
            np.log1p(width) * band(y, face.hairline - 60, face.hairline + 20, bottom - 20, bottom + 70)
            + np.log1p(jaw) * band(y, face.nose.bottom - 30, mouth.y - 6, bottom + 4, bottom + 60)
            + np.log1p(cheeks) * band(y, eye_level - 10, eye_level + 45, face.nose.bottom + 8, mouth.bottom + 16)
        )
        field.add(speed * _widening(x, y, face), 0.0)
    reach = max(face.reach_at(mouth.y))
    half = max(face.reach_at(eye_level))
    if chin:
        weight = band(y, mouth.bottom - 2, bottom - 6, bottom + 2, bottom + 64)
        field.add(0.0, weight * ramp(np.abs(x), 1.35 * reach, 0.55 * reach) * chin * scale_of("face.chin"))
    if forehead:
        weight = ramp(y, brow_level - 8, face.hairline) * ramp(np.abs(x), 2.0 * half, 0.8 * half)
        field.add(0.0, -weight * forehead * scale_of("face.forehead"))
    if hairline:
        top = min(face.crown, face.hairline - 24)
        weight = band(y, top, face.hairline - 4, face.hairline + 2, brow_level - 12)
        field.add(0.0, -weight * ramp(np.abs(x), 1.5 * half, 0.7 * half) * hairline * scale_of("face.hairline"))


def add_ears(field: Field, face: Measurements, values: Mapping[str, float]) -> None:
    """Size of the ears, from where they are attached."""
    for side, ear in face.ears.items():
        size = side_value(values, "ears.size", side)
        if size:
            wide, high = 1.2 * ear.half_width + 4, 1.1 * ear.half_height + 4
            part = field.around(ear.x, ear.y, high + 40)
            x, y = part.local(ear.x, ear.y)
            weight = ellipse(x, y, (wide, high), (wide + 32, high + 32)) * np.log1p(size)
            part.add(weight * (x + side * ear.half_width), weight * y)


def add_hair(field: Field, face: Measurements, values: Mapping[str, float], hair: np.ndarray) -> None:
    """How far the hair stands from the head; ``hair`` is where it is, softly, at the points of the field."""
    volume = values.get("hair.volume", 0.0)
    if not volume:
        return
    # The head under the hair stays; from its outline outwards the hair is stretched, and the background gives way.
    x, y = field.x - CENTER, field.y - (face.hairline + face.chin) / 2
    wide, high = max(face.left.max(), face.right.max()), max(60.0, (face.chin - face.hairline) / 2)
    away = np.maximum(np.hypot(x / wide, y / high), 1e-3)
    weight = hair * np.log1p(volume) * np.maximum(away - 0.9, 0) / away
    field.add(weight * x, weight * y)


def _widening(x: np.ndarray, y: np.ndarray, face: Measurements) -> np.ndarray:
    """Distance from the axis near the face's outline; the features inside keep their place, and so does what is far."""
    rows = np.arange(len(face.left)) + 0.5
    reach = np.where(x < 0, np.interp(y, rows, face.left), np.interp(y, rows, face.right))
    share = np.abs(x) / reach
    widening: np.ndarray = x * band(share, 0.2, 0.85, 1.04, 1.7)
    return widening
