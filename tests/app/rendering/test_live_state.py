"""What the status bar says of live rendering."""

from __future__ import annotations

import pytest

from maskgan_studio.app.rendering.live_state import LiveState, describe_state


@pytest.mark.parametrize(
    ("milliseconds", "sentence"),
    [(None, "● live · CPU"), (0.0, "● live · CPU"), (0.4, "● live · CPU"), (168.4, "● live 168 ms · CPU")],
)
def test_a_time_is_told_where_rendering_took_one(milliseconds, sentence):
    assert describe_state(LiveState("live", milliseconds, "CPU")) == sentence
