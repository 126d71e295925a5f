"""Where the features of a face are while sliders move them, so that their pull goes along."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from maskgan_studio.document.deformation.measurements import SIDES, Blob, Measurements, Mouth
from maskgan_studio.document.deformation.mouth_velocity import SMILE_WIDENS
from maskgan_studio.document.deformation.opening import JAW_FOLLOWS, LOWER_LIP, UPPER_LIP
from maskgan_studio.document.deformation.sliders import scale_of, side_value

__all__ = ["advance_face"]


def advance_face(face: Measurements, values: Mapping[str, float], time: float) -> Measurements:
    """The measurements of a face on its way: as measured at time 0, as the sliders ask at time 1."""

    def grown(*names: str, side: int = 0) -> float:
        shares = (side_value(values, name, side) if side else values.get(name, 0.0) for name in names)
        return float(np.prod([(1 + share) ** time for share in shares]))

    def moved(name: str, side: int = 0) -> float:
        return time * scale_of(name) * (side_value(values, name, side) if side else values.get(name, 0.0))

    eyes, brows, ears = {}, {}, {}
    for side in SIDES:
        eye, brow = face.eyes[side], face.brows[side]
        eyes[side] = Blob(
            eye.x + side * moved("eyes.distance", side),
            eye.y,
            eye.half_width * grown("eyes.size", "eyes.width", side=side),
            eye.half_height * grown("eyes.size", "eyes.height", side=side),
            eye.tilt - side * moved("eyes.tilt", side),
        )
        brows[side] = Blob(
            brow.x,
            brow.y - moved("brows.height", side),
            brow.half_width,
            brow.half_height * grown("brows.thickness", side=side),
            brow.tilt - side * moved("brows.tilt", side),
            brow.bend,
        )
    for side, ear in face.ears.items():
        size = grown("ears.size", side=side)
        ears[side] = Blob(
            ear.x + side * ear.half_width * (size - 1), ear.y, ear.half_width * size, ear.half_height * size, ear.tilt
        )
    mouth = face.mouth
    lift = moved("smile")
    corners = {side: moved("mouth.corner", side) for side in SIDES}
    sink = 0.12 * lift - moved("mouth.height")
    level = mouth.y - lift - moved("mouth.height") - (corners[-1] + corners[1]) / 2
    gap = moved("mouth.open")
    above, below = sink - UPPER_LIP * gap, sink + LOWER_LIP * gap
    seam = mouth.seam or (mouth.inner_bottom - mouth.y, 0.0, 0.0)
    mouth = Mouth(
        mouth.x,
        level,
        mouth.half_width * grown("mouth.width") + SMILE_WIDENS * lift,
        mouth.inner_top - (mouth.inner_top - mouth.top) * grown("mouth.upper_lip") + above,
        mouth.inner_top + above,
        mouth.inner_bottom + below,
        mouth.inner_bottom + (mouth.bottom - mouth.inner_bottom) * grown("mouth.lower_lip") + below,
        mouth.tilt - (corners[1] - corners[-1]) / (2 * mouth.half_width),
        (seam[0] + sink + mouth.y - level, *seam[1:]),
        gap,
    )
    rows = np.arange(len(face.left)) + 0.5
    chin = face.chin + moved("face.chin") + JAW_FOLLOWS * LOWER_LIP * gap
    jaw = np.clip((rows - face.nose.bottom) / max(face.mouth.y - face.nose.bottom, 1.0), 0, 1)
    wider = grown("face.width") * (1 + jaw * (grown("face.jaw") - 1)) * (1 + (1 - jaw) * (grown("face.cheeks") - 1))
    return replace(
        face,
        eyes=eyes,
        brows=brows,
        ears=ears,
        nose=replace(
            face.nose,
            bottom=face.nose.bottom + moved("nose.length"),
            half_width=face.nose.half_width * grown("nose.width"),
        ),
        mouth=mouth,
        left=face.left * wider,
        right=face.right * wider,
        chin=chin,
        hairline=face.hairline - moved("face.hairline") - moved("face.forehead"),
    )
