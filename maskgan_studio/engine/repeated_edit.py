"""An edit that any photo can get, done to one photo after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from maskgan_studio.document.deformation.labels import deform_labels
from maskgan_studio.document.deformation.reshape import reshape_face
from maskgan_studio.document.face_edit import FaceEdit
from maskgan_studio.document.operations.painted_presets import do_painted
from maskgan_studio.engine.face_edits import deform_target
from maskgan_studio.engine.part_styles import lay_part_styles
from maskgan_studio.engine.target import Target
from maskgan_studio.photo.retouching.finishing import finish_photo

if TYPE_CHECKING:
    from maskgan_studio.engine.requests import PartStyle

__all__ = ["RepeatedEdit"]


@dataclass(frozen=True, eq=False)
class RepeatedEdit:
    """What is done to each photo.

    Attributes:
        edits: one after the other.
        styles: parts, and whose style they take.
    """

    edits: Sequence[FaceEdit]
    styles: Sequence[PartStyle] = ()

    def do(self, pipeline: Any, target: Target) -> np.ndarray:
        """Do it to a face.

        Args:
            pipeline: an ``engine.pipeline.Pipeline``.
            target: what its ``prepare`` gave.

        Returns:
            uint8 (H, W, 3), the photo with the edit.
        """
        moved, mask = target, target.mask
        for edit in self.edits:
            deformation = reshape_face(mask, edit.values)
            moved, mask = deform_target(moved, deformation), deform_labels(mask, deformation)
            if edit.painted is not None:
                mask = do_painted(edit.painted, mask)
        pixels = moved.photo.pixels
        if not np.array_equal(moved.mask, mask):
            style = pipeline.style(moved)
            pixels = pipeline.composite(moved, mask, pipeline.render_edit(moved, mask, style), style)
        pixels = lay_part_styles(pipeline, moved, mask, pixels, self.styles)
        for edit in self.edits:
            pixels = finish_photo(pixels, target.alignment, mask, edit.gaze, edit.colors)
        return pixels
