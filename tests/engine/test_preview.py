"""Previews do not jump when the full image arrives, and cost no more renders than they must."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
import torch

from maskgan_studio.engine.preview import Previews
from maskgan_studio.engine.renderer import Style
from maskgan_studio.engine.synthetic_face import draw_sample_mask
from maskgan_studio.labels import color_table

STYLE, OTHER = (Style(key, torch.zeros(1, 1)) for key in ("one", "other"))


class Network:
    """Paints the parts' colours with some grain at full size, paler and without grain when it is smaller."""

    def __init__(self) -> None:
        self.calls: list[int] = []

    def __call__(self, mask: np.ndarray, style: Style, size: int) -> np.ndarray:
        self.calls.append(size)
        step = 512 // size
        image = color_table()[mask[::step, ::step]] // 2 + 60
        if size == 512:
            grain = np.random.default_rng(0).integers(-15, 16, image.shape)
            return (image + grain).astype(np.uint8)
        return image + np.uint8(30)


@pytest.fixture
def network():
    return Network()


@pytest.fixture
def previews():
    return Previews()


def edited() -> np.ndarray:
    mask = draw_sample_mask()
    mask[200:230, 150:240] = 13
    return mask


def test_without_a_full_picture_the_preview_is_the_small_picture_enlarged(network, previews):
    preview = previews.preview(network, draw_sample_mask(), STYLE, 256)
    small = Network()(draw_sample_mask(), STYLE, 256)
    np.testing.assert_array_equal(preview, cv2.resize(small, (512, 512), interpolation=cv2.INTER_CUBIC))
    assert network.calls == [256]


def test_the_preview_of_the_full_pictures_mask_is_the_full_picture(network, previews):
    full = network(draw_sample_mask(), STYLE, 512)
    previews.remember_full(draw_sample_mask(), STYLE, full)
    np.testing.assert_array_equal(previews.preview(network, draw_sample_mask(), STYLE, 256), full)


def test_after_an_edit_nothing_jumps_outside_and_the_colour_is_right_inside(network, previews):
    previews.remember_full(draw_sample_mask(), STYLE, network(draw_sample_mask(), STYLE, 512))
    preview = previews.preview(network, edited(), STYLE, 256).astype(int)
    full = network(edited(), STYLE, 512).astype(int)
    near = cv2.dilate((edited() != draw_sample_mask()).astype(np.uint8), np.ones((49, 49))) > 0
    np.testing.assert_array_equal(preview[~near], full[~near])
    inside = (slice(206, 224), slice(158, 232))
    bare = Previews().preview(Network(), edited(), STYLE, 256).astype(int)
    distance = abs(preview[inside].mean((0, 1)) - full[inside].mean((0, 1))).max()
    assert distance < 5 < abs(bare[inside].mean((0, 1)) - full[inside].mean((0, 1))).min()


def test_the_preview_before_the_full_picture_is_not_rendered_again(network, previews):
    previews.preview(network, edited(), STYLE, 256)
    previews.remember_full(edited(), STYLE, network(edited(), STYLE, 512))
    network.calls.clear()
    previews.preview(network, draw_sample_mask(), STYLE, 256)
    previews.preview(network, edited(), STYLE, 256)
    assert network.calls == [256, 256]


def test_another_style_is_not_corrected_towards_this_one(network, previews):
    previews.remember_full(draw_sample_mask(), STYLE, network(draw_sample_mask(), STYLE, 512))
    np.testing.assert_array_equal(
        previews.preview(network, edited(), OTHER, 256), Previews().preview(Network(), edited(), OTHER, 256)
    )


def test_a_mask_that_is_painted_on_later_is_remembered_as_it_was(network, previews):
    mask = draw_sample_mask()
    full = network(mask, STYLE, 512)
    previews.remember_full(mask, STYLE, full)
    mask[:] = 0
    np.testing.assert_array_equal(previews.preview(network, draw_sample_mask(), STYLE, 256), full)
