"""What waits for a thread, in which order it is done, and with what."""

from __future__ import annotations

import gc
import weakref
from threading import Event

import pytest

from maskgan_studio.app.rendering.jobs import Priority
from maskgan_studio.app.rendering.worker import JobThread
from maskgan_studio.errors import StudioError

REFUSED = StudioError("The weights were changed.")


def _failed(_kind: Priority, reason: str) -> StudioError:
    return StudioError("It failed: {reason}.", reason=reason)


@pytest.fixture
def worker(qtbot):
    made = JobThread(lambda: "pipeline", _failed)
    yield made
    made.stop()


class Held:
    """A job that holds a thread until it is let go."""

    def __init__(self, worker: JobThread, priority: Priority = Priority.OPEN) -> None:
        self.begun, self.go_on, self.outcome = Event(), Event(), []
        self.job = worker.submit(priority, self._work, self.outcome.append, self.outcome.append)
        assert self.begun.wait(60)

    def _work(self, resource):
        self.begun.set()
        assert self.go_on.wait(60)
        return resource


def ask(worker: JobThread, priority: Priority, word: str, said: list, ended=lambda: None):
    return worker.submit(priority, lambda resource: f"{word} by {resource}", said.append, said.append, ended)


def test_the_newest_of_a_kind_and_all_of_those_that_somebody_asked_for(worker, qtbot):
    held, said = Held(worker), []
    for priority, word in (
        (Priority.MORPH, "morph 1"),
        (Priority.EXPORT, "export 1"),
        (Priority.FULL, "old"),
        (Priority.MASKS, "old variations"),
        (Priority.MORPH, "morph 2"),
        (Priority.EXPORT, "export 2"),
        (Priority.FULL, "new"),
        (Priority.PREVIEW, "preview"),
        (Priority.REFERENCE, "style"),
        (Priority.MASKS, "tidy"),
    ):
        ask(worker, priority, word, said)
    held.go_on.set()
    qtbot.waitUntil(lambda: len(said) == 8)
    wanted = ["preview", "new", "export 1", "export 2", "style", "tidy", "morph 1", "morph 2"]
    assert said == [f"{word} by pipeline" for word in wanted]


def test_an_export_is_done_with_the_weights_it_was_asked_under_before_anything_is_done_with_the_next(worker, qtbot):
    held, said = Held(worker), []
    ask(worker, Priority.EXPORT, "export", said)
    ask(worker, Priority.COPY, "copy", said)
    worker.replace_resource(lambda: "others", REFUSED)
    ask(worker, Priority.FULL, "picture", said)
    ask(worker, Priority.EXPORT, "export", said)
    held.go_on.set()
    qtbot.waitUntil(lambda: len(said) == 4)
    assert said == ["export by pipeline", "copy by pipeline", "picture by others", "export by others"]


def test_other_weights_end_long_work_with_a_sentence_and_drop_pictures_nobody_waits_for(worker, qtbot):
    held, said, ended = Held(worker), [], []
    for priority in (Priority.PREVIEW, Priority.FULL, Priority.MORPH, Priority.FIT):
        ask(worker, priority, "old", said, ended=lambda priority=priority: ended.append(priority))
    worker.replace_resource(lambda: "others", REFUSED)
    assert said == [REFUSED, REFUSED]
    assert sorted(ended) == [Priority.PREVIEW, Priority.FULL, Priority.MORPH, Priority.FIT]
    ask(worker, Priority.FULL, "new", said)
    held.go_on.set()
    qtbot.waitUntil(lambda: len(said) == 3)
    assert said[-1] == "new by others" and worker.pending == ()


def test_a_photo_that_waits_is_opened_with_the_weights_in_use_when_its_turn_comes(worker, qtbot):
    held, said = Held(worker, Priority.PREVIEW), []
    ask(worker, Priority.OPEN, "photo", said)
    worker.replace_resource(lambda: "others", REFUSED)
    held.go_on.set()
    qtbot.waitUntil(lambda: bool(said))
    assert said == ["photo by others"]


