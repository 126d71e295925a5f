"""A style that differs from place to place, as fitting a photo finds it.

A style vector says one thing about the whole image; what is behind a person, strands of hair, light from one side
cannot be said with it. A style map adds to AdaIN's shift, before the last step up, a value per pixel. It belongs to
the photo's own mask: where the source mask has another part, that part's mean over the photo stands in, so that what
is painted is drawn by the network, in the photo's colours.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from maskgan_studio.labels import NUM_CLASSES

# Pixels of 512 around an edit where the photo's own values are held back as well: masks lie a little beside edges.
_MARGIN = 9


@dataclass(frozen=True, eq=False)
class StyleMap:
    """Shifts of one layer's channels, per pixel: ``basis @ codes``, which is small to keep.

    Attributes:
        mask: the photo's own mask, label map uint8 (S, S).
        codes: (R, S / 2, S / 2) float32.
        basis: (C, R) float32.
        strength: 0 to 1, how much of it is added.
    """

    mask: np.ndarray
    codes: Tensor
    basis: Tensor
    strength: float = 1.0
    _of_size: dict[int, tuple[Tensor, Tensor]] = field(default_factory=dict, repr=False)

    def scaled(self, strength: float) -> StyleMap:
        """The same map, added to a smaller share."""
        return StyleMap(self.mask, self.codes, self.basis, self.strength * strength, self._of_size)

    def to(self, device: torch.device) -> StyleMap:
        """The same map on another device."""
        if self.codes.device == device:
            return self
        return StyleMap(self.mask, self.codes.to(device), self.basis.to(device), self.strength)

    def shift(self, labels: np.ndarray) -> Tensor:
        """The shift for a source mask uint8 (size, size) of the image's own size: (1, C, size / 2, size / 2)."""
        size = len(labels)
        codes, means = self._at(size // 2)
        step = len(self.mask) // size
        changed = (self.mask[step // 2 :: step, step // 2 :: step] != labels).astype(np.uint8)
        if changed.any():
            margin = max(1, _MARGIN // step) | 1
            held_back = cv2.dilate(changed, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (margin, margin)))
            soft = cv2.GaussianBlur(held_back.astype(np.float32), (0, 0), margin / 4)
            share = torch.from_numpy(cv2.resize(soft, (size // 2, size // 2), interpolation=cv2.INTER_AREA))
            places = torch.from_numpy(labels[::2, ::2].astype(np.int32))
            instead = means[:, places.to(means.device)]
            codes = torch.lerp(codes, instead, share.to(codes.device))
        return self.strength * torch.einsum("cr,rhw->chw", self.basis, codes)[None]

    def _at(self, height: int) -> tuple[Tensor, Tensor]:
        """Codes at a size (R, height, height), and their mean per part (R, 19)."""
        if height not in self._of_size:
            codes = F.interpolate(self.codes[None], size=(height, height), mode="area")[0]
            labels = torch.from_numpy(self.mask[::2, ::2].astype(np.int64)).to(self.codes.device).flatten()
            sums = torch.zeros(len(codes), NUM_CLASSES, device=codes.device)
            sums.index_add_(1, labels, self.codes.flatten(1))
            count = torch.bincount(labels, minlength=NUM_CLASSES)
            # A part that the photo does not show has the mean of all.
            means = torch.where(count > 0, sums / count.clamp(min=1), self.codes.mean((1, 2))[:, None])
            self._of_size[height] = codes, means
        return self._of_size[height]
