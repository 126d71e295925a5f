"""Starting values of the weights.

With the released N(0, 0.02) on every convolution the style's signal dies on its way through six small convolutions and
two SFT layers, and the generator learns to ignore it. :func:`initialise_alive` keeps the same architecture and files
but starts it so that the signal lives.
"""

from __future__ import annotations

from torch import Tensor, nn

from maskgan_studio.networks.backbone import Backbone
from maskgan_studio.networks.dense_mapping import DenseMappingNetwork
from maskgan_studio.networks.style_encoder import StyleEncoder


def initialise_released(module: nn.Module, std: float = 0.02) -> None:
    """Draw every convolution's weights from N(0, std) and zero its biases, as the released code does."""
    for layer in module.modules():
        if isinstance(layer, (nn.Conv2d, nn.ConvTranspose2d)):
            nn.init.normal_(layer.weight, 0.0, std)
            if layer.bias is not None:
                nn.init.zeros_(layer.bias)


def initialise_alive(network: DenseMappingNetwork) -> None:
    """Released start for the backbone; He start for both encoders, SFT near identity, AdaIN near plain norm."""
    initialise_released(network.backbone)
    encoders = [encoder for encoder in (network.label_encoder, network.style_encoder) if encoder is not None]
    for layer in (layer for encoder in encoders for layer in encoder.modules()):
        if isinstance(layer, nn.Conv2d):
            nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
            nn.init.zeros_(_bias(layer))
    style_encoder: StyleEncoder = network.style_encoder
    for transform in (style_encoder.sft1, style_encoder.sft2) if style_encoder.fusion == "sft" else ():
        for final, bias in ((transform.scale2, 1.0), (transform.shift2, 0.0)):
            nn.init.normal_(final.weight, 0.0, 0.02)
            nn.init.constant_(_bias(final), bias)
    if not isinstance(network.backbone, Backbone):
        return  # whose style vector holds no scales
    # Every piece of the style vector is first the shifts (start at 0), then the scales (start at 1).
    scales, offset = _bias(style_encoder.head), 0
    for piece in network.backbone.style_pieces:
        nn.init.constant_(scales[offset + piece // 2 : offset + piece], 1.0)
        offset += piece


def _bias(layer: nn.Conv2d) -> Tensor:
    """The bias of a convolution that has one."""
    assert layer.bias is not None
    return layer.bias
