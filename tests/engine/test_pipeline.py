"""The one path from photo to composite."""

from __future__ import annotations

import weakref

import cv2
import numpy as np
import pytest
import skimage.data
import torch

from maskgan_studio.engine import loaded_networks
from maskgan_studio.engine import pipeline as pipeline_module
from maskgan_studio.engine.autotune import RenderConfig
from maskgan_studio.engine.pipeline import Pipeline
from maskgan_studio.engine.synthetic_face import draw_sample_mask
from maskgan_studio.errors import NoFaceError, WeightsError
from maskgan_studio.labels import part_named
from maskgan_studio.photo.alignment.frame_width import FrameWidth
from maskgan_studio.photo.alignment.wide_frame import merge_wide_mask, widen_frame
from maskgan_studio.photo.files.loading import Photo
from maskgan_studio.weights import find_set, save_set


@pytest.fixture(scope="module")
def pipeline(tiny_set):
    return Pipeline(tiny_set, "cpu")


@pytest.fixture(scope="module")
def photo():
    return Photo.from_pixels(skimage.data.astronaut())


@pytest.fixture
def target(pipeline, photo):
    return pipeline.prepare(photo, aligned=True)


def painted(mask: np.ndarray) -> np.ndarray:
    """The mask with a patch of hat where there was none."""
    edited = mask.copy()
    edited[100:200, 150:300] = 14
    return edited


def test_an_aligned_crop_of_the_right_size_is_taken_to_the_pixel(pipeline, photo, target):
    np.testing.assert_array_equal(target.crop, photo.pixels)
    np.testing.assert_array_equal(target.mask, pipeline.parse(photo.pixels))
    assert target.mask.dtype == np.uint8 and target.mask.max() <= 18


def test_a_face_in_a_photo_is_found_and_aligned(pipeline, photo):
    target = pipeline.prepare(photo)
    assert target.crop.shape == (512, 512, 3)
    # The astronaut's face is in the upper left third of the image.
    centre_x, centre_y = target.alignment.to_photo(np.array([[256.0, 256.0]]))[0]
    assert 150 < centre_x < 300 and 50 < centre_y < 220


def test_the_wide_frame_is_parsed_once_and_not_where_its_mask_is_given(pipeline, photo, monkeypatch):
    usual, own = pipeline.prepare(photo, face=0), draw_sample_mask()
    wide = pipeline.prepare(photo, face=0, faces=usual.faces, frame=FrameWidth.WIDE)
    assert wide.alignment == widen_frame(usual.alignment)
    np.testing.assert_array_equal(wide.mask, merge_wide_mask(pipeline.parse(wide.crop), usual.mask))
    parsed, parse = [], pipeline.parse
    monkeypatch.setattr(pipeline, "parse", lambda crop: parsed.append(crop) or parse(crop))
    given = pipeline.prepare(photo, face=0, faces=usual.faces, frame=FrameWidth.WIDE, mask=own)
    np.testing.assert_array_equal(given.crop, wide.crop)
    assert given.mask is own and not given.doubts
    assert not any(np.array_equal(crop, wide.crop) for crop in parsed)


def test_without_an_edit_the_photo_comes_back_as_it_is(pipeline, photo, target):
    result = pipeline.render(target.mask, pipeline.style(target))
    composite = pipeline.composite(target, target.mask.copy(), result)
    np.testing.assert_array_equal(composite, photo.pixels)
    assert composite is not photo.pixels


def test_an_edit_changes_the_photo_there_and_not_elsewhere(pipeline, photo, target):
    source = painted(target.mask)
    composite = pipeline.composite(target, source, pipeline.render(source, pipeline.style(target)))
    changed = np.argwhere((composite != photo.pixels).any(axis=2))
    assert composite.shape == photo.pixels.shape
    assert len(changed)
    assert changed[:, 0].max() < 400  # far below the patch nothing has changed


@pytest.fixture
def chosen_alike(monkeypatch):
    """Measured again, two pipelines could differ in what was fastest at the moment."""
    monkeypatch.setattr(loaded_networks, "autotune", lambda *_: RenderConfig("float32", 0, 512, 0.0))


def test_the_picture_of_the_unedited_mask_is_not_made_twice(tiny_set, photo, chosen_alike, monkeypatch):
    pipeline = Pipeline(tiny_set, "cpu")
    target = pipeline.prepare(photo, aligned=True)
    style, source = pipeline.style(target), painted(target.mask)
    unedited = pipeline.render_edit(target, target.mask, style)
    again = Pipeline(tiny_set, "cpu").composite(target, source, 255 - unedited)
    monkeypatch.setattr(pipeline._networks, "render", lambda *_: pytest.fail("rendered again"))
    np.testing.assert_array_equal(pipeline.composite(target, source, 255 - unedited), again)


def test_the_same_input_gives_the_same_pixels_in_another_pipeline(tiny_set, photo, target, chosen_alike):
    source, images = painted(target.mask), []
    for pipeline in (Pipeline(tiny_set, "cpu"), Pipeline(tiny_set, "cpu")):
        again = pipeline.prepare(photo, aligned=True)
        assert again.key == target.key
        images.append(pipeline.render_edit(again, source, pipeline.style(again)))
    np.testing.assert_array_equal(*images)


