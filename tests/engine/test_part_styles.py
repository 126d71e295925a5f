"""Parts in the style of other photos: one render for each style, none for one that is known."""

from __future__ import annotations

import numpy as np
import pytest
import skimage.data
from drawn_face import draw_face

from maskgan_studio import Studio
from maskgan_studio.engine.part_styles import lay_part_styles


@pytest.fixture(scope="module")
def faces(tiny_set):
    studio = Studio(tiny_set, "cpu")
    photo, mask = skimage.data.astronaut(), draw_face(512)
    others = [studio.load(np.roll(photo, 40 * n, axis=2 * (n > 1)), aligned=True, mask=mask) for n in (1, 2)]
    return studio, studio.load(photo, aligned=True, mask=mask), others


def test_each_style_is_rendered_once(faces, monkeypatch):
    studio, face, (one, two) = faces
    rendered = []
    networks = studio.pipeline._networks
    render = networks.render
    monkeypatch.setattr(
        networks, "render", lambda mask, style, *more: rendered.append(style.key) or render(mask, style, *more)
    )
    styles = (("hair", one), ("lips", one), ("brows", two))
    first = lay_part_styles(studio.pipeline, face, face.mask, face.photo.pixels, styles)
    made = rendered.copy()
    assert sum(key == one.key for key in made) == sum(key == two.key for key in made) == 1
    again = lay_part_styles(studio.pipeline, face, face.mask, face.photo.pixels, styles)
    assert rendered == made and np.array_equal(first, again)
    assert (first != face.photo.pixels).any()


def test_none_is_the_same_array_and_python_gives_the_same(faces):
    studio, face, (one, _) = faces
    pixels = face.photo.pixels
    assert lay_part_styles(studio.pipeline, face, face.mask, pixels, ()) is pixels
    expected = lay_part_styles(studio.pipeline, face, face.mask, pixels, (("hair", one),))
    np.testing.assert_array_equal(studio.composite(face, face.mask, part_styles={"hair": one}), expected)
