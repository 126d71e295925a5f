"""A change is never lost, and never waits for stillness."""

from __future__ import annotations

from maskgan_studio.app.rendering.throttle import Throttle


def test_throttle_fires_at_once_and_never_loses_the_last_change(qtbot):
    throttle, fired = Throttle(50), []
    throttle.fired.connect(lambda: fired.append(None))
    throttle.trigger()
    assert len(fired) == 1
    throttle.trigger()
    throttle.trigger()
    assert len(fired) == 1
    qtbot.waitUntil(lambda: len(fired) == 2)
    # The next change finds nothing left over from the two before.
    qtbot.waitUntil(lambda: not throttle.is_waiting)
    throttle.trigger()
    assert len(fired) == 3
