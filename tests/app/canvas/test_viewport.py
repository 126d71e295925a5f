"""Zoom in the photo's own pixels, and the views that show before and after."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image
from pointing import drag, on_screen
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QRegion
from PySide6.QtTest import QTest

from maskgan_studio.app.canvas.panes import split_dirty
from maskgan_studio.app.canvas.placed_image import PlacedImage
from maskgan_studio.app.common.images import from_qimage
from maskgan_studio.labels import part_named

HAT = part_named("hat").index


@pytest.fixture
def shown(editor):
    """What a square of 100 pixels in a pane shows, uint8 (100, 100, 3)."""

    def pixels(number: int) -> np.ndarray:
        square = QRectF(0, 0, 100, 100)
        pane = editor.canvas.panes()[number].frame
        square.moveTo(QPointF(round(pane.left()) + 100, 300))
        return from_qimage(editor.canvas.grab(square.toRect()).toImage())

    return pixels


def test_at_100_percent_before_and_after_are_the_photos_own_pixels(editor, shown, photo, qtbot):
    QTest.keyClick(editor, Qt.Key.Key_F7)
    QTest.keyClick(editor, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert editor.canvas.zoom == pytest.approx(1)
    assert "100 %" in editor.status._numbers.text()
    own = np.asarray(Image.open(photo).convert("RGB"))
    before, after = shown(0), shown(1)
    assert np.array_equal(before, after)
    windows = np.lib.stride_tricks.sliding_window_view(own[:, :, 0], (100, 100))
    candidates = windows[windows[:, :, 0, 0] == before[0, 0, 0]]
    assert (candidates == before[:, :, 0]).all(axis=(1, 2)).any()


def test_zoom_of_a_mask_alone_is_in_its_own_pixels(editor):
    editor.workspace.open(editor.workspace.session, None)
    editor.actions_["view.actual"].trigger()
    assert editor.canvas.view.scale == editor.canvas.zoom == pytest.approx(1)


@pytest.mark.parametrize(
    ("mode", "left"), [("compare", "original"), ("split", "original"), ("mask_split", "edit"), ("side", "edit")]
)
def test_what_stands_left_of_the_result(editor, mode, left):
    editor.actions_[f"view.{mode}"].trigger()
    assert [pane.kind for pane in editor.canvas.panes()] == [left, "result"]


def test_before_shows_the_photo_whatever_is_painted_and_can_be_painted_on(editor, shown, qtbot):
    editor.actions_["view.compare"].trigger()
    before, after = shown(0), shown(1)
    editor.workspace.choose_part(HAT)
    editor.workspace.options.size = 100
    point = editor.canvas.view.to_crop(QPointF(150, 350), editor.canvas.panes()[0].frame)
    drag(editor.canvas, [(point.x(), point.y())])
    assert (editor.workspace.session.stack.composite() == HAT).any()
    qtbot.waitUntil(lambda: not np.array_equal(shown(1), after))
    editor.canvas.pointer.handle(QEvent(QEvent.Type.Leave))
    assert np.array_equal(shown(0), before)


@pytest.mark.parametrize("width", [1280, 1600])
def test_the_photo_stays_in_place_whichever_tool_is_chosen(editor, width):
    editor.resize(width, 720)
    places = set()
    for name in editor.tools._tools:
        editor.tools.choose(name)
        QTest.qWait(0)
        corner = editor.canvas.mapToGlobal(editor.canvas.view.to_screen(QPointF(0, 0), editor.canvas.panes()[0].frame))
        places.add((corner.x(), corner.y(), editor.canvas.width(), editor.canvas.height()))
    assert len(places) == 1


def test_beside_the_edit_of_a_very_large_face_the_result_is_the_photo_itself(editor, shown, tmp_path, qtbot):
    noise = np.random.default_rng(0).integers(0, 255, (2400, 2400, 3), np.uint8)  # 4.7 photo pixels per crop pixel
    path = tmp_path / "large.png"
    Image.fromarray(noise).save(path)
    editor.documents.open([path])
    qtbot.waitUntil(lambda: editor.workspace.target.photo.pixels.shape == (2400, 2400, 3))
    qtbot.waitUntil(lambda: editor.live.current is not None and not editor.canvas.scene.is_provisional)
    editor.actions_["view.compare"].trigger()
    editor.actions_["view.actual"].trigger()
    assert np.array_equal(shown(0), shown(1)), "nothing is edited yet"
    editor.canvas.fit()
    editor.workspace.choose_part(HAT)
    drag(editor.canvas, [(40, 40)])
    qtbot.waitUntil(lambda: editor.live.current is not None and editor.live.current.changed.pixels.size > 0)
    qtbot.waitUntil(lambda: not editor.canvas.scene.is_provisional and editor.canvas.scene.fading is None)
    assert editor.live.current.downscaled
    editor.actions_["view.actual"].trigger()
    assert np.array_equal(shown(0), shown(1))
    editor.canvas.view.center_x, editor.canvas.view.center_y = 40.0, 40.0
    editor.canvas.view_changed()
    whole = from_qimage(editor.canvas.grab().toImage())
    left, right = (
        whole[250:400, round(pane.left()) + 150 : round(pane.left()) + 300]
        for pane in (pane.frame for pane in editor.canvas.panes())
    )
    assert not np.array_equal(left, right), "the edit itself shows"


def test_the_name_of_the_part_under_the_pointer_is_written_anew_when_the_mask_changes(editor, qtbot):
    class Painted(QObject):
        region = QRegion()

        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                self.region += event.region()
            return False

    drag(editor.canvas, [(256, 180), (260, 180)])
    QTest.mouseMove(editor.canvas, on_screen(editor.canvas, (258, 180)))
    QCoreApplication.processEvents()
    painted = Painted()
    editor.canvas.installEventFilter(painted)
    editor.actions_["edit.undo"].trigger()
    name = QRect(on_screen(editor.canvas, (258, 180)) + QPoint(18, 22), QSize(80, 16))
    qtbot.waitUntil(lambda: painted.region.intersected(name) == QRegion(name))


class PaintedRegion(QObject):
    """Adds up what is painted of a widget."""

    region = QRegion()

    def eventFilter(self, _watched, event):
        if event.type() == QEvent.Type.Paint:
            self.region = self.region.united(event.region())
        return False


def test_a_result_that_fades_in_repaints_where_it_differs_alone(editor, qtbot):
    canvas, color = editor.canvas, np.full((512, 512, 3), 90, np.uint8)
    qtbot.waitUntil(lambda: not canvas.scene.is_provisional and canvas.scene.fading is None)
    canvas.show_result(PlacedImage(color), area=QRectF(100, 100, 20, 20))
    canvas.repaint()
    painted = PaintedRegion(canvas)
    canvas.installEventFilter(painted)
    other = color.copy()
    other[110:140, 110:140] = 200
    canvas.show_result(PlacedImage(other), fade=True, area=QRectF(110, 110, 30, 30))
    qtbot.waitUntil(lambda: canvas.scene.fading is None)
    canvas.removeEventFilter(painted)
    pane = next(pane for pane in canvas.panes() if pane.kind == "result")
    place = canvas.view.transform(pane.frame).mapRect(QRectF(100, 100, 40, 40)).toAlignedRect()
    assert not painted.region.isEmpty()
    assert place.adjusted(-3, -3, 3, 3).contains(painted.region.boundingRect())


def test_dirty_rectangles_are_painted_one_by_one_only_where_they_lie_far_apart():
    edit, progress = QRect(10, 10, 40, 40), QRect(0, 900, 500, 3)
    beside = QRect(52, 10, 40, 40)
    assert split_dirty(QRegion()) == []
    assert split_dirty(QRegion(edit)) == [edit]
    assert sorted(split_dirty(QRegion(edit).united(progress)), key=QRect.top) == [edit, progress]
    assert split_dirty(QRegion(edit).united(beside)) == [edit.united(beside)]
