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
