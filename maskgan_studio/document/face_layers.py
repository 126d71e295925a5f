"""Layers that reshape the face below them: their labels follow from the sliders and from what lies below.

They lie right above the base mask, one on the other. The photo's own pixels move along with those that carry it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

import numpy as np

from maskgan_studio.document.deformation.deformation import Deformation
from maskgan_studio.document.deformation.labels import deform_labels, label_moved_photo
from maskgan_studio.document.deformation.measurements import Measurements, measure_face
from maskgan_studio.document.deformation.reshape import reshape_face
from maskgan_studio.document.deformation.sliders import reshaping_values
from maskgan_studio.document.face_edit import FaceEdit
from maskgan_studio.gaze import Gaze
from maskgan_studio.labels import UNSET
from maskgan_studio.recoloring import Recoloring

__all__ = ["FaceSetting", "MovedPhoto", "Reshaping", "count_faces"]


@dataclass(frozen=True)
class FaceSetting:
    """What makes a layer one that reshapes the face.

    Attributes:
        edit: the sliders.
        carries_photo: the photo's own pixels move along; else the network draws what the mask says.
        baked: it stays as it is, and the sliders start at 0 again above it.
    """

    edit: FaceEdit = field(default_factory=FaceEdit)
    carries_photo: bool = True
    baked: bool = False


@dataclass(frozen=True, eq=False)
class MovedPhoto:
    """How the photo's own pixels move.

    Attributes:
        deformation: of the crop.
        mask: (S, S) uint8, what the moved photo shows.
        key: names it for one photo and its mask: equal keys, equal movements.
    """

    deformation: Deformation
    mask: np.ndarray
    key: str


class _Layer(Protocol):
    """What is used of ``layers.Layer``."""

    @property
    def labels(self) -> np.ndarray: ...
    @property
    def visible(self) -> bool: ...
    @property
    def opacity(self) -> float: ...
    @property
    def face(self) -> FaceSetting | None: ...


L = TypeVar("L", bound=_Layer)


def count_faces(layers: Sequence[_Layer]) -> int:
    """How many layers of a stack reshape the face."""
    return sum(layer.face is not None for layer in layers)


class Reshaping:
    """Keeps the labels of such layers up to date, and what they do to the photo: movement, colours and gaze."""

    def __init__(self) -> None:
        self.moved: MovedPhoto | None = None
        self.colors: dict[str, Recoloring] = {}
        self.gaze = Gaze()
        self._recipe: object = []
        self._base = np.empty((0, 0), np.uint8)
        self._measured: list[tuple[np.ndarray, Measurements]] = []

    def update(self, layers: Sequence[L]) -> bool:
        """Write the labels of all layers that reshape the face, if anything has changed; returns whether it has.

        Args:
            layers: the stack, base first.
        """
        faces = [layer for layer in layers if layer.face is not None]
        base = layers[0].labels
        settings = [_weaken(layer) for layer in faces]
        self.colors, self.gaze = {}, Gaze()
        for edit, visible, _ in settings:
            if visible:
                self.colors |= {part: color for part, color in edit.colors.items() if not color.is_identity}
                self.gaze = self.gaze.then(edit.gaze)
        # Colours and a gaze move no class: to drag one takes no measuring and no deformation.
        recipe = [
            (id(layer.labels), reshaping_values(edit.values), visible, carries)
            for layer, (edit, visible, carries) in zip(faces, settings, strict=True)
        ]
        if recipe == self._recipe and (not faces or np.array_equal(base, self._base)):
            return False
        self._recipe, self._base = recipe, base.copy()
        seen = photo = self._base
        way = Deformation.identity(len(base))
        carried = False
        for layer, (edit, visible, carries) in zip(faces, settings, strict=True):
            if not visible:
                continue
            deformation = reshape_face(seen, edit.values, self._measure(seen))
            moved = deform_labels(seen, deformation)
            if carries and not deformation.is_identity:
                # What the photo shows is not what comes into sight for the first time.
                unseen = deformation.without_revealed()
                same = photo is seen and bool((deformation.revealed == UNSET).all())
                photo, way = moved if same else label_moved_photo(photo, deformation), way.then(unseen)
                carried = True
            layer.labels[...] = np.where(moved != seen, moved, np.uint8(UNSET))
            seen = moved
        key = json.dumps([(reshaping_values(edit.values), carries) for edit, visible, carries in settings if visible])
        self.moved = MovedPhoto(way, photo, key) if carried else None
        return True

    def _measure(self, mask: np.ndarray) -> Measurements:
        """Measure a face; the last ones are remembered, for a slider is dragged on one and the same face."""
        for known, measured in self._measured:
            if np.array_equal(known, mask):
                return measured
        measured = measure_face(mask)
        self._measured = [*self._measured[-2:], (mask, measured)]
        return measured


def _weaken(layer: _Layer) -> tuple[FaceEdit, bool, bool]:
    """A layer's edit at the layer's opacity, whether it is visible, and whether it takes the photo along."""
    assert layer.face is not None
    return layer.face.edit.with_strength(layer.opacity), layer.visible, layer.face.carries_photo
