"""Colours of parts, on the photo's own pixels."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maskgan_studio.errors import EditError
from maskgan_studio.labels import part_named
from maskgan_studio.photo.alignment.frame import Alignment
from maskgan_studio.photo.masks.matting import estimate_matte
from maskgan_studio.photo.retouching.recolor import recolor_photo
from maskgan_studio.recoloring import COLORED_PARTS, Recoloring

HAIR, SKIN, LIP = (part_named(name).index for name in ("hair", "skin", "u_lip"))


def photo_with_hair(size: int = 512) -> tuple[np.ndarray, np.ndarray]:
    """Brown hair with strands above skin before a grey background."""
    mask = np.zeros((512, 512), np.uint8)
    mask[60:240, 100:400] = HAIR
    mask[240:420, 140:360] = SKIN
    photo = np.full((512, 512, 3), 128, np.uint8)
    photo[mask == HAIR] = (90, 60, 40)
    photo[:, ::3][mask[:, ::3] == HAIR] = (130, 95, 70)
    photo[mask == SKIN] = (220, 180, 160)
    return (photo if size == 512 else cv2.resize(photo, (size, size), interpolation=cv2.INTER_CUBIC)), mask


def recolored(photo: np.ndarray, mask: np.ndarray, **parts: Recoloring) -> np.ndarray:
    return recolor_photo(photo, Alignment.identity(photo.shape), mask, parts)


@pytest.mark.parametrize("color", ["#3060a0", "#2a1a10", "#b06030"])
def test_hair_gets_the_colour_and_keeps_its_strands(color):
    photo, mask = photo_with_hair()
    out = recolored(photo, mask, hair=Recoloring(color))
    inner = out[100:200, 150:350].astype(float)
    wanted = [int(color[k : k + 2], 16) for k in (1, 3, 5)]
    assert np.abs(np.median(inner, axis=(0, 1)) - wanted).max() < 16
    before = cv2.cvtColor(photo[100:200, 150:350], cv2.COLOR_RGB2GRAY).astype(float)
    after = cv2.cvtColor(out[100:200, 150:350], cv2.COLOR_RGB2GRAY).astype(float)
    assert np.corrcoef(before.ravel(), after.ravel())[0, 1] > 0.95


def test_what_lies_outside_keeps_its_bits():
    photo, mask = photo_with_hair()
    out = recolored(photo, mask, hair=Recoloring("#3060a0"))
    near = cv2.dilate((mask == HAIR).astype(np.uint8), np.ones((51, 51), np.uint8)) > 0
    assert np.array_equal(out[~near], photo[~near])
    assert np.abs(out[260:400, 160:340].astype(int) - photo[260:400, 160:340]).max() <= 6


def test_a_strand_beyond_the_mask_belongs_to_the_hair():
    photo, mask = photo_with_hair()
    photo[200:204, 400:412] = (90, 60, 40)
    alpha = estimate_matte(photo, mask == HAIR, 8, 24).sample(photo, np.eye(3)[:2])
    assert alpha[201:203, 401:406].min() > 0.3 > 0.1 > alpha[210:230, 404:412].max()


def test_a_large_photo_gets_what_its_crop_gets():
    small, mask = photo_with_hair()
    large, _ = photo_with_hair(1536)
    edit = {"hair": Recoloring(hue=120.0)}
    alignment = Alignment.identity(large.shape)
    shrunk = cv2.resize(recolor_photo(large, alignment, mask, edit), (512, 512), interpolation=cv2.INTER_AREA)
    expected = recolored(small, mask, **edit)
    assert np.abs(shrunk[90:210, 130:370].astype(int) - expected[90:210, 130:370]).mean() < 6


@pytest.mark.parametrize(
    "edit", [{}, {"hair": Recoloring()}, {"hair": Recoloring("#ff0000", strength=0)}, {"lips": Recoloring("#ff0000")}]
)
def test_nothing_to_change_is_the_same_array(edit):
    photo, mask = photo_with_hair()
    assert recolor_photo(photo, Alignment.identity(photo.shape), mask, edit) is photo


@settings(max_examples=20, deadline=None)
@given(
    st.sampled_from(sorted(COLORED_PARTS)),
    st.one_of(st.none(), st.integers(0, 2**24 - 1).map("#{:06x}".format)),
    st.floats(-180, 180),
    st.floats(-1, 1),
    st.floats(-1, 1),
    st.floats(0, 1),
)
def test_every_setting_gives_an_image(part, color, hue, saturation, lightness, strength):
    photo, mask = photo_with_hair()
    out = recolored(photo, mask, **{part: Recoloring(color, hue, saturation, lightness, strength)})
    assert out.shape == photo.shape and out.dtype == np.uint8


def test_lightness_saturation_and_hue_do_what_they_say():
    photo, mask = photo_with_hair()

    def mean(**change: float) -> np.ndarray:
        return recolored(photo, mask, hair=Recoloring(**change))[100:200, 150:350].astype(float).mean(axis=(0, 1))

    own = photo[100:200, 150:350].astype(float).mean(axis=(0, 1))
    assert mean(lightness=0.5).sum() > own.sum() + 60 > own.sum() > mean(lightness=-0.5).sum() + 60
    assert np.ptp(mean(saturation=-1.0)) < 3 < np.ptp(own)
    red, _, blue = mean(hue=180.0)
    assert blue > red


@pytest.mark.parametrize("bad", [{"color": "red"}, {"color": "#12345"}, {"hue": 181.0}, {"strength": float("nan")}])
def test_what_is_no_colour_is_refused(bad):
    with pytest.raises(EditError):
        Recoloring(**bad)


def test_parts_without_a_colour_are_named():
    photo, mask = photo_with_hair()
    with pytest.raises(EditError, match="hair, brows, lips"):
        recolored(photo, mask, teeth=Recoloring("#ffffff"))
