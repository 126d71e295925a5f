"""Dense Mapping Network (paper section 3.1, figure 3)."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from maskgan_studio.networks.backbone import Backbone
from maskgan_studio.networks.spade import SpadeGenerator
from maskgan_studio.networks.style_encoder import FUSIONS, LabelEncoder, StyleEncoder

#: Forms of the generator: the paper's Pix2PixHD with AdaIN, or SPADE's for comparison.
GENERATORS = ("pix2pixhd", "spade")


class DenseMappingNetwork(nn.Module):
    """Renders a face that follows the source mask in the style of the target image.

    The style depends on the target alone: encode it once per photo and call :meth:`generate` for every edit.

    Args:
        width: channels of the backbone's first layer; 64 in the paper.
        downsamplings, blocks: depth of the backbone; 4 and 4 in the paper. H and W must be multiples of
            ``2 ** downsamplings`` and of 32.
        style_width: channels of the encoders' first layer; 16 in the released network.
        style_in_decoder: AdaIN in place of the up-path's instance norms, which take out most of what the residual
            blocks' AdaIN put in. Our extension: off in the paper and in the authors' files.
        noise_in_decoder: noise at every level of the up-path, so that what the mask leaves open need not repeat with
            the network's stride. New in every pass while training, the same in every pass after. Our extension, off as
            above.
        blur_upsampling: a fixed blur after every transposed convolution. Our extension, off as above.
        classes: planes of a one-hot mask.
        fusion: how the target mask reaches the style encoder, one of ``FUSIONS``; the paper's ablation.
        generator: one of ``GENERATORS``; the paper's baseline.

    Raises:
        ValueError: an unknown fusion or generator, or SPADE with an option of the up-path, which it does not have.
    """

    def __init__(
        self,
        width: int = 64,
        downsamplings: int = 4,
        blocks: int = 4,
        style_width: int = 16,
        style_in_decoder: bool = False,
        noise_in_decoder: bool = False,
        blur_upsampling: bool = False,
        classes: int = 19,
        fusion: str = "sft",
        generator: str = "pix2pixhd",
    ) -> None:
        super().__init__()
        decoder = {
            "style_in_decoder": style_in_decoder,
            "noise_in_decoder": noise_in_decoder,
            "blur_upsampling": blur_upsampling,
        }
        if fusion not in FUSIONS or generator not in GENERATORS or (generator == "spade" and any(decoder.values())):
            raise ValueError(f"no such network: {fusion=}, {generator=}, {decoder}")
        self.arguments = {
            "width": width,
            "downsamplings": downsamplings,
            "blocks": blocks,
            "style_width": style_width,
            **decoder,
            "classes": classes,
            "fusion": fusion,
            "generator": generator,
        }
        self.backbone: Backbone | SpadeGenerator
        if generator == "spade":
            self.backbone = SpadeGenerator(classes, 3, width, downsamplings, blocks)
        else:
            self.backbone = Backbone(classes, 3, width, downsamplings, blocks, **decoder)
        self.label_encoder = None if fusion == "none" else LabelEncoder(classes, style_width)
        self.style_encoder = StyleEncoder(style_width, self.style_size, fusion)

    @property
    def style_size(self) -> int:
        """Length S of a style vector."""
        return sum(self.backbone.style_pieces)

    def encode_style(self, target_image: Tensor, target_mask: Tensor) -> Tensor:
        """Eq. 1: read the style of the target.

        Args:
            target_image: (N, 3, H, W) RGB in [-1, 1].
            target_mask: its own mask, one-hot (N, classes, H, W).

        Returns:
            (N, S): per AdaIN layer first the C shifts, then the C scales.
        """
        conditions = None if self.label_encoder is None else self.label_encoder(target_mask)
        return self.style_encoder(target_image, conditions)

    def generate(self, source_mask: Tensor, style: Tensor, shift: Tensor | None = None) -> Tensor:
        """Render one-hot ``source_mask`` (N, classes, H, W) in ``style`` (N, S); returns (N, 3, H, W) in [-1, 1].

        ``shift`` is what a fit to a photo adds per pixel, see ``Backbone.forward``.
        """
        return torch.tanh(self.backbone(source_mask, style, *(() if shift is None else (shift,))))

    def forward(self, source_mask: Tensor, target_mask: Tensor, target_image: Tensor) -> Tensor:
        """``generate(source_mask, encode_style(target_image, target_mask))``."""
        return self.generate(source_mask, self.encode_style(target_image, target_mask))
