"""Every metric on images whose answer is known by hand."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from maskgan_studio.evaluation.bootstrap import bootstrap_mean, bootstrap_ratio
from maskgan_studio.evaluation.classification import correct
from maskgan_studio.evaluation.frechet import FrechetDistance
from maskgan_studio.evaluation.metrics import pixel_accuracy, psnr, ssim
from maskgan_studio.evaluation.verification import find_impostor_threshold
from maskgan_studio.networks.perceptual import perceptual_distance


class Cosine:
    """Compares unit vectors."""

    def similarity(self, one: np.ndarray, other: np.ndarray) -> float:
        return float(one @ other)


class MeanColor(torch.nn.Module):
    """Features that can be computed by hand: the mean of each channel."""

    title = "Fréchet distance on mean colours"
    num_features = 3

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        return images.float().mean((2, 3))


def grey(level: int) -> np.ndarray:
    return np.full((32, 32, 3), level, np.uint8)


def images(count: int = 12) -> list[np.ndarray]:
    rng = np.random.default_rng(0)
    return [np.ones((32, 32, 1), np.uint8) * rng.integers(0, 200, (1, 1, 3), np.uint8) for _ in range(count)]


def frechet(photos: list[np.ndarray], results: list[np.ndarray]) -> float:
    distance = FrechetDistance(MeanColor())
    for photo, result in zip(photos, results, strict=True):
        distance.add_photo(photo)
        distance.add_result(result)
    return distance.value()


def test_psnr_of_a_constant_difference():
    assert psnr(grey(110), grey(100)) == pytest.approx(20 * np.log10(255 / 10), abs=1e-4)
    assert psnr(grey(100), grey(100)) == 100


def test_ssim_of_flat_pictures_is_the_luminance_term():
    c1 = (0.01 * 255) ** 2
    assert ssim(grey(100), grey(200)) == pytest.approx((2 * 100 * 200 + c1) / (100**2 + 200**2 + c1), abs=1e-4)
    assert ssim(grey(100), grey(100)) == pytest.approx(1)


def test_pixel_accuracy_counted_by_hand():
    wanted = np.zeros((4, 4), np.uint8)
    found = wanted.copy()
    found[0, :3] = 13
    assert pixel_accuracy(found, wanted) == 100 * 13 / 16


def test_equal_sets_have_no_distance_and_a_shift_its_square():
    photos = images()
    assert frechet(photos, photos) == pytest.approx(0, abs=0.05)
    # The covariances are equal: what is left is the squared distance of the means, 3 channels of 20 each.
    assert frechet(photos, [photo + np.uint8(20) for photo in photos]) == pytest.approx(3 * 20**2, rel=1e-3)


class TwoPlanes(torch.nn.Module):
    """One layer whose features point one way where red prevails, at right angles to it where green does."""

    def forward(self, image: torch.Tensor) -> list[torch.Tensor]:
        return [(image[:, :2] > 0).float()]


def test_perceptual_distance_is_the_squared_distance_of_directions():
    red, green = torch.full((2, 1, 3, 8, 8), -1.0)
    red[:, 0], green[:, 1] = 1, 1
    half = red.clone()
    half[..., :4] = green[..., :4]
    features = TwoPlanes()
    assert perceptual_distance(features, red, red).item() == 0
    assert perceptual_distance(features, red, green).item() == pytest.approx(2)  # of (1, 0) and (0, 1)
    assert perceptual_distance(features, red, half).item() == pytest.approx(1)


def test_attributes_count_only_where_both_are_known():
    found = {"Male": True, "Smiling": False, "Young": True}
    assert correct(found, {"Male": True, "Smiling": True, "Bald": True}) == {"Male": 100.0, "Smiling": 0.0}


def test_bootstrap_interval_agrees_with_the_normal_one():
    estimate = bootstrap_mean([0, 1] * 200)
    assert estimate.value == 0.5 and estimate.count == 400
    assert estimate.low == pytest.approx(0.5 - 1.96 * 0.025, abs=0.006)
    assert estimate.high == pytest.approx(0.5 + 1.96 * 0.025, abs=0.006)


def test_a_single_value_is_its_own_interval():
    estimate = bootstrap_mean([3.5])
    assert (estimate.low, estimate.high) == (3.5, 3.5)


def test_ratio_of_proportional_values_is_certain():
    estimate = bootstrap_ratio([1, 2, 6], [2, 4, 12])
    assert (estimate.value, estimate.low, estimate.high) == pytest.approx((0.5, 0.5, 0.5))


def test_ratio_is_that_of_the_means_not_the_mean_of_ratios():
    estimate = bootstrap_ratio([90, 10], [100, 50])
    assert estimate.value == pytest.approx(100 / 150)
    assert estimate.low == pytest.approx(0.2) and estimate.high == pytest.approx(0.9)


def test_threshold_lies_above_all_but_the_given_share_of_impostors():
    people = [np.array([np.cos(a), np.sin(a)]) for a in np.deg2rad([0, 90, 180])]
    # The three pairs have cosines 0, -1 and 0.
    assert find_impostor_threshold(Cosine(), people, rate=0.0) == pytest.approx(0)
    assert find_impostor_threshold(Cosine(), people, rate=1.0) == pytest.approx(-1)
