"""Completion as a network: where it looks, and what it leaves alone."""

from __future__ import annotations

import torch

from maskgan_studio.networks.backbone import one_hot
from maskgan_studio.networks.completion import CompletionNetwork


def small_network() -> CompletionNetwork:
    torch.manual_seed(0)
    network = CompletionNetwork(widths=(4, 6, 8), dilations=(1, 2)).eval()
    torch.nn.init.normal_(network.head.weight, 0.0, 0.1)
    return network


def inputs(height: int, width: int) -> dict[str, torch.Tensor]:
    generator = torch.Generator().manual_seed(1)
    region = torch.zeros(1, 1, height, width)
    region[..., 8:24, 8:24] = 1
    return {
        "photo": torch.rand(1, 3, height, width, generator=generator) * 2 - 1,
        "region": region,
        "drawn": torch.rand(1, 3, height, width, generator=generator) * 2 - 1,
        "mask": one_hot(torch.randint(19, (1, height, width), generator=generator)),
    }


@torch.no_grad()
def test_a_fresh_network_gives_the_drawn_picture_back():
    network, given = CompletionNetwork(widths=(4, 6, 8), dilations=(1, 2)), inputs(32, 40)
    made = network(**given, noise=network.draw_noise(1, 32, 40))
    assert made.shape == (1, 3, 32, 40)
    assert (made - given["drawn"]).abs().max() < 0.1


@torch.no_grad()
def test_what_the_region_hides_is_not_looked_at():
    network, given = small_network(), inputs(32, 32)
    noise = network.draw_noise(1, 32, 32, torch.Generator().manual_seed(2))
    other = given | {"photo": torch.where(given["region"] > 0, -given["photo"], given["photo"])}
    assert torch.equal(network(**given, noise=noise), network(**other, noise=noise))
    seen = given | {"photo": -given["photo"]}
    assert not torch.allclose(network(**given, noise=noise), network(**seen, noise=noise))


@torch.no_grad()
def test_noise_of_one_seed_gives_one_picture_and_of_another_seed_another():
    network, given = small_network(), inputs(32, 32)
    pictures = [
        network(**given, noise=network.draw_noise(1, 32, 32, torch.Generator().manual_seed(s))) for s in (3, 3, 4)
    ]
    assert torch.equal(pictures[0], pictures[1])
    assert not torch.equal(pictures[0], pictures[2])


@torch.no_grad()
def test_a_part_of_the_picture_is_drawn_as_in_the_whole_far_from_its_border():
    # No layer normalises, so what lies beyond the reach of the convolutions does not matter.
    network, given = small_network(), inputs(96, 160)
    noise = network.draw_noise(1, 96, 160, torch.Generator().manual_seed(5))
    whole = network(**given, noise=noise)
    cut = {name: value[..., :96] for name, value in given.items()}
    part = network(**cut, noise=[plane[..., : 96 * plane.shape[-1] // 160] for plane in noise])
    assert torch.allclose(part[..., :40], whole[..., :40], atol=1e-5)
