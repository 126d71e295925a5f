"""The network's image of an edit: whole, drawn into the unedited image, or as a preview."""

from __future__ import annotations

import time
from functools import partial

import numpy as np
from cachetools import LRUCache

from maskgan_studio.engine.autotune import MAX_PREVIEW_MS, choose_preview_size
from maskgan_studio.engine.coarse_windows import CoarseWindows
from maskgan_studio.engine.edit_window import draw_edit, find_edit_window, keeps_statistics
from maskgan_studio.engine.loaded_networks import LoadedNetworks
from maskgan_studio.engine.preview import Previews
from maskgan_studio.engine.renderer import Style
from maskgan_studio.engine.requests import ShouldContinue, Window, never_cancelled
from maskgan_studio.engine.target import CROP_SIZE, Target, array_digest

# Unedited images that are kept, 0.8 megabytes each.
_IMAGES = 8
# Share of the image that an edit's window may have. A larger one saves little, and the statistics of the unedited image
# fit it less.
_LARGEST_WINDOW = 0.5
# A preview at full size has to be ready within this time, in milliseconds: one follows the other as the hand goes.
_QUICK_MS = 25.0
# What a window takes besides its share of the image: the residual blocks read all of their weights for it.
_OVERHEAD = 0.05


class EditRenderer:
    """Renders edited masks in a style.

    The image of a small edit is the image of the photo's own mask with the edit drawn into it: always the same for the
    same photo and mask, whatever was rendered before.

    Args:
        networks: render.
    """

    def __init__(self, networks: LoadedNetworks) -> None:
        self._networks = networks
        self._previews, self._coarse = Previews(), CoarseWindows(networks)
        self._preview_size = 0
        self._makes_previews = False
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
        image = self._render_around(target, mask, style, should_continue)
        if image is None:
            image = self._networks.render(mask, style, CROP_SIZE, should_continue)
            self._previews.remember_full(mask, style, image, array_digest(mask))
        return image

    def preview(
        self, target: Target, mask: np.ndarray, style: Style, should_continue: ShouldContinue = never_cancelled
    ) -> np.ndarray:
        """Show quickly what ``render`` will give, uint8 (512, 512, 3): where the edit is small that itself or, on a
        slower machine, its window at half the size; else a window around what has changed since the last full image,
        or all of it at a size that this machine is quick at. Arguments and errors as for ``render``."""
        config = self._networks.render_config
        size = self._preview_size or config.preview_size
        if size == CROP_SIZE:
            return self.render(target, mask, style, should_continue)
        self._makes_previews = True
        image = self._previews.find_full_image(mask, style)
        if image is None:
            image = self._preview_window(target.style_source or target, mask, style, should_continue)
        if image is not None:
            return image

        def render(mask: np.ndarray, style: Style, size: int) -> np.ndarray:
            start = time.perf_counter()
            image = self._networks.render(mask, style, size, should_continue)
            self._preview_size = choose_preview_size(size, (time.perf_counter() - start) * 1000)
            return image

        render_window = partial(self._networks.render_window, should_continue=should_continue)
        return self._previews.preview(render, render_window, mask, style, size, MAX_PREVIEW_MS / config.full_ms)

    def reconstruct(
        self, target: Target, style: Style, should_continue: ShouldContinue = never_cancelled
    ) -> np.ndarray:
        """Render a photo's own mask, uint8 (512, 512, 3); kept for the edits that follow. Arguments and errors as for
        ``render``."""
        key = style.key, target.mask_digest
        if key not in self._unedited:
            self._unedited[key] = self._networks.render(target.mask, style, CROP_SIZE, should_continue)
        return self._unedited[key]

    def _render_around(
        self, target: Target, mask: np.ndarray, style: Style, should_continue: ShouldContinue
    ) -> np.ndarray | None:
        """The unedited image with a small edit drawn into it; None where the edit is too large or the renderer cannot.

        That of a moved photo is of the photo as it was: its own mask changes with every step of a slider.
        """
        own = target.style_source or target
        is_unedited = np.array_equal(own.mask, mask)
        window = None if is_unedited else self._find_window(own, mask)
        if window is None and not is_unedited:
            return None
        if window is not None and not self._networks.has_features(style, own.mask_digest):
            self._unedited.pop((style.key, own.mask_digest), None)
        image = unedited = self.reconstruct(own, style, should_continue)
        if window is not None:
            drawn = self._networks.render_window(mask, style, window[0], own.mask_digest, should_continue)
            if drawn is None:
                return None
            image = draw_edit(unedited, own.mask, mask, window[0], drawn)
        self._previews.remember_full(mask, style, image, own.mask_digest)
        # A photo that is opened is drawn in its own style, unedited; commands and parts ask for no previews.
        begins = is_unedited and style.belongs_to(own.key) and self._networks.render_config.preview_size < CROP_SIZE
        if self._networks.renders_windows and (self._makes_previews or begins):
            self._coarse.prepare(own, style, unedited, should_continue)
        return image

    def _preview_window(
        self, own: Target, mask: np.ndarray, style: Style, should_continue: ShouldContinue
    ) -> np.ndarray | None:
        """A small edit drawn into the unedited image, where there is one; at half the size where that saves time."""
        unedited = self._unedited.get((style.key, own.mask_digest))
        found = None if unedited is None else self._find_window(own, mask)
        if found is None or unedited is None:
            return None
        window, share = found
        if (share + _OVERHEAD) * self._networks.render_config.full_ms > _QUICK_MS:
            return self._coarse.draw(own, mask, style, unedited, window, should_continue)
        drawn = self._networks.render_window(mask, style, window, own.mask_digest, should_continue)
        return None if drawn is None else draw_edit(unedited, own.mask, mask, window, drawn)

    def _find_window(self, own: Target, mask: np.ndarray) -> tuple[Window, float] | None:
        """The window of an edit that may be drawn into the unedited image, and its share of the image."""
        if not self._networks.renders_windows:
            return None
        window, share = find_edit_window(own.mask, mask)
        return (window, share) if share <= _LARGEST_WINDOW and keeps_statistics(own.mask, mask) else None
