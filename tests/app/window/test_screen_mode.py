"""More room for the image."""

from __future__ import annotations


def shown(window) -> list[bool]:
    return [dock.isVisibleTo(window) for dock in window.panels.docks.values()] + [
        window.options_bar.isVisibleTo(window)
    ]


def test_canvas_only_hides_the_panels_and_brings_back_those_that_were_there(editor, qtbot):
    editor.panels.docks["gallery"].hide()
    before, width = shown(editor), editor.canvas.width()
    editor.actions_["view.canvas_only"].trigger()
    assert not any(shown(editor))
    qtbot.waitUntil(lambda: editor.canvas.width() > width)
    editor.actions_["view.canvas_only"].trigger()
    assert shown(editor) == before


def test_a_window_closed_with_the_canvas_alone_opens_with_its_panels(editor):
    before = shown(editor)
    editor.actions_["view.canvas_only"].trigger()
    editor.close()
    assert shown(editor) == before


def test_full_screen_and_back(editor):
    editor.actions_["view.full_screen"].trigger()
    assert editor.isFullScreen()
    editor.actions_["view.full_screen"].trigger()
    assert not editor.isFullScreen()


def test_close_leaves_the_empty_window(editor, qtbot):
    editor.actions_["file.close"].trigger()
    assert editor.workspace.session is None and editor.isVisible()
    assert not editor.actions_["file.close"].isEnabled() and editor.live.state.kind == "off"
