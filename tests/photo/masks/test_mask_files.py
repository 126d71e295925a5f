from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from drawn_features import face_mask
from PIL import Image

from maskgan_studio.errors import MaskError
from maskgan_studio.labels import NUM_CLASSES, PARTS, color_table, part_named
from maskgan_studio.photo.alignment.landmarks import CANONICAL
from maskgan_studio.photo.masks.label_order import convert_label_order, looks_like_zllrunning
from maskgan_studio.photo.masks.mask_files import LabelOrderError, load_mask, save_color_mask, save_mask, save_parts

# The other order, written out by hand from face-parsing.PyTorch's documentation.
OTHER_ORDER = {"hair": 17, "hat": 18, "neck": 14, "cloth": 16, "nose": 10, "mouth": 11, "u_lip": 12, "l_lip": 13}
OTHER_ORDER |= {"skin": 1, "l_brow": 2, "r_brow": 3, "l_eye": 4, "r_eye": 5, "eye_g": 6, "l_ear": 7, "r_ear": 8}
OTHER_ORDER |= {"ear_r": 9, "neck_l": 15, "background": 0}


@pytest.fixture
def labels() -> np.ndarray:
    """A plain face with hair, neck, clothes, brows and lips."""
    mask = np.zeros((512, 512), np.uint8)
    mask[40:300, 100:412] = part_named("hair").index
    mask[400:460, 200:312] = part_named("neck").index
    mask[440:, 100:412] = part_named("cloth").index
    face = face_mask(CANONICAL.points())
    mask = np.where(face > 0, face, mask)
    mask[205:215, 160:220] = part_named("r_brow").index
    mask[205:215, 290:350] = part_named("l_brow").index
    mask[378:390, 210:300] = part_named("l_lip").index
    return mask


@pytest.fixture
def every_class() -> np.ndarray:
    return (np.arange(512 * 512).reshape(512, 512) % NUM_CLASSES).astype(np.uint8)


def in_other_order(labels: np.ndarray) -> np.ndarray:
    return np.array([OTHER_ORDER[part.name] for part in PARTS], np.uint8)[labels]


def test_palette_png(every_class: np.ndarray, tmp_path: Path) -> None:
    save_mask(tmp_path / "m.png", every_class)
    assert np.array_equal(load_mask(tmp_path / "m.png", order="celebamask"), every_class)
    with Image.open(tmp_path / "m.png") as image:
        assert image.mode == "P"
        assert np.array_equal(np.array(image), every_class), "any tool reads the class numbers"
        assert np.array_equal(np.array(image.convert("RGB")), color_table()[every_class])


def test_grey_and_colour_pictures(every_class: np.ndarray, tmp_path: Path) -> None:
    Image.fromarray(every_class).save(tmp_path / "grey.png")
    assert np.array_equal(load_mask(tmp_path / "grey.png", order="celebamask"), every_class)
    save_color_mask(tmp_path / "colour.png", every_class)
    assert np.array_equal(load_mask(tmp_path / "colour.png", order="celebamask"), every_class)


def test_parts_as_the_dataset_names_them(labels: np.ndarray, tmp_path: Path) -> None:
    written = save_parts(tmp_path, labels, index=12)
    assert tmp_path / "00012_hair.png" in written
    assert not (tmp_path / "00012_background.png").exists()
    merged = np.zeros_like(labels)
    for part in PARTS[1:]:
        path = tmp_path / f"00012_{part.name}.png"
        if path.exists():
            plane = np.array(Image.open(path))
            assert set(np.unique(plane)) == {0, 255}
            merged[plane > 0] = part.index
    assert np.array_equal(merged, labels)


def test_the_other_label_order_is_recognised_and_converted(labels: np.ndarray, tmp_path: Path) -> None:
    other = in_other_order(labels)
    assert np.array_equal(convert_label_order(other), labels)
    save_mask(tmp_path / "m.png", other)
    with pytest.raises(LabelOrderError, match="17 is hair") as problem:
        load_mask(tmp_path / "m.png")
    assert np.array_equal(problem.value.labels, other)
    assert np.array_equal(load_mask(tmp_path / "m.png", order="zllrunning"), labels)
    assert np.array_equal(load_mask(tmp_path / "m.png", order="celebamask"), other)


def test_odd_masks_pass(labels: np.ndarray, tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    for odd in (
        np.zeros_like(labels),
        np.full_like(labels, part_named("hair").index),
        np.ascontiguousarray(labels[::-1]),
        rng.integers(0, NUM_CLASSES, labels.shape, np.uint8),
        np.where(labels == part_named("hair").index, part_named("hat").index, labels).astype(np.uint8),
    ):
        save_mask(tmp_path / "odd.png", odd)
        assert np.array_equal(load_mask(tmp_path / "odd.png"), odd)


def test_real_masks_are_told_apart(shared_data: Path) -> None:
    paths = sorted((shared_data / "celebamask-mini" / "mask").glob("*.png"))[::30]
    masks = [np.array(Image.open(path)) for path in paths]
    assert not any(looks_like_zllrunning(mask) for mask in masks)
    assert np.mean([looks_like_zllrunning(in_other_order(mask)) for mask in masks]) > 0.9


def write(path: Path, kind: str) -> None:
    if kind == "size":
        Image.new("L", (256, 512)).save(path)
    elif kind == "value":
        Image.new("L", (512, 512), 19).save(path)
    elif kind == "colour":
        Image.new("RGB", (512, 512), (204, 0, 1)).save(path)
    elif kind == "deep":
        Image.fromarray(np.zeros((512, 512), np.uint16)).save(path)
    elif kind == "text":
        path.write_text("no picture")
    elif kind == "cut":
        noise = np.random.default_rng(0).integers(0, 19, (512, 512), np.uint8)
        Image.fromarray(noise).save(path)
        path.write_bytes(path.read_bytes()[:20000])


@pytest.mark.parametrize(
    ("kind", "hint"),
    [
        ("size", "256×512"),
        ("value", "value 19"),
        ("colour", "colours of no class"),
        ("deep", "8-bit"),
        ("text", "not a picture"),
        ("cut", "cannot be read"),
        ("missing", "does not exist"),
    ],
)
def test_refusals(tmp_path: Path, kind: str, hint: str) -> None:
    write(tmp_path / "m.png", kind)
    with pytest.raises(MaskError) as problem:
        load_mask(tmp_path / "m.png")
    message = str(problem.value)
    assert hint in message
    assert "“m.png”" in message
    assert "\n" not in message


def test_what_is_no_mask_is_not_written(tmp_path: Path) -> None:
    for wrong in (np.full((512, 512), 19, np.uint8), np.zeros((512, 512, 3), np.uint8), np.zeros((4, 4))):
        with pytest.raises(MaskError):
            save_mask(tmp_path / "m.png", wrong)
    with pytest.raises(MaskError, match="cannot be written"):
        save_mask(tmp_path / "nowhere" / "m.png", np.zeros((512, 512), np.uint8))
    assert not list(tmp_path.iterdir())
