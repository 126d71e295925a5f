"""Masks that can be read in two ways: which one is taken is asked or said, never silent."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from maskgan_studio.engine.synthetic_face import draw_sample_mask
from maskgan_studio.errors import MaskError, StudioError
from maskgan_studio.labels import NUM_CLASSES, color_table, part_named
from maskgan_studio.photo.masks.label_order import convert_label_order, is_doubtful, order_by_photo
from maskgan_studio.photo.masks.mask_files import (
    ForeignColorError,
    SoftMaskError,
    load_mask,
    save_color_mask,
    save_mask,
)
from maskgan_studio.photo.masks.soft_edges import fill_from_nearest, find_soft_edges, snap_edges

HAIR, SKIN, NECK = (part_named(name).index for name in ("hair", "skin", "neck"))
FROM_OFFICIAL = np.argsort(convert_label_order(np.arange(NUM_CLASSES, dtype=np.uint8)[None])[0]).astype(np.uint8)


@pytest.fixture(scope="module")
def labels() -> np.ndarray:
    return draw_sample_mask()


def write_palette(path: Path, numbers: np.ndarray, palette: np.ndarray) -> Path:
    image = Image.fromarray(numbers.astype(np.uint8))
    image.putpalette(palette.astype(np.uint8).tobytes())
    image.save(path)
    return path


# --- palettes


def test_colours_decide_where_a_palette_was_renumbered(labels, tmp_path):
    order = np.random.default_rng(0).permutation(NUM_CLASSES)
    renumbered = np.argsort(order).astype(np.uint8)[labels]
    path = write_palette(tmp_path / "m.png", renumbered, color_table()[order])
    notices: list = []
    assert np.array_equal(load_mask(path, notices=notices), labels)
    assert len(notices) == 1 and "m.png" in str(notices[0]) and "colours were taken" in str(notices[0])


def test_optimisers_renumber_by_need(labels, tmp_path):
    save_color_mask(tmp_path / "c.png", labels)
    with Image.open(tmp_path / "c.png") as image:
        image.quantize(32, dither=Image.Dither.NONE).save(tmp_path / "m.png")
        image.convert("P", palette=Image.Palette.ADAPTIVE, colors=32).save(tmp_path / "m.gif")
    assert np.array_equal(load_mask(tmp_path / "m.png"), labels)
    assert np.array_equal(load_mask(tmp_path / "m.gif"), labels)


def test_numbers_count_where_the_palette_is_another(labels, tmp_path):
    rng = np.random.default_rng(1)
    plain = np.zeros((19, 3), np.uint8)
    plain[1], plain[13], plain[2] = (255, 0, 0), (255, 255, 0), (0, 255, 255)
    for palette in (rng.integers(0, 255, (19, 3)), np.arange(19)[:, None].repeat(3, 1), np.zeros((19, 3)), plain):
        notices: list = []
        assert np.array_equal(load_mask(write_palette(tmp_path / "m.png", labels, palette), notices=notices), labels)
        assert not notices


def test_our_own_palette_is_silent(labels, tmp_path):
    save_mask(tmp_path / "m.png", labels)
    notices: list = []
    assert np.array_equal(load_mask(tmp_path / "m.png", notices=notices), labels) and not notices


# --- colours of no class


def test_a_foreign_colour_is_named_with_its_place_and_can_become_background(labels, tmp_path):
    pixels = color_table()[labels]
    pixels[200, 77:80] = (1, 2, 3)
    Image.fromarray(pixels).save(tmp_path / "m.png")
    with pytest.raises(
        ForeignColorError, match=r"3 pixels in colours of no class, the first with \(1, 2, 3\) at x 77, y 200"
    ) as problem:
        load_mask(tmp_path / "m.png")
    assert "--foreign-colors background" in str(problem.value)
    expected = labels.copy()
    expected[200, 77:80] = 0
    notices: list = []
    assert np.array_equal(load_mask(tmp_path / "m.png", foreign="background", notices=notices), expected)
    assert np.array_equal(problem.value.labels, expected) and len(notices) == 1
    assert np.array_equal(load_mask(tmp_path / "m.png", foreign="nearest"), labels)
    assert np.array_equal(problem.value.repaired, labels)


def test_transparent_pixels_are_background(labels, tmp_path):
    rgba = np.dstack([color_table()[labels], np.full(labels.shape, 255, np.uint8)])
    rgba[:100] = (255, 255, 255, 0)
    Image.fromarray(rgba).save(tmp_path / "m.png")
    notices: list = []
    found = load_mask(tmp_path / "m.png", notices=notices)
    assert (found[:100] == 0).all() and np.array_equal(found[100:], labels[100:])
    assert "transparent" in str(notices[0])


def test_a_jpeg_is_no_mask(labels, tmp_path):
    Image.fromarray(labels).save(tmp_path / "m.jpg")
    with pytest.raises(MaskError, match="JPEG, which changes class numbers"):
        load_mask(tmp_path / "m.jpg")


# --- softened edges


def soften(labels: np.ndarray, how: str) -> np.ndarray:
    size = len(labels)
    if how == "blurred":
        return cv2.GaussianBlur(labels, (0, 0), 0.8)
    if how == "moved by half a pixel":
        return cv2.warpAffine(labels, np.array([[1, 0, 0.5], [0, 1, 0.5]]), (size, size))
    if how == "turned":
        turn = cv2.getRotationMatrix2D((size / 2, size / 2), 7, 1)
        return cv2.warpAffine(labels, turn, (size, size), flags=cv2.INTER_LINEAR)
    resampling = {"area": cv2.INTER_AREA, "linear": cv2.INTER_LINEAR, "cubic": cv2.INTER_CUBIC}[how.split()[1]]
    step = int(how.split()[0])
    small = cv2.resize(labels, (step, step), interpolation=cv2.INTER_NEAREST_EXACT)
    return np.minimum(cv2.resize(small, (size, size), interpolation=resampling), 18)


SOFTENED = ["256 linear", "128 linear", "300 cubic", "700 area", "blurred", "moved by half a pixel", "turned"]


@pytest.mark.parametrize("how", SOFTENED)
def test_softened_masks_are_found_and_snapped(labels, tmp_path, how):
    soft = soften(labels, how)
    Image.fromarray(soft).save(tmp_path / "m.png")
    with pytest.raises(SoftMaskError, match="was scaled smoothly") as problem:
        load_mask(tmp_path / "m.png")
    assert str(find_soft_edges(soft).count) in str(problem.value)
    assert np.array_equal(load_mask(tmp_path / "m.png", soft="keep", order="celebamask"), soft)
    notices: list = []
    snapped = load_mask(tmp_path / "m.png", soft="snap", notices=notices)
    assert not find_soft_edges(snapped).soft and len(notices) == 1
    if "turned" not in how and "moved" not in how:
        assert (snapped != labels).mean() < 0.5 * (soft != labels).mean() + 0.008


def test_clean_masks_pass_at_any_size(labels):
    for size in (64, 96, 128, 256, 512, 1024):
        clean = cv2.resize(labels, (size, size), interpolation=cv2.INTER_NEAREST_EXACT)
        assert not find_soft_edges(clean).soft, size
    for odd in (np.zeros((512, 512), np.uint8), np.random.default_rng(0).integers(0, 19, (512, 512), np.uint8)):
        assert not find_soft_edges(odd).soft


def test_real_masks_are_clean(shared_data):
    paths = sorted((shared_data / "celebamask-mini" / "mask").glob("*.png"))[::40]
    for path in paths:
        mask = np.array(Image.open(path))
        assert not find_soft_edges(mask).soft, path
        assert find_soft_edges(soften(mask, "256 linear")).soft, path


def test_few_classes_softened(labels):
    few = np.where(np.isin(labels, (0, SKIN, HAIR)), labels, SKIN).astype(np.uint8)
    assert not find_soft_edges(few).soft and find_soft_edges(soften(few, "256 linear")).soft
    assert set(np.unique(snap_edges(soften(few, "256 linear")))) == {0, SKIN, HAIR}


def test_unknown_pixels_take_the_nearest_label():
    labels = np.zeros((5, 6), np.uint8)
    labels[:, 3:] = 9
    unknown = np.zeros(labels.shape, bool)
    unknown[:, 2] = unknown[0] = True
    labels[unknown] = 5
    filled = fill_from_nearest(labels, unknown)
    assert filled[1:, 2].tolist() in ([0] * 4, [9] * 4) and filled[0, 0] == 0 and filled[0, 5] == 9
    assert not fill_from_nearest(labels, np.ones(labels.shape, bool)).any()


# --- the other order of labels, in masks of few parts


@pytest.mark.parametrize("parts", [("skin", "hair"), ("hair",), ("skin", "neck", "cloth"), ("nose",)])
def test_the_photo_tells_the_order_of_a_mask_with_few_parts(labels, parts):
    indices = [part_named(name).index for name in parts]
    few = np.where(np.isin(labels, indices), labels, 0).astype(np.uint8)
    other = FROM_OFFICIAL[few]
    assert is_doubtful(few) and order_by_photo(few, labels) == "celebamask"
    assert is_doubtful(other) and order_by_photo(other, labels) == "zllrunning"


def test_what_needs_no_photo_or_gets_no_answer(labels):
    assert not is_doubtful(labels)
    assert not is_doubtful(np.where(labels == SKIN, labels, 0).astype(np.uint8))  # 1 is skin in both
    nowhere = np.zeros_like(labels)
    nowhere[:60, :60] = NECK
    assert order_by_photo(nowhere, labels) is None


# --- anything at all


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_changed_mask_files_are_label_maps_or_one_sentence(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("m")
    small = np.ascontiguousarray(draw_sample_mask()[::8, ::8])
    kind = data.draw(st.sampled_from(["P", "L", "RGB", "RGBA", "LA", "1", "I;16", "F"]))
    image = Image.fromarray(color_table()[small]) if kind in ("RGB", "RGBA") else Image.fromarray(small)
    image = (
        Image.fromarray(small.astype(np.uint16)) if kind == "I;16" else image if kind == "P" else image.convert(kind)
    )
    if kind == "P":
        image.putpalette(data.draw(st.binary(min_size=57, max_size=57)))
    path = folder / data.draw(st.sampled_from(["m.png", "m.tif", "m.gif"] if kind != "F" else ["m.tif"]))
    try:
        image.save(path)
    except (OSError, ValueError):
        return
    content = bytearray(path.read_bytes())
    for place, value in data.draw(
        st.lists(st.tuples(st.integers(0, len(content) - 1), st.integers(0, 255)), max_size=4)
    ):
        content[place] = value
    path.write_bytes(content[: data.draw(st.integers(0, len(content)))] if data.draw(st.booleans()) else content)
    rules = {"foreign": data.draw(st.sampled_from(["refuse", "background", "nearest"]))}
    rules["soft"] = data.draw(st.sampled_from(["refuse", "keep", "snap"]))
    try:
        found = load_mask(path, None, **rules)
    except StudioError as error:
        assert "\n" not in str(error)
    else:
        assert found.dtype == np.uint8 and found.ndim == 2 and found.max() < NUM_CLASSES


@pytest.mark.parametrize("name", ["13-palette/Prepacked.png", "15-soft-mask/bilinear.png"])
def test_cases(shared_data, name):
    case = shared_data.parent / "cases" / name
    if not case.is_file():
        pytest.skip("no shared/cases")
    if "soft" in name:
        with pytest.raises(SoftMaskError):
            load_mask(case)
        assert not find_soft_edges(load_mask(case, soft="snap")).soft
    else:
        with Image.open(case) as image:
            colors = np.asarray(image.convert("RGB"))
        assert np.array_equal(color_table()[load_mask(case)], colors)
