"""``maskgan_studio.Studio``: the README's lines as they stand there, and what the façade refuses."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import skimage.data
from drawn_face import draw_face
from PIL import Image

from maskgan_studio import Studio
from maskgan_studio.errors import EditError, MaskError, NoFaceError, PhotoError

README = Path(__file__).resolve().parents[1] / "README.md"


@pytest.fixture(scope="module")
def studio(tiny_set) -> Studio:
    return Studio(tiny_set, "cpu")


def test_importing_the_package_and_making_a_studio_load_no_torch():
    program = (
        "import sys, maskgan_studio; assert 'numpy' not in sys.modules; "
        "maskgan_studio.Studio(); assert 'torch' not in sys.modules"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr


@pytest.mark.skipif(not README.is_file(), reason="only in a checkout")
def test_the_lines_of_the_readme(tmp_path, monkeypatch):
    blocks = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    (lines,) = [block for block in blocks if "import Studio" in block]
    Image.fromarray(skimage.data.astronaut()).save(tmp_path / "photo.png")
    monkeypatch.chdir(tmp_path)
    names: dict[str, np.ndarray] = {}
    exec(lines, names)
    before, after = skimage.data.astronaut(), np.asarray(Image.open(tmp_path / "edited.png"))
    changed = (before != after).any(axis=2)
    assert names["mask"].shape == (512, 512) and names["result"].shape == (512, 512, 3)
    assert changed.any() == (names["mask"] != names["face"].mask).any()
    assert changed.mean() < 0.1  # a mouth is a small part of that image
    np.testing.assert_array_equal(after, names["edited"])
    happy = np.asarray(Image.open(tmp_path / "happy.png"))
    assert 0 < (before != happy).any(axis=2).mean() < 0.2  # the face in it, and no more


def test_no_paint_gives_the_photo_back(studio):
    pixels = skimage.data.astronaut()
    target = studio.load(pixels, aligned=True)
    np.testing.assert_array_equal(studio.composite(target, target.mask), pixels)


def test_the_style_of_another_photo_is_used(studio):
    target = studio.load(skimage.data.astronaut(), aligned=True)
    other = studio.load(255 - skimage.data.astronaut(), aligned=True)
    own, borrowed = studio.render(target, target.mask), studio.render(target, target.mask, style=other)
    assert not np.array_equal(own, borrowed)


def test_a_mask_of_any_integer_type_is_taken(studio):
    target = studio.load(skimage.data.astronaut(), aligned=True)
    mask = np.zeros((512, 512), np.int64)
    np.testing.assert_array_equal(studio.render(target, mask), studio.render(target, mask.astype(np.uint8)))


@pytest.mark.parametrize(
    "mask", [np.zeros((256, 256), np.uint8), np.zeros((512, 512)), np.full((512, 512), 19), np.full((512, 512), -1)]
)
def test_what_is_no_mask_is_refused(studio, mask):
    target = studio.load(skimage.data.astronaut(), aligned=True)
    with pytest.raises(MaskError, match="mask must"):
        studio.render(target, mask)
    with pytest.raises(MaskError, match="mask must"):
        studio.load(skimage.data.astronaut(), mask=mask)


def test_bad_photos_are_refused(studio, tmp_path):
    with pytest.raises(PhotoError):
        studio.load(tmp_path / "missing.jpg")
    with pytest.raises(PhotoError):
        studio.load(np.zeros((100, 100, 3)))
    with pytest.raises(NoFaceError):
        studio.load(np.zeros((300, 300, 3), np.uint8))


def test_saving_keeps_what_the_photo_brought(studio, tmp_path):
    source = tmp_path / "in.png"
    Image.fromarray(skimage.data.astronaut()).save(source, dpi=(300, 300))
    target = studio.load(source, aligned=True)
    edited = 255 - target.photo.pixels
    studio.save(tmp_path / "out.png", edited, target)
    studio.save(tmp_path / "bare.png", target.crop[:100, :100], target)  # another size: nothing of the photo's
    with Image.open(tmp_path / "out.png") as written:
        assert round(written.info["dpi"][0]) == 300
        np.testing.assert_array_equal(np.asarray(written), edited)


def test_reshaping_moves_photo_crop_and_mask_and_zero_gives_the_same_face(studio):
    target = studio.load(skimage.data.astronaut(), aligned=True, mask=draw_face(512))
    assert studio.reshape(target, smile=0.0) is target
    smiling = studio.reshape(target, {"eyes.size": 0.2}, smile=0.6)
    both = studio.reshape(target, {"smile": 0.6, "eyes.size": 0.2})
    np.testing.assert_array_equal(smiling.mask, both.mask)
    np.testing.assert_array_equal(smiling.photo.pixels, smiling.crop)
    assert (smiling.mask != target.mask).any() and (smiling.crop != target.crop).any()
    # It counts as the photo from now on, in the photo's own style.
    np.testing.assert_array_equal(studio.composite(smiling, smiling.mask), smiling.photo.pixels)
    np.testing.assert_array_equal(studio.render(smiling, target.mask), studio.render(target, target.mask))


def test_keywords_stand_for_dotted_names(studio):
    target = studio.load(skimage.data.astronaut(), aligned=True, mask=draw_face(512))
    named = studio.reshape(target, {"mouth.upper_lip": 0.5, "brows.height.left": 0.5})
    np.testing.assert_array_equal(studio.reshape(target, mouth_upper_lip=0.5, brows_height_left=0.5).crop, named.crop)
    with pytest.raises(EditError, match="no slider"):
        studio.reshape(target, nosy=1)


def test_a_reshaped_photo_keeps_its_depth_and_is_not_taken_for_its_file(studio, tmp_path):
    deep = np.repeat(skimage.data.astronaut()[..., :1].astype(np.uint16) * 257 + 7, 1, axis=2)[..., 0]
    Image.fromarray(deep).save(tmp_path / "in.png")
    target = studio.load(tmp_path / "in.png", aligned=True, mask=draw_face(512))
    smiling = studio.reshape(target, smile=0.8)
    studio.save(tmp_path / "out.png", smiling.photo.pixels, smiling)
    written = np.asarray(Image.open(tmp_path / "out.png")).astype(int)
    assert written.max() > 255 and (written != deep).any()
    still = (smiling.crop == target.crop).all(axis=2)
    np.testing.assert_array_equal(written[:60], deep[:60])
    assert (written % 257 != 7).any() and still[:60].all()
