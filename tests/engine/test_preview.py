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


def nowhere(mask, style, window, origin):
    """A renderer that cannot draw windows."""
    return None


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
    preview = previews.preview(network, nowhere, draw_sample_mask(), STYLE, 256, 0.3)
    small = Network()(draw_sample_mask(), STYLE, 256)
    np.testing.assert_array_equal(preview, cv2.resize(small, (512, 512), interpolation=cv2.INTER_CUBIC))
    assert network.calls == [256]


def test_the_preview_of_the_full_pictures_mask_is_the_full_picture(network, previews):
    full = network(draw_sample_mask(), STYLE, 512)
    previews.remember_full(draw_sample_mask(), STYLE, full, "whole")
    np.testing.assert_array_equal(previews.preview(network, nowhere, draw_sample_mask(), STYLE, 256, 0.3), full)


def test_after_an_edit_nothing_jumps_outside_and_the_colour_is_right_inside(network, previews):
    previews.remember_full(draw_sample_mask(), STYLE, network(draw_sample_mask(), STYLE, 512), "whole")
    preview = previews.preview(network, nowhere, edited(), STYLE, 256, 0.3).astype(int)
    full = network(edited(), STYLE, 512).astype(int)
    near = cv2.dilate((edited() != draw_sample_mask()).astype(np.uint8), np.ones((49, 49))) > 0
    np.testing.assert_array_equal(preview[~near], full[~near])
    inside = (slice(206, 224), slice(158, 232))
    bare = Previews().preview(Network(), nowhere, edited(), STYLE, 256, 0.3).astype(int)
    distance = abs(preview[inside].mean((0, 1)) - full[inside].mean((0, 1))).max()
    assert distance < 5 < abs(bare[inside].mean((0, 1)) - full[inside].mean((0, 1))).min()


def test_the_preview_before_the_full_picture_is_not_rendered_again(network, previews):
    previews.preview(network, nowhere, edited(), STYLE, 256, 0.3)
    previews.remember_full(edited(), STYLE, network(edited(), STYLE, 512), "whole")
    network.calls.clear()
    previews.preview(network, nowhere, draw_sample_mask(), STYLE, 256, 0.3)
    previews.preview(network, nowhere, edited(), STYLE, 256, 0.3)  # is the full image
    assert network.calls == [256]


def test_another_style_is_not_corrected_towards_this_one(network, previews):
    previews.remember_full(draw_sample_mask(), STYLE, network(draw_sample_mask(), STYLE, 512), "whole")
    np.testing.assert_array_equal(
        previews.preview(network, nowhere, edited(), OTHER, 256, 0.3),
        Previews().preview(Network(), nowhere, edited(), OTHER, 256, 0.3),
    )


def test_a_mask_that_is_painted_on_later_is_remembered_as_it_was(network, previews):
    mask = draw_sample_mask()
    full = network(mask, STYLE, 512)
    previews.remember_full(mask, STYLE, full, "whole")
    mask[:] = 0
    np.testing.assert_array_equal(previews.preview(network, nowhere, draw_sample_mask(), STYLE, 256, 0.3), full)


def test_a_small_edit_is_drawn_anew_in_a_window_and_nowhere_else(network, previews):
    full = network(draw_sample_mask(), STYLE, 512)
    previews.remember_full(draw_sample_mask(), STYLE, full, "whole")
    windows = []

    def in_white(mask, style, window, origin):
        windows.append(window)
        return np.full((*mask[window].shape, 3), 255, np.uint8)

    network.calls.clear()
    preview = previews.preview(network, in_white, edited(), STYLE, 256, 0.3)
    assert network.calls == [] and len(windows) == 1
    changed = edited() != draw_sample_mask()
    assert (preview[changed] == 255).all()
    far = cv2.dilate(changed.astype(np.uint8), np.ones((53, 53))) == 0
    np.testing.assert_array_equal(preview[far], full[far])
    everywhere = np.full_like(draw_sample_mask(), 17)
    previews.preview(network, in_white, everywhere, STYLE, 256, 0.3)
    assert len(windows) == 1 and network.calls == [256, 256]  # too much for a window
