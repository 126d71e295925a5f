from __future__ import annotations

import cv2
import numpy as np
import pytest

from maskgan_studio.labels import part_named
from maskgan_studio.photo.alignment.face_alignment import Alignment
from maskgan_studio.photo.compositing.network_change import composite, find_edited_region

BACKGROUND, SKIN, LIP, HAIR = (part_named(name).index for name in ("background", "skin", "u_lip", "hair"))
COLORS = {BACKGROUND: (60, 110, 170), SKIN: (200, 160, 140), LIP: (170, 70, 80), HAIR: (50, 40, 35)}
IDENTITY = Alignment.identity((512, 512))


def plain_face() -> np.ndarray:
    mask = np.zeros((512, 512), np.uint8)
    cv2.ellipse(mask, (256, 230), (190, 210), 0, 0, 360, HAIR, -1)
    cv2.ellipse(mask, (256, 280), (130, 170), 0, 0, 360, SKIN, -1)
    cv2.ellipse(mask, (256, 380), (50, 16), 0, 0, 360, LIP, -1)
    return mask


def painted(mask: np.ndarray, shift: dict[int, tuple[int, int, int]] | None = None) -> np.ndarray:
    """An image of a mask in plain colours, each part's moved by `shift`; float, so that nothing is clipped yet."""
    picture = np.zeros((*mask.shape, 3), np.float32)
    for index, color in COLORS.items():
        picture[mask == index] = np.add(color, (shift or {}).get(index, 0))
    return picture


def as_picture(picture: np.ndarray) -> np.ndarray:
    return np.rint(picture).clip(0, 255).astype(np.uint8)


def wider_mouth(mask: np.ndarray) -> np.ndarray:
    edited = mask.copy()
    cv2.ellipse(edited, (256, 380), (85, 22), 0, 0, 360, LIP, -1)
    return edited


def less_hair(mask: np.ndarray) -> np.ndarray:
    edited = mask.copy()
    edited[:90][mask[:90] == HAIR] = BACKGROUND
    return edited


@pytest.fixture(scope="module")
def grain() -> np.ndarray:
    return np.random.default_rng(0).normal(0, 6, (512, 512, 1)).astype(np.float32)


