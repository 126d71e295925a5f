"""Augmentation treats image and mask alike and depends on the seed alone."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from flipping import flip_labels

from maskgan_studio.training.data.augmentation import Augmentation, plain
from maskgan_studio.training.recipe import Settings

NEUTRAL = {
    "flip": 0.0,
    "rotation": 0.0,
    "scale": [1.0, 1.0],
    "shift": 0.0,
    "colour": 0.0,
    "gamma": 0.0,
    "blur": 1.0,
    "noise": 0.0,
    "padding": "border",
}
SEEDS = [(1, 7, 0), (1, 8, 0)]


def augmentation(**changes: object) -> Augmentation:
    return Augmentation(Settings(NEUTRAL | changes, "test"))


@pytest.fixture
def pair(face_mask):
    rng = np.random.default_rng(0)
    images = torch.from_numpy(rng.integers(10, 245, (2, 64, 64, 3), dtype=np.uint8))
    return images, torch.from_numpy(np.stack([face_mask, face_mask]))


def test_without_any_strength_nothing_changes(pair):
    x, labels = augmentation()(*pair, SEEDS)
    torch.testing.assert_close(x, plain(*pair)[0], atol=1e-4, rtol=0)
    assert torch.equal(labels, pair[1])


def test_a_flip_mirrors_both_and_swaps_left_and_right(pair):
    x, labels = augmentation(flip=1.0)(*pair, SEEDS)
    torch.testing.assert_close(x, plain(*pair)[0].flip(3), atol=1e-4, rtol=0)
    np.testing.assert_array_equal(labels[0].numpy(), flip_labels(pair[1][0].numpy()))
    assert (labels == 4).any() and (labels == 5).any()


STRONG = {"flip": 0.5, "rotation": 20.0, "scale": [0.7, 1.3], "shift": 0.1, "colour": 0.3, "gamma": 0.4}
ROUGH = {"blur": 3.0, "noise": 6.0}


def test_equal_seeds_give_equal_results_in_any_batch(pair):
    images, masks = pair
    augment = augmentation(**STRONG, **ROUGH)
    x, labels = augment(images, masks, SEEDS)
    alone_x, alone_labels = augment(images[1:], masks[1:], SEEDS[1:])
    torch.testing.assert_close(x[1:], alone_x, atol=1e-6, rtol=0)
    assert torch.equal(labels[1:], alone_labels)
    other, _ = augment(images[1:], masks[1:], [(1, 9, 0)])
    assert not torch.allclose(other, alone_x)


def test_a_second_view_has_another_geometry_but_the_same_colours(pair):
    images, masks = pair
    colours = {key: STRONG[key] for key in ("colour", "gamma")}
    first, _ = augmentation(**colours)(images, masks, SEEDS)
    second, _ = augmentation(**colours)(images, masks, SEEDS, view=1)
    assert torch.equal(first, second)
    assert not torch.allclose(first, plain(images, masks)[0], atol=0.05)
    _, labels = augmentation(**STRONG)(images, masks, SEEDS)
    _, warped = augmentation(**STRONG)(images, masks, SEEDS, view=1)
    assert not torch.equal(labels, warped)


def test_image_and_mask_move_together(face_mask):
    """An image painted in the mask's own values stays that image."""
    picture = torch.from_numpy(np.repeat(face_mask[None, ..., None] * 10, 3, axis=3))
    masks = torch.from_numpy(face_mask[None])
    x, labels = augmentation(rotation=20.0, scale=[0.7, 1.3], shift=0.1)(picture, masks, SEEDS[:1])
    shown = ((x[:, 0] + 1) * 127.5 / 10).round()
    assert (shown == labels).float().mean() > 0.93  # all but the outlines, which the image blends
    assert set(labels.unique().tolist()) <= set(np.unique(face_mask).tolist())


def test_results_stay_in_range(pair):
    x, _ = augmentation(**STRONG)(*pair, SEEDS)
    assert x.min() >= -1 and x.max() <= 1
    assert x.dtype == torch.float32 and x.shape == (2, 3, 64, 64)


def test_a_window_shows_the_whole_picture_at_scale_one_and_its_detail_at_two(pair):
    images, masks = pair
    x, labels = augmentation()(images, masks, SEEDS, size=32)
    mean = plain(images, masks)[0].unflatten(3, (32, 2)).unflatten(2, (32, 2)).mean((3, 5))
    torch.testing.assert_close(x, mean, atol=1e-3, rtol=0)
    assert labels.shape == (2, 32, 32)
    x, labels = augmentation(scale=[2.0, 2.0])(images, masks, SEEDS, size=32)
    torch.testing.assert_close(x, plain(images, masks)[0][:, :, 16:48, 16:48], atol=1e-3, rtol=0)
    assert torch.equal(labels, masks[:, 16:48, 16:48])


def test_a_closer_look_has_the_small_part_in_it(pair):
    images, masks = pair
    masks = torch.where(masks >= 2, 1, masks)
    masks[:, 58:62, 58:62] = 15  # an earring in the corner
    looks = augmentation(zoom_share=1.0, zoom=[1.8, 2.2])(images, masks, SEEDS, size=32)[1]
    assert ((looks == 15).sum((1, 2)) > 10).all()


def test_pixels_of_no_class_stay_so_when_mirrored(pair):
    images, masks = pair
    masks[:, :5] = 255
    assert (augmentation(flip=1.0)(images, masks, SEEDS)[1][:, :5] == 255).all()


@pytest.mark.parametrize("seed", range(12))
def test_a_window_kept_inside_shows_nothing_but_the_picture(seed):
    """Bright picture, black padding: where the window left it, a black corner would be seen."""
    pictures = torch.full((1, 64, 64, 3), 255, dtype=torch.uint8)
    strengths = {"rotation": 20.0, "scale": [0.7, 1.3], "shift": 0.2, "padding": "zeros"}
    masks = torch.ones((1, 64, 64), dtype=torch.uint8)
    x, labels = augmentation(**strengths, inside=True)(pictures, masks, [(1, seed, 0)])
    assert x.min() > 0.9
    assert (labels == 1).all()
