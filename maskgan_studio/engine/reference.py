"""The reference of a document as data, kept with the project: the face whose style is used. Knows no torch."""

from __future__ import annotations

import json

import numpy as np

from maskgan_studio.engine.safetensors_bytes import read_safetensors_bytes
from maskgan_studio.engine.target import CROP_SIZE, Target
from maskgan_studio.errors import ProjectError
from maskgan_studio.labels import NUM_CLASSES
from maskgan_studio.photo.alignment.face_alignment import Alignment
from maskgan_studio.photo.files.loading import Photo
from maskgan_studio.recoloring import STYLED_PARTS

__all__ = ["PART_REFERENCE_NAMES", "REFERENCE_NAME", "reference_from_bytes", "reference_to_bytes"]

#: Name under which a project keeps it, and names of those whose style a single part takes.
REFERENCE_NAME = "reference.safetensors"
PART_REFERENCE_NAMES = {f"reference-{part}.safetensors": part for part in STYLED_PARTS}


def reference_to_bytes(reference: Target, mix: float) -> bytes:
    """The content of a safetensors file: crop and mask, all that style copy and source mask need of that photo.

    Args:
        reference: the second photo.
        mix: 0 for the photo's own style, 1 for the reference's.
    """
    from safetensors.numpy import save

    # One entry, because safetensors writes several in any order: the same reference gives the same bytes.
    about = json.dumps({"format": 1, "mix": round(mix, 3)})
    arrays = {"crop": np.ascontiguousarray(reference.crop), "mask": np.ascontiguousarray(reference.mask)}
    return save(arrays, {"reference": about})


def reference_from_bytes(data: bytes) -> tuple[Target, float]:
    """Read what ``reference_to_bytes`` wrote: the reference, whose photo is its own crop, and the mix.

    Raises:
        ProjectError: for anything else.
    """
    from safetensors import SafetensorError

    try:
        metadata, arrays = read_safetensors_bytes(data)
        about = json.loads(metadata["reference"])
        crop, mask, mix = arrays["crop"], arrays["mask"], float(about["mix"])
        shapes_fit = crop.shape == (CROP_SIZE, CROP_SIZE, 3) and mask.shape == (CROP_SIZE, CROP_SIZE)
        types_fit = crop.dtype == np.uint8 and mask.dtype == np.uint8
        if about["format"] != 1 or not shapes_fit or not types_fit or mask.max() >= NUM_CLASSES or not 0 <= mix <= 1:
            raise ValueError("another format")
    except (SafetensorError, ValueError, LookupError, TypeError, ArithmeticError, RecursionError) as error:
        raise ProjectError("The style photo in this project is damaged; choose the photo again.") from error
    return Target(Photo(crop), Alignment.identity(crop.shape), crop, mask), mix
