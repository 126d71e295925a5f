"""The MaskVAE at work: moving along the manifold of plausible masks (paper section 3.2)."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from maskgan_studio.engine.tensors import labels_to_tensor
from maskgan_studio.networks import MaskVAE
from maskgan_studio.networks.backbone import one_hot


class MaskManifold:
    """Morphs, varies and tidies masks in the latent space of the MaskVAE.

    Masks are label maps uint8 (size, size) of the size that the network was made for (512).
    """

    def __init__(self, network: MaskVAE, device: torch.device) -> None:
        self._network = network.to(device).eval()
        self._device = device

    @torch.inference_mode()
    def morph(self, mask: np.ndarray, reference: np.ndarray, t: float) -> np.ndarray:
        """Decode ``z + t * (z_ref - z)``: 0 is the reconstruction of ``mask``, 1 that of ``reference``.

        The paper's inter and outer masks are t = +1/2.5 and t = -1/2.5 (eq. 6).
        """
        start = self._latent(mask)
        return self._decode(start + t * (self._latent(reference) - start))

    @torch.inference_mode()
    def variations(self, mask: np.ndarray, n: int, strength: float, seed: int = 0) -> list[np.ndarray]:
        """Draw ``n`` neighbours of a mask.

        Args:
            mask: where to start.
            n: how many.
            strength: standard deviation in the latent space, whose prior has 1.
            seed: the same seed draws the same neighbours.
        """
        start = self._latent(mask)
        # Drawn on the CPU: generators of different devices give different numbers for one seed.
        noise = torch.randn((n, start.shape[1]), generator=torch.Generator().manual_seed(seed))
        return [self._decode(start + strength * row.to(self._device)) for row in noise]

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
        probabilities = self._network.decode(self._latent(mask)).softmax(1)[0]
        labels = labels_to_tensor(mask, self._device)
        belief = probabilities.gather(0, labels.long())[0].cpu().numpy()
        expected = probabilities.argmax(0).to(torch.uint8).cpu().numpy()
        return np.where(belief < strength, expected, mask) if strength < 1 else expected

    def _latent(self, mask: np.ndarray) -> Tensor:
        mean, _ = self._network.encode(one_hot(labels_to_tensor(mask, self._device)))
        return mean

    def _decode(self, latent: Tensor) -> np.ndarray:
        return self._network.decode(latent).argmax(1)[0].to(torch.uint8).cpu().numpy()
