"""Shapes, sizes and starting values of the networks."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from maskgan_studio import networks
from maskgan_studio.networks import (
    AlphaBlender,
    DenseMappingNetwork,
    FaceParser,
    MaskVAE,
    MultiscaleDiscriminator,
)
from maskgan_studio.networks.backbone import one_hot
from maskgan_studio.networks.blocks import adaptive_instance_norm, blur, fixed_noise, instance_norm
from maskgan_studio.networks.initialisation import initialise_alive, initialise_released


@pytest.fixture(autouse=True)
def _seed() -> None:
    torch.manual_seed(0)


def millions(network: torch.nn.Module) -> float:
    return round(sum(parameter.numel() for parameter in network.parameters()) / 1e6, 1)


@pytest.mark.parametrize(
    ("name", "size"),
    [("DenseMappingNetwork", 89.7), ("AlphaBlender", 4.3), ("MultiscaleDiscriminator", 5.6), ("MaskVAE", 170.6)],
)
def test_the_papers_networks_have_the_released_sizes(name, size):
    with torch.device("meta"):
        assert millions(getattr(networks, name)()) == size


@pytest.mark.parametrize(
    "network",
    [
        DenseMappingNetwork(width=2, blocks=1, style_width=2),
        DenseMappingNetwork(width=2, blocks=1, style_width=2, fusion="concat"),
        DenseMappingNetwork(width=2, blocks=1, style_width=2, noise_in_decoder=True, blur_upsampling=True),
        DenseMappingNetwork(width=2, blocks=1, style_width=2, fusion="none", generator="spade"),
        AlphaBlender(width=2, downsamplings=1, blocks=1),
        MultiscaleDiscriminator(width=2, layers=2),
        MaskVAE(encoder_width=2, decoder_width=2, latent=3, size=16, max_channels=4),
        FaceParser(width=4, working_size=64),
    ],
    ids=lambda network: type(network).__name__,
)
def test_the_arguments_rebuild_the_network(network):
    again = type(network)(**network.arguments)
    again.load_state_dict(network.state_dict())
    assert again.arguments == network.arguments


def labels(size: int = 64, count: int = 2) -> torch.Tensor:
    return torch.randint(0, 19, (count, size, size))


@pytest.mark.parametrize("style_in_decoder", [False, True])
def test_dense_mapping_renders_the_mask_in_the_style(style_in_decoder):
    network = DenseMappingNetwork(width=2, downsamplings=3, blocks=2, style_width=2, style_in_decoder=style_in_decoder)
    image, mask = torch.rand(2, 3, 64, 64) * 2 - 1, one_hot(labels())
    style = network.encode_style(image, mask)
    assert style.shape == (2, network.style_size)
    assert network.generate(mask, style).shape == (2, 3, 64, 64)
    torch.testing.assert_close(network(mask, mask, image), network.generate(mask, style))


VARIANTS = {
    "concat": {"fusion": "concat", "style_in_decoder": True},
    "pix2pixhd-m": {"fusion": "none", "style_in_decoder": True},
    "spade": {"fusion": "none", "generator": "spade"},
}


@pytest.mark.parametrize("name", VARIANTS)
def test_baselines_and_ablations_render_the_mask_in_the_style(name):
    network = DenseMappingNetwork(width=2, downsamplings=3, blocks=1, style_width=2, **VARIANTS[name])
    initialise_alive(network)
    image, mask, other = torch.rand(2, 3, 64, 64) * 2 - 1, one_hot(labels()), one_hot(labels())
    style = network.encode_style(image, mask)
    assert style.shape == (2, network.style_size)
    picture = network.eval().generate(mask, style)
    assert picture.shape == (2, 3, 64, 64)
    assert not torch.allclose(picture, network.generate(other, style))
    assert not torch.allclose(picture, network.generate(mask, network.encode_style(-image, mask)))


@pytest.mark.parametrize(("fusion", "reads_the_mask"), [("sft", True), ("concat", True), ("none", False)])
def test_only_without_its_mask_branch_the_style_ignores_the_target_mask(fusion, reads_the_mask):
    network = DenseMappingNetwork(width=2, downsamplings=2, blocks=1, style_width=2, fusion=fusion)
    initialise_alive(network)
    torch.nn.init.normal_(network.style_encoder.head.weight)
    image = torch.rand(1, 3, 64, 64)
    styles = [network.encode_style(image, one_hot(labels(count=1))) for _ in range(2)]
    assert torch.equal(*styles) != reads_the_mask


def test_the_style_of_spade_reaches_the_picture_everywhere():
    """Also where the mask is the same all over: an instance norm would leave nothing of it."""
    network = DenseMappingNetwork(width=4, downsamplings=2, blocks=1, style_width=2, generator="spade", fusion="none")
    flat = one_hot(torch.ones(1, 32, 32, dtype=torch.long))
    styles = torch.randn(2, 1, network.style_size)
    one, other = (network.eval().generate(flat, style) for style in styles)
    assert (one != other).float().mean() > 0.99


def test_an_unknown_form_is_refused():
    decoder = [{"generator": "spade", key: True} for key in ("style_in_decoder", "noise_in_decoder", "blur_upsampling")]
    for arguments in ({"fusion": "sum"}, {"generator": "unet"}, *decoder):
        with pytest.raises(ValueError, match="no such network"):
            DenseMappingNetwork(width=2, **arguments)


def test_the_style_is_cut_for_the_blocks_first_then_for_the_decoder():
    plain = DenseMappingNetwork(width=2, downsamplings=3, blocks=2, style_width=2)
    with_decoder = DenseMappingNetwork(width=2, downsamplings=3, blocks=2, style_width=2, style_in_decoder=True)
    assert plain.backbone.style_pieces == [32] * 4
    assert with_decoder.backbone.style_pieces == [32] * 4 + [16, 8, 4]
    with torch.device("meta"):
        assert DenseMappingNetwork().style_size == 16384


def test_a_blurred_point_is_the_kernel_and_what_is_even_stays_so():
    point = torch.zeros(1, 2, 5, 6)
    point[0, 1, 2, 3] = 16
    spread = blur(point)
    assert torch.equal(spread[0, 1, 1:4, 2:5], torch.tensor([[1.0, 2, 1], [2, 4, 2], [1, 2, 1]]))
    assert spread.sum() == 16 and not spread[0, 0].any()
    even = torch.full((2, 3, 4, 4), 0.7)
    torch.testing.assert_close(blur(even), even)
    checked = torch.ones(8, 8)
    checked[::2, ::2] = checked[1::2, 1::2] = -1
    assert not blur(checked[None, None]).any()  # the pattern of a transposed convolution


def decoder_network(**options: bool) -> DenseMappingNetwork:
    torch.manual_seed(4)
    network = DenseMappingNetwork(width=4, downsamplings=2, blocks=1, style_width=2, **options)
    initialise_alive(network)
    return network.eval()


@torch.no_grad()
def test_fresh_noise_changes_nothing_and_learned_noise_breaks_the_repetition():
    plain, noisy = decoder_network(), decoder_network(noise_in_decoder=True)
    noisy.load_state_dict(plain.state_dict(), strict=False)
    flat = one_hot(torch.ones(1, 64, 64, dtype=torch.long))
    flat[:, :, 0] = one_hot(torch.zeros(1, 1, 64, dtype=torch.long))[:, :, 0]  # not all alike: the norms need that
    style = torch.randn(1, plain.style_size)
    torch.testing.assert_close(noisy.generate(flat, style), plain.generate(flat, style))
    for noise in noisy.backbone.up_noise:
        noise.strength.fill_(0.1)
    inside = np.s_[..., 32:48, 24:40]
    for network, repeats in ((plain, True), (noisy, False)):
        picture = network.generate(flat, style)[inside]
        assert torch.allclose(picture[..., 4:], picture[..., :-4], atol=1e-4) == repeats


@torch.no_grad()
def test_noise_is_new_in_every_pass_of_training_and_the_same_ever_after():
    network = decoder_network(noise_in_decoder=True, blur_upsampling=True)
    for noise in network.backbone.up_noise:
        noise.strength.fill_(0.1)
    mask, style = one_hot(labels(32, 1)), torch.randn(1, network.style_size)
    network.train()
    assert not torch.equal(network.generate(mask, style), network.generate(mask, style))
    network.eval()
    assert torch.equal(network.generate(mask, style), network.generate(mask, style))
    assert network.backbone.noise_shapes(32, 48) == [(16, 24), (32, 48)]
    assert not torch.equal(fixed_noise(16, 24).flatten(), fixed_noise(24, 16).flatten())


@torch.no_grad()
def test_without_its_options_the_network_holds_and_draws_what_it_did():
    assert not [key for key in decoder_network().state_dict() if "noise" in key]
    mask, style = one_hot(labels(32, 1)), torch.randn(1, decoder_network().style_size)
    blurred = decoder_network(blur_upsampling=True)
    blurred.load_state_dict(decoder_network().state_dict())
    assert not torch.allclose(blurred.generate(mask, style), decoder_network().generate(mask, style))


def test_adaptive_norm_takes_the_shift_first_and_then_the_scale():
    x = torch.randn(1, 2, 8, 8)
    normed = adaptive_instance_norm(x, torch.tensor([[5.0, 7.0, 2.0, 3.0]]))
    torch.testing.assert_close(normed.mean((2, 3)), torch.tensor([[5.0, 7.0]]), atol=1e-4, rtol=0)
    torch.testing.assert_close(normed.std((2, 3), correction=0), torch.tensor([[2.0, 3.0]]), atol=1e-3, rtol=0)


@pytest.mark.parametrize("count", [1, 2])
def test_gradients_of_a_norm_do_not_depend_on_the_memory_format(count):
    x, weights = torch.randn(2, count, 3, 8, 8)
    gradients = []
    for memory_format in (torch.contiguous_format, torch.channels_last):
        leaf = x.clone(memory_format=memory_format).requires_grad_()
        instance_norm(leaf).backward(weights.clone(memory_format=memory_format))
        gradients.append(leaf.grad)
    torch.testing.assert_close(*gradients)


def style_spread(network: DenseMappingNetwork) -> float:
    """How much the style vector differs between a black and a white image."""
    mask = one_hot(labels(count=1))
    with torch.no_grad():
        black, white = (network.encode_style(torch.full((1, 3, 64, 64), value), mask) for value in (-1.0, 1.0))
    return (black - white).abs().mean().item()


def test_the_alive_start_lets_the_style_through():
    network = DenseMappingNetwork(width=4, downsamplings=3, blocks=1, style_width=8)
    initialise_released(network)
    released = style_spread(network)
    initialise_alive(network)
    assert style_spread(network) > 1000 * released


def test_the_alive_start_is_near_plain_instance_norm():
    network = DenseMappingNetwork(width=4, downsamplings=2, blocks=1, style_width=4, style_in_decoder=True)
    initialise_alive(network)
    shifts_and_scales = network.style_encoder.head.bias.detach().split(network.backbone.style_pieces)
    for piece in shifts_and_scales:
        shift, scale = piece.chunk(2)
        assert (shift == 0).all() and (scale == 1).all()


def test_the_blend_lies_between_its_two_faces():
    inter, outer = torch.rand(2, 1, 3, 32, 32)
    blend, alpha = AlphaBlender(width=2, downsamplings=1, blocks=1)(inter, outer)
    assert blend.shape == alpha.shape == inter.shape
    assert alpha.min() > 0 and alpha.max() < 1
    torch.testing.assert_close(blend, alpha * inter + (1 - alpha) * outer)


def test_discriminators_keep_every_layer_of_both_scales():
    judgements = MultiscaleDiscriminator(width=2, layers=3)(one_hot(labels()), torch.rand(2, 3, 64, 64))
    assert [len(features) for features in judgements] == [5, 5]
    assert judgements[0][0].shape == (2, 2, 33, 33) and judgements[1][0].shape == (2, 2, 17, 17)
    assert judgements[0][-1].shape[1] == 1


@pytest.mark.parametrize("size", [16, 32, 64])
def test_mask_vae_halves_to_4_pixels_at_any_size(size):
    network = MaskVAE(encoder_width=2, decoder_width=2, latent=5, size=size, max_channels=4)
    logits, mean, log_variance = network(one_hot(labels(size)))
    assert logits.shape == (2, 19, size, size)
    assert mean.shape == log_variance.shape == (2, 5)
    assert len(network.encoder) == {16: 2, 32: 3, 64: 4}[size]


def test_sampling_spreads_by_half_the_log_variance():
    network = MaskVAE(encoder_width=2, decoder_width=2, latent=4, size=16)
    drawn = network.sample(torch.full((20_000, 4), 2.0), torch.full((20_000, 4), 2.0 * torch.log(torch.tensor(3.0))))
    assert drawn.mean().item() == pytest.approx(2.0, abs=0.1)
    assert drawn.std().item() == pytest.approx(3.0, rel=0.05)


def test_the_parser_answers_in_the_size_of_the_picture():
    network = FaceParser(width=2, working_size=64).eval()
    with torch.no_grad():
        assert network(torch.rand(1, 3, 64, 64)).shape == (1, 19, 64, 64)
        for size in (64, 96):
            found = network.parse(torch.rand(1, 3, size, size))
            assert found.shape == (1, size, size) and found.dtype == torch.uint8


def test_one_hot_planes():
    planes = one_hot(torch.tensor([[[0, 18], [3, 3]]], dtype=torch.uint8))
    assert planes.shape == (1, 19, 2, 2) and planes.dtype == torch.float32
    assert torch.equal(planes.argmax(1), torch.tensor([[[0, 18], [3, 3]]]))
    assert torch.equal(planes.sum(1), torch.ones(1, 2, 2))
