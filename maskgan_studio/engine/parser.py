"""The face parser at work: an aligned crop in, its mask out. float32 on one path everywhere."""

from __future__ import annotations

import numpy as np
import torch

from maskgan_studio.engine.parse_doubts import ParseResult
from maskgan_studio.engine.parse_regions import settle_regions
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
    def parse(self, crop: np.ndarray, thorough: bool = True) -> ParseResult:
        """Find the mask of a crop uint8 (512, 512, 3) RGB, and how sure it is."""
        # TF32 (PyTorch's default for convolutions on CUDA) would shift borders against the CPU's mask.
        with torch.backends.cudnn.flags(enabled=True, allow_tf32=False):
            found = self._network.probabilities(image_to_tensor(crop, self._device), thorough)[0]
        probabilities = found.cpu().numpy()
        # max, not argmax, which takes four times as long on a CPU.
        labels = settle_regions(found.max(0).indices.to(torch.uint8).cpu().numpy(), probabilities)
        chosen = torch.from_numpy(labels).to(self._device, torch.long)[None]
        confidence = (255 * found.gather(0, chosen)[0]).round().to(torch.uint8)
        runner_up = found.scatter(0, chosen, -1.0).max(0).indices.to(torch.uint8)
        return ParseResult(labels, confidence.cpu().numpy(), runner_up.cpu().numpy())
