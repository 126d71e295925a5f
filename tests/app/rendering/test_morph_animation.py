"""A morph is drawn while other work passes."""

from __future__ import annotations

import numpy as np
import pytest

from maskgan_studio.app.rendering.jobs import Priority
from maskgan_studio.app.rendering.morph import MorphOptions, draw_morph, snapshot_stack
from maskgan_studio.app.rendering.morph_animation import MorphAnimation
from maskgan_studio.app.rendering.other_faces import OtherFaces
from maskgan_studio.app.state.style import StyleChoice
from maskgan_studio.document.session import Session


@pytest.fixture
def film(editor):
    # Another document's edit, so that the window itself has nothing to draw.
    session = Session.new(editor.workspace.target.mask)
    session.begin_stroke("Brush", (256.0, 300.0), 40, 17)
    session.finish_edit()
    stack = snapshot_stack(session.stack)
    return MorphAnimation(
        editor.editor.worker, editor.workspace.target, StyleChoice(), stack, MorphOptions(), OtherFaces()
    )


def test_it_goes_there_and_back_and_says_how_far_it_is(film, qtbot):
    shares, drawn, ended = [], [], []
    film.progressed.connect(shares.append)
    film.ended.connect(lambda: ended.append(True))
    film.done.connect(drawn.append)
    film.draw()
    qtbot.waitUntil(lambda: bool(drawn))
    frames = drawn[0]
    assert len(frames) == 2 * MorphOptions().steps - 2 and np.array_equal(frames[1], frames[-1])
    assert shares == sorted(shares) and shares[-1] == 1.0 and 0.5 in shares and ended == [True]


def test_what_is_more_urgent_passes_between_its_pictures(film, editor, pipeline, qtbot):
    order = []
    film.done.connect(lambda _frames: order.append("film"))
    pipeline.started.clear()
    pipeline.gate.clear()
    film.draw()
    assert pipeline.started.wait(60)  # the film has begun
    editor.live.request_composite(Priority.COPY, lambda _pixels: order.append("copy"))
    pipeline.gate.set()
    qtbot.waitUntil(lambda: len(order) == 2)
    assert order == ["copy", "film"]


def test_other_weights_meanwhile_end_it_with_a_sentence(film, editor, pipeline, qtbot):
    problems = []
    film.failed.connect(problems.append)
    pipeline.started.clear()
    pipeline.gate.clear()
    film.draw()
    assert pipeline.started.wait(60)
    editor.editor.worker.use_weights("others")
    pipeline.gate.set()
    qtbot.waitUntil(lambda: bool(problems))
    assert "export it again" in str(problems[0])


@pytest.mark.parametrize("whole_photo", [False, True])
def test_it_begins_with_the_photo_and_its_middle_is_the_edit(editor, pipeline, whole_photo):
    session, target = editor.workspace.session, editor.workspace.target
    session.begin_stroke("Brush", (256.0, 300.0), 40, 17)
    session.finish_edit()
    session.face.set_values("Eyes: Size", {"eyes.size": 0.3})
    options = MorphOptions(whole_photo, steps=5)
    frames = draw_morph(pipeline, target, StyleChoice(), snapshot_stack(session.stack), options)
    assert len(frames) == 8
    if whole_photo:
        assert np.array_equal(frames[0], target.photo.pixels)
    else:
        assert np.array_equal(frames[0], target.crop)
    differences = [np.abs(frame.astype(int) - frames[0]).sum() for frame in frames[:5]]
    assert differences == sorted(differences) and differences[1] < differences[4]
