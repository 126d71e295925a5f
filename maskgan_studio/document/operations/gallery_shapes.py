"""The ready-made parts of the gallery, drawn as outlines on the typical face (see ``face_frame``).

Coordinates count from the middle of the eyes: x to the image's right, y down, in pixels of the 512² frame. The eyes lie
at (±64, 0), the brows at y = -33, the mouth at y = 137, and the face is 128 wide to each side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from maskgan_studio.document.geometry.curves import closed_curve, mirrored_curve
from maskgan_studio.labels import part_named

__all__ = ["ITEMS", "Item"]

Outline = np.ndarray


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """A ready-made part.

    Attributes:
        name: identifies it.
        title: what the window shows.
        part: its class.
        kind: "glasses", "head" or "earrings", which decides how it is fitted to a face. Earrings are drawn once, from
            the ear lobe.
        outlines: (N, 2) polygons that are painted.
        openings: (N, 2) polygons that are left out of them.
        keeps: classes that lie above it.
        clears_above: the head disappears above this y where the part does not cover it; None for nowhere.
    """

    name: str
    title: str
    part: int
    kind: str
    outlines: tuple[Outline, ...]
    openings: tuple[Outline, ...] = ()
    keeps: frozenset[int] = frozenset()
    clears_above: float | None = None


def _ellipse(x: float, y: float, radius_x: float, radius_y: float, roundness: float = 2.0) -> Outline:
    """An ellipse, or with a larger exponent a rectangle with round corners."""
    angle = np.linspace(0, 2 * np.pi, 72, endpoint=False)
    cos, sin = np.cos(angle), np.sin(angle)
    power = 2 / roundness
    return np.stack(
        [x + radius_x * np.sign(cos) * np.abs(cos) ** power, y + radius_y * np.sign(sin) * np.abs(sin) ** power], axis=1
    )


def _both(*right: Outline) -> tuple[Outline, ...]:
    """Outlines on the right side and their images on the left one."""
    return right + tuple(outline * (-1, 1) for outline in right)


def _bar(*points: tuple[float, float]) -> Outline:
    return np.array(points, float)


def _glasses(name: str, title: str, lens: Outline, bridge_y: float, temple_y: float, keeps: Sequence[str]) -> Item:
    inner, outer = float(lens[:, 0].min()), float(lens[:, 0].max())
    bridge = _bar(
        (-inner - 4, bridge_y - 4), (inner + 4, bridge_y - 4), (inner + 4, bridge_y + 4), (-inner - 4, bridge_y + 4)
    )
    temple = _bar((outer - 6, temple_y - 5), (128, temple_y - 6), (128, temple_y + 3), (outer - 6, temple_y + 5))
    outlines = (bridge, *_both(lens, temple))
    return Item(
        name, title, part_named("eye_g").index, "glasses", outlines, keeps=_parts(*keeps, "background", "hair", "hat")
    )


def _hair(name: str, title: str, outer: Outline, opening: Outline) -> Item:
    return Item(name, title, part_named("hair").index, "head", (outer,), (opening,), _parts(*_FEATURES, "hat"))


def _hat(name: str, title: str, brim_y: float, *outlines: Outline) -> Item:
    return Item(name, title, part_named("hat").index, "head", outlines, keeps=_parts(*_FEATURES), clears_above=brim_y)


def _parts(*names: str) -> frozenset[int]:
    return frozenset(part_named(name).index for name in names)


_EYES = ("l_eye", "r_eye", "l_brow", "r_brow")
_FEATURES = (*_EYES, "eye_g", "nose", "mouth", "u_lip", "l_lip")

_CAT_EYE = closed_curve(
    [(22, -14), (60, -22), (104, -32), (116, -36), (108, -8), (92, 18), (62, 26), (34, 18), (24, 2)]
)
_AVIATOR = closed_curve([(18, -20), (60, -26), (106, -20), (110, 4), (96, 34), (70, 44), (44, 34), (24, 6)])

_FACE_OPENING = [(0, -112), (60, -108), (96, -84), (112, -40), (118, 0), (122, 60), (104, 140), (64, 200), (0, 222)]
_FRINGE_OPENING = [(0, -48), (70, -46), (100, -40), (114, -6), (118, 40), (120, 90), (100, 150), (64, 200), (0, 222)]
_SHORT_OPENING = [(0, -116), (70, -110), (100, -84), (112, -40), (116, 0), (118, 60), (170, 64), (170, 300), (0, 300)]

ITEMS: tuple[Item, ...] = (
    _glasses("round-glasses", "Round glasses", _ellipse(65, 4, 42, 38), -8, -6, _EYES),
    _glasses("square-glasses", "Square glasses", _ellipse(66, 2, 48, 30, 4), -10, -14, _EYES),
    _glasses("cat-eye-glasses", "Cat-eye glasses", _CAT_EYE, -8, -22, _EYES),
    _glasses("aviator-sunglasses", "Aviator sunglasses", _AVIATOR, -14, -14, ()),
    _glasses("large-sunglasses", "Large sunglasses", _ellipse(66, 2, 56, 42, 3), -12, -14, ()),
    Item("stud-earrings", "Stud earrings", part_named("ear_r").index, "earrings", (_ellipse(0, -2, 7, 7),)),
    Item(
        "hoop-earrings",
        "Hoop earrings",
        part_named("ear_r").index,
        "earrings",
        (_ellipse(0, 18, 22, 24),),
        (_ellipse(0, 19, 15, 16),),
    ),
    Item(
        "drop-earrings",
        "Drop earrings",
        part_named("ear_r").index,
        "earrings",
        (
            _ellipse(0, 0, 5, 5),
            _bar((-2, 0), (2, 0), (2, 16), (-2, 16)),
            mirrored_curve([(0, 10), (6, 26), (9, 40), (0, 50)]),
        ),
    ),
    _hat(
        "beanie",
        "Beanie",
        -78,
        mirrored_curve([(0, -232), (70, -222), (124, -176), (146, -112), (150, -70), (148, -66), (80, -78), (0, -82)]),
    ),
    _hat(
        "cap",
        "Cap",
        -84,
        mirrored_curve([(0, -226), (70, -216), (122, -172), (142, -112), (142, -84), (70, -92), (0, -94)]),
        mirrored_curve([(0, -108), (70, -106), (128, -92), (126, -74), (70, -62), (0, -58)]),
    ),
    _hat(
        "wide-brim-hat",
        "Wide-brimmed hat",
        -88,
        mirrored_curve([(0, -222), (40, -234), (88, -222), (112, -160), (124, -100), (0, -86)]),
        mirrored_curve([(0, -118), (120, -116), (214, -100), (252, -82), (214, -74), (120, -78), (0, -74)]),
    ),
    _hair(
        "short-hair",
        "Short hair",
        mirrored_curve(
            [(0, -222), (70, -212), (126, -170), (148, -100), (146, -30), (136, 30), (124, 40), (60, 0), (0, -40)]
        ),
        mirrored_curve(_SHORT_OPENING),
    ),
    _hair(
        "bob",
        "Bob",
        mirrored_curve(
            [(0, -226), (90, -212), (152, -150), (176, -50), (182, 60), (172, 150), (140, 176), (96, 168), (0, 120)]
        ),
        mirrored_curve(_FRINGE_OPENING),
    ),
    _hair(
        "long-hair",
        "Long hair",
        mirrored_curve(
            [(0, -228), (90, -214), (156, -150), (184, -40), (204, 80), (214, 190), (206, 300), (110, 300), (0, 300)]
        ),
        mirrored_curve([*_FACE_OPENING[:-2], (92, 200), (86, 320), (0, 320)]),
    ),
    _hair(
        "afro",
        "Afro",
        mirrored_curve(
            [(0, -250), (80, -242), (160, -196), (206, -120), (216, -30), (196, 60), (150, 110), (110, 110), (0, 60)]
        ),
        mirrored_curve(_FACE_OPENING),
    ),
)
