"""The target: the photo as the networks see it, an aligned crop and its mask. Knows no torch."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from maskgan_studio.photo.alignment.face_alignment import CROP_SIZE

if TYPE_CHECKING:
    from maskgan_studio.engine.parse_doubts import Doubt
    from maskgan_studio.photo.alignment.detection import Face
    from maskgan_studio.photo.alignment.face_alignment import Alignment
    from maskgan_studio.photo.files.loading import Photo

__all__ = ["CROP_SIZE", "Target", "array_digest"]


@dataclass(frozen=True, eq=False)
class Target:
    """The target image and target mask (I^t and M^t of the paper) with the photo they come from.

    Attributes:
        photo: the photograph.
        alignment: where the crop lies in the photo.
        crop: target image, uint8 (512, 512, 3) RGB.
        mask: target mask, label map uint8 (512, 512).
        faces: all faces found in the photo, best first; None where nobody looked.
        is_doubtful: whether the crop hardly shows a face, so that somebody should look where it lies.
        style_source: the target whose style it has, where that is another: the photo before its face was reshaped.
        doubts: regions of the mask that the parser may have wrong, those first that matter most.
        key: digest of crop and mask; equal keys have equal styles.
    """

    photo: Photo
    alignment: Alignment
    crop: np.ndarray
    mask: np.ndarray
    faces: tuple[Face, ...] | None = None
    style_source: Target | None = None
    is_doubtful: bool = False
    doubts: tuple[Doubt, ...] = ()
    key: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", array_digest(self.crop, self.mask))

    @cached_property
    def mask_digest(self) -> str:
        """Digest of the mask."""
        return array_digest(self.mask)


def array_digest(*arrays: np.ndarray) -> str:
    """Hex digest of the arrays' shapes, types and values."""
    digest = hashlib.blake2b(digest_size=16)
    for array in arrays:
        digest.update(f"{array.shape}{array.dtype}".encode())
        digest.update(np.ascontiguousarray(array).data)
    return digest.hexdigest()