def with_larger_lips(mask: np.ndarray) -> np.ndarray:
    edited = mask.copy()
    edited[370:400, 210:240] = part_named("u_lip").index
    return edited


def test_a_small_edit_is_drawn_into_the_unedited_image(tiny_set, photo, chosen_alike):
    pipeline = Pipeline(tiny_set, "cpu")
    target = pipeline.prepare(photo, aligned=True, mask=draw_sample_mask())
    style, edited = pipeline.style(target), with_larger_lips(target.mask)
    drawn, whole = pipeline.render_edit(target, edited, style), pipeline.render(edited, style)
    unedited = pipeline.render(target.mask, style)
    there = edited != target.mask
    far = cv2.dilate(there.astype(np.uint8), np.ones((61, 61))) == 0
    np.testing.assert_array_equal(drawn[far], unedited[far])
    missing, change = (np.abs(image.astype(int) - whole)[there].mean() for image in (drawn, unedited))
    assert missing < 0.3 * change


def test_a_small_edits_image_does_not_depend_on_what_was_rendered_before(tiny_set, photo, chosen_alike):
    images = []
    for before in ([], [painted], [painted, with_larger_lips, painted]):
        pipeline = Pipeline(tiny_set, "cpu")
        target = pipeline.prepare(photo, aligned=True, mask=draw_sample_mask())
        style = pipeline.style(target)
        for edit in before:
            pipeline.render_edit(target, edit(target.mask), style)
            pipeline.preview(target, edit(with_larger_lips(target.mask)), style)
        images.append(pipeline.render_edit(target, with_larger_lips(target.mask), style))
    np.testing.assert_array_equal(images[0], images[1])
    np.testing.assert_array_equal(images[0], images[2])


def test_a_part_that_is_new_is_rendered_with_all_of_the_image(pipeline, photo):
    target = pipeline.prepare(photo, aligned=True, mask=draw_sample_mask())
    style, edited = pipeline.style(target), painted(target.mask)
    np.testing.assert_array_equal(pipeline.render_edit(target, edited, style), pipeline.render(edited, style))


def test_the_style_is_read_once_per_target(tiny_set, photo, monkeypatch):
    pipeline = Pipeline(tiny_set, "cpu")
    target = pipeline.prepare(photo, aligned=True)
    assert pipeline.style(target) is pipeline.style(pipeline.prepare(photo, aligned=True))


def test_names(pipeline, tiny_set):
    assert (pipeline.weights_name, pipeline.device_name) == ("tiny", "CPU")


def test_a_picture_without_a_face_is_one_sentence(pipeline):
    with pytest.raises(NoFaceError, match="No face was found"):
        pipeline.prepare(Photo.from_pixels(np.full((300, 300, 3), 90, np.uint8)))


def test_there_is_no_second_face(pipeline, photo):
    with pytest.raises(NoFaceError, match="no face number 9"):
        pipeline.prepare(photo, face=8)


def test_missing_weights_are_noticed_before_anything_is_done():
    with pytest.raises(WeightsError, match="no weights named"):
        Pipeline("nowhere", "cpu")


def test_a_set_without_a_generator_says_so(tmp_path, tiny_set, photo):
    only_parser = save_set(
        tmp_path / "p", {"parser": find_set(tiny_set).load("parser")}, name="p", training={}, card=""
    )
    pipeline = Pipeline(only_parser.path, "cpu")
    with pytest.raises(WeightsError, match="hold no 'dmn'"):
        pipeline.style(pipeline.prepare(photo, aligned=True))


# --- out of memory


class Exhausted:
    """Stands for a renderer whose device has memory for images up to a size only."""

    def __init__(self, renderer, largest: int) -> None:
        self._renderer, self._largest = renderer, largest

    def encode_style(self, *arguments):
        return self._renderer.encode_style(*arguments)

    def render(self, mask, style, size, should_continue, keep_features):
        if size > self._largest:
            raise torch.OutOfMemoryError("CUDA out of memory")
        return self._renderer.render(mask, style, size, should_continue, keep_features)


@pytest.fixture
def on_small_card(tiny_set, monkeypatch):
    """A pipeline on a card that is a CPU in truth; the argument is the largest size that fits."""

    def make(largest: int) -> Pipeline:
        card = torch.device("cpu", 0)  # another device than torch.device("cpu")
        original = loaded_networks.make_renderer

        def make_renderer(network, device, render_config):
            renderer = original(network, torch.device("cpu"), render_config)
            return Exhausted(renderer, largest) if device == card else renderer

        monkeypatch.setattr(pipeline_module, "choose_device", lambda name: card)
        monkeypatch.setattr(loaded_networks, "make_renderer", make_renderer)
        return Pipeline(tiny_set)

    return make


def test_a_card_short_of_memory_renders_smaller_and_says_so(on_small_card, photo):
    pipeline = on_small_card(256)
    target = pipeline.prepare(photo, aligned=True)
    image = pipeline.render(target.mask, pipeline.style(target))
    assert image.shape == (512, 512, 3)
    assert pipeline.device_name.endswith("(short of memory: 256²)")


