"""What is open and chosen, and who hears of it when."""

from __future__ import annotations

import numpy as np
import pytest

from maskgan_studio.app.common.settings import Settings
from maskgan_studio.app.state.mask_colors import MaskColors
from maskgan_studio.app.state.style import StyleChoice
from maskgan_studio.app.state.workspace import Workspace
from maskgan_studio.document.session import Session
from maskgan_studio.engine.synthetic_face import draw_sample_crop, draw_sample_mask
from maskgan_studio.engine.target import Target
from maskgan_studio.labels import color_table
from maskgan_studio.photo.alignment.face_alignment import Alignment
from maskgan_studio.photo.files.loading import Photo


@pytest.fixture
def workspace(qapp) -> Workspace:
    return Workspace()


@pytest.fixture
def reference() -> Target:
    crop = draw_sample_crop()
    return Target(Photo.from_pixels(crop), Alignment.identity(crop.shape), crop, draw_sample_mask())


def session() -> Session:
    return Session.new(np.zeros((512, 512), np.uint8))


def test_the_style_is_that_of_the_document_when_its_change_is_announced(workspace, reference):
    seen: list[tuple[float, bool]] = []
    workspace.document_about_to_change.connect(lambda: seen.append((workspace.style.choice.mix, False)))
    workspace.document_changed.connect(lambda: seen.append((workspace.style.choice.mix, True)))
    workspace.style.changed.connect(lambda: pytest.fail("the document alone is announced"))
    workspace.open(session(), None, StyleChoice(reference, 0.25))
    assert seen == [(0.0, False), (0.25, True)]


def test_a_photo_keeps_the_second_photo_in_use_and_a_project_brings_its_own(workspace, reference):
    workspace.style.set_reference(reference, 0.5)
    workspace.open(session(), None)
    assert workspace.style.reference is reference and workspace.style.choice.mix == 0.5
    workspace.open(session(), None, StyleChoice())
    assert workspace.style.reference is None


def test_without_a_second_photo_nothing_is_mixed(workspace, reference):
    workspace.style.set_reference(reference)
    assert workspace.style.choice.mix == 1
    workspace.style.set_reference(None)
    assert workspace.style.choice.mix == 0


def test_the_last_two_parts_are_swapped(workspace):
    chosen: list[int] = []
    workspace.part_chosen.connect(chosen.append)
    workspace.choose_part(4)  # nothing is open
    workspace.open(session(), None)
    workspace.choose_part(4)
    workspace.choose_part(13)
    workspace.choose_part(13)
    workspace.swap_last_parts()
    assert workspace.session.active_part == 4 and chosen == [4, 13, 13, 4]
    workspace.swap_last_parts()
    assert workspace.session.active_part == 13


def test_colors_and_hidden_classes_are_announced_and_the_colors_kept(qapp, tmp_path):
    settings = Settings(tmp_path / "settings.ini")
    colors, told = MaskColors(settings), []
    colors.changed.connect(lambda: told.append((colors.are_safe, colors.hidden)))
    colors.use_safe(True)
    colors.toggle_hidden(3)
    colors.toggle_hidden(3)
    assert told == [(True, frozenset()), (True, frozenset({3})), (True, frozenset())]
    assert np.array_equal(MaskColors(settings).palette, color_table(True))
