"""Fit to photo: the image comes nearer, edits go on responding, renderers agree, and it can be kept and stopped."""

from __future__ import annotations

import numpy as np
import pytest
import skimage.data
import torch

from maskgan_studio.engine import style_fitting
from maskgan_studio.engine.cpu_renderer import CpuRenderer
from maskgan_studio.engine.cuda_renderer import DeviceProgram
from maskgan_studio.engine.fit import Fit
from maskgan_studio.engine.pipeline import Pipeline
from maskgan_studio.engine.renderer import PlainRenderer
from maskgan_studio.engine.style_fitting import Plan
from maskgan_studio.engine.style_map import StyleMap
from maskgan_studio.engine.synthetic_face import draw_sample_mask
from maskgan_studio.errors import ProjectError, StudioError
from maskgan_studio.networks import DenseMappingNetwork
from maskgan_studio.photo.files.loading import Photo
from maskgan_studio.weights import find_set, save_set

LIP, HAT = 11, 14


@pytest.fixture(scope="module")
def pipeline(tiny_set):
    return Pipeline(tiny_set, "cpu")


@pytest.fixture(scope="module")
def target(pipeline):
    photo = Photo.from_pixels(skimage.data.astronaut())
    return pipeline.prepare(photo, aligned=True, mask=draw_sample_mask())


@pytest.fixture(scope="module")
def fit(pipeline, target):
    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(style_fitting.PRESETS, "quick", Plan(12, None, False))
        return pipeline.fit(target, "quick")


def edited(mask: np.ndarray) -> np.ndarray:
    mask = mask.copy()
    mask[360:400, 180:332] = LIP
    return mask


def distance(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.abs(a.astype(float) - b).mean())


def test_the_picture_comes_nearer_to_the_photo(pipeline, target, fit):
    before = distance(pipeline.render(target.mask, pipeline.style(target)), target.crop)
    after = distance(pipeline.render(target.mask, pipeline.load_fit(fit, target)), target.crop)
    assert after < 0.97 * before  # a tiny network of random weights cannot do more in so few steps
    assert fit.error_before == pytest.approx(before, abs=1.5) and fit.error_after == pytest.approx(after, abs=1.5)


def test_edits_keep_most_of_their_response(pipeline, target, fit):
    source = edited(target.mask)
    where = source != target.mask
    changes = []
    for style in (pipeline.style(target), pipeline.load_fit(fit, target)):
        before, after = (pipeline.render(mask, style).astype(float) for mask in (target.mask, source))
        changes.append((after - before)[where])
    assert np.abs(changes[1]).mean() > 0.8 * np.abs(changes[0]).mean()


def test_where_nothing_was_painted_the_fit_holds(pipeline, target, fit):
    style, source = pipeline.load_fit(fit, target), edited(target.mask)
    far = np.s_[:200]
    assert distance(pipeline.render(source, style)[far], pipeline.render(target.mask, style)[far]) < 6


