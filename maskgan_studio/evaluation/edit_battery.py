"""Typical edits of users, as masks: what `evaluate edits` draws and measures."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import cv2
import numpy as np

from maskgan_studio.document.layers import LayerStack
from maskgan_studio.document.operations.gallery import ITEMS, put_on
from maskgan_studio.document.operations.removal import remove_from_mask
from maskgan_studio.labels import UNSET, part_named

__all__ = ["EDITS", "REMOVALS"]

_MOUTH = ("mouth", "u_lip", "l_lip")
_WIDER, _LARGER = 1.3, 1.35
_EDIT = 1  # the layer's id, see ``LayerStack.over``
_LEAST = 60  # pixels of a part that is there at all

MakeEdit = Callable[[np.ndarray], np.ndarray | None]


def _indices(names: Sequence[str]) -> list[int]:
    return [part_named(name).index for name in names]


def _without(*names: str) -> MakeEdit:
    """Take parts away."""

    def edit(mask: np.ndarray) -> np.ndarray | None:
        if np.isin(mask, _indices(names)).sum() < _LEAST:
            return None
        return remove_from_mask(mask, _indices(names))

    return edit


def _with_item(name: str) -> MakeEdit:
    """Put a part of the gallery on."""
    item = next(item for item in ITEMS if item.name == name)

    def edit(mask: np.ndarray) -> np.ndarray | None:
        edited = mask.copy()
        patch = put_on(LayerStack.over(mask), _EDIT, item)
        if patch is None:
            return None
        here = edited[patch.rect.slices]
        here[patch.after != UNSET] = patch.after[patch.after != UNSET]
        return edited

    return edit


def _stretched(names: Sequence[str], factor_x: float, factor_y: float) -> MakeEdit:
    """Scale parts around their own centre; what they leave becomes skin."""

    def edit(mask: np.ndarray) -> np.ndarray | None:
        inside = np.isin(mask, _indices(names))
        if inside.sum() < _LEAST:
            return None
        rows, columns = np.nonzero(inside)
        y, x = rows.mean(), columns.mean()
        matrix = np.array([[factor_x, 0, x * (1 - factor_x)], [0, factor_y, y * (1 - factor_y)]])
        moved = cv2.warpAffine(np.where(inside, mask, 0), matrix, mask.shape[::-1], flags=cv2.INTER_NEAREST)
        filled = np.where(inside, np.uint8(part_named("skin").index), mask)
        return np.where(moved > 0, moved, filled)

    return edit


def _larger_eyes(mask: np.ndarray) -> np.ndarray | None:
    edited: np.ndarray | None = mask
    for name in ("l_eye", "r_eye"):
        larger = None if edited is None else _stretched([name], _LARGER, _LARGER)(edited)
        edited = edited if larger is None else larger
    return None if edited is mask else edited


#: By name: maps a mask uint8 (512, 512) to the edited one, or None where the face lacks what is edited.
EDITS: dict[str, MakeEdit] = {
    "eyes closed": _without("l_eye", "r_eye"),
    "brows away": _without("l_brow", "r_brow"),
    "long hair": _with_item("long-hair"),
    "beanie": _with_item("beanie"),
    "larger eyes": _larger_eyes,
    "hair off": _without("hair"),
    "wider mouth": _stretched(_MOUTH, _WIDER, 1.0),
    "glasses": _with_item("round-glasses"),
}

#: Edits that take something away: the parts that go, and the part beside which their place is measured.
REMOVALS: dict[str, tuple[list[int], int]] = {
    "eyes closed": (_indices(["l_eye", "r_eye"]), part_named("skin").index),
    "hair off": (_indices(["hair"]), part_named("background").index),
}
