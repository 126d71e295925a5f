"""The terms of the paper's multi-objective learning (section 3.3) and MaskVAE's (section 3.2)."""

from __future__ import annotations

from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor, nn

from maskgan_studio.errors import TrainingError
from maskgan_studio.networks.perceptual import SqueezeNetFeatures, VGG19Features

Judgements = list[list[Tensor]]

# Mean L1 between two people's photos at conv1, fire3, fire5, fire7, fire9: dividing by it makes every layer count
# about 1. Raw, the file's features run to hundreds and drown every other term.
_SQUEEZENET_SCALES = (20.0, 123.0, 196.0, 72.0, 10.0)
# Released weights of relu1_1 to relu5_1.
_VGG_WEIGHTS = (1 / 32, 1 / 16, 1 / 8, 1 / 4, 1.0)


def adversarial_loss(judgements: Judgements, real: bool, kind: str) -> Tensor:
    """How far the discriminators are from calling pictures ``real`` (eq. 7), summed over the scales.

    Args:
        judgements: per scale the features of all layers; the last is the patch-wise judgement.
        kind: "lsgan" as released, or "log" as the paper writes.
    """
    total = torch.zeros((), device=judgements[0][-1].device)
    for features in judgements:
        judgement = features[-1].float()
        target = torch.full_like(judgement, 1.0 if real else 0.0)
        if kind == "lsgan":
            total = total + F.mse_loss(judgement, target)
        else:
            total = total + F.binary_cross_entropy_with_logits(judgement, target)
    return total


def feature_matching_loss(real: Judgements, fake: Judgements) -> Tensor:
    """L1 distance between the discriminators' features of the real and the generated picture (eq. 8).

    Per-layer weight 4 / (layers + 1) and mean over the scales, as released; ``real`` gets no gradient.
    """
    total = torch.zeros((), device=fake[0][-1].device)
    for of_real, of_fake in zip(real, fake, strict=True):
        weight = 4.0 / (len(of_fake) - 1)
        for a, b in zip(of_real[:-1], of_fake[:-1], strict=True):
            total = total + weight * F.l1_loss(b.float(), a.detach().float())
    return total / len(real)


class PerceptualLoss(nn.Module):
    """L1 distance between fixed deep features of two pictures (eq. 9).

    Args:
        file: safetensors or torch weights of SqueezeNet 1.0 or VGG-19; told apart by their names.

    Raises:
        TrainingError: the file is missing or holds another network.
    """

    def __init__(self, file: Path) -> None:
        super().__init__()
        tensors = _read_tensors(file)
        network: nn.Module
        if "conv1.weight" in tensors and "fire2.squeeze.weight" in tensors:
            network = SqueezeNetFeatures()
            self.weights = tuple(1 / scale for scale in _SQUEEZENET_SCALES)
        elif "features.0.weight" in tensors:
            network = VGG19Features()
            self.weights = _VGG_WEIGHTS
        else:
            raise TrainingError(
                f"{file} holds neither SqueezeNet 1.0 nor VGG-19; give one of these for the perceptual loss."
            )
        wanted = network.state_dict().keys()
        try:
            network.load_state_dict({key: value.float() for key, value in tensors.items() if key in wanted})
        except RuntimeError:
            raise TrainingError(f"{file} is not a complete SqueezeNet 1.0 or VGG-19; give another file.") from None
        self.features = network.eval().requires_grad_(False)

    def forward(self, image: Tensor, reference: Tensor) -> Tensor:
        """Distance of ``image`` to ``reference``, both (N, 3, H, W) in [-1, 1]; the reference gets no gradient."""
        with torch.no_grad():
            wanted = self.features(reference)
        got = self.features(image)
        total = torch.zeros((), device=image.device)
        for weight, a, b in zip(self.weights, got, wanted, strict=True):
            total = total + weight * F.l1_loss(a.float(), b.float())
        return total

    @torch.no_grad()
    def distance(self, image: Tensor, reference: Tensor) -> Tensor:
        """Perceptual distance (N,) on unit-normalised features: per layer the squared difference of the features,
        scaled to length 1 along the channels, averaged over the picture; summed over the layers."""
        total = torch.zeros(len(image), device=image.device)
        for a, b in zip(self.features(image), self.features(reference), strict=True):
            a, b = F.normalize(a.float(), dim=1), F.normalize(b.float(), dim=1)
            total += (a - b).square().sum(1).mean((1, 2))
        return total


def _read_tensors(file: Path) -> dict[str, Tensor]:
    if not file.is_file():
        raise TrainingError(f"There is no perceptual weights file {file}; give one with --perceptual.")
    try:
        if file.suffix == ".safetensors":
            return load_file(file)
        return torch.load(file, map_location="cpu", weights_only=True)
    except (SafetensorError, OSError, RuntimeError, ValueError) as error:
        raise TrainingError(f"{file} cannot be read as network weights: {error}.") from None


def kl_divergence(mean: Tensor, log_variance: Tensor) -> Tensor:
    """Eq. 4: divergence of N(mean, exp(log_variance)) from N(0, 1), summed over latent entries and batch mean."""
    return 0.5 * (mean.square() + log_variance.exp() - log_variance - 1).sum(1).mean()
