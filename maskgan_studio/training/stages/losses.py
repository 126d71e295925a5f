"""The terms of the paper's multi-objective learning (section 3.3) and MaskVAE's (section 3.2)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from maskgan_studio.networks.perceptual import VGG19Features, perceptual_distance
from maskgan_studio.weights.features import load_features

DiscriminatorFeatures = list[list[Tensor]]

# Mean L1 between two people's photos at conv1, fire3, fire5, fire7, fire9: dividing by it makes every layer count
# about 1. Raw, the file's features run to hundreds and drown every other term.
_SQUEEZENET_SCALES = (20.0, 123.0, 196.0, 72.0, 10.0)
# Released weights of relu1_1 to relu5_1.
_VGG_WEIGHTS = (1 / 32, 1 / 16, 1 / 8, 1 / 4, 1.0)


def adversarial_loss(scales: DiscriminatorFeatures, real: bool, kind: str) -> Tensor:
    """Adversarial loss (eq. 7), summed over the scales: how far the scores are from ``real``.

    Args:
        scales: per scale the features of all layers; the last is the patch-wise score.
        kind: "lsgan" as released, or "log" as the paper writes.
    """
    total = torch.zeros((), device=scales[0][-1].device)
    for layers in scales:
        patch_scores = layers[-1].float()
        target = torch.full_like(patch_scores, 1.0 if real else 0.0)
        if kind == "lsgan":
            total = total + F.mse_loss(patch_scores, target)
        else:
            total = total + F.binary_cross_entropy_with_logits(patch_scores, target)
    return total


def feature_matching_loss(real: DiscriminatorFeatures, fake: DiscriminatorFeatures) -> Tensor:
    """L1 distance between the discriminators' features of the real and the generated image (eq. 8).

    Per-layer weight 4 / (layers + 1) and mean over the scales, as released; ``real`` gets no gradient.
    """
    total = torch.zeros((), device=fake[0][-1].device)
    for of_real, of_fake in zip(real, fake, strict=True):
        weight = 4.0 / (len(of_fake) - 1)
        for a, b in zip(of_real[:-1], of_fake[:-1], strict=True):
            total = total + weight * F.l1_loss(b.float(), a.detach().float())
    return total / len(real)


class PerceptualLoss(nn.Module):
    """L1 distance between fixed deep features of two images (eq. 9).

    Args:
        file: safetensors or torch weights of SqueezeNet 1.0 or VGG-19; recognised by their tensors' names.

    Raises:
        WeightsError: the file is missing or holds another network.
    """

    def __init__(self, file: Path) -> None:
        super().__init__()
        network = load_features(file)
        self.weights = (
            _VGG_WEIGHTS if isinstance(network, VGG19Features) else tuple(1 / scale for scale in _SQUEEZENET_SCALES)
        )
        self.features = network
        # What a step calls: `distance`, which measures, sees other numbers of images and stays as it is.
        self._compiled: Callable[[Tensor], list[Tensor]] | None = None
        #: Rows and columns left out at top and left, of ``margin`` that are left out in all. Varied from step to step,
        #: it keeps the network's stride from printing itself on the images.
        self.offset: tuple[int, ...] = (0, 0)
        self.margin = 0

    def compile(self, **options: Any) -> None:
        """Let PyTorch compile the features' pass of a step."""
        self._compiled = torch.compile(self.features.forward, **options)

    def forward(self, image: Tensor, reference: Tensor) -> Tensor:
        """Distance of ``image`` to ``reference``, both (N, 3, H, W) in [-1, 1]; the reference gets no gradient."""
        height, width = (size - self.margin for size in image.shape[-2:])
        # Always of one size: for each new one a GPU would choose its algorithms anew.
        rows, columns = (slice(start, start + size) for start, size in zip(self.offset, (height, width), strict=True))
        extract = self._compiled or self.features
        with torch.no_grad():
            wanted = extract(reference[..., rows, columns])
        got = extract(image[..., rows, columns])
        total = torch.zeros((), device=image.device)
        for weight, a, b in zip(self.weights, got, wanted, strict=True):
            total = total + weight * F.l1_loss(a.float(), b.float())
        return total

    @torch.no_grad()
    def distance(self, image: Tensor, reference: Tensor) -> Tensor:
        """Perceptual distance (N,) of images, see :func:`perceptual_distance`."""
        return perceptual_distance(self.features, image, reference)


def kl_divergence(mean: Tensor, log_variance: Tensor) -> Tensor:
    """Eq. 4: divergence of N(mean, exp(log_variance)) from N(0, 1), summed over latent entries and batch mean."""
    return 0.5 * (mean.square() + log_variance.exp() - log_variance - 1).sum(1).mean()
