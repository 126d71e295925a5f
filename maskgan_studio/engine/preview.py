"""Previews that do not jump when the full image arrives.

After a small change the last full image is drawn anew in a window around it: within a fraction of a grey level of the
full image that follows, for its share of the pixels.

Where that cannot be done, the whole image is drawn at a quarter of the pixels or fewer. What the last full image has
and the preview of the same mask lacks is added to the previews that follow: away from the edit they then are the full
image to the eye.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from cachetools import LRUCache

from maskgan_studio.engine.coarse_correction import CoarseCorrection
from maskgan_studio.engine.edit_window import draw_edit, find_edit_window
from maskgan_studio.engine.renderer import Style
from maskgan_studio.engine.requests import Window

_STYLES = 6  # those of the photo and of its parts; a few megabytes each

Render = Callable[[np.ndarray, Style, int], np.ndarray]
#: Renders a window of the image of a mask, amid the features of the whole image of the mask with a digest; None where
#: there is no such image.
RenderWindow = Callable[[np.ndarray, Style, Window, str], np.ndarray | None]


@dataclass(frozen=True, eq=False)
class _RenderedImage:
    """An image, and what it was rendered from.

    Attributes:
        mask: label map uint8 (512, 512) that it shows.
        size: that it was rendered at.
        image: uint8 (512, 512, 3).
        origin: digest of the mask whose whole image it was drawn into; its own where it is whole.
    """

    mask: np.ndarray
    size: int
    image: np.ndarray
    origin: str = ""

    def shows(self, mask: np.ndarray) -> bool:
        return np.array_equal(self.mask, mask)


class Previews:
    """Makes previews, and remembers the last full image of each of the styles in use."""

    def __init__(self) -> None:
        self._styles: LRUCache[str, _StylePreviews] = LRUCache(_STYLES)

    def remember_full(self, mask: np.ndarray, style: Style, image: np.ndarray, origin: str) -> None:
        """Take note of a full image uint8 (512, 512, 3); the previews that follow are corrected towards it.

        Args:
            mask, style: what it shows.
            image: the image.
            origin: digest of the mask whose whole image it was drawn into; its own where it is whole.
        """
        self._of(style).remember_full(mask, image, origin)

    def find_full_image(self, mask: np.ndarray, style: Style) -> np.ndarray | None:
        """The last full image, where it shows this mask in this style."""
        return self._of(style).find_full_image(mask)

    def preview(
        self,
        render: Render,
        render_window: RenderWindow,
        mask: np.ndarray,
        style: Style,
        size: int,
        largest_window: float,
    ) -> np.ndarray:
        """Show what the full image will look like.

        Args:
            render: renders a mask in a style at a size.
            render_window: renders a window of the full image, or returns None where it cannot.
            mask: label map uint8 (512, 512).
            style: style to render in.
            size: of a preview of the whole image before it is enlarged.
            largest_window: share of the image that may be drawn in a window; a larger one takes too long.

        Returns:
            uint8 (512, 512, 3).
        """
        previews = self._of(style)
        image = previews.preview_in_window(render_window, mask, style, largest_window)
        return previews.preview(render, mask, style, size) if image is None else image

    def _of(self, style: Style) -> _StylePreviews:
        if style.key not in self._styles:
            self._styles[style.key] = _StylePreviews()
        return self._styles[style.key]


class _StylePreviews:
    """The same for one style."""

    def __init__(self) -> None:
        self._full: _RenderedImage | None = None
        self._last: _RenderedImage | None = None
        self._correction: tuple[int, CoarseCorrection] | None = None

    def remember_full(self, mask: np.ndarray, image: np.ndarray, origin: str) -> None:
        self._full = _RenderedImage(mask.copy(), len(image), image, origin)
        self._correction = None

    def find_full_image(self, mask: np.ndarray) -> np.ndarray | None:
        return self._full.image if self._full is not None and self._full.shows(mask) else None

    def preview_in_window(
        self, render_window: RenderWindow, mask: np.ndarray, style: Style, largest: float
    ) -> np.ndarray | None:
        """The last full image with what has changed drawn anew; None where that is too much, or not possible."""
        full = self._full
        if full is None or full.shows(mask):
            return None if full is None else full.image
        window, share = find_edit_window(full.mask, mask)
        drawn = None if share > largest else render_window(mask, style, window, full.origin)
        return None if drawn is None else draw_edit(full.image, full.mask, mask, window, drawn)

    def preview(self, render: Render, mask: np.ndarray, style: Style, size: int) -> np.ndarray:
        full = self._full
        if full is None:
            self._last = _enlarged(render, mask, style, size)
            return self._last.image
        correction = self._find_correction(render, full, style, size)
        self._last = _enlarged(render, mask, style, size)
        return correction.apply(self._last.image, mask)

    def _find_correction(self, render: Render, full: _RenderedImage, style: Style, size: int) -> CoarseCorrection:
        """What a preview of the full image's mask lacks. It was the last one before the full image, as a rule; else it
        is made now."""
        if self._correction is None or self._correction[0] != size:
            last = self._last
            if last is None or last.size != size or not last.shows(full.mask):
                last = _enlarged(render, full.mask, style, size)
            self._correction = size, CoarseCorrection(full.mask, full.image, last.image)
        return self._correction[1]


def _enlarged(render: Render, mask: np.ndarray, style: Style, size: int) -> _RenderedImage:
    image = cv2.resize(render(mask, style, size), mask.shape[::-1], interpolation=cv2.INTER_CUBIC)
    return _RenderedImage(mask.copy(), size, image)
