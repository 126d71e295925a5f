"""The network's image of an edit: whole, drawn into the unedited image, or as a preview."""

from __future__ import annotations

import time
from functools import partial

import numpy as np
from cachetools import LRUCache

from maskgan_studio.engine.autotune import MAX_PREVIEW_MS, choose_preview_size
from maskgan_studio.engine.edit_window import draw_edit, find_edit_window, keeps_statistics
from maskgan_studio.engine.loaded_networks import LoadedNetworks
from maskgan_studio.engine.preview import Previews
from maskgan_studio.engine.renderer import Style
from maskgan_studio.engine.requests import ShouldContinue, never_cancelled
from maskgan_studio.engine.target import CROP_SIZE, Target, array_digest

# Unedited images that are kept, 0.8 megabytes each.
_IMAGES = 8
# Share of the image that an edit's window may have. A larger one saves little, and the statistics of the unedited image
# fit it less.
_LARGEST_WINDOW = 0.5


class EditRenderer:
    """Renders edited masks in a style.

    The image of a small edit is the image of the photo's own mask with the edit drawn into it: always the same for the
    same photo and mask, whatever was rendered before.

    Args:
        networks: render.
    """

    def __init__(self, networks: LoadedNetworks) -> None:
        self._networks = networks
        self._previews = Previews()
        self._preview_size = 0
        self._unedited: LRUCache[tuple[str, str], np.ndarray] = LRUCache(_IMAGES)

    def render(
        self, target: Target, mask: np.ndarray, style: Style, should_continue: ShouldContinue = never_cancelled
    ) -> np.ndarray:
        """Render an edit at full size, uint8 (512, 512, 3); not again where it is the last one in this style.

        Args:
            target: the photo, moved or not.
            mask: edited label map uint8 (512, 512).
            style: style to render in.
            should_continue: asked between layers.

        Raises:
            RenderCancelled: ``should_continue`` returned False.
        """
        last = self._previews.find_full_image(mask, style)
        if last is not None:
            return last
        image = self._render_around(target, mask, style, _LARGEST_WINDOW, should_continue)
        if image is None:
            image = self._networks.render(mask, style, CROP_SIZE, should_continue)
            self._previews.remember_full(mask, style, image, array_digest(mask))
        return image

    def preview(
        self, target: Target, mask: np.ndarray, style: Style, should_continue: ShouldContinue = never_cancelled
    ) -> np.ndarray:
        """Show quickly what ``render`` will give, uint8 (512, 512, 3): that itself where the edit is small, else a
        window of it around what has changed since the last full image, or all of it at a size that this machine is
        quick at. Arguments and errors as for ``render``."""
        config = self._networks.render_config
        size = self._preview_size or config.preview_size
        if size == CROP_SIZE:
            return self.render(target, mask, style, should_continue)
        largest = MAX_PREVIEW_MS / config.full_ms
        if self._previews.find_full_image(mask, style) is None:
            image = self._render_around(target, mask, style, min(largest, _LARGEST_WINDOW), should_continue)
            if image is not None:
                return image

        def render(mask: np.ndarray, style: Style, size: int) -> np.ndarray:
            start = time.perf_counter()
            image = self._networks.render(mask, style, size, should_continue)
            self._preview_size = choose_preview_size(size, (time.perf_counter() - start) * 1000)
            return image

        render_window = partial(self._networks.render_window, should_continue=should_continue)
        return self._previews.preview(render, render_window, mask, style, size, largest)

    def reconstruct(
        self, mask: np.ndarray, style: Style, should_continue: ShouldContinue = never_cancelled
    ) -> np.ndarray:
        """Render a photo's own mask, uint8 (512, 512, 3); kept for the edits that follow. Arguments and errors as for
        ``render``."""
        key = style.key, array_digest(mask)
        if key not in self._unedited:
            self._unedited[key] = self._networks.render(mask, style, CROP_SIZE, should_continue)
        return self._unedited[key]

    def _render_around(
        self, target: Target, mask: np.ndarray, style: Style, largest: float, should_continue: ShouldContinue
    ) -> np.ndarray | None:
        """The unedited image with a small edit drawn into it; None where the edit is too large or the renderer cannot.

        That of a moved photo is of the photo as it was: its own mask changes with every step of a slider.
        """
        own = (target.style_source or target).mask
        digest = array_digest(own)
        if np.array_equal(own, mask):
            image = self.reconstruct(own, style, should_continue)
            self._previews.remember_full(mask, style, image, digest)
            return image
        if not self._networks.renders_windows:
            return None
        has_features = self._networks.has_features(style, digest)
        window, share = find_edit_window(own, mask)
        if share > largest or not keeps_statistics(own, mask):
            return None
        if not has_features:
            self._unedited.pop((style.key, digest), None)
        unedited = self.reconstruct(own, style, should_continue)
        drawn = self._networks.render_window(mask, style, window, digest, should_continue)
        if drawn is None:
            return None
        image = draw_edit(unedited, own, mask, window, drawn)
        self._previews.remember_full(mask, style, image, digest)
        return image
