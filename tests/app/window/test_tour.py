"""The tour."""

from __future__ import annotations

from pointing import press


def test_the_tour_shows_five_hints_and_then_leaves(editor):
    bar = editor.area.message_bar
    editor.actions_["help.tour"].trigger()
    seen = []
    while bar.problem is not None:
        seen.append(bar.problem.message)
        press(bar, bar.problem.action_text)
    assert len(seen) == len(set(seen)) == 5


def test_what_is_said_of_the_first_photo_is_seen_before_the_tour_goes_on(window, photo, pipeline, qtbot):
    window.editor.settings.set("tour/seen", False)
    pipeline.doubts = True
    bar = window.area.message_bar
    window.documents.open([photo])
    qtbot.waitUntil(lambda: bar.problem is not None)
    assert "doubtful" in bar.problem.message
    bar.close_message()
    assert bar.problem.action_text == "Next (1 of 5)", "the tour was put off, not lost"
    seen = 0
    while bar.problem is not None:
        seen += 1
        press(bar, bar.problem.action_text)
    assert seen == 5