@pytest.mark.parametrize("size", [512, 256, 128])
def test_all_renderers_agree_on_a_fitted_style(tiny_set, pipeline, target, fit, size):
    style, source = pipeline.load_fit(fit, target), edited(target.mask)
    cpu = torch.device("cpu")
    plain = PlainRenderer(find_set(tiny_set).load("dmn"), cpu).render(source, style, size)
    fast = CpuRenderer(find_set(tiny_set).load("dmn")).render(source, style, size)
    assert np.abs(plain.astype(int) - fast).max() <= 1
    labels = source[512 // size // 2 :: 512 // size, 512 // size // 2 :: 512 // size].copy()
    with torch.inference_mode():
        program = DeviceProgram(find_set(tiny_set).load("dmn"), cpu, torch.float32)
        graph = program(torch.from_numpy(labels), style.vector, style.shift(labels))
    assert np.abs(plain.astype(int) - graph.numpy()).max() <= 1


def test_without_paint_the_photo_comes_back_as_it_is(pipeline, target, fit):
    style = pipeline.load_fit(fit, target)
    picture = pipeline.composite(target, target.mask, pipeline.render(target.mask, style), style)
    np.testing.assert_array_equal(picture, target.photo.pixels)


def test_full_fits_the_whole_vector(pipeline, target, monkeypatch):
    monkeypatch.setitem(style_fitting.PRESETS, "full", Plan(2, None, True))
    full = pipeline.fit(target, "full")
    start = pipeline.style(target).vector[0].numpy()
    assert (full.vector[:100] != start[:100]).any()


def test_progress_is_told_and_a_fit_can_be_stopped(pipeline, target):
    heard = []

    def report(share: float, left: float) -> bool:
        heard.append((share, left))
        return len(heard) < 3

    assert pipeline.fit(target, "quick", report) is None
    assert len(heard) == 3
    assert heard[0][0] < 0.001 and heard[0][1] == float("inf")
    assert 0 < heard[1][0] < heard[2][0] < 1 and heard[2][1] < float("inf")


def test_a_slow_machine_ends_in_time(pipeline, target, monkeypatch):
    clock = iter(range(0, 10_000, 20))
    monkeypatch.setattr(style_fitting.time, "monotonic", lambda: next(clock))
    shares = []
    assert pipeline.fit(target, "quick", lambda share, _left: not shares.append(share)) is not None
    assert len(shares) <= 3


def test_a_fit_is_kept_as_bytes(pipeline, target, fit):
    again = Fit.from_bytes(fit.to_bytes())
    assert again.key == fit.key and again.target_key == target.key
    np.testing.assert_array_equal(
        pipeline.render(target.mask, pipeline.load_fit(again, target)),
        pipeline.render(target.mask, pipeline.load_fit(fit, target)),
    )
    assert len(fit.to_bytes()) < 4 * 2**20


@pytest.mark.parametrize("damage", [lambda data: data[:100], lambda data: b"", lambda data: b"x" * 1000])
def test_damaged_bytes_are_refused(fit, damage):
    with pytest.raises(ProjectError, match="fit to the photo again"):
        Fit.from_bytes(damage(fit.to_bytes()))


def test_a_fit_to_another_photo_is_not_used(pipeline, target, fit):
    other = pipeline.prepare(Photo.from_pixels(255 - skimage.data.astronaut()), aligned=True, mask=draw_sample_mask())
    assert pipeline.load_fit(fit, other).key == pipeline.style(other).key


def test_other_generators_are_refused(tmp_path, target):
    network = DenseMappingNetwork(width=4, downsamplings=4, blocks=1, style_width=4, generator="spade")
    folder = save_set(tmp_path / "spade", {"dmn": network}, name="spade", training={}, card="# Spade\n").path
    with pytest.raises(StudioError, match="cannot be fitted"):
        Pipeline(folder, "cpu").fit(target)


def test_a_style_map_has_the_photos_values_where_the_mask_is_its_own_and_the_parts_mean_elsewhere():
    mask = np.zeros((512, 512), np.uint8)
    mask[:, 256:] = 1
    codes = torch.zeros(1, 256, 256)
    codes[:, :, 128:] = 2.0
    codes[:, :, :64] = 1.0  # the other half has 1 and 0: 0.5 in the mean
    shifts = StyleMap(mask, codes, torch.ones(3, 1))
    np.testing.assert_array_equal(shifts.shift(mask)[0, 0].numpy(), codes[0].numpy())
    swapped = 1 - mask
    shift = shifts.shift(swapped)[0].numpy()
    assert shift.shape == (3, 256, 256)
    assert np.allclose(shift[:, :, :120], 2.0) and np.allclose(shift[:, :, 136:], 0.5)
    assert np.allclose(shifts.scaled(0.5).shift(swapped)[0].numpy(), 0.5 * shift)
