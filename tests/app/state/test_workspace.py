"""What is open and chosen, and who hears of it when."""

from __future__ import annotations

import numpy as np
import pytest

from maskgan_studio.app.common.settings import Settings
from maskgan_studio.app.state.mask_colors import MaskColors
from maskgan_studio.app.state.open_face import OpenFace, begin_style
from maskgan_studio.app.state.style import StyleChoice
from maskgan_studio.app.state.workspace import Workspace
from maskgan_studio.document.session import Session
from maskgan_studio.engine.synthetic_face import draw_sample_crop, draw_sample_mask
from maskgan_studio.engine.target import Target
from maskgan_studio.labels import color_table
from maskgan_studio.photo.alignment.face_alignment import Alignment
from maskgan_studio.photo.files.loading import Photo

PHOTO = Photo.from_pixels(np.zeros((200, 400, 3), np.uint8))


@pytest.fixture
def workspace(qapp) -> Workspace:
    return Workspace()


@pytest.fixture
def reference() -> Target:
    crop = draw_sample_crop()
    return Target(Photo.from_pixels(crop), Alignment.identity(crop.shape), crop, draw_sample_mask())


def open_face(left: float, style: StyleChoice | None = None) -> OpenFace:
    mask = np.zeros((512, 512), np.uint8)
    target = Target(PHOTO, Alignment(left, 100.0, 60.0, 0.0), np.zeros((512, 512, 3), np.uint8), mask)
    return OpenFace(Session.new(mask), target, style or StyleChoice())


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


def test_each_face_keeps_layers_history_and_style(workspace, reference):
    first, second = open_face(100), open_face(300)
    workspace.open(first.session, first.target, StyleChoice())
    workspace.choose_part(13)
    workspace.style.set_reference(reference, 0.5)
    first.session.layers.add("Hat")
    workspace.edit_face(second)
    assert workspace.session is second.session and workspace.target is second.target
    assert workspace.style.choice is second.style and second.session.active_part == 13
    assert [face.session for face in workspace.others] == [first.session]
    workspace.edit_face(workspace.others[0])
    assert workspace.session is first.session and first.session.can_undo
    assert workspace.style.reference is reference and workspace.style.choice.mix == 0.5
    assert [face.session for face in workspace.others] == [second.session]


def test_a_face_that_is_gone_back_to_is_heard_once_and_one_that_waits_not_at_all(workspace):
    first, second = open_face(100), open_face(300)
    workspace.open(first.session, first.target)
    heard: list[str] = []
    workspace.history_changed.connect(lambda: heard.append("history"))
    workspace.edit_face(second)
    first.session.layers.add("Hat")
    assert heard == []
    workspace.edit_face(workspace.others[0])
    first.session.undo()
    assert heard == ["history"]


def test_a_stroke_in_progress_is_kept_when_another_face_is_chosen(workspace):
    first, second = open_face(100), open_face(300)
    workspace.open(first.session, first.target)
    first.session.begin_stroke("Brush", (100, 100), 20, 13)
    workspace.edit_face(second)
    assert not first.session.is_editing and first.session.source_mask[100, 100] == 13


def test_another_document_has_no_faces_of_the_one_before(workspace):
    first, second = open_face(100), open_face(300)
    workspace.open(first.session, first.target)
    workspace.edit_face(second)
    workspace.open(session(), None)
    assert workspace.others == () and len(workspace.session.group.faces) == 1


def test_a_face_may_take_the_place_of_the_active_one_alone(workspace):
    first, second, moved = open_face(100), open_face(300), open_face(290)
    workspace.open(first.session, first.target)
    workspace.edit_face(second)
    workspace.replace_face(moved)
    assert [face.session for face in workspace.others] == [first.session]
    assert workspace.session is moved.session and moved.session.group.faces == (first.session, moved.session)


def test_crops_with_nearly_the_same_middle_show_the_same_face():
    face = open_face(100)
    assert face.lies_at(Alignment(120.0, 110.0, 80.0, 5.0)) and not face.lies_at(Alignment(170.0, 100.0, 60.0, 0.0))


def test_a_new_face_begins_in_its_own_style_with_the_second_photo_at_hand(reference):
    begun = begin_style(StyleChoice(reference, 0.7, parts=(("hair", reference),)))
    assert begun.reference is reference and not begun.is_restyled and not begun.parts
