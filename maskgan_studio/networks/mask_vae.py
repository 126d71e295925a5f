"""MaskVAE (paper section 3.2, figure 10): the manifold of plausible masks."""

from __future__ import annotations

from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class MaskVAE(nn.Module):
    """Encodes a mask into a Gaussian over latent vectors and decodes such a vector into class logits.

    Args:
        classes: planes of a one-hot mask.
        encoder_width, decoder_width: channels next to the mask, doubled per step; 32 and 32 as released.
        latent: length of the latent vector; 1024 as released.
        size: height and width of the masks; 512 as released, always a power of two. The network halves until 4 x 4.
        max_channels: ceiling of the doubling (None: no ceiling, as released; a ceiling makes a small network).
        spread: carry the covariance of the latent vectors of the training masks (not released; ours), so that
            neighbours of a mask can be drawn along the ways in which faces differ.
    """

    def __init__(
        self,
        classes: int = 19,
        encoder_width: int = 32,
        decoder_width: int = 32,
        latent: int = 1024,
        size: int = 512,
        max_channels: int | None = None,
        spread: bool = False,
    ) -> None:
        super().__init__()
        self.arguments = {
            "classes": classes,
            "encoder_width": encoder_width,
            "decoder_width": decoder_width,
            "latent": latent,
            "size": size,
            "max_channels": max_channels,
            "spread": spread,
        }
        steps = size.bit_length() - 3  # 512 -> 7 halvings down to 4
        ceiling = max_channels or 1 << 30
        down = [classes] + [min(encoder_width * 2**i, ceiling) for i in range(steps)]
        up = [min(decoder_width * 2**i, ceiling) for i in reversed(range(steps))] + [classes]
        self.size = size
        self.latent = latent
        self.encoder = nn.ModuleList(nn.Conv2d(a, b, 4, stride=2, padding=1) for a, b in pairwise(down))
        self.encoder_norms = nn.ModuleList(nn.BatchNorm2d(b) for b in down[1:])
        self.mean = nn.Linear(down[-1] * 16, latent)
        self.log_variance = nn.Linear(down[-1] * 16, latent)
        self.expand = nn.Linear(latent, up[0] * 16)
        self.decoder = nn.ModuleList(nn.Conv2d(a, b, 3, padding=1, padding_mode="replicate") for a, b in pairwise(up))
        self.decoder_norms = nn.ModuleList(nn.BatchNorm2d(b, eps=1e-3) for b in up[1:-1])

        self.covariance: Tensor | None
        self.register_buffer("covariance", torch.zeros(latent, latent) if spread else None)

    def encode(self, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Map one-hot masks (N, classes, size, size) to mean and log-variance, both (N, latent)."""
        x = mask
        for convolution, norm in zip(self.encoder, self.encoder_norms, strict=True):
            x = F.leaky_relu(norm(convolution(x)), 0.2)
        x = x.flatten(1)
        return self.mean(x), self.log_variance(x)

    def sample(self, mean: Tensor, log_variance: Tensor) -> Tensor:
        """Draw a latent vector. The standard deviation is exp(logvar / 2): the paper's exp(sigma) contradicts its
        own KL term (eq. 4)."""
        return mean + torch.randn_like(mean) * torch.exp(0.5 * log_variance)

    @torch.no_grad()
    def learn_spread(self, mean: Tensor, rate: float = 0.02) -> None:
        """Move the covariance towards that of a batch of latent means (N, latent); one vector alone has none."""
        if self.covariance is not None and len(mean) > 1:
            self.covariance.lerp_(torch.cov(mean.T.to(self.covariance.dtype)), rate)

    def decode(self, latent: Tensor) -> Tensor:
        """Map latent vectors (N, latent) to logits (N, classes, size, size)."""
        x = F.relu(self.expand(latent)).unflatten(1, (-1, 4, 4))
        norms = [*self.decoder_norms, None]
        for convolution, norm in zip(self.decoder, norms, strict=True):
            x = convolution(F.interpolate(x, scale_factor=2, mode="nearest"))
            if norm is not None:
                x = F.leaky_relu(norm(x), 0.2)
        return x

    def forward(self, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return logits of a sampled reconstruction, mean and log-variance (eq. 3 to 5 are computed from these)."""
        mean, log_variance = self.encode(mask)
        return self.decode(self.sample(mean, log_variance)), mean, log_variance
