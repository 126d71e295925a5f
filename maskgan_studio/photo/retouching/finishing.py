"""What is done to a finished picture of a face: where its eyes look, and the colours of its parts."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from maskgan_studio.gaze import Gaze
from maskgan_studio.photo.alignment.frame import Alignment
from maskgan_studio.photo.retouching.gaze import move_irises
from maskgan_studio.photo.retouching.recolor import recolor_photo
from maskgan_studio.recoloring import Recoloring

__all__ = ["finish_photo"]


def finish_photo(
    pixels: np.ndarray, alignment: Alignment, mask: np.ndarray, gaze: Gaze, colors: Mapping[str, Recoloring]
) -> np.ndarray:
    """Move the irises, then give parts other colours; arguments and result as of these two."""
    return recolor_photo(move_irises(pixels, alignment, mask, gaze), alignment, mask, colors)
