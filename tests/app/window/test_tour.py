"""The tour points at things, goes on when they were tried, and can be left."""

from __future__ import annotations

from pointing import click_row, drag, find, press, pull_slider
from PySide6.QtCore import QCoreApplication, QPoint, QRect, QSize
from PySide6.QtWidgets import QListWidget

from maskgan_studio.app.common.messages import Message
from maskgan_studio.app.window import tour_steps


def test_it_goes_on_when_the_user_paints_where_it_points(editor, qtbot):
    bubble = editor.tour.bubble
    editor.actions_["help.tour"].trigger()
    assert bubble.text.text() == tour_steps.PAINT and bubble.isVisible()
    assert editor.tour._frame.geometry().contains(editor.canvas.mapTo(editor, QPoint(40, 40)))
    drag(editor.canvas, [(200, 100), (260, 100)])
    assert bubble.text.text() == "That is it."
    qtbot.waitUntil(lambda: bubble.text.text() == tour_steps.UNDO)
    editor.actions_["edit.undo"].trigger()
    qtbot.waitUntil(lambda: bubble.text.text() == tour_steps.PARTS)
    assert editor.panels.parts.isVisible()
    click_row(find(editor.panels.parts, QListWidget, "Parts"), 2)
    qtbot.waitUntil(lambda: bubble.text.text() == tour_steps.LOOKS)
    pull_slider(editor.panels.face.row("smile"), 0.1)
    qtbot.waitUntil(lambda: bubble.text.text() == tour_steps.ZOOM)
    editor.resize(editor.size() - QSize(20, 20))
    assert bubble.text.text() == tour_steps.ZOOM
    editor.actions_["view.zoom_in"].trigger()
    qtbot.waitUntil(lambda: bubble.text.text() == tour_steps.STYLE)


def test_it_can_be_gone_through_by_its_buttons_left_and_shown_again(editor):
    bubble, seen = editor.tour.bubble, []
    editor.actions_["help.tour"].trigger()
    while bubble.isVisible():
        seen.append(bubble.text.text())
        assert editor.rect().contains(bubble.geometry())
        press(bubble, bubble.next.text())
    assert seen == list(tour_steps.TEXTS[1:])
    editor.actions_["help.tour"].trigger()
    press(bubble, "Next")
    press(bubble, "Back")
    assert bubble.text.text() == tour_steps.PAINT
    press(bubble, "Skip the tour")
    assert not bubble.isVisible() and not editor.tour._frame.isVisible()
    drag(editor.canvas, [(200, 100), (260, 100)])
    assert not bubble.isVisible()


def test_with_nothing_open_it_begins_with_how_to_begin_and_a_new_user_sees_it_once(window, photo, qtbot):
    window.actions_["help.tour"].trigger()
    assert window.tour.bubble.text.text() == tour_steps.OPEN
    window.tour.end()
    window.editor.settings.set("tour/seen", False)
    window.documents.open([photo])
    qtbot.waitUntil(window.tour.bubble.isVisible)
    assert window.tour.bubble.text.text() == tour_steps.PAINT
    window.tour.end()
    window.tour.begin_once()
    assert not window.tour.bubble.isVisible()


def test_its_bubble_leaves_a_message_and_what_that_offers_to_be_read(editor):
    bar = editor.area.message_bar
    bar.show_message(Message("Hair ends at the edge", action_text="Wider", action=lambda: None))
    editor.actions_["help.tour"].trigger()
    bubble = editor.tour.bubble
    while bubble.isVisible():
        message = QRect(bar.mapTo(editor, QPoint()), bar.size())
        for each in (bubble, editor.tour._frame):
            assert not each.geometry().adjusted(4, 4, -4, -4).intersects(message), bubble.text.text()
        press(bubble, bubble.next.text())


def test_it_stays_inside_a_small_window(editor):
    editor.resize(editor.minimumSizeHint())
    editor.tour.begin()
    assert QRect(QPoint(), editor.size()).contains(editor.tour.bubble.geometry())
    editor.tour.end()


def test_no_language_is_too_long_for_the_bubble(editor):
    editor.actions_["help.tour"].trigger()
    bubble = editor.tour.bubble
    bubble.skip.setText("Die ganze Einführung überspringen")
    bubble.show_step("Wörter, die viel Platz brauchen. " * 6, 1, 3)
    QCoreApplication.processEvents()
    assert bubble.text.height() >= bubble.text.heightForWidth(bubble.text.width())
    for button in (bubble.skip, bubble.back, bubble.next):
        assert button.width() >= button.sizeHint().width()
