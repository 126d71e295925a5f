"""The MaskVAE at work: moving along the manifold of plausible masks (paper section 3.2)."""

from __future__ import annotations

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from maskgan_studio.engine.tensors import labels_to_tensor
from maskgan_studio.networks import MaskVAE
from maskgan_studio.networks.backbone import one_hot

# Log-probabilities are held above this one, so that what is painted and what the network believes weigh alike.
_LEAST = -6.0
# Pixels of the square in which fine detail is given up with what it belonged to.
_AROUND = 25


class MaskManifold:
    """Morphs, varies and tidies masks in the latent space of the MaskVAE.

    Masks are label maps (H, W) uint8 of any square size; the network sees them at its own.

    The latent vector holds a face's proportions, not its outlines to the pixel, and a rare part like eyeglasses hardly
    at all. So a mask that moves by a small step takes along what its reconstruction lacked: the difference between mask
    and reconstruction, in log-probabilities, is added to what the step decodes to; and where the step changed nothing,
    the mask stays as it was, to the pixel.
    """

    def __init__(self, network: MaskVAE, device: torch.device) -> None:
        self._network = network.to(device).eval()
        self._device = device

    @torch.inference_mode()
    def morph(self, mask: np.ndarray, reference: np.ndarray, t: float) -> np.ndarray:
        """Decode ``z + t * (z_ref - z)``: 0 is ``mask`` itself, 1 the reconstruction of ``reference``.

        The paper's inter and outer masks are t = +1/2.5 and t = -1/2.5 (eq. 6). What the reconstruction of ``mask``
        lacks is kept in full at 0 and fades until |t| = 1.
        """
        if t == 0:
            return mask.copy()
        start, painted = self._latent(mask), self._painted(mask)
        kept = max(0.0, 1 - abs(t)) * (painted - self._decode(start))
        moved = self._decode(start + t * (self._latent(reference) - start)) + kept
        return _merged(mask, painted, moved) if abs(t) < 1 else _labels(moved, mask.shape)

    @torch.inference_mode()
    def variations(self, mask: np.ndarray, n: int, strength: float, seed: int = 0) -> list[np.ndarray]:
        """Draw ``n`` neighbours of a mask.

        Args:
            mask: where to start.
            n: how many.
            strength: length of the step, as a share of how far faces lie apart: 1 leads to quite another person.
            seed: the same seed draws the same neighbours.
        """
        start = self._latent(mask)
        painted = self._painted(mask)
        residual = painted - self._decode(start)
        # Drawn on the CPU: generators of different devices give different numbers for one seed.
        noise = torch.randn((n, start.shape[1]), generator=torch.Generator().manual_seed(seed))
        steps = strength * (noise.to(self._device) @ self._spread(start))
        moved = (start + step for step in steps)
        return [_merged(mask, painted, self._decode(latent) + residual) for latent in moved]

    @torch.inference_mode()
    def tidy(self, mask: np.ndarray, strength: float) -> np.ndarray:
        """Replace what is implausible by what the manifold expects there.

        Args:
            mask: label map, perhaps with stray pixels.
            strength: from 0, nothing changes, to 1, every pixel is the reconstruction's; between them a pixel changes
                where the network gives its label a probability below ``strength``.
        """
        if strength <= 0:
            return mask.copy()
        log_probs = _enlarged(self._decode(self._latent(mask)), mask.shape)
        expected = log_probs.argmax(1)[0].to(torch.uint8).cpu().numpy()
        if strength >= 1:
            return expected
        own = log_probs.exp().gather(1, labels_to_tensor(mask, self._device)[:, None].long())[0, 0].cpu().numpy()
        return np.where(own < strength, expected, mask)

    def _spread(self, latent: Tensor) -> Tensor:
        """(latent, latent): turns independent normal numbers into differences between faces."""
        covariance = self._network.covariance
        if covariance is None:  # as released: all that is known is how wide this one vector is
            return torch.eye(latent.shape[1], device=self._device) * latent.std()
        values, vectors = torch.linalg.eigh(covariance.float())
        return torch.matmul(vectors * values.clamp_min(0).sqrt(), vectors.T)

    def _latent(self, mask: np.ndarray) -> Tensor:
        labels = labels_to_tensor(mask, self._device)
        if mask.shape[-1] != self._network.size:
            small = F.interpolate(labels[:, None].float(), size=self._network.size, mode="nearest-exact")
            labels = small[:, 0].to(labels.dtype)
        mean, _ = self._network.encode(one_hot(labels))
        return mean

    def _decode(self, latent: Tensor) -> Tensor:
        """Log-probabilities (1, classes, size, size)."""
        return self._network.decode(latent).log_softmax(1).clamp_min(_LEAST)

    def _painted(self, mask: np.ndarray) -> Tensor:
        """A mask as log-probabilities with outlines as soft as the network's, so that both can move."""
        planes = one_hot(labels_to_tensor(mask, self._device))
        shares = F.adaptive_avg_pool2d(planes, self._network.size)
        return F.avg_pool2d(shares, 3, stride=1, padding=1, count_include_pad=False).log().clamp_min(_LEAST)


def _enlarged(log_probs: Tensor, shape: tuple[int, ...]) -> Tensor:
    """Enlarged before a class is chosen, so that outlines stay smooth."""
    return log_probs if log_probs.shape[-2:] == shape else F.interpolate(log_probs, size=shape, mode="bilinear")


def _labels(log_probs: Tensor, shape: tuple[int, ...]) -> np.ndarray:
    return _enlarged(log_probs, shape).argmax(1)[0].to(torch.uint8).cpu().numpy()


def _merged(mask: np.ndarray, before: Tensor, after: Tensor) -> np.ndarray:
    """``mask`` where the best class is the same before and after, else the class after.

    Detail too fine for the network (a strand of hair) goes where something around it moved: it would be left behind as
    crumbs.
    """
    old, new = _labels(before, mask.shape), _labels(after, mask.shape)
    moved = new != old
    around = cv2.dilate(moved.astype(np.uint8), np.ones((_AROUND, _AROUND), np.uint8)) > 0
    return np.where(moved | (around & (mask != old)), new, mask)
