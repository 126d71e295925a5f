"""A morph is drawn while other work passes."""

from __future__ import annotations

import numpy as np
import pytest

from maskgan_studio.app.rendering.morph_animation import MorphAnimation
from maskgan_studio.app.rendering.render_job import MORPH_STEPS
from maskgan_studio.app.state.style_choice import StyleChoice


@pytest.fixture
def film(editor):
    return MorphAnimation(editor.worker, editor.workspace.target, StyleChoice(), editor.workspace.session.source_mask)


def test_it_goes_there_and_back_and_says_how_far_it_is(film, qtbot):
    said, drawn = [], []
    film.status_changed.connect(said.append)
    film.done.connect(drawn.append)
    film.draw()
    qtbot.waitUntil(lambda: bool(drawn))
    frames = drawn[0]
    assert len(frames) == 2 * MORPH_STEPS - 2 and np.array_equal(frames[1], frames[-1])
    assert "0 %" in said[0] and "50 %" in "".join(said) and said[-1] == ""


def test_what_is_more_urgent_passes_between_its_pictures(film, editor, pipeline, qtbot):
    order = []
    film.done.connect(lambda _frames: order.append("film"))
    pipeline.started.clear()
    pipeline.gate.clear()
    film.draw()
    assert pipeline.started.wait(60)  # the film has begun
    editor.live.request_composite(lambda _pixels: order.append("copy"))
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
    editor.use_weights("others")
    pipeline.gate.set()
    qtbot.waitUntil(lambda: bool(problems))
    assert "export it again" in str(problems[0])
