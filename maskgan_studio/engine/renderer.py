"""The Dense Mapping Network at work: style once per target, then the backbone alone for every edit.

One renderer per kind of device behind one interface. `PlainRenderer` is the network as it is written down, on any
device; `cpu_renderer` and `cuda_renderer` give the same image in less time.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from maskgan_studio.engine.requests import ShouldContinue, Window, never_cancelled
from maskgan_studio.engine.style_map import StyleMap
from maskgan_studio.engine.target import CROP_SIZE
from maskgan_studio.engine.tensors import image_to_tensor, labels_to_tensor, resize_labels, tensor_to_image
from maskgan_studio.networks import DenseMappingNetwork
from maskgan_studio.networks.backbone import one_hot


@dataclass(frozen=True, eq=False)
class Style:
    """What an image is drawn in, on the renderer's device.

    Attributes:
        key: digest of what it was read from; equal keys are equal styles.
        vector: AdaIN parameters (1, S), float32.
        map: what differs from place to place, where the style was fitted to a photo.
        owner: key of the target whose own style it is; the key itself by default.
        mixed_from: the own style that it is a mixture of.
    """

    key: str
    vector: Tensor
    map: StyleMap | None = None
    owner: str = ""
    mixed_from: Style | None = None

    def belongs_to(self, target_key: str) -> bool:
        """Whether it is the own style of a target, as read or as fitted."""
        return (self.owner or self.key) == target_key

    def mixed(self, other: Style, share: float, key: str) -> Style:
        """A style between this one (``share`` 0) and another of the same renderer (1), named ``key``."""
        kept = None if self.map is None else self.map.scaled(1 - share)
        return Style(key, torch.lerp(self.vector, other.vector, share), kept, mixed_from=self)

    def to(self, device: torch.device) -> Style:
        """The same style on another device."""
        if self.vector.device == device:
            return self
        moved = None if self.map is None else self.map.to(device)
        return Style(self.key, self.vector.to(device), moved, self.owner, self.mixed_from)

    def shift(self, labels: np.ndarray) -> Tensor | None:
        """What its map adds for a source mask uint8 (size, size): (1, C, size / 2, size / 2), None without a map."""
        return None if self.map is None else self.map.shift(labels)


class Renderer(ABC):
    """Reads styles in float32 and renders masks in them.

    Args:
        network: belongs to the renderer from now on; a fast one takes its backbone apart.
        device: where it runs.
    """

    #: What activations and weights are computed in.
    precision = "float32"
    #: Whether it can render windows at all.
    renders_windows = False

    def __init__(self, network: DenseMappingNetwork, device: torch.device) -> None:
        self.device = device
        self._encoders = network.eval()
        for encoder in (network.label_encoder, network.style_encoder):
            if encoder is not None:
                encoder.to(device)

    @torch.inference_mode()
    def encode_style(self, crop: np.ndarray, mask: np.ndarray, key: str) -> Style:
        """Read the style of a target image uint8 (512, 512, 3) with its mask uint8 (512, 512)."""
        planes = one_hot(labels_to_tensor(mask, self.device))
        return Style(key, self._encoders.encode_style(image_to_tensor(crop, self.device), planes))

    @torch.inference_mode()
    def render(
        self,
        mask: np.ndarray,
        style: Style,
        size: int = CROP_SIZE,
        should_continue: ShouldContinue = never_cancelled,
        keep_features: bool = False,
    ) -> np.ndarray:
        """Render a label map uint8 (512, 512) in a style; returns uint8 (size, size, 3) RGB.

        With ``keep_features``, and at full size, what ``render_window`` needs of the image is kept.

        Raises:
            RenderCancelled: ``should_continue`` returned False. Slow renderers ask before every layer.
        """
        return self._render(resize_labels(mask, size), style, should_continue, keep_features or size == CROP_SIZE)

    def has_features(self, style: Style, origin: str) -> bool:
        """Whether ``render_window`` can draw amid the features of the whole image of the label map with a digest."""
        return False

    def render_window(
        self,
        mask: np.ndarray,
        style: Style,
        window: Window,
        origin: str,
        should_continue: ShouldContinue = never_cancelled,
        size: int = CROP_SIZE,
    ) -> np.ndarray | None:
        """Render a window of the image (size, size) of a label map uint8 (512, 512), which differs hardly anywhere
        else from one whose features were kept in this style: the one which at that size has the digest ``origin``
        (``target.array_digest``).

        Returns:
            uint8 (h, w, 3) RGB; None where ``has_features`` says no.

        Raises:
            RenderCancelled: as ``render``.
        """
        return None

    @abstractmethod
    def _render(
        self, labels: np.ndarray, style: Style, should_continue: ShouldContinue, keep_features: bool
    ) -> np.ndarray:
        """Render a label map of the result's own size."""


class PlainRenderer(Renderer):
    """The network as it is written down: what the others are compared with, and the one for Apple's MPS."""

    def __init__(self, network: DenseMappingNetwork, device: torch.device) -> None:
        super().__init__(network, device)
        self._network = network.to(device).eval()

    def _render(
        self, labels: np.ndarray, style: Style, should_continue: ShouldContinue, keep_features: bool
    ) -> np.ndarray:
        planes = one_hot(labels_to_tensor(labels, self.device))
        return tensor_to_image(self._network.generate(planes, style.vector, style.shift(labels))[0])
