"""What is measured on every image by itself. Each metric is a function of a result and its case."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torchmetrics.functional.image import peak_signal_noise_ratio, structural_similarity_index_measure

from maskgan_studio.engine.tensors import image_to_tensor
from maskgan_studio.evaluation.methods import Case
from maskgan_studio.networks.perceptual import VGG19Features, perceptual_distance
from maskgan_studio.weights.features import load_features

_CPU = torch.device("cpu")
# Identical images have no noise; a mean over images needs a number all the same.
_HIGHEST_PSNR = 100.0


def _planes(image: np.ndarray) -> torch.Tensor:
    return torch.tensor(image).permute(2, 0, 1)[None].float()


def psnr(result: np.ndarray, reference: np.ndarray) -> float:
    """Peak signal-to-noise ratio in dB of uint8 (H, W, 3) images; at most 100, which identical ones get."""
    value = peak_signal_noise_ratio(_planes(result), _planes(reference), data_range=255.0).item()
    return min(value, _HIGHEST_PSNR)


def ssim(result: np.ndarray, reference: np.ndarray) -> float:
    """Structural similarity (Gaussian window of 11, sigma 1.5) of uint8 (H, W, 3) images; 1 for identical ones."""
    value = structural_similarity_index_measure(_planes(result), _planes(reference), data_range=255.0)
    assert isinstance(value, torch.Tensor)
    return value.item()


def pixel_accuracy(found: np.ndarray, wanted: np.ndarray) -> float:
    """Share in percent of the pixels of two label maps that agree: the paper's "Segmentation (%)"."""
    return 100 * float((found == wanted).mean())


class PerceptualDistance:
    """LPIPS-style distance of result and target photo on fixed features, without learned weights.

    Args:
        file: weights of SqueezeNet 1.0 or VGG-19.
    """

    def __init__(self, file: Path) -> None:
        self._features = load_features(file)
        self.network = "VGG-19" if isinstance(self._features, VGG19Features) else "SqueezeNet"

    @torch.inference_mode()
    def __call__(self, result: np.ndarray, case: Case) -> float:
        images = (image_to_tensor(image, _CPU) for image in (result, case.target_photo))
        return perceptual_distance(self._features, *images).item()
