"""Every kind of trouble in a folder of training data is found and named."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import Image, PngImagePlugin

from maskgan_studio.engine.synthetic_face import draw_sample_crop, draw_sample_mask
from maskgan_studio.labels import color_table, part_named
from maskgan_studio.photo.datasets import open_source, read_mask
from maskgan_studio.training.data.checks import check_parts, check_sample, find_masks_without_image, find_same_names


@pytest.fixture
def folder(tmp_path):
    """One good pair in images/ and masks/."""
    (tmp_path / "images").mkdir()
    (tmp_path / "masks").mkdir()
    Image.fromarray(draw_sample_crop()).save(tmp_path / "images" / "good.png")
    Image.fromarray(draw_sample_mask()).save(tmp_path / "masks" / "good.png")
    return tmp_path


def problems(folder) -> dict[str, list[str]]:
    argument = f"{folder / 'images'}:{folder / 'masks'}"
    source = open_source(argument)
    findings = [finding for sample in source.samples for finding in check_sample(sample, expects_mask=True)]
    findings += find_masks_without_image(argument, source)
    named: dict[str, list[str]] = {}
    for finding in findings:
        named.setdefault(finding.file.relative_to(folder).as_posix(), []).append(finding.problem)
    return named


def test_good_data_has_no_problems(folder):
    assert problems(folder) == {}


def other_order() -> np.ndarray:
    """The sample mask as zllrunning numbers it."""
    from maskgan_studio.photo.masks.label_order import convert_label_order

    to_official = convert_label_order(np.arange(19, dtype=np.uint8)[None])[0]
    from_official = np.argsort(to_official).astype(np.uint8)
    mask = from_official[draw_sample_mask()]
    assert (mask == 17).sum() == (draw_sample_mask() == part_named("hair").index).sum()
    return mask


def test_each_trouble_is_named_with_its_file(folder):
    images, masks = folder / "images", folder / "masks"
    picture = Image.fromarray(draw_sample_crop())
    picture.save(images / "lonely.png")
    (images / "broken.jpg").write_bytes(b"no picture")
    Image.fromarray(draw_sample_mask()).save(masks / "broken.png")
    picture.resize((300, 400)).save(images / "tall.png")
    Image.fromarray(draw_sample_mask()).save(masks / "tall.png")
    picture.resize((100, 100)).save(images / "tiny.png")
    Image.fromarray(draw_sample_mask()).save(masks / "tiny.png")
    for name, mask in {
        "values": np.full((512, 512), 40, np.uint8),
        "order": other_order(),
        "empty": np.zeros((512, 512), np.uint8),
    }.items():
        picture.save(images / f"{name}.png")
        Image.fromarray(mask).save(masks / f"{name}.png")
    Image.fromarray(draw_sample_mask()).save(masks / "orphan.png")

    found = {file: " and ".join(said) for file, said in problems(folder).items()}
    for file, reason in {
        "images/lonely.png": "no mask",
        "images/broken.jpg": "cannot be read",
        "images/tall.png": "not square",
        "images/tiny.png": "smaller than",
        "masks/values.png": "value 40",
        "masks/order.png": "another order",
        "masks/empty.png": "nothing but",
        "masks/orphan.png": "no image",
    }.items():
        assert reason in found.pop(file), file
    assert found == {}


def test_photos_of_one_stem_are_named(folder):
    Image.fromarray(draw_sample_crop()).save(folder / "images" / "good.jpg")
    argument = f"{folder / 'images'}:{folder / 'masks'}"
    found = find_same_names(open_source(argument))
    assert {finding.file.name for finding in found} == {"good.png", "good.jpg"}
    assert all(finding.unusable and "share one mask" in finding.problem for finding in found)


def test_softened_renumbered_and_foreign_masks(folder):
    images, masks = folder / "images", folder / "masks"
    small = cv2.resize(draw_sample_mask(), (256, 256), interpolation=cv2.INTER_NEAREST)
    soft = cv2.resize(small, (512, 512), interpolation=cv2.INTER_LINEAR)
    foreign = color_table()[draw_sample_mask()]
    foreign[7, 5] = (9, 9, 9)
    palette = Image.fromarray((18 - draw_sample_mask()).astype(np.uint8))
    palette.putpalette(color_table()[::-1].tobytes())  # every number another, every colour right
    for name, mask in {"soft": Image.fromarray(soft), "foreign": Image.fromarray(foreign), "palette": palette}.items():
        Image.fromarray(draw_sample_crop()).save(images / f"{name}.png")
        mask.save(masks / f"{name}.png")
    found = {file: " and ".join(said) for file, said in problems(folder).items()}
    assert "was scaled smoothly" in found.pop("masks/soft.png")
    assert "the first with (9, 9, 9) at x 5, y 7" in found.pop("masks/foreign.png")
    # Read as it was meant: a note, no problem.
    assert "the colours were taken" in found.pop("masks/palette.png")
    assert found == {}
    by_name = {sample.name: sample for sample in open_source(f"{images}:{masks}").samples}
    np.testing.assert_array_equal(read_mask(by_name["palette"], 512), draw_sample_mask())


def test_parts_that_are_misspelt_blank_or_missing(tmp_path):
    (tmp_path / "CelebA-HQ-img").mkdir()
    anno = tmp_path / "CelebAMask-HQ-mask-anno" / "0"
    anno.mkdir(parents=True)
    for number in (3, 4, 5):
        Image.fromarray(draw_sample_crop()).save(tmp_path / "CelebA-HQ-img" / f"{number}.jpg")
    full, blank = Image.new("L", (512, 512), 255), Image.new("L", (512, 512))
    for name, picture in {
        "00003_skin": full,
        "00003_hari": full,  # misspelt
        "00003_nose": blank,
        "00004_hair": full,  # and no skin
        "00009_skin": full,  # no such photo
        "skin": full,
        "00005_skin": full,
    }.items():
        picture.save(anno / f"{name}.png")
    (anno / "00005_hair.png").write_bytes(b"no picture")
    (anno / "._00005_hair.png").write_bytes(b"clutter")
    found = {finding.file.stem: finding.problem for finding in check_parts(open_source(str(tmp_path)))}
    assert "is 'hair' meant" in found.pop("00003_hari")
    assert found.pop("00003_nose") == "is blank"
    assert "without 00004_skin.png" in found.pop("00004_hair")
    assert found.pop("00009_skin") == "belongs to no image"
    assert "NUMBER_PART" in found.pop("skin")
    assert "cannot be read" in found.pop("00005_hair")
    assert found == {}


@pytest.mark.parametrize(
    "error",
    [RuntimeError("decoder"), MemoryError(), KeyError("x"), Image.DecompressionBombError("big"), OSError(5, "x")],
)
def test_whatever_a_decoder_raises_is_a_finding(folder, monkeypatch, error):
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(Image.Image, "convert", fail)
    monkeypatch.setattr(Image.Image, "load", fail)
    monkeypatch.setattr(PngImagePlugin.PngImageFile, "load_prepare", fail)
    assert len(problems(folder)["images/good.png"]) == 1
    assert len(problems(folder)["masks/good.png"]) == 1


def test_a_picture_over_the_limit_is_a_finding(folder):
    Image.new("1", (14000, 13000)).save(folder / "images" / "huge.png")
    Image.fromarray(draw_sample_mask()).save(folder / "masks" / "huge.png")
    Image.fromarray(draw_sample_crop()).save(folder / "images" / "z.png")
    Image.new("1", (14000, 13000)).save(folder / "masks" / "z.png")
    found = problems(folder)
    assert set(found) == {"images/huge.png", "masks/z.png"} and "megapixels" in found["images/huge.png"][0]
