"""Each tool through real pointer events."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from pointing import double_press, drag, move, on_screen, pen
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from maskgan_studio.app.canvas.scene import MODES
from maskgan_studio.document.session import Session
from maskgan_studio.labels import part_named
from maskgan_studio.photo.alignment.face_alignment import Alignment

SKIN, HAIR, NOSE, HAT = (part_named(name).index for name in ("skin", "hair", "nose", "hat"))
L_EYE, R_EYE = part_named("l_eye").index, part_named("r_eye").index


@pytest.fixture
def seen(editor):
    """What the layers show, following every edit."""
    return lambda: editor.workspace.session.stack.composite()


def test_brush_has_its_size_and_no_gaps(editor, seen):
    editor.workspace.choose_part(HAT)
    editor.workspace.options.size = 10
    drag(editor.canvas, [(150, 300), (350, 300)])
    assert (seen()[300, 150:350] == HAT).all()
    painted = np.flatnonzero(seen()[:, 250] == HAT)
    assert 9 <= len(painted) <= 11


def test_shift_click_draws_a_straight_line_from_the_last_end(editor, seen):
    editor.workspace.choose_part(HAT)
    drag(editor.canvas, [(100, 100), (110, 100)])
    drag(editor.canvas, [(110, 400)], Qt.KeyboardModifier.ShiftModifier)
    assert (seen()[100:400, 110] == HAT).all()


def test_pen_pressure_gives_the_width(editor, seen):
    editor.workspace.choose_part(HAT)
    editor.workspace.options.size = 40
    for row, pressure in ((150, 0.25), (350, 1.0)):
        pen(editor.canvas, QEvent.Type.TabletPress, (200, row), pressure)
        pen(editor.canvas, QEvent.Type.TabletMove, (300, row), pressure)
        pen(editor.canvas, QEvent.Type.TabletRelease, (300, row), 0.0)
    thin, thick = ((seen()[:, 250] == HAT)[part].sum() for part in (slice(0, 250), slice(250, 512)))
    assert thin == pytest.approx(10, abs=1)
    assert thick == pytest.approx(40, abs=1)
    assert len(editor.workspace.session.history.entries) == 2


def test_eraser_shows_the_layer_below(editor, seen):
    before = seen().copy()
    editor.workspace.choose_part(HAT)
    drag(editor.canvas, [(200, 300), (300, 300)])
    editor.tools.choose("eraser")
    editor.workspace.options.size = 60
    drag(editor.canvas, [(190, 300), (310, 300)])
    assert np.array_equal(seen(), before)


def test_symmetry_swaps_left_and_right(editor, seen):
    editor.actions_["edit.symmetry"].trigger()
    assert editor.workspace.session.axis.x == pytest.approx(256, abs=2)
    editor.workspace.choose_part(L_EYE)
    drag(editor.canvas, [(320, 300), (330, 300)])
    assert seen()[300, 325] == L_EYE
    assert seen()[300, 512 - 325] == R_EYE


def test_alt_click_picks_and_alt_drag_sizes(editor):
    alt = Qt.KeyboardModifier.AltModifier
    drag(editor.canvas, [(256, 300)], alt)
    assert editor.workspace.session.active_part == NOSE
    editor.workspace.options.size = 20
    drag(editor.canvas, [(200, 300), (240, 300)], alt)
    assert editor.workspace.options.size == pytest.approx(60, abs=2)
    assert not editor.workspace.session.history.can_undo


@pytest.mark.parametrize(
    ("tool", "points", "inside", "outside"),
    [
        ("rectangle", [(150, 250), (250, 330)], (200, 290), (260, 290)),
        ("ellipse", [(150, 250), (250, 330)], (200, 290), (152, 252)),
        ("lasso", [(150, 250), (250, 250), (250, 330), (150, 330)], (200, 290), (260, 290)),
    ],
)
def test_shapes_paint_their_inside(editor, seen, tool, points, inside, outside):
    editor.workspace.choose_part(HAT)
    editor.tools.choose(tool)
    drag(editor.canvas, points)
    assert seen()[inside[1], inside[0]] == HAT
    assert seen()[outside[1], outside[0]] != HAT


def test_polygon_by_clicks_and_return(editor, seen):
    editor.workspace.choose_part(HAT)
    editor.tools.choose("polygon")
    for corner in ((150, 250), (250, 250), (200, 350)):
        drag(editor.canvas, [corner])
    assert not editor.workspace.session.history.can_undo
    QTest.keyClick(editor.canvas, Qt.Key.Key_Return)
    assert seen()[280, 200] == HAT


def test_fill_changes_one_area(editor, seen):
    nose = seen() == NOSE
    editor.workspace.choose_part(HAT)
    editor.tools.choose("fill")
    drag(editor.canvas, [(256, 300)])
    assert np.array_equal(seen() == HAT, nose)


def test_transform_moves_a_part_and_escape_takes_it_back(editor, seen):
    before = seen().copy()
    editor.tools.choose("transform")
    drag(editor.canvas, [(256, 300), (276, 300), (296, 310)])
    moved = np.argwhere(seen() == NOSE).mean(axis=0) - np.argwhere(before == NOSE).mean(axis=0)
    assert moved == pytest.approx([10, 40], abs=2)
    QTest.keyClick(editor.canvas, Qt.Key.Key_Escape)
    assert np.array_equal(seen(), before)
    drag(editor.canvas, [(256, 300), (296, 310)])
    QTest.keyClick(editor.canvas, Qt.Key.Key_Return)
    assert len(editor.workspace.session.history.entries) == 1


def test_painting_on_a_locked_layer_says_why(editor):
    session = editor.workspace.session
    session.activate_layer(session.stack.base.id)
    drag(editor.canvas, [(256, 300), (270, 300)])
    assert "locked" in editor.area.message_bar.problem.message
    assert not session.history.can_undo


def test_grow_shrink_and_repair(editor, seen):
    editor.workspace.choose_part(NOSE)
    area = int((seen() == NOSE).sum())
    editor.actions_["edit.grow"].trigger()
    assert (seen() == NOSE).sum() > area
    editor.workspace.options.size = 3
    drag(editor.canvas, [(340, 330)])
    assert seen()[330, 340] == NOSE
    editor.actions_["edit.repair"].trigger()
    assert seen()[330, 340] == SKIN


def test_delete_removes_the_part_and_what_it_hid_appears(editor, seen):
    editor.workspace.choose_part(HAIR)
    was = seen() == HAIR
    QTest.keyClick(editor, Qt.Key.Key_Delete)
    assert not (seen() == HAIR).any() and {0, SKIN} <= set(np.unique(seen()[was]))
    session = editor.workspace.session
    assert str(session.history.entries[-1].title) == "Hair removed"
    editor.actions_["edit.undo"].trigger()
    assert ((seen() == HAIR) == was).all()


def test_delete_removes_what_the_transform_tool_has_taken(editor, seen):
    editor.workspace.choose_part(NOSE)
    editor.tools.choose("transform")
    editor.workspace.choose_part(SKIN)
    drag(editor.canvas, [(256, 300), (266, 300)])
    QTest.keyClick(editor.canvas, Qt.Key.Key_Delete)
    assert not (seen() == NOSE).any() and (seen() == HAIR).any()
    assert len(editor.workspace.session.history.entries) == 1, "the drag before was part of it"


def test_skin_and_background_cannot_be_removed_and_locked_parts_say_why(editor, seen):
    action = editor.actions_["edit.remove"]
    for part, title in ((0, "Background"), (SKIN, "Skin")):
        editor.workspace.choose_part(part)
        action.trigger()
        assert f"nothing behind {title}" in str(editor.area.message_bar.problem)
        assert not editor.workspace.session.can_undo
    editor.workspace.choose_part(NOSE)
    session = editor.workspace.session
    session.constrain(replace(session.constraints, locked_parts=frozenset({NOSE})))
    assert action.isEnabled()
    action.trigger()
    assert "locked" in editor.area.message_bar.problem.message and (seen() == NOSE).any()


def test_wheel_zooms_at_the_pointer(editor):
    canvas = editor.canvas
    place = QPointF(on_screen(canvas, (320, 245)))
    before, scale = canvas.to_crop(place), canvas.view.scale
    event = QWheelEvent(
        place,
        canvas.mapToGlobal(place),
        QPoint(),
        QPoint(0, 480),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, event)
    after = canvas.to_crop(place)
    assert canvas.view.scale == pytest.approx(2 * scale)
    assert (after.x(), after.y()) == pytest.approx((before.x(), before.y()), abs=1e-6)


def test_holding_tab_shows_the_original(editor, qtbot):
    canvas = editor.canvas
    QTest.keyPress(canvas, Qt.Key.Key_Tab)
    assert canvas.scene.original
    for _ in range(3):  # the key repeats itself, and Qt did not see that it does
        QTest.keyRelease(canvas, Qt.Key.Key_Tab)
        QTest.keyPress(canvas, Qt.Key.Key_Tab)
        assert canvas.scene.original and canvas.hasFocus()
    QTest.keyRelease(canvas, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: not canvas.scene.original)


@pytest.mark.parametrize("mode", MODES)
def test_every_view_draws_and_paints(editor, seen, mode):
    editor.canvas.set_mode(mode)
    assert not editor.canvas.grab().isNull()
    editor.workspace.choose_part(HAT)
    drag(editor.canvas, [(200, 300), (220, 300)])
    assert seen()[300, 210] == HAT


def test_unedited_result_shows_the_photo_at_its_own_brightness(editor):
    editor.canvas.set_mode("side")
    canvas = editor.canvas
    canvas.scene.show_mask = False
    shown = canvas.grab().toImage()
    first, second = (canvas.view.to_screen(QPointF(150, 400), pane.frame).toPoint() for pane in canvas.panes())
    assert shown.pixelColor(first) == shown.pixelColor(second)


def test_the_photo_around_the_face_shows_beside_the_result_too(editor, qtbot):
    target = editor.workspace.target
    small = replace(target, alignment=Alignment(300.0, 300.0, 120.0, 0.0))
    editor.workspace.open(Session.new(small.mask), small)
    qtbot.waitUntil(lambda: editor.live.current is not None)
    canvas = editor.canvas
    shown = canvas.grab().toImage()
    first, second = (canvas.view.to_screen(QPointF(256, -60), pane.frame).toPoint() for pane in canvas.panes())
    dimmed, bright = shown.pixelColor(first), shown.pixelColor(second)  # nothing can be painted there
    assert 0 < dimmed.lightness() < bright.lightness()
    assert QColor(canvas.colors.surround) not in (dimmed, bright)


def test_a_second_stroke_that_follows_at_once_is_painted_like_the_first(editor, seen):
    editor.workspace.choose_part(HAT)
    editor.workspace.options.size = 10
    canvas, left = editor.canvas, Qt.MouseButton.LeftButton
    drag(canvas, [(150, 300)])
    before = len(editor.workspace.session.history.entries)
    double_press(canvas, (150, 300))
    move(canvas, on_screen(canvas, (250, 300)))
    QTest.mouseRelease(canvas, left, pos=on_screen(canvas, (250, 300)))
    assert (seen()[300, 150:250] == HAT).all()
    assert len(editor.workspace.session.history.entries) > before
    assert not editor.canvas.pointer.is_dragging


TOOLS = ("brush", "lasso", "polygon", "rectangle", "ellipse", "transform", "warp", "symmetry")


@pytest.mark.parametrize("how", ["escape", "right button", "another tool", "another document", "closed", "undo"])
def test_what_ends_a_drag_ends_it(editor, how):
    canvas, left, first = editor.canvas, Qt.MouseButton.LeftButton, editor.workspace.session.target_mask
    for tool in TOOLS:
        document = Session.new(first)
        editor.workspace.open(document, None)
        editor.workspace.choose_part(HAT)
        editor.tools.choose(tool)
        QTest.mousePress(canvas, left, pos=on_screen(canvas, (200, 300)))
        move(canvas, on_screen(canvas, (260, 340)))
        if how == "escape":
            QTest.keyClick(canvas, Qt.Key.Key_Escape)
        elif how == "right button":
            QTest.mouseClick(canvas, Qt.MouseButton.RightButton, pos=on_screen(canvas, (260, 340)))
        elif how == "another tool":
            editor.tools.choose("fill")
        elif how == "undo":
            editor.actions_["edit.undo"].trigger()
        elif how == "closed":
            editor.workspace.open(None, None)
        else:
            document = Session.new(first)
            editor.workspace.open(document, None)
        before = document.source_mask
        move(canvas, on_screen(canvas, (300, 400)))
        QTest.mouseRelease(canvas, left, pos=on_screen(canvas, (300, 400)))
        if how != "undo":
            assert np.array_equal(document.source_mask, before), tool
        assert not canvas.pointer.is_dragging, tool
        canvas.repaint()


def test_a_straight_line_does_not_begin_in_the_document_before(editor, seen):
    editor.workspace.choose_part(HAT)
    drag(editor.canvas, [(100, 100), (110, 100)])
    editor.workspace.open(Session.new(editor.workspace.session.target_mask), None)
    drag(editor.canvas, [(300, 300)], Qt.KeyboardModifier.ShiftModifier)
    assert not (seen()[:200, :200] == HAT).any()
