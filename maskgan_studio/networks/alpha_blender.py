"""Alpha Blender (paper section 3.2): learns how to lay the inter and the outer face over each other."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from maskgan_studio.networks.backbone import Backbone


class AlphaBlender(nn.Module):
    """``alpha = B(I_inter, I_outer)``, ``I_blend = alpha * I_inter + (1 - alpha) * I_outer``.

    Args:
        width, downsamplings, blocks: of the Pix2PixHD backbone; 32, 3 and 3 in the paper.
    """

    def __init__(self, width: int = 32, downsamplings: int = 3, blocks: int = 3) -> None:
        super().__init__()
        self.arguments = {"width": width, "downsamplings": downsamplings, "blocks": blocks}
        self.backbone = Backbone(6, 3, width, downsamplings, blocks)

    def forward(self, inter: Tensor, outer: Tensor) -> tuple[Tensor, Tensor]:
        """Blend two images (N, 3, H, W).

        Returns:
            the blend and alpha in (0, 1), both (N, 3, H, W).
        """
        alpha = torch.sigmoid(self.backbone(torch.cat([inter, outer], dim=1)))
        return inter * alpha + outer * (1 - alpha), alpha
