"""A target with its face edited without painting: photo, crop and mask alike, so that all that follows takes it for the
photo."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from maskgan_studio.document.deformation.deformation import Deformation
from maskgan_studio.document.deformation.labels import label_moved_photo
from maskgan_studio.engine.target import Target
from maskgan_studio.photo.alignment.face_alignment import Alignment
from maskgan_studio.photo.files.loading import NativePixels, Photo
from maskgan_studio.photo.retouching.deform import deform_photo

if TYPE_CHECKING:
    from maskgan_studio.document.face_layers import MovedPhoto

__all__ = ["deform_target", "move_target"]


def move_target(target: Target, moved: MovedPhoto | None) -> Target:
    """Move a target's photo, crop and mask as the layers of a document ask for; the same target for None."""
    return target if moved is None else _moved(target, moved.deformation, moved.mask)


def deform_target(target: Target, deformation: Deformation) -> Target:
    """Move a target's photo, crop and mask; the same target for the identity. What is revealed has to be drawn.

    The photo's own pixels are sampled once, at the photo's size and depth. Its style stays that of the photo before.
    """
    if deformation.is_identity:
        return target
    return _moved(target, deformation, label_moved_photo(target.mask, deformation))


def _moved(target: Target, deformation: Deformation, mask: np.ndarray) -> Target:
    photo = _deform(target.photo, target.alignment, deformation.offsets)
    crop = target.alignment.crop(photo.pixels)
    return replace(target, photo=photo, crop=crop, mask=mask, style_source=target.style_source or target)


def _deform(photo: Photo, alignment: Alignment, offsets: np.ndarray) -> Photo:
    def moved(pixels: np.ndarray | None) -> np.ndarray | None:
        return None if pixels is None else deform_photo(pixels, alignment, offsets)

    native = photo.native
    if native is not None:
        native = NativePixels(deform_photo(native.color, alignment, offsets), moved(native.alpha))
    # The pixels are not those of the file any more, which therefore must not be copied for them.
    metadata = replace(photo.metadata, stamp=None)
    pixels = deform_photo(photo.pixels, alignment, offsets)
    return replace(photo, pixels=pixels, alpha=moved(photo.alpha), native=native, metadata=metadata)
