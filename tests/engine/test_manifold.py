"""Moving through the mask manifold: ends, determinism and what stays untouched."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from maskgan_studio.engine.manifold import MaskManifold
from maskgan_studio.networks import MaskVAE


@pytest.fixture
def manifold():
    torch.manual_seed(0)
    network = MaskVAE(encoder_width=4, decoder_width=4, latent=8, size=32)
    return MaskManifold(network, torch.device("cpu"))


@pytest.fixture
def masks():
    return np.random.default_rng(0).integers(0, 19, (2, 32, 32), dtype=np.uint8)


def test_morphing_goes_from_the_mask_itself_to_the_reconstruction_of_the_other(manifold, masks):
    a, b = masks
    np.testing.assert_array_equal(manifold.morph(a, b, 0.0), a)
    np.testing.assert_array_equal(manifold.morph(a, b, 1.0), manifold.tidy(b, 1.0))


def test_masks_larger_than_the_network_s_are_brought_to_its_size_and_back(manifold):
    labels = np.zeros((128, 128), np.uint8)
    labels[30:90, 37:101] = 1
    assert manifold.morph(labels, labels.T.copy(), 0.4).shape == (128, 128)
    assert all(other.shape == (128, 128) for other in manifold.variations(labels, 2, 0.1))
    np.testing.assert_array_equal(manifold.variations(labels, 1, 0.0)[0], labels)
    assert manifold.tidy(labels, 0.5).shape == (128, 128)


def test_one_seed_draws_the_same_neighbours(manifold, masks):
    first, again = (manifold.variations(masks[0], 3, 9.0, seed=5) for _ in range(2))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first[0], first[1])
    assert not np.array_equal(first, manifold.variations(masks[0], 3, 9.0, seed=6))


def test_tidying_goes_from_nothing_to_the_reconstruction(manifold, masks):
    mask = masks[0]
    np.testing.assert_array_equal(manifold.tidy(mask, 0.0), mask)
    np.testing.assert_array_equal(manifold.tidy(mask, 1.0), manifold.morph(masks[1], mask, 1.0))
    changed = [np.count_nonzero(manifold.tidy(mask, s) != mask) for s in (0.01, 0.1, 1.0)]
    assert changed == sorted(changed)


def test_neighbours_lie_along_the_ways_in_which_faces_differ():
    torch.manual_seed(0)
    network = MaskVAE(encoder_width=4, decoder_width=4, latent=8, size=32, spread=True)
    manifold = MaskManifold(network, torch.device("cpu"))
    direction = torch.arange(1.0, 9.0)
    faces = torch.randn(64, 1) * direction
    for _ in range(400):
        network.learn_spread(faces)
    mapped = manifold._spread(torch.zeros(1, 8))
    assert torch.allclose(mapped @ mapped.T, torch.cov(faces.T), rtol=1e-2, atol=1e-2)
    mask = np.random.default_rng(0).integers(0, 19, (32, 32), dtype=np.uint8)
    assert not np.array_equal(*manifold.variations(mask, 2, 3.0))