def test_a_card_without_memory_hands_over_to_the_cpu_and_says_so(on_small_card, tiny_set, photo, chosen_alike):
    pipeline = Pipeline(tiny_set, "cpu")
    small = on_small_card(0)
    target = small.prepare(photo, aligned=True)
    image = small.render(target.mask, small.style(target))
    np.testing.assert_array_equal(image, pipeline.render(target.mask, pipeline.style(target)))
    assert "is out of memory" in small.device_name


def test_a_card_that_fails_hands_over_to_the_cpu_and_says_so(on_small_card, tiny_set, photo, chosen_alike, monkeypatch):
    pipeline = Pipeline(tiny_set, "cpu")
    broken = on_small_card(0)

    def fail(*_):
        raise RuntimeError("no kernel image is available for execution on the device\nmore")

    monkeypatch.setattr(Exhausted, "render", fail)
    target = broken.prepare(photo, aligned=True)
    image = broken.render(target.mask, broken.style(target))
    np.testing.assert_array_equal(image, pipeline.render(target.mask, pipeline.style(target)))
    assert broken.device_name.endswith("failed: no kernel image is available for execution on the device)")


def test_an_error_on_the_cpu_is_no_cards_failure(tiny_set, photo, monkeypatch):
    pipeline = Pipeline(tiny_set, "cpu")
    target = pipeline.prepare(photo, aligned=True)
    style = pipeline.style(target)

    def fail(*_):
        raise RuntimeError("a defect")

    monkeypatch.setattr(type(pipeline._networks.renderer), "render", fail)
    with pytest.raises(RuntimeError, match="a defect"):
        pipeline.render(target.mask, style)


def test_a_pipeline_that_is_dropped_leaves_nothing_behind(tiny_set, photo):
    pipeline = Pipeline(tiny_set, "cpu")
    target = pipeline.prepare(photo, aligned=True)
    pipeline.render(target.mask, pipeline.style(target))
    renderer = weakref.ref(pipeline._networks.renderer)
    del pipeline
    assert renderer() is None


def test_a_preview_is_like_the_full_picture_that_follows(tiny_set, photo, monkeypatch):
    pipeline = Pipeline(tiny_set, "cpu")
    monkeypatch.setattr(pipeline._networks, "_render_config", RenderConfig("float32", 0, 128, 1.0))
    target = pipeline.prepare(photo, aligned=True, mask=draw_sample_mask())
    style = pipeline.style(target)
    bare = pipeline.preview(target, painted(target.mask), style)
    pipeline.render_edit(target, target.mask, style)
    corrected = pipeline.preview(target, painted(target.mask), style)
    full = pipeline.render_edit(target, painted(target.mask), style)
    assert corrected.shape == full.shape == (512, 512, 3)
    distances = [np.abs(preview.astype(int) - full.astype(int)).mean() for preview in (corrected, bare)]
    assert distances[0] < distances[1]


@pytest.mark.parametrize("full_ms", [1.0, 1000.0])  # a quick machine, and one that previews at half the size
def test_previews_of_a_small_edit_are_small_windows(tiny_set, photo, monkeypatch, full_ms):
    pipeline = Pipeline(tiny_set, "cpu")
    monkeypatch.setattr(pipeline._networks, "_render_config", RenderConfig("float32", 0, 256, full_ms))
    target = pipeline.prepare(photo, aligned=True, mask=draw_sample_mask())
    style, edited = pipeline.style(target), target.mask.copy()
    edited[200:225, 150:200] = part_named("hair").index
    unedited = pipeline.render_edit(target, target.mask, style)
    monkeypatch.setattr(pipeline._networks.renderer, "_render", None)  # nothing is rendered whole from now on
    preview = pipeline.preview(target, edited, style)
    full = pipeline.render_edit(target, edited, style)
    away = cv2.dilate((edited != target.mask).astype(np.uint8), np.ones((65, 65))) == 0
    np.testing.assert_array_equal(preview[away], unedited[away])
    assert np.array_equal(preview, full) == (full_ms == 1)
    assert (preview != unedited)[edited != target.mask].any()
    np.testing.assert_array_equal(pipeline.preview(target, edited, style), full)  # which is known by now


def test_another_photos_style_shows_without_paint(pipeline, photo):
    target = pipeline.prepare(photo, aligned=True, mask=draw_sample_mask())
    other = pipeline.prepare(Photo.from_pixels(255 - photo.pixels), aligned=True)
    borrowed = pipeline.style(other)
    picture = pipeline.composite(target, target.mask, pipeline.render(target.mask, borrowed), borrowed)
    changed = (picture != photo.pixels).any(axis=2)
    assert changed[target.mask == part_named("skin").index].mean() > 0.5
    assert not changed[:60, :60].any()  # nothing but background
    own = pipeline.style(target)
    unedited = pipeline.composite(target, target.mask, pipeline.render(target.mask, own), own)
    np.testing.assert_array_equal(unedited, photo.pixels)
