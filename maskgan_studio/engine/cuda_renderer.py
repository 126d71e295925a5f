"""Rendering on a CUDA device: half precision with float32 statistics, one recorded graph per size."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from maskgan_studio.engine.fast_backbone import FastBackbone, take_weight
from maskgan_studio.engine.renderer import Renderer, Style
from maskgan_studio.engine.requests import ShouldContinue
from maskgan_studio.engine.surroundings import WholeImage
from maskgan_studio.engine.tensors import to_pixels
from maskgan_studio.networks import DenseMappingNetwork
from maskgan_studio.networks.backbone import Backbone

# Tensor cores want channels in multiples of 8; the planes beyond the classes are always 0.
_PLANES = 24
_WARM_UP = 3


class DeviceProgram:
    """Label map to image without leaving the device; the same on every kind of device.

    Args:
        network: its backbone is taken apart.
        device: where it runs.
        dtype: of weights and activations.
    """

    def __init__(self, network: DenseMappingNetwork, device: torch.device, dtype: torch.dtype) -> None:
        assert isinstance(network.backbone, Backbone)
        weight = take_weight(network.backbone.stem)
        weight = F.pad(weight, (0, 0, 0, 0, 0, _PLANES - weight.shape[1]))
        self._stem = weight.to(device, dtype).contiguous(memory_format=torch.channels_last)
        self._classes = torch.arange(_PLANES, dtype=torch.uint8, device=device)
        self._backbone = FastBackbone(network.backbone, device, dtype, use_winograd=False)

    def __call__(self, labels: Tensor, style: Tensor, shift: Tensor | None = None) -> Tensor:
        """Map a label map uint8 (S, S), a style (1, S') and its map's shift to pixels uint8 (S, S, 3)."""
        planes = (labels[..., None] == self._classes).to(self._stem.dtype)[None].permute(0, 3, 1, 2)
        features = F.conv2d(F.pad(planes, (3, 3, 3, 3), mode="reflect"), self._stem)
        return to_pixels(self._backbone(F.relu_(WholeImage().norm(features)), style, shift))


class CudaRenderer(Renderer):
    """A graph per size: recorded once, then replayed by one call instead of a hundred launches.

    Args:
        network: belongs to the renderer from now on.
        device: a CUDA device.
        precision: ``float16``, ``bfloat16`` or ``float32``.
    """

    def __init__(self, network: DenseMappingNetwork, device: torch.device, precision: str = "float16") -> None:
        super().__init__(network, device)
        self.precision = precision
        self._program = DeviceProgram(network, device, getattr(torch, precision))
        self._graphs: dict[tuple[int, bool], _Graph] = {}
        self._pool = torch.cuda.graph_pool_handle()

    def _render(
        self, labels: np.ndarray, style: Style, should_continue: ShouldContinue, keep_features: bool
    ) -> np.ndarray:
        size, shift = labels.shape[0], style.shift(labels)
        key = size, shift is not None  # without a style map nothing is added
        if key not in self._graphs:
            self._graphs[key] = _Graph(self._program, size, style.vector, shift, self._pool)
        return self._graphs[key].replay(labels, style, shift)


class _Graph:
    """The recorded program of one size with its fixed input and output."""

    def __init__(self, program: DeviceProgram, size: int, style: Tensor, shift: Tensor | None, pool: Any) -> None:
        device = style.device
        self._labels = torch.zeros(size, size, dtype=torch.uint8, device=device)
        self._style = style.clone()
        self._shift = None if shift is None else shift.clone()
        self._shown: Style | None = None
        # Pinned memory is copied by the card itself, without a detour through the driver's own buffer.
        self._upload = torch.empty(size, size, dtype=torch.uint8, pin_memory=True)
        self._download = torch.empty(size, size, 3, dtype=torch.uint8, pin_memory=True)
        stream = torch.cuda.Stream(device)
        stream.wait_stream(torch.cuda.current_stream(device))
        with torch.cuda.stream(stream), torch.backends.cudnn.flags(enabled=True, benchmark=True, allow_tf32=False):
            for _ in range(_WARM_UP):  # cuDNN tries its algorithms now, not while the graph is recorded
                program(self._labels, self._style, self._shift)
        torch.cuda.current_stream(device).wait_stream(stream)
        self._graph = torch.cuda.CUDAGraph()
        with (
            torch.cuda.device(device),
            torch.backends.cudnn.flags(enabled=True, benchmark=True, allow_tf32=False),
            torch.cuda.graph(self._graph, pool=pool),
        ):
            self._image = program(self._labels, self._style, self._shift)

    def replay(self, labels: np.ndarray, style: Style, shift: Tensor | None) -> np.ndarray:
        """Render; returns a copy, since the next replay overwrites the image."""
        self._upload.numpy()[:] = labels
        self._labels.copy_(self._upload, non_blocking=True)
        if style is not self._shown:
            self._style.copy_(style.vector)
            self._shown = style
        if self._shift is not None and shift is not None:
            self._shift.copy_(shift)
        self._graph.replay()
        self._download.copy_(self._image, non_blocking=True)
        torch.cuda.current_stream(self._style.device).synchronize()
        return self._download.numpy().copy()
