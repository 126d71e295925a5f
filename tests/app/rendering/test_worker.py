"""What waits for the worker's thread, and in which order it is done."""

from __future__ import annotations

from threading import Event

import pytest

from maskgan_studio.app.rendering.worker import Worker


@pytest.fixture
def worker(qtbot):
    made = Worker(lambda: "pipeline")
    yield made
    made.stop()


def test_the_newest_of_a_slot_and_all_of_a_queue(worker, qtbot):
    begun, go_on, done = Event(), Event(), []

    def hold(_pipeline):
        begun.set()
        assert go_on.wait(60)

    worker.submit("open", hold, lambda _value: None, done.append)
    assert begun.wait(60)
    asked = [
        ("film", "morph 1"),
        ("whole", "export 1"),
        ("full", "old"),
        ("side", "old variations"),
        ("film", "morph 2"),
    ]
    asked += [("whole", "export 2"), ("full", "new"), ("render", "preview"), ("reference", "style"), ("side", "tidy")]
    for slot, word in asked:
        worker.submit(slot, lambda _pipeline, word=word: word, done.append, done.append)
    go_on.set()
    qtbot.waitUntil(lambda: len(done) == 8, timeout=60_000)
    assert done == ["preview", "new", "export 1", "export 2", "style", "tidy", "morph 1", "morph 2"]
