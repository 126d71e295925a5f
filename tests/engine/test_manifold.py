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


def test_morphing_ends_at_the_two_reconstructions(manifold, masks):
    a, b = masks
    np.testing.assert_array_equal(manifold.morph(a, b, 0.0), manifold.morph(a, a, 0.7))
    np.testing.assert_array_equal(manifold.morph(a, b, 1.0), manifold.morph(b, a, 0.0))


def test_one_seed_draws_the_same_neighbours(manifold, masks):
    first, again = (manifold.variations(masks[0], 3, 1.0, seed=5) for _ in range(2))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first[0], first[1])
    assert not np.array_equal(first, manifold.variations(masks[0], 3, 1.0, seed=6))


def test_tidying_goes_from_nothing_to_the_reconstruction(manifold, masks):
    mask = masks[0]
    np.testing.assert_array_equal(manifold.tidy(mask, 0.0), mask)
    np.testing.assert_array_equal(manifold.tidy(mask, 1.0), manifold.morph(mask, mask, 0.0))
    changed = [np.count_nonzero(manifold.tidy(mask, s) != mask) for s in (0.01, 0.1, 1.0)]
    assert changed == sorted(changed)
