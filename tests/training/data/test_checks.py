"""Every kind of trouble in a folder of training data is found and named."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from maskgan_studio.engine.synthetic_face import sample_crop, sample_mask
from maskgan_studio.labels import part_named
from maskgan_studio.photo.datasets import open_source
from maskgan_studio.training.data.checks import check_sample, masks_without_image


@pytest.fixture
def folder(tmp_path):
    """One good pair in images/ and masks/."""
    (tmp_path / "images").mkdir()
    (tmp_path / "masks").mkdir()
    Image.fromarray(sample_crop()).save(tmp_path / "images" / "good.png")
    Image.fromarray(sample_mask()).save(tmp_path / "masks" / "good.png")
    return tmp_path


def problems(folder) -> dict[str, list[str]]:
    argument = f"{folder / 'images'}:{folder / 'masks'}"
    source = open_source(argument)
    findings = [finding for sample in source.samples for finding in check_sample(sample, expects_mask=True)]
    findings += masks_without_image(argument, source)
    named: dict[str, list[str]] = {}
    for finding in findings:
        named.setdefault(finding.file.relative_to(folder).as_posix(), []).append(finding.problem)
    return named


def test_good_data_has_no_problems(folder):
    assert problems(folder) == {}


def other_order() -> np.ndarray:
    """The sample mask as zllrunning numbers it."""
    from maskgan_studio.photo.label_order import convert_label_order

    to_official = convert_label_order(np.arange(19, dtype=np.uint8)[None])[0]
    from_official = np.argsort(to_official).astype(np.uint8)
    mask = from_official[sample_mask()]
    assert (mask == 17).sum() == (sample_mask() == part_named("hair").index).sum()
    return mask


def test_each_trouble_is_named_with_its_file(folder):
    images, masks = folder / "images", folder / "masks"
    picture = Image.fromarray(sample_crop())
    picture.save(images / "lonely.png")
    (images / "broken.jpg").write_bytes(b"no picture")
    Image.fromarray(sample_mask()).save(masks / "broken.png")
    picture.resize((300, 400)).save(images / "tall.png")
    Image.fromarray(sample_mask()).save(masks / "tall.png")
    picture.resize((100, 100)).save(images / "tiny.png")
    Image.fromarray(sample_mask()).save(masks / "tiny.png")
    for name, mask in {
        "values": np.full((512, 512), 40, np.uint8),
        "order": other_order(),
        "empty": np.zeros((512, 512), np.uint8),
    }.items():
        picture.save(images / f"{name}.png")
        Image.fromarray(mask).save(masks / f"{name}.png")
    Image.fromarray(sample_mask()).save(masks / "orphan.png")

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
