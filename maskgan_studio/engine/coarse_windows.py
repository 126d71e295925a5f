"""Previews of small edits: a window at half the size, drawn into the unedited full image.

The residual blocks aside, a window at half the size costs a quarter.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from cachetools import LRUCache

from maskgan_studio.engine.coarse_correction import CoarseCorrection
from maskgan_studio.engine.edit_window import draw_edit
from maskgan_studio.engine.loaded_networks import LoadedNetworks
from maskgan_studio.engine.renderer import Style
from maskgan_studio.engine.requests import ShouldContinue, Window, never_cancelled
from maskgan_studio.engine.target import CROP_SIZE, Target, array_digest
from maskgan_studio.engine.tensors import resize_labels

_SIZE = CROP_SIZE // 2
# Unedited images that are kept, some 2 megabytes each.
_IMAGES = 3


@dataclass(frozen=True, eq=False)
class _CoarseImage:
    """An unedited image at half the size.

    Attributes:
        digest: of its label map at that size, under which its features are kept.
        correction: what the full image has and it lacks.
    """

    digest: str
    correction: CoarseCorrection


class CoarseWindows:
    """Makes such previews.

    Args:
        networks: render.
    """

    def __init__(self, networks: LoadedNetworks) -> None:
        self._networks = networks
        self._images: LRUCache[tuple[str, str], _CoarseImage] = LRUCache(_IMAGES)

    def prepare(
        self, target: Target, style: Style, image: np.ndarray, should_continue: ShouldContinue = never_cancelled
    ) -> None:
        """Render a photo's own mask at half the size, unless that was done.

        Args:
            target: the photo.
            style: style to render in.
            image: uint8 (512, 512, 3), its full image.
            should_continue: asked between layers.

        Raises:
            RenderCancelled: ``should_continue`` returned False.
        """
        key, mask = (style.key, target.mask_digest), target.mask
        known = self._images.get(key)
        if known is not None and self._networks.has_features(style, known.digest):
            return
        coarse = self._networks.render(mask, style, _SIZE, should_continue, keep_features=True)
        digest = array_digest(resize_labels(mask, _SIZE))
        self._images[key] = _CoarseImage(digest, CoarseCorrection(mask, image, _enlarge(coarse)))

    def draw(
        self,
        target: Target,
        mask: np.ndarray,
        style: Style,
        image: np.ndarray,
        window: Window,
        should_continue: ShouldContinue = never_cancelled,
    ) -> np.ndarray | None:
        """Draw a small edit into the unedited image.

        Args:
            target: the photo.
            mask: edited label map uint8 (512, 512).
            style: style to render in.
            image: uint8 (512, 512, 3), the full image of the photo's own mask.
            window: rows and columns that ``find_edit_window`` gives.
            should_continue: asked between layers.

        Returns:
            uint8 (512, 512, 3); None where ``prepare`` was not called.

        Raises:
            RenderCancelled: ``should_continue`` returned False.
        """
        known = self._images.get((style.key, target.mask_digest))
        if known is None:
            return None
        halved = _halve(window[0]), _halve(window[1])
        window = _double(halved[0]), _double(halved[1])
        coarse = self._networks.render_window(mask, style, halved, known.digest, should_continue, _SIZE)
        if coarse is None:
            return None
        drawn = known.correction.apply(_enlarge(coarse), mask, window)
        return draw_edit(image, target.mask, mask, window, drawn)


def _enlarge(coarse: np.ndarray) -> np.ndarray:
    return cv2.resize(coarse, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)


def _halve(pixels: slice) -> slice:
    return slice(pixels.start // 2, (pixels.stop + 1) // 2)


def _double(pixels: slice) -> slice:
    return slice(2 * pixels.start, 2 * pixels.stop)
