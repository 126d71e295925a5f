"""Fréchet distance between two sets of images: FID with Inception weights, else on other features and named so."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import numpy as np
import torch
from torch import Tensor, nn
from torchmetrics.image.fid import FrechetInceptionDistance

from maskgan_studio.errors import WeightsError
from maskgan_studio.networks.perceptual import VGG19Features
from maskgan_studio.weights.features import load_features


class PooledFeatures(nn.Module):
    """The last feature map of a perceptual network, averaged over the image."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.features = load_features(file)
        is_vgg = isinstance(self.features, VGG19Features)
        self.title = f"Fréchet distance on {'VGG-19' if is_vgg else 'SqueezeNet'} features"
        self.num_features = 512

    def forward(self, images: Tensor) -> Tensor:
        """Map uint8 (N, 3, H, W) to (N, 512)."""
        return self.features(images.float() / 127.5 - 1)[-1].mean((2, 3))


class InceptionFeatures(nn.Module):
    """Inception as published for FID: a TorchScript file that maps uint8 (N, 3, H, W) to features (N, 2048).

    The common file is ``inception-2015-12-05.pt``; it resizes images itself.

    Raises:
        WeightsError: the file is missing, is no TorchScript, or is another network.
    """

    title = "FID score"

    def __init__(self, file: Path) -> None:
        super().__init__()
        if not file.is_file():
            raise WeightsError(f"There is no Inception file {file}; give one with --inception.")
        try:
            self.network = torch.jit.load(str(file), map_location="cpu").eval()
            self.num_features = self(torch.zeros(1, 3, 299, 299, dtype=torch.uint8)).shape[1]
        except (RuntimeError, IndexError, ValueError, AttributeError) as error:
            raise WeightsError(
                f"{file} is not a TorchScript Inception that maps uint8 pictures to features "
                f"({str(error).strip().splitlines()[-1]})."
            ) from None

    def forward(self, images: Tensor) -> Tensor:
        """Map uint8 (N, 3, H, W) to (N, F)."""
        try:
            return self.network(images, return_features=True)
        except RuntimeError:  # a file without the option gives the features alone
            return self.network(images)


class FrechetDistance:
    """Collects the features of photos and results; zero where both sets are the same.

    Args:
        features: maps uint8 (N, 3, H, W) to (N, F) and has ``num_features`` and ``title``.
    """

    def __init__(self, features: PooledFeatures | InceptionFeatures) -> None:
        self.title = features.title
        self.dimensions = int(cast(int, features.num_features))
        self._distance = FrechetInceptionDistance(feature=features)
        self.count = 0

    @torch.inference_mode()
    def add_photo(self, photo: np.ndarray) -> None:
        """Count a real photo, uint8 (H, W, 3)."""
        self._distance.update(torch.tensor(photo).permute(2, 0, 1)[None], real=True)

    @torch.inference_mode()
    def add_result(self, result: np.ndarray) -> None:
        """Count a method's image, uint8 (H, W, 3)."""
        self._distance.update(torch.tensor(result).permute(2, 0, 1)[None], real=False)
        self.count += 1

    def value(self) -> float:
        """The distance; needs two images of each kind."""
        # Rounding of the matrix square root can leave a tiny negative number for equal sets.
        return max(0.0, float(self._distance.compute()))
