"""The class table: the 19 parts of a CelebAMask-HQ mask, in the dataset's official order.

Everything that knows about parts (palettes, panels, flips, file exports) reads this table. Left and right are the
person's: ``l_eye`` lies on the image's right side.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

__all__ = [
    "BACKGROUND",
    "FLIP",
    "NUM_CLASSES",
    "PARTS",
    "UNSET",
    "Part",
    "color_table",
    "part_named",
    "screen_color_table",
]


@dataclass(frozen=True, slots=True)
class Part:
    """One class of the mask.

    Attributes:
        index: value in a label map, 0 to 18.
        name: the dataset's short name, used in file names.
        title: what the window shows.
        color: sRGB colour of the dataset's own colour script, 0 to 255.
        safe_color: colour of the palette that stays distinguishable with colour-vision deficiencies.
        counterpart: index of the part on the other side of the face, or None.
        shortcut: favourite-class key on a fresh installation, or an empty string.
    """

    index: int
    name: str
    title: str
    color: tuple[int, int, int]
    safe_color: tuple[int, int, int]
    counterpart: int | None = None
    shortcut: str = ""


# In the dataset's stacking order: when the per-part files are merged, a later part paints over an earlier one.
PARTS: tuple[Part, ...] = (
    Part(0, "background", "Background", (0, 0, 0), (0, 0, 0), shortcut="0"),
    Part(1, "skin", "Skin", (204, 0, 0), (238, 204, 170), shortcut="1"),
    Part(2, "nose", "Nose", (76, 153, 0), (230, 159, 0), shortcut="2"),
    Part(3, "eye_g", "Eyeglasses", (204, 204, 0), (90, 90, 90), shortcut="8"),
    Part(4, "l_eye", "Left eye", (51, 51, 255), (86, 180, 233), counterpart=5, shortcut="3"),
    Part(5, "r_eye", "Right eye", (204, 0, 204), (0, 114, 178), counterpart=4),
    Part(6, "l_brow", "Left brow", (0, 255, 255), (0, 158, 115), counterpart=7, shortcut="4"),
    Part(7, "r_brow", "Right brow", (255, 204, 204), (0, 90, 65), counterpart=6),
    Part(8, "l_ear", "Left ear", (102, 51, 0), (204, 121, 167), counterpart=9),
    Part(9, "r_ear", "Right ear", (255, 0, 0), (136, 34, 85), counterpart=8),
    Part(10, "mouth", "Mouth (inside)", (102, 204, 0), (255, 255, 255), shortcut="5"),
    Part(11, "u_lip", "Upper lip", (255, 255, 0), (213, 94, 0), shortcut="6"),
    Part(12, "l_lip", "Lower lip", (0, 0, 153), (170, 51, 0), shortcut="7"),
    Part(13, "hair", "Hair", (0, 0, 204), (94, 60, 153), shortcut="9"),
    Part(14, "hat", "Hat", (255, 51, 153), (240, 228, 66)),
    Part(15, "ear_r", "Earring", (0, 204, 204), (68, 255, 221)),
    Part(16, "neck_l", "Necklace", (0, 51, 0), (153, 153, 51)),
    Part(17, "neck", "Neck", (255, 153, 51), (200, 160, 130)),
    Part(18, "cloth", "Clothes", (0, 204, 0), (51, 102, 153)),
)

#: Some of the dataset's colours look alike (right ear and skin, lower lip and hair, mouth and clothes): on the screen
#: these stand in their place. Files keep the dataset's own.
_SCREEN_COLORS: dict[str, tuple[int, int, int]] = {
    "eye_g": (153, 128, 64),
    "l_eye": (102, 178, 255),
    "r_ear": (255, 102, 128),
    "mouth": (178, 255, 102),
    "l_lip": (140, 90, 255),
    "ear_r": (0, 102, 128),
    "cloth": (0, 153, 102),
}

NUM_CLASSES = len(PARTS)
BACKGROUND = 0
#: Value of a pixel that an edit layer leaves to the layers below it. Never occurs in a composite or a mask file.
UNSET = 255

#: ``FLIP[i]`` is the class that class ``i`` becomes when the image is mirrored.
FLIP: tuple[int, ...] = tuple(part.index if part.counterpart is None else part.counterpart for part in PARTS)

_BY_NAME = {part.name: part for part in PARTS}
_FLIP_TABLE = np.arange(256, dtype=np.uint8)
_FLIP_TABLE[:NUM_CLASSES] = FLIP


def part_named(name: str) -> Part:
    """Return the part with the dataset's short name; raises KeyError for an unknown one."""
    return _BY_NAME[name]


def color_table(safe: bool = False) -> np.ndarray:
    """Return the colours as a (19, 3) uint8 array, row = class index.

    Args:
        safe: the colour-blind-safe palette instead of the dataset's own colours.
    """
    return np.array([part.safe_color if safe else part.color for part in PARTS], dtype=np.uint8)


def screen_color_table() -> np.ndarray:
    """Return the colours that the window shows, (19, 3) uint8: the dataset's own, but for those that look alike."""
    return np.array([_SCREEN_COLORS.get(part.name, part.color) for part in PARTS], dtype=np.uint8)