def test_a_long_job_lets_urgent_ones_pass_and_ends_when_the_weights_change(worker, qtbot):
    held, said, goes_on = Held(worker), [], []
    first, second = Event(), Event()

    def work(resource):
        goes_on.append(worker.run_higher_priority(Priority.MORPH, resource))
        first.set()
        assert second.wait(60)
        goes_on.append(worker.run_higher_priority(Priority.MORPH, resource))
        return "morph"

    worker.submit(Priority.MORPH, work, said.append, said.append)
    ask(worker, Priority.FIT, "fit", said)
    ask(worker, Priority.FULL, "picture", said)
    held.go_on.set()
    qtbot.waitUntil(first.is_set)
    worker.replace_resource(lambda: "others", REFUSED)
    second.set()
    qtbot.waitUntil(lambda: "morph" in said)
    assert goes_on == [True, False]
    assert said[0] == "picture by pipeline" or said[:2] == [REFUSED, "picture by pipeline"]


def test_the_resource_is_made_again_after_a_failure(qtbot):
    attempts, said = [], []

    def make():
        attempts.append(None)
        if len(attempts) == 1:
            raise StudioError("The weights are missing.")
        return "pipeline"

    worker = JobThread(make, _failed)
    for _ in range(2):
        before = len(said)
        worker.submit(Priority.PREVIEW, lambda pipeline: pipeline, said.append, said.append)
        qtbot.waitUntil(lambda before=before: len(said) > before)
    worker.stop()
    assert str(said[0]) == "The weights are missing." and said[1] == "pipeline" and len(attempts) == 2


def test_a_failure_that_nobody_foresaw_becomes_a_sentence(worker, qtbot):
    said = []
    worker.submit(Priority.FULL, lambda _pipeline: 1 // 0, said.append, said.append)
    qtbot.waitUntil(lambda: bool(said))
    assert str(said[0]) == "It failed: integer division or modulo by zero."


def test_every_job_ends_once_whatever_becomes_of_it(worker, qtbot):
    ended, said = [], []
    held = Held(worker)
    cancelled = ask(worker, Priority.MASKS, "cancelled", said, lambda: ended.append("cancelled"))
    ask(worker, Priority.FULL, "superseded", said, lambda: ended.append("superseded"))
    ask(worker, Priority.FULL, "done", said, lambda: ended.append("done"))
    ask(worker, Priority.REFERENCE, "dropped", said, lambda: ended.append("dropped"))
    worker.submit(
        Priority.EXPORT, lambda _pipeline: 1 // 0, said.append, lambda _error: None, lambda: ended.append("failed")
    )
    cancelled.cancel()
    worker.drop(Priority.REFERENCE)
    held.go_on.set()
    qtbot.waitUntil(lambda: len(ended) == 5)
    assert sorted(ended) == ["cancelled", "done", "dropped", "failed", "superseded"]
    assert said == ["done by pipeline"]


def test_what_a_cancelled_job_made_is_not_handed_over(worker, qtbot):
    held, said = Held(worker), []
    held.job.cancel()
    held.go_on.set()
    ask(worker, Priority.MASKS, "after", said)
    qtbot.waitUntil(lambda: bool(said))
    assert held.outcome == []


def test_memory_is_given_back_before_and_after_a_large_job(worker, monkeypatch, qtbot):
    order = []
    monkeypatch.setattr("maskgan_studio.app.rendering.worker.return_freed_memory", lambda: order.append("given back"))
    for priority in (Priority.FULL, Priority.OPEN, Priority.FULL):
        done = []
        worker.submit(priority, lambda _resource, name=priority.name: order.append(name), done.append, done.append)
        qtbot.waitUntil(lambda done=done: bool(done))
    assert order[:5] == ["FULL", "given back", "OPEN", "given back", "FULL"]


def test_a_thread_that_waits_keeps_nothing_of_the_last_job(worker, qtbot):
    class Photo:
        pass

    photo, said, idle = Photo(), [], []
    kept = weakref.ref(photo)
    worker.state_changed.connect(lambda state: idle.append(state) if said else None)
    worker.submit(Priority.FULL, lambda _pipeline, photo=photo: said.append(photo is None), idle.append, said.append)
    del photo
    qtbot.waitUntil(lambda: "idle" in idle)
    gc.collect()
    assert kept() is None


def test_a_job_can_tell_that_something_more_urgent_waits(worker):
    held, said = Held(worker, Priority.TILE), []
    assert not worker.has_higher_priority(Priority.TILE)
    ask(worker, Priority.BATCH, "batch", said)
    assert not worker.has_higher_priority(Priority.TILE)
    ask(worker, Priority.PREVIEW, "preview", said)
    assert worker.has_higher_priority(Priority.TILE)
    held.go_on.set()
