"""The bar over the canvas."""

from __future__ import annotations

import pytest
from pointing import press

from maskgan_studio.app.common.messages import Message


@pytest.mark.parametrize("size", [(1100, 700), (1600, 1000)])
def test_a_message_leaves_the_photo_where_it_is(editor, size, qtbot):
    editor.resize(*size)
    qtbot.waitUntil(lambda: editor.area.width() > size[0] / 3)
    canvas, bar = editor.canvas, editor.area.message_bar
    place, view = canvas.geometry(), canvas.view
    editor.editor.reporter.show(Message("What happened, in many words. " * 12, "Do something", lambda: None))
    assert bar.isVisible() and bar.width() == editor.area.width()
    assert bar.height() >= bar.heightForWidth(bar.width()) and bar.height() < editor.area.height() / 2
    assert canvas.geometry() == place and canvas.view == view
    lower = bar.height()
    editor.resize(size[0] - 150, size[1])
    qtbot.waitUntil(lambda: bar.width() == editor.area.width())
    assert bar.height() >= lower
    press(bar, "Close message")
    assert not bar.isVisible() and canvas.geometry().top() == place.top()
