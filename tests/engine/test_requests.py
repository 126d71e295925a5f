"""Requests compare by what the result depends on, so that equal renders are never done twice."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from maskgan_studio.engine import RenderRequest


def request_for(mask, **changes):
    return dataclasses.replace(RenderRequest(mask, "photo"), **changes)


def test_equal_masks_make_equal_requests_whoever_owns_the_array():
    mask = np.zeros((512, 512), np.uint8)
    assert request_for(mask) == request_for(mask.copy())
    assert len({request_for(mask), request_for(np.asfortranarray(mask))}) == 1


def test_one_pixel_makes_another_request():
    mask = np.zeros((512, 512), np.uint8)
    other = mask.copy()
    other[511, 0] = 1
    assert request_for(mask) != request_for(other)


@pytest.mark.parametrize("change", [{"style_key": "other"}, {"size": 256}, {"weights": "paper"}])
def test_style_size_and_weights_make_another_request(change):
    mask = np.zeros((512, 512), np.uint8)
    assert request_for(mask) != request_for(mask, **change)
