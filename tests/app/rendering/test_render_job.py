"""What the live view shows of a photo, small or very large, and what is exported of it."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
import skimage.data
from drawn_eyes import draw_eyes
from drawn_face import draw_face
from fake_pipeline import FakePipeline, face_mask

from maskgan_studio import Studio
from maskgan_studio.app.rendering.render_job import FaceViews, full_resolution_composite, render
from maskgan_studio.app.state.style import StyleChoice
from maskgan_studio.cli.worker import RenderSettings, Worker
from maskgan_studio.document.face_edit import FaceEdit
from maskgan_studio.document.session import Session
from maskgan_studio.engine.pipeline import Pipeline
from maskgan_studio.engine.repeated_edit import RepeatedEdit
from maskgan_studio.engine.requests import RenderRequest
from maskgan_studio.engine.synthetic_face import draw_sample_crop, draw_sample_mask
from maskgan_studio.engine.target import Target
from maskgan_studio.labels import part_named
from maskgan_studio.photo.alignment.face_alignment import Alignment
from maskgan_studio.photo.files.loading import Photo
from maskgan_studio.recoloring import Recoloring


@pytest.fixture(scope="module")
def pipeline(tiny_set):
    return Pipeline(tiny_set, "cpu")


def edit_in_photo(pipeline, width: int):
    """An edit in a photo of width x width pixels whose face crop takes 60 % of it."""
    pixels = cv2.resize(skimage.data.astronaut(), (width, width), interpolation=cv2.INTER_CUBIC)
    alignment = Alignment(0.45 * width, 0.5 * width, 0.3 * width, 0.02 * width)
    target = pipeline.prepare(Photo.from_pixels(pixels), alignment=alignment, mask=draw_sample_mask())
    source = target.mask.copy()
    source[360:400, 180:332] = 11
    rendered = render(pipeline, target, StyleChoice(), RenderRequest(source, target.key), FaceViews())
    return target, rendered, full_resolution_composite(pipeline, target, StyleChoice(), rendered)


def test_the_view_of_a_photo_is_what_is_exported(pipeline):
    target, rendered, whole = edit_in_photo(pipeline, 900)
    height, width = rendered.edit.shape[:2]
    assert not rendered.downscaled
    there = whole[rendered.top : rendered.top + height, rendered.left : rendered.left + width]
    assert np.abs(there.astype(int) - rendered.edit).max() <= 1
    assert (whole != target.photo.pixels).any()


def test_the_view_of_a_very_large_face_is_shrunk_and_lies_where_it_belongs(pipeline):
    target, rendered, whole = edit_in_photo(pipeline, 3600)
    assert rendered.downscaled and whole.shape == (3600, 3600, 3)
    assert max(rendered.edit.shape) < 0.9 * 0.6 * 3600
    crops = [target.alignment.crop(whole), rendered.alignment.crop(rendered.edit)]
    difference = np.abs(crops[0].astype(int) - crops[1])
    assert difference.mean() < 2 and np.quantile(difference, 0.999) < 25


def test_a_result_keeps_only_what_the_edit_has_changed(pipeline):
    target, rendered, _ = edit_in_photo(pipeline, 900)
    untouched = rendered.view
    assert rendered.changed.pixels.nbytes < 0.2 * untouched.nbytes
    assert (rendered.edit != untouched).any() and rendered.edit is not untouched
    same = render(pipeline, target, StyleChoice(), RenderRequest(target.mask, target.key), FaceViews())
    assert same.changed.pixels.size == 0 and (same.edit == same.view).all()


def test_window_batch_panel_and_scripts_give_the_same_pixels(tiny_set):
    eyes, mask = draw_eyes()
    face = draw_face(512)
    mask = np.where(mask == part_named("skin").index, face, mask)  # with a mouth to open
    studio = Studio(tiny_set, "cpu")
    target = studio.load(eyes, aligned=True, mask=mask)
    values = {"smile": 0.4, "mouth.open": 0.5, "gaze.x": 0.7, "gaze.size.left": 0.2}
    colors = {"iris": Recoloring("#566a4a"), "lips": Recoloring("#a61f2b")}
    session = Session.new(mask.copy())
    session.face.set_edit("Face", FaceEdit(values, colors))
    request = RenderRequest(
        session.source_mask,
        target.key,
        moved=session.stack.moved_photo,
        colors=tuple(sorted(session.stack.colors.items())),
        gaze=session.stack.gaze,
    )
    rendered = render(studio.pipeline, target, StyleChoice(), request, FaceViews())
    shown = full_resolution_composite(studio.pipeline, target, StyleChoice(), rendered)
    repeated = RepeatedEdit((FaceEdit(values, dict(sorted(colors.items()))),)).do(studio.pipeline, target)
    worker = Worker(RenderSettings(str(tiny_set), "cpu", face_edit=FaceEdit(values, colors)), studio.pipeline)
    moved, labels = worker.edit_face(target)
    np.testing.assert_array_equal(labels, session.source_mask)
    np.testing.assert_array_equal(moved.mask, session.stack.moved_photo.mask)
    np.testing.assert_array_equal(repeated, shown)
    python = studio.recolor(studio.reshape(target, values), dict(sorted(colors.items())))
    np.testing.assert_array_equal(python, shown)


def test_a_photo_is_moved_once_while_its_sliders_stay(monkeypatch):
    moved_for = []
    monkeypatch.setattr(
        "maskgan_studio.app.rendering.render_job.move_target", lambda view, moved: moved_for.append(moved) or view
    )
    crop, views = draw_sample_crop(), FaceViews()
    target = Target(Photo.from_pixels(crop), Alignment.identity(crop.shape), crop, draw_sample_mask())
    view, _, _ = views.crop_view(target, 2.0)
    one, other = object(), object()
    for moved in (None, one, one, other, None, other):
        assert views.move(view, moved) is view
    assert moved_for == [one, other]


def test_a_photo_that_is_only_moved_needs_no_network_unless_its_image_is_wanted():
    pipeline, crop = FakePipeline(), draw_sample_crop()
    target = Target(Photo.from_pixels(crop), Alignment.identity(crop.shape), crop, face_mask())
    session = Session.new(target.mask.copy())
    session.face.set_edit("Face", FaceEdit({"nose.width": -0.2}, {}))
    moved = session.stack.moved_photo
    assert np.array_equal(moved.mask, session.source_mask)

    def rendered(mask, **wanted):
        request = RenderRequest(mask, target.key, moved=moved, **wanted)
        return render(pipeline, target, StyleChoice(), request, FaceViews())

    shown = rendered(session.source_mask)
    assert not shown.drawn and not pipeline.rendered and shown.changed.pixels.size
    assert rendered(session.source_mask, network_image=True).drawn and len(pipeline.rendered) == 1
    painted = session.source_mask.copy()
    painted[10:20, 10:20] = part_named("hat").index
    assert rendered(painted).drawn and len(pipeline.rendered) == 2
