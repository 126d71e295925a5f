"""Rendering on the CPU."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from cachetools import LRUCache

from maskgan_studio.engine.fast_backbone import FastBackbone, take_weight
from maskgan_studio.engine.malloc_tuning import keep_freed_memory
from maskgan_studio.engine.one_hot_stem import OneHotStem
from maskgan_studio.engine.renderer import Renderer, Style
from maskgan_studio.engine.requests import ShouldContinue, Window, never_cancelled
from maskgan_studio.engine.surroundings import ImageWindow, Record, RecordedImage, WholeImage
from maskgan_studio.engine.target import CROP_SIZE, array_digest
from maskgan_studio.engine.tensors import resize_labels, tensor_to_image
from maskgan_studio.networks import DenseMappingNetwork
from maskgan_studio.networks.backbone import Backbone

#: Images whose features are kept, those used last: some 20 megabytes each for the shipped network, 5 at half the size.
_RECORDS = 3
# Pixels that the last convolution sees on each side.
_HEAD_REACH = 3


class CpuRenderer(Renderer):
    """The fast backbone with the one-hot stem.

    Args:
        network: of the paper's generator; belongs to the renderer from now on.
        precision: ``float32``, or ``bfloat16`` for processors that have it.
    """

    renders_windows = True

    def __init__(self, network: DenseMappingNetwork, precision: str = "float32") -> None:
        device = torch.device("cpu")
        super().__init__(network, device)
        self.precision = precision
        dtype = torch.bfloat16 if precision == "bfloat16" else torch.float32
        assert isinstance(network.backbone, Backbone)
        self._stem = OneHotStem(take_weight(network.backbone.stem), dtype)
        self._backbone = FastBackbone(network.backbone, device, dtype, use_winograd=True)
        self._records: LRUCache[tuple[str, str], Record] = LRUCache(_RECORDS)
        self._smaller: LRUCache[tuple[str, str], Record] = LRUCache(_RECORDS)
        keep_freed_memory()  # from now on the same large tensors come and go with every image

    def stages(
        self,
        style: Style,
        labels: np.ndarray,
        should_continue: ShouldContinue = never_cancelled,
        around: WholeImage | None = None,
    ) -> list[tuple[str, Callable[[Any], Any]]]:
        """The steps from a label map to its image, by name, each applied to the result of the one before."""
        backbone = self._backbone.stages(style.vector, style.shift(labels), should_continue, around)
        return [("stem", self._stem), *backbone, ("pixels", tensor_to_image)]

    def _render(
        self, labels: np.ndarray, style: Style, should_continue: ShouldContinue, keep_features: bool
    ) -> np.ndarray:
        if not keep_features:
            return self._apply(labels, self.stages(style, labels, should_continue))
        image = RecordedImage()
        features, image.record.stem = self._stem.record(labels)
        pixels = self._apply(features, self.stages(style, labels, should_continue, image)[1:])
        records = self._records if len(labels) == CROP_SIZE else self._smaller
        records[style.key, array_digest(labels)] = image.record
        return pixels

    def has_features(self, style: Style, origin: str) -> bool:
        return self._find_record(style, origin) is not None

    def _find_record(self, style: Style, origin: str) -> Record | None:
        key = style.key, origin
        return self._records.get(key) or self._smaller.get(key)  # and it is kept for longer

    @torch.inference_mode()
    def render_window(
        self,
        mask: np.ndarray,
        style: Style,
        window: Window,
        origin: str,
        should_continue: ShouldContinue = never_cancelled,
        size: int = CROP_SIZE,
    ) -> np.ndarray | None:
        record = self._find_record(style, origin)
        if record is None or record.stem is None:
            return None
        labels, count = resize_labels(mask, size), record.features[0].shape[-1]
        stride = size // count
        (rows, columns) = window
        around = ImageWindow(record, _find_cells(window, stride, count, self._backbone.blurred))
        seen = [slice(cells.start * stride, cells.stop * stride) for cells in around.seen]
        top, left = seen[0].start, seen[1].start
        shift = style.shift(labels)
        if shift is not None:
            shift = shift[:, :, top // 2 : seen[0].stop // 2, left // 2 : seen[1].stop // 2]
        features = self._stem.window(labels, (seen[0], seen[1]), record.stem)
        backbone = self._backbone.stages(style.vector, shift, should_continue, around)
        pixels = self._apply(features, [*backbone, ("pixels", tensor_to_image)])
        return pixels[rows.start - top : rows.stop - top, columns.start - left : columns.stop - left]

    @staticmethod
    def _apply(x: Any, stages: list[tuple[str, Callable[[Any], Any]]]) -> np.ndarray:
        for _, stage in stages:
            x = stage(x)
        return np.asarray(x)


def _find_cells(window: Window, stride: int, count: int, blurred: bool) -> Window:
    """The coarsest level's cells that give a window of the image: an even number each way, as Winograd's tiles are."""
    found = []
    # Where the image goes on, the up-path's pixels are wrong so far in; a cell more than asked for is drawn.
    wrong = (stride - 1, 2 * stride - 2) if blurred else (0, stride - 1)
    before, after = (max(0, pixels + _HEAD_REACH - stride) for pixels in wrong)
    for part in window:
        first, last = max(0, part.start - before) // (2 * stride), -(-(part.stop + after) // (2 * stride))
        found.append(slice(2 * first, min(count, 2 * last)))
    return found[0], found[1]


def has_native_bfloat16() -> bool:
    """Whether the CPU supports bfloat16 natively, as the system reports it; emulated it is slower than float32."""
    try:
        flags = Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
    return "avx512_bf16" in flags or "amx_bf16" in flags
