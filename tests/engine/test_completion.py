"""Edits drawn with completion: only where the edit is, in one image for one photo."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from maskgan_studio.engine import Pipeline, Target
from maskgan_studio.engine.completion import Completion
from maskgan_studio.engine.synthetic_face import draw_sample_crop, draw_sample_mask
from maskgan_studio.labels import part_named
from maskgan_studio.networks import CompletionNetwork
from maskgan_studio.photo.alignment.frame import Alignment
from maskgan_studio.photo.compositing.completion_base import prepare_completion_base
from maskgan_studio.photo.compositing.completion_region import find_box, find_completion_region
from maskgan_studio.photo.files.loading import Photo
from maskgan_studio.weights import find_set

SKIN, LIP = part_named("skin").index, part_named("u_lip").index


@pytest.fixture(scope="module")
def pipeline(completing_set: Path) -> Pipeline:
    return Pipeline(completing_set, "cpu")


@pytest.fixture
def network(completing_set: Path) -> CompletionNetwork:
    """The completion network of `pipeline`, a test's own to change."""
    return find_set(completing_set).load("completion")


@pytest.fixture(scope="module")
def target() -> Target:
    crop = draw_sample_crop()
    return Target(Photo.from_pixels(crop), Alignment.identity(crop.shape), crop, draw_sample_mask())


def closed_mouth(mask: np.ndarray) -> np.ndarray:
    return np.where(mask == LIP, np.uint8(SKIN), mask)


def test_unedited_means_unchanged(pipeline, target):
    image = pipeline.render(target.mask, pipeline.style(target))
    assert np.array_equal(pipeline.composite(target, target.mask.copy(), image), target.photo.pixels)


def test_an_edit_changes_its_region_alone_and_gives_the_same_picture_again(pipeline, target):
    edited = closed_mouth(target.mask)
    image = pipeline.render(edited, pipeline.style(target))
    once, again = (pipeline.composite(target, edited, image) for _ in range(2))
    region = find_completion_region(target.mask, edited)
    assert np.array_equal(once[~region], target.photo.pixels[~region])
    assert (once != target.photo.pixels).any(axis=2).sum() > 0.5 * region.sum()
    assert np.array_equal(once, again)


def test_a_photo_that_may_not_be_written_to_is_drawn_without_a_warning(pipeline, target, recwarn):
    edited = closed_mouth(target.mask)
    crop = target.crop.copy()
    crop.flags.writeable = False
    frozen = Target(Photo.from_pixels(crop), target.alignment, crop, target.mask)
    pipeline.composite(frozen, edited, pipeline.render(edited, pipeline.style(frozen)))
    assert not [warning for warning in recwarn if "writable" in str(warning.message)]


def test_what_the_edit_hides_does_not_shine_through(pipeline, network, target):
    edited = closed_mouth(target.mask)
    image = pipeline.render(edited, pipeline.style(target))
    region = find_completion_region(target.mask, edited)
    box = find_box(region)
    completion = Completion(network, torch.device("cpu"))
    crops = [target.crop, np.where(region[..., None], 255 - target.crop, target.crop)]
    bases = [prepare_completion_base(crop, image, target.mask, edited, region, box) for crop in crops]
    drawn = [completion.draw(crop, base, edited, region, box, "abc") for crop, base in zip(crops, bases, strict=True)]
    assert np.array_equal(*drawn)


def test_a_larger_box_keeps_the_noise_in_its_place(network):
    for layer in network.modules():  # nothing but noise differs from place to place
        if isinstance(layer, torch.nn.Conv2d):
            torch.nn.init.zeros_(layer.weight)
    torch.nn.init.constant_(network.stem.weight[:, -1:, 2:3, 2:3], 1.0)
    torch.nn.init.constant_(network.up[0].weight[:, :, 1:2, 1:2], 0.5)
    torch.nn.init.constant_(network.head.weight[:, :, 1:2, 1:2], 0.1)
    completion = Completion(network, torch.device("cpu"))
    region = np.ones((512, 512), bool)
    small, large = np.s_[128:256, 128:256], np.s_[64:320, 96:384]
    flat = np.full((512, 512, 3), 128, np.uint8)
    labels = np.full((512, 512), SKIN, np.uint8)
    one, other = (
        completion.draw(flat, flat[box].astype(np.float32), labels, region, box, "abc") for box in (small, large)
    )
    assert one.std() > 1
    assert np.allclose(one[16:-16, 16:-16], other[64:192, 32:160][16:-16, 16:-16], atol=1e-2)


