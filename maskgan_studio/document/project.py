"""The saved state of a document."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from maskgan_studio.document.layers import Layer
from maskgan_studio.errors import Translatable
from maskgan_studio.labels import UNSET

__all__ = ["Project", "TargetImage"]


@dataclass(frozen=True, slots=True, eq=False)
class TargetImage:
    """The photo that is edited and where the face lies in it.

    Attributes:
        photo: the photo file as it was opened, byte for byte.
        name: its file name, without folder.
        alignment: how the crop was cut from the photo, as ``photo.alignment`` writes it (JSON values); empty when the
            photo is the crop itself.
        crop: (H, W, 3) uint8 RGB, the aligned face that the label maps describe.
    """

    photo: bytes
    name: str
    alignment: dict[str, Any]
    crop: np.ndarray

    @property
    def size(self) -> int:
        """Bytes in memory."""
        return len(self.photo) + self.crop.nbytes


@dataclass(frozen=True, slots=True, eq=False)
class Project:
    """A document at one moment.

    Attributes:
        layers: bottom first, as ``layers.LayerStack`` takes them.
        target: None when only a mask is edited.
        active_layer: id of the layer that is painted on.
        active_part: class that is painted.
        extras: further data by name, such as a personalised style; names are plain file names.
        notice: one sentence about what could not be read when the project was loaded, or None.
        others: the other faces of the same photo that are edited, bottom first; they have no others.
    """

    layers: tuple[Layer, ...]
    target: TargetImage | None = None
    active_layer: int = 0
    active_part: int = 1
    extras: dict[str, bytes] = field(default_factory=dict)
    notice: Translatable | None = None
    others: tuple[Project, ...] = ()

    @classmethod
    def from_mask(cls, mask: np.ndarray, target: TargetImage | None = None) -> Project:
        """A new document: the mask found in a photo, uint8 (H, W), as locked base and an empty layer to paint on."""
        base = Layer(0, "From the photo", np.array(mask), locked=True, named_by_us=True)
        edits = Layer(1, "Edits", np.full(mask.shape, UNSET, np.uint8), named_by_us=True)
        return cls((base, edits), target, active_layer=edits.id)
