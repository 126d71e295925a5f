"""Rendering on the CPU."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch

from maskgan_studio.engine.fast_backbone import FastBackbone, take_weight
from maskgan_studio.engine.malloc_tuning import keep_freed_memory
from maskgan_studio.engine.one_hot_stem import OneHotStem
from maskgan_studio.engine.renderer import Renderer, Style
from maskgan_studio.engine.requests import ShouldContinue, never_cancelled
from maskgan_studio.engine.tensors import tensor_to_image
from maskgan_studio.networks import DenseMappingNetwork
from maskgan_studio.networks.backbone import Backbone


class CpuRenderer(Renderer):
    """The fast backbone with the one-hot stem.

    Args:
        network: of the paper's generator; belongs to the renderer from now on.
        precision: ``float32``, or ``bfloat16`` for processors that have it.
    """

    def __init__(self, network: DenseMappingNetwork, precision: str = "float32") -> None:
        device = torch.device("cpu")
        super().__init__(network, device)
        self.precision = precision
        dtype = torch.bfloat16 if precision == "bfloat16" else torch.float32
        assert isinstance(network.backbone, Backbone)
        self._stem = OneHotStem(take_weight(network.backbone.stem), dtype)
        self._backbone = FastBackbone(network.backbone, device, dtype, use_winograd=True)
        keep_freed_memory()  # from now on the same large tensors come and go with every image

    def stages(
        self, style: Style, labels: np.ndarray, should_continue: ShouldContinue = never_cancelled
    ) -> list[tuple[str, Callable[[Any], Any]]]:
        """The steps from a label map to its image, by name, each applied to the result of the one before."""
        backbone = self._backbone.stages(style.vector, style.shift(labels), should_continue)
        return [("stem", self._stem), *backbone, ("pixels", tensor_to_image)]

    def _render(self, labels: np.ndarray, style: Style, should_continue: ShouldContinue) -> np.ndarray:
        x: Any = labels
        for _, stage in self.stages(style, labels, should_continue):
            x = stage(x)
        return np.asarray(x)


def has_native_bfloat16() -> bool:
    """Whether the CPU supports bfloat16 natively, as the system reports it; emulated it is slower than float32."""
    try:
        flags = Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
    return "avx512_bf16" in flags or "amx_bf16" in flags
