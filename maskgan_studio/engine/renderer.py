"""The Dense Mapping Network at work: style once per target, then the backbone alone for every edit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from maskgan_studio.engine.target import CROP_SIZE
from maskgan_studio.engine.tensors import image_to_tensor, labels_to_tensor, resize_labels, tensor_to_image
from maskgan_studio.networks import DenseMappingNetwork
from maskgan_studio.networks.backbone import one_hot


@dataclass(frozen=True, eq=False)
class Style:
    """A style vector on the renderer's device.

    Attributes:
        key: digest of what it was read from; equal keys are equal styles.
        vector: AdaIN parameters (1, S), float32.
    """

    key: str
    vector: Tensor

    def mixed(self, other: Style, share: float, key: str) -> Style:
        """A style between this one (``share`` 0) and another of the same renderer (1), named ``key``."""
        return Style(key, torch.lerp(self.vector, other.vector, share))


class Renderer:
    """Renders masks in a style, float32, one operation after the other."""

    def __init__(self, network: DenseMappingNetwork, device: torch.device) -> None:
        self.device = device
        self._network = network.to(device).eval()

    @torch.inference_mode()
    def encode_style(self, crop: np.ndarray, mask: np.ndarray, key: str) -> Style:
        """Read the style of a target image uint8 (512, 512, 3) with its mask uint8 (512, 512)."""
        planes = one_hot(labels_to_tensor(mask, self.device))
        return Style(key, self._network.encode_style(image_to_tensor(crop, self.device), planes))

    @torch.inference_mode()
    def render(self, mask: np.ndarray, style: Style, size: int = CROP_SIZE) -> np.ndarray:
        """Render a label map uint8 (512, 512) in a style; returns uint8 (size, size, 3) RGB."""
        planes = one_hot(labels_to_tensor(resize_labels(mask, size), self.device))
        return tensor_to_image(self._network.generate(planes, style.vector))