def test_equal_masks_give_an_untouched_copy(astronaut: np.ndarray) -> None:
    mask = plain_face()
    out = composite(astronaut, IDENTITY, astronaut, mask, mask.copy(), 255 - astronaut, astronaut // 2)
    assert np.array_equal(out, astronaut)
    assert out is not astronaut
    assert not find_edited_region(mask, mask, 255 - astronaut, astronaut).any()


@pytest.mark.parametrize("scale", [0.5, 1.0, 2.3])
@pytest.mark.parametrize("angle", [0, 37])
def test_outside_the_region_every_bit_stays(astronaut: np.ndarray, scale: float, angle: float) -> None:
    photo = cv2.resize(astronaut, (1200, 1000))
    half = 256 * scale
    turn = np.radians(angle)
    alignment = Alignment(600.2, 480.9, half * np.cos(turn), half * np.sin(turn))
    crop = alignment.crop(photo)
    mask = plain_face()
    edited = wider_mouth(mask)
    drifting = painted(mask) + 9, painted(edited) + 3  # the network changes its mind everywhere
    result, reconstruction = as_picture(drifting[1]), as_picture(drifting[0])
    out = composite(photo, alignment, crop, mask, edited, result, reconstruction)
    region = find_edited_region(mask, edited, result, reconstruction)
    flags = cv2.INTER_LINEAR
    reached = cv2.warpAffine((region > 0).astype(np.float32), alignment.inverse, (1200, 1000), flags=flags) > 0
    reached = cv2.dilate(reached.astype(np.uint8), np.ones((3, 3))) > 0  # OpenCV rounds positions to 1/32 pixel
    assert np.array_equal(out[~reached], photo[~reached])
    assert 0 < reached.mean() < 0.25
    assert (out != photo).any(axis=2).sum() > 0.3 * reached.sum()


@pytest.mark.parametrize("edit", [wider_mouth, less_hair])
def test_colours_are_matched_part_by_part(edit, grain: np.ndarray) -> None:
    """A network that draws every part in a wrong colour and without grain: the composite has the photo's colours."""
    mask = plain_face()
    edited = edit(mask)
    wrong = {BACKGROUND: (30, -20, 5), SKIN: (-25, 10, 20), LIP: (15, 15, -30), HAIR: (20, 25, 30)}
    photo = as_picture(painted(mask) + grain)
    out = composite(
        photo, IDENTITY, photo, mask, edited, as_picture(painted(edited, wrong)), as_picture(painted(mask, wrong))
    )
    ideal = painted(edited)
    inner = cv2.erode((mask != edited).astype(np.uint8), np.ones((9, 9))) > 0
    assert np.abs(out[inner].mean(axis=0) - ideal[inner].mean(axis=0)).max() < 3
    assert np.abs(cv2.GaussianBlur(out.astype(np.float32), (0, 0), 2) - ideal)[inner].mean() < 5


def test_texture_comes_along(grain: np.ndarray) -> None:
    """Where a smooth network lets the background come out, it gets the background's own grain."""
    mask = plain_face()
    edited = less_hair(mask)
    photo = as_picture(painted(mask) + grain)
    out = composite(photo, IDENTITY, photo, mask, edited, as_picture(painted(edited)), as_picture(painted(mask)))
    near = np.zeros_like(mask, bool)
    near[50:75, 230:280] = True
    grain_there = (out.astype(np.float32) - painted(edited))[near & (mask != edited)].std()
    assert 0.6 * grain.std() < grain_there < 1.4 * grain.std()


def test_a_network_that_draws_grain_gets_no_more_of_it(grain: np.ndarray) -> None:
    mask = plain_face()
    edited = less_hair(mask)
    photo = as_picture(painted(mask) + grain)
    own = np.random.default_rng(5).normal(0, 6, grain.shape)
    result, reconstruction = as_picture(painted(edited) + own), as_picture(painted(mask) + own)
    out = composite(photo, IDENTITY, photo, mask, edited, result, reconstruction)
    assert (out.astype(np.float32) - painted(edited))[50:75, 230:280].std() < 1.4 * grain.std()


def test_details_finer_than_the_crop_survive_where_the_part_stayed() -> None:
    """The network lightens the lip's surroundings; a photo of twice the crop's size keeps its pores there."""
    mask = plain_face()
    edited = wider_mouth(mask)
    rng = np.random.default_rng(1)
    large = cv2.resize(painted(mask), (1024, 1024), interpolation=cv2.INTER_NEAREST)
    photo = as_picture(large + rng.normal(0, 10, (1024, 1024, 1)))
    alignment = Alignment.identity(photo.shape)
    reconstruction, result = painted(mask), painted(edited)
    glow = np.zeros((512, 512), np.float32)
    cv2.circle(glow, (256, 380), 100, 1, -1)
    result += cv2.GaussianBlur(glow, (0, 0), 8)[..., None] * 12
    out = composite(
        photo, alignment, alignment.crop(photo), mask, edited, as_picture(result), as_picture(reconstruction)
    )
    here = np.s_[820:850, 500:525]  # skin below the mouth, changed by the glow alone
    before, after = photo[here].astype(float), out[here].astype(float)
    assert after.mean() > before.mean() + 5
    assert np.corrcoef((before - before.mean()).ravel(), (after - after.mean()).ravel())[0, 1] > 0.97


def test_no_seam_at_the_rim_of_the_region(grain: np.ndarray) -> None:
    mask = plain_face()
    edited = wider_mouth(mask)
    photo = as_picture(painted(mask) + grain)
    result, reconstruction = painted(edited), painted(mask)
    result[250:] += 14  # a change that ends as sharply as a change can, partly within reach of the edit
    out = composite(photo, IDENTITY, photo, mask, edited, as_picture(result), as_picture(reconstruction))
    added = out.astype(int) - photo
    unchanged = cv2.dilate((mask != edited).astype(np.uint8), np.ones((31, 31))) == 0
    steps = np.abs(np.diff(added, axis=0)).max(axis=2)[unchanged[1:] & unchanged[:-1]]
    assert added[unchanged].max() >= 5
    assert steps.max() <= 3


def test_edit_that_reaches_the_end_of_the_crop_fades_there() -> None:
    mask = plain_face()
    photo = cv2.copyMakeBorder(as_picture(painted(mask)), 200, 200, 200, 200, cv2.BORDER_REPLICATE)
    alignment = Alignment(455.5, 455.5, 256, 0)
    edited = mask.copy()
    edited[:, 400:] = HAIR
    result, reconstruction = as_picture(painted(edited)), as_picture(painted(mask))
    out = composite(photo, alignment, alignment.crop(photo), mask, edited, result, reconstruction)
    right = int(alignment.corners[2, 0])
    assert np.array_equal(out[:, right + 1 :], photo[:, right + 1 :])
    assert np.abs(np.diff(out[450, right - 30 : right + 10].astype(int), axis=0)).max() < 25
    # Where crop and photo end together there is nothing to fade into.
    whole = as_picture(painted(mask))
    out = composite(whole, IDENTITY, whole, mask, edited, result, reconstruction)
    assert np.abs(out[256, -1] - np.array(COLORS[HAIR])).max() < 12


def test_grey_photos_stay_grey(astronaut: np.ndarray) -> None:
    grey = np.repeat(cv2.cvtColor(astronaut, cv2.COLOR_RGB2GRAY)[..., None], 3, axis=2)
    mask = plain_face()
    edited = wider_mouth(mask)
    out = composite(grey, IDENTITY, grey, mask, edited, as_picture(painted(edited)), as_picture(painted(mask)))
    assert not np.array_equal(out, grey)
    assert (out.max(axis=2) == out.min(axis=2)).all()


def test_distant_changes_of_the_network_are_no_part_of_the_edit() -> None:
    mask = plain_face()
    edited = wider_mouth(mask)
    result, reconstruction = painted(edited), painted(mask)
    result[60:120, 100:200] += 60
    region = find_edited_region(mask, edited, as_picture(result), as_picture(reconstruction))
    assert region[380, 190] == 1
    assert not region[:200].any()
    assert region.dtype == np.float32
    assert region.max() <= 1


def test_small_crop_frames_beyond_the_photo(astronaut: np.ndarray) -> None:
    """A face half outside the photo: only what lies inside is touched, nothing breaks."""
    mask = plain_face()
    edited = wider_mouth(mask)
    result, reconstruction = as_picture(painted(edited)), as_picture(painted(mask))
    for center in ((0.0, 0.0), (511.0, 300.0), (-400.0, -400.0)):
        alignment = Alignment(*center, 150.0, 40.0)
        out = composite(astronaut, alignment, alignment.crop(astronaut), mask, edited, result, reconstruction)
        assert out.shape == astronaut.shape


def test_another_style_changes_the_person_and_nothing_else(grain: np.ndarray) -> None:
    """With no paint on the mask: the whole of the face takes the colours, under the photo's own grain."""
    mask = plain_face()
    photo = as_picture(painted(mask) + grain)
    other = {SKIN: (-60, -40, -20), HAIR: (90, 60, 20), LIP: (-30, 20, 20), BACKGROUND: (80, 80, -80)}
    out = composite(
        photo, IDENTITY, photo, mask, mask, as_picture(painted(mask, other)), as_picture(painted(mask)), restyled=True
    )
    beyond = cv2.dilate((mask != BACKGROUND).astype(np.uint8), np.ones((33, 33))) == 0
    assert np.array_equal(out[beyond], photo[beyond])
    for part in (SKIN, HAIR, LIP):
        inner = cv2.erode((mask == part).astype(np.uint8), np.ones((7, 7))) > 0
        moved = out[inner].astype(np.float32).mean(axis=0) - photo[inner].mean(axis=0)
        assert np.abs(moved - other[part]).max() < 4
        assert np.allclose(out[inner].std(axis=0), photo[inner].std(axis=0), rtol=0.2)