def test_a_set_without_completion_still_composes(target, tiny_set):
    pipeline = Pipeline(tiny_set, "cpu")
    edited = closed_mouth(target.mask)
    out = pipeline.composite(target, edited, pipeline.render(edited, pipeline.style(target)))
    assert (out != target.photo.pixels).any()


def test_a_window_of_a_preview_is_that_of_the_whole(pipeline, target):
    """Two edits far apart; looking at one of them, the other may be missing, and nothing else."""
    edited = closed_mouth(target.mask)
    edited[60:90, 200:300] = part_named("hat").index
    image = pipeline.render(edited, pipeline.style(target))
    whole = pipeline.composite(target, edited, image, preview=True)
    y, x = np.nonzero(edited[200:] != target.mask[200:])
    window = (slice(int(y.min()) + 190, int(y.max()) + 211), slice(int(x.min()) - 10, int(x.max()) + 11))
    seen = pipeline.composite(target, edited, image, preview=True, window=window)
    inner = tuple(slice(part.start + 4, part.stop - 4) for part in window)  # where it ends it fades
    assert np.abs(seen[inner].astype(int) - whole[inner]).max() <= 2
    assert np.array_equal(seen[:120], target.photo.pixels[:120]) and (whole[:120] != seen[:120]).any()
    empty = (slice(480, 500), slice(0, 20))
    assert np.array_equal(pipeline.composite(target, edited, image, preview=True, window=empty), target.photo.pixels)


def test_the_bridge_of_removed_glasses_is_drawn_anew(pipeline, target):
    """The mask calls it nose."""
    nose, eyes = target.mask == part_named("nose").index, np.isin(target.mask, [4, 5])
    worn = target.mask.copy()
    rows, columns = np.nonzero(eyes)
    lenses = np.zeros(worn.shape, bool)
    lenses[rows.min() - 20 : rows.max() + 30, columns.min() - 20 : columns.max() + 20] = True
    worn[lenses & (worn == SKIN)] = part_named("eye_g").index
    seen = Target(target.photo, target.alignment, target.crop, worn)
    out = pipeline.composite(seen, target.mask, pipeline.render(target.mask, pipeline.style(target)))
    middle = np.zeros(worn.shape, bool)
    middle[: rows.max()] = True
    bridge = nose & lenses & middle
    assert bridge.sum() > 100 and (out != target.crop).any(axis=2)[bridge].mean() > 0.5


def test_what_is_drawn_takes_the_sharpness_of_the_photo(pipeline, target, monkeypatch):
    edited = closed_mouth(target.mask)
    image = pipeline.render(edited, pipeline.style(target))
    rng = np.random.default_rng(0)

    def draw_crisply(self, crop, base, *_):
        return rng.choice([40.0, 220.0], base.shape[:2]).astype(np.float32)[..., None].repeat(3, axis=2)

    monkeypatch.setattr(Completion, "draw", draw_crisply)
    contrasts = []
    for blur in (0, 3):
        crop = cv2.GaussianBlur(target.crop, (0, 0), blur) if blur else target.crop
        photo = Target(Photo.from_pixels(crop), target.alignment, crop, target.mask)
        region = find_completion_region(target.mask, edited)
        steps = np.abs(np.diff(pipeline.composite(photo, edited, image).astype(float), axis=1))
        contrasts.append(steps[region[:, 1:]].mean())
    assert contrasts[1] < 0.75 * contrasts[0]
