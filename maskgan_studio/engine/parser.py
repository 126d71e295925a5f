"""The face parser at work: an aligned crop in, its mask out. float32 on one path everywhere."""

from __future__ import annotations

import numpy as np
import torch

from maskgan_studio.engine.tensors import image_to_tensor
from maskgan_studio.networks import FaceParser


class Parser:
    """Finds the 19-class mask of a crop.

    One precision and one code path, so that the same photo gives the same mask in the window, in ``parse`` and in
    ``render``: a mask that differed by a pixel would make an unedited photo look edited.
    """

    def __init__(self, network: FaceParser, device: torch.device) -> None:
        self._network = network.to(device).eval()
        self._device = device

    @torch.inference_mode()
    def parse(self, crop: np.ndarray, thorough: bool = True) -> np.ndarray:
        """Map a crop uint8 (512, 512, 3) RGB to a label map uint8 (512, 512)."""
        # TF32 (PyTorch's default for convolutions on CUDA) would shift borders against the CPU's mask.
        with torch.backends.cudnn.flags(enabled=True, allow_tf32=False):
            return self._network.parse(image_to_tensor(crop, self._device), thorough)[0].cpu().numpy()

    @torch.inference_mode()
    def parse_with_confidence(self, crop: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """As :meth:`parse`, and float32 (512, 512): the probability, averaged over the views, of what was found."""
        with torch.backends.cudnn.flags(enabled=True, allow_tf32=False):
            confidence, labels = self._network.probabilities(image_to_tensor(crop, self._device))[0].max(0)
        return labels.to(torch.uint8).cpu().numpy(), confidence.cpu().numpy()
