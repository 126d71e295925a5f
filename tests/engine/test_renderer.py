"""The renderer gives what the network gives, at full size and as a preview."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from maskgan_studio.engine.device import choose_device
from maskgan_studio.engine.renderer import Renderer
from maskgan_studio.engine.tensors import image_to_tensor, resize_labels, tensor_to_image
from maskgan_studio.errors import StudioError
from maskgan_studio.networks.backbone import one_hot
from maskgan_studio.weights import find_set

CPU = torch.device("cpu")


def random_mask(seed: int) -> np.ndarray:
    """Random blocks of labels, 512 x 512."""
    blocks = np.random.default_rng(seed).integers(0, 19, (32, 32), dtype=np.uint8)
    return np.kron(blocks, np.ones((16, 16), np.uint8))


def random_crop(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (512, 512, 3), dtype=np.uint8)


@pytest.fixture
def network(tiny_set):
    return find_set(tiny_set).load("dmn")


@torch.no_grad()
def test_result_is_the_whole_networks_result(network):
    crop, target, source = random_crop(0), random_mask(1), random_mask(2)
    planes = [one_hot(torch.from_numpy(mask)[None]) for mask in (source, target)]
    expected = network(*planes, image_to_tensor(crop, CPU))
    renderer = Renderer(network, CPU)
    image = renderer.render(source, renderer.encode_style(crop, target, "key"))
    assert image.dtype == np.uint8 and image.shape == (512, 512, 3)
    difference = np.abs(image.astype(int) - tensor_to_image(expected).astype(int))
    assert difference.max() <= 1


def test_the_style_decides_the_look(network):
    renderer = Renderer(network, CPU)
    mask = random_mask(2)
    dark = renderer.encode_style(np.zeros((512, 512, 3), np.uint8), mask, "dark")
    light = renderer.encode_style(np.full((512, 512, 3), 255, np.uint8), mask, "light")
    assert not np.array_equal(renderer.render(mask, dark), renderer.render(mask, light))


def test_a_mixed_style_goes_from_one_to_the_other(network):
    renderer = Renderer(network, CPU)
    mask = random_mask(2)
    one, other = (renderer.encode_style(random_crop(seed), mask, str(seed)) for seed in (0, 1))
    half = one.mixed(other, 0.5, "half")
    torch.testing.assert_close(half.vector, (one.vector + other.vector) / 2)
    torch.testing.assert_close(one.mixed(other, 1.0, "end").vector, other.vector)
    assert half.key == "half"


def test_a_preview_has_the_size_asked_for(network):
    renderer = Renderer(network, CPU)
    style = renderer.encode_style(random_crop(0), random_mask(1), "key")
    assert renderer.render(random_mask(2), style, 256).shape == (256, 256, 3)


def test_shrinking_a_mask_keeps_labels_only():
    mask = random_mask(3)
    small = resize_labels(mask, 128)
    assert small.shape == (128, 128)
    np.testing.assert_array_equal(np.kron(small, np.ones((4, 4), np.uint8)), mask)


def test_pixels_survive_the_way_to_the_network_and_back():
    image = random_crop(5)
    np.testing.assert_array_equal(tensor_to_image(image_to_tensor(image, CPU)), image)


def test_devices_are_chosen_or_refused_in_one_sentence():
    assert choose_device("cpu") == CPU
    assert choose_device("auto").type in {"cpu", "cuda", "mps"}
    for name in ("toaster", "cuda:99", "meta"):
        with pytest.raises(StudioError):
            choose_device(name)
