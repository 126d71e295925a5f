"""The velocities that the sliders of the mouth give; see ``face_velocity``."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from maskgan_studio.document.deformation.falloff import band, ramp
from maskgan_studio.document.deformation.field import Field
from maskgan_studio.document.deformation.measurements import SIDES, Measurements
from maskgan_studio.document.deformation.sliders import scale_of, side_value

__all__ = ["SMILE_WIDENS", "add_mouth"]

#: How far a corner goes outwards while a smile lifts it by one.
SMILE_WIDENS = 0.6


def add_mouth(field: Field, face: Measurements, values: Mapping[str, float]) -> None:
    """Smile, corners, width, position and lips."""
    smile, width = values.get("smile", 0.0), values.get("mouth.width", 0.0)
    height, upper, lower = (values.get(f"mouth.{name}", 0.0) for name in ("height", "upper_lip", "lower_lip"))
    corners = {side: side_value(values, "mouth.corner", side) for side in SIDES}
    if not any((smile, width, height, upper, lower, *corners.values())):
        return
    mouth = face.mouth
    field = field.around(mouth.x, mouth.y, 2.3 * mouth.half_width + 30)
    x, y = field.local(mouth.x, mouth.y, mouth.tilt)
    t = x / mouth.half_width
    top, bottom = mouth.top - mouth.y, mouth.bottom - mouth.y
    lips = band(y, top - 64, top - 12, bottom + 10, bottom + 52)
    # Largest at the corners, level there, and gone well within the cheeks.
    fade = ramp(np.abs(t), 2.3, 1.2)
    arc, pull = t * t * np.exp(1 - t * t) * fade, t * np.exp((1 - t * t) / 2) * fade
    if smile:
        lift = smile * scale_of("smile")
        middle = 0.12 * np.exp(-2 * t * t) * fade
        field.add(lips * pull * SMILE_WIDENS * lift, lips * (middle - arc) * lift, mouth.tilt)
    for side, corner in corners.items():
        if corner:
            weight = lips * arc * ramp(side * t, -0.1, 0.5)
            field.add(0.0, -weight * corner * scale_of("mouth.corner"), mouth.tilt)
    if width:
        reach = mouth.half_width + 5
        weight = lips * ramp(np.abs(x), reach + 0.8 * mouth.half_width, reach)
        field.add(weight * np.log1p(width) * x, 0.0, mouth.tilt)
    if height:
        weight = band(y, top - 40, top - 4, bottom + 4, bottom + 48) * ramp(np.abs(t), 1.9, 1.15)
        field.add(0.0, -weight * height * scale_of("mouth.height"), mouth.tilt)
    across = ramp(np.abs(t), 1.35, 0.95)
    above = max(16.0, mouth.top - face.nose.bottom)
    for share, inner, rim, sign, room in (
        (upper, mouth.inner_top - mouth.y, top, -1, above),
        (lower, mouth.inner_bottom - mouth.y, bottom, 1, 40.0),
    ):
        if share:
            # From the line between the lips, which bends towards the corners.
            away = np.maximum(sign * (y - inner * np.clip(1 - t * t, 0, 1)), 0)
            thick = max(3.0, abs(rim - inner)) + 2
            field.add(0.0, across * ramp(away, thick + room, thick) * sign * away * np.log1p(share), mouth.tilt)
