"""The window never waits for the network."""

from __future__ import annotations

import subprocess
import sys
import threading

import numpy as np
from pointing import drag, move, on_screen
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from maskgan_studio.engine.requests import RenderCancelled

HAIR = 13


def test_pointer_events_are_handled_while_a_render_runs(editor, pipeline, qtbot):
    pipeline.gate.clear()
    pipeline.started.clear()
    editor.workspace.choose_part(HAIR)
    canvas = editor.canvas
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=on_screen(canvas, (200, 300)))
    qtbot.waitUntil(pipeline.started.is_set)
    for x in range(210, 300, 10):
        move(canvas, on_screen(canvas, (x, 300)))
        assert editor.workspace.session.stack.composite()[300, x] == HAIR
    assert not pipeline.gate.is_set()
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=on_screen(canvas, (290, 300)))
    assert editor.workspace.session.history.can_undo
    pipeline.gate.set()
    qtbot.waitUntil(lambda: np.array_equal(pipeline.rendered[-1][0], editor.workspace.session.source_mask))


def test_newest_request_wins_and_those_between_are_never_rendered(editor, pipeline, qtbot):
    qtbot.waitUntil(lambda: editor.live.current.result.request.size == 512)
    before = len(pipeline.rendered)
    pipeline.gate.clear()
    pipeline.started.clear()
    editor.workspace.choose_part(HAIR)
    drag(editor.canvas, [(200, 300), (210, 300)])
    qtbot.waitUntil(pipeline.started.is_set)
    for y in range(320, 400, 8):
        drag(editor.canvas, [(200, y), (220, y)])
        editor.live.render_now()
    pipeline.gate.set()
    wanted = editor.workspace.session.source_mask
    qtbot.waitUntil(lambda: np.array_equal(editor.live.current.result.request.source_mask, wanted))
    assert len(pipeline.rendered) - before <= 3


def test_a_preview_does_not_wait_for_a_full_picture_that_is_being_made(editor, pipeline, qtbot, monkeypatch):
    qtbot.waitUntil(lambda: editor.live.current.result.request.size == 512)
    finish, started, quick = threading.Event(), threading.Event(), pipeline.render

    def slow(mask, style, size=512, should_continue=lambda: True):
        if size == 512:
            started.set()
            while not finish.wait(0.01):
                if not should_continue():
                    raise RenderCancelled
        return quick(mask, style, size)

    monkeypatch.setattr(pipeline, "render", slow)
    editor.live._times.full_ms = 1000.0  # a machine that previews first
    editor.workspace.choose_part(HAIR)
    drag(editor.canvas, [(200, 300), (280, 300)])
    qtbot.waitUntil(started.is_set)
    drag(editor.canvas, [(200, 340), (280, 340)])
    wanted = editor.workspace.session.source_mask
    # The worker has one thread: the preview comes because the full image was given up.
    qtbot.waitUntil(lambda: np.array_equal(editor.live.current.result.request.source_mask, wanted))
    assert editor.live.current.result.request.size < 512
    finish.set()
    qtbot.waitUntil(lambda: editor.live.current.result.request.size == 512)


def test_network_runs_on_its_own_thread(editor, pipeline):
    assert pipeline.threads
    assert threading.current_thread().name not in pipeline.threads


def test_undo_shows_the_earlier_result_without_rendering(editor, pipeline, qtbot):
    editor.workspace.choose_part(HAIR)
    drag(editor.canvas, [(200, 300), (280, 300)])
    wanted = editor.workspace.session.source_mask
    qtbot.waitUntil(lambda: np.array_equal(editor.live.current.result.request.source_mask, wanted))
    qtbot.waitUntil(lambda: editor.live.current.result.request.size == 512)
    rendered = len(pipeline.rendered)
    editor.actions_["edit.undo"].trigger()
    earlier = editor.workspace.session.source_mask
    qtbot.waitUntil(lambda: np.array_equal(editor.live.current.result.request.source_mask, earlier))
    assert len(pipeline.rendered) == rendered


def test_a_failing_network_says_so_and_painting_goes_on(editor, pipeline, qtbot):
    pipeline.failure = RuntimeError("out of memory")
    editor.workspace.choose_part(HAIR)
    drag(editor.canvas, [(200, 300), (280, 300)])
    qtbot.waitUntil(lambda: editor.area.message_bar.problem is not None)
    assert "out of memory" in editor.area.message_bar.problem.message
    assert editor.live.state.kind == "error"
    pipeline.failure = None
    drag(editor.canvas, [(200, 330), (280, 330)])
    qtbot.waitUntil(lambda: editor.live.state.kind == "live")


def test_paused_renders_only_when_asked(editor, pipeline, qtbot):
    editor.live.set_paused(True)
    count = len(pipeline.rendered)
    editor.workspace.choose_part(HAIR)
    masks = []
    for y in (300, 330):
        drag(editor.canvas, [(200, y), (280, y)])
        masks.append(editor.workspace.session.source_mask)
    editor.live.render_now()
    qtbot.waitUntil(lambda: np.array_equal(editor.live.current.result.request.source_mask, masks[1]))
    # What was asked for comes after all that would have been asked for by painting.
    assert len(pipeline.rendered) == count + 1


def test_closing_while_a_render_runs_ends_the_thread(editor, pipeline, qtbot):
    pipeline.gate.clear()
    pipeline.started.clear()
    editor.workspace.choose_part(HAIR)
    drag(editor.canvas, [(200, 300), (280, 300)])
    qtbot.waitUntil(pipeline.started.is_set)
    threading.Timer(0.2, pipeline.gate.set).start()
    editor.close()
    assert not editor.isVisible()
    assert editor.editor.worker.isFinished()


def test_importing_the_window_loads_no_torch():
    code = (
        "import sys, maskgan_studio.app.window.main_window as m; assert 'torch' not in sys.modules, 'torch is loaded'"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
