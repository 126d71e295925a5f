"""Opening, painting, saving, exporting, other weights and closing in random order, with a slow network.

Whatever the order: no stroke is lost unless somebody said so, and no image is kept, shown or written under a key that
is not its own.
"""

from __future__ import annotations

import random
import zlib
from pathlib import Path

import numpy as np
import pytest
from fake_pipeline import FakePipeline
from PIL import Image
from pointing import drag, move, on_screen
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from maskgan_studio.app.files import dialogs
from maskgan_studio.app.rendering.jobs import Priority
from maskgan_studio.app.rendering.result_cache import ResultCache
from maskgan_studio.document.session import Session
from maskgan_studio.document.storage.openraster import load_project
from maskgan_studio.photo.masks.mask_files import save_mask

SETS = {"a": 40, "b": 120, "c": 200}
STEPS = 80


def mark(mask: np.ndarray, weights: str) -> tuple[int, int, int]:
    """The colour that a set of weights draws a mask in."""
    checksum = zlib.crc32(mask.tobytes())
    return SETS[weights], checksum & 255, checksum >> 8 & 255


class Marking(FakePipeline):
    """Draws every image in the colour that names its mask and these weights."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.weights_name = name

    def render(self, source_mask, style, size=512, should_continue=lambda: True):
        image = super().render(source_mask, style, size, should_continue)
        image[:] = mark(source_mask, self.weights_name)
        return image


class Soak:
    """Does random things in a window, and notes what has to hold."""

    def __init__(self, window, folder: Path, seed: int, monkeypatch, qtbot) -> None:
        self.window, self.folder, self.qtbot, self.random = window, folder, qtbot, random.Random(seed)
        self.pipelines = {name: Marking(name) for name in SETS}
        self.log: list[str] = []
        self.answers: list[tuple[Session, tuple[int, int], str]] = []
        self.exports: dict[Path, tuple[int, int, int]] = {}
        self.saved: dict[Path, np.ndarray] = {}
        self.failed: list[str] = []
        self.checks = {"replaced": 0, "discarded": 0, "kept": 0, "shown": 0}
        self.held = False
        window.editor.worker._make_pipeline = self.pipelines.__getitem__
        window.editor.worker.use_weights("a")
        monkeypatch.setattr(dialogs, "ask_about_unsaved_work", self._answer)
        monkeypatch.setattr(dialogs, "ask_about_changed_file", lambda *_: "replace")
        monkeypatch.setattr(dialogs, "choose_save_path", lambda *_: self.next_path)
        put = ResultCache.put
        monkeypatch.setattr(ResultCache, "put", lambda cache, rendered: put(cache, self._checked("kept", rendered)))
        self._save = window.documents.save
        monkeypatch.setattr(window.documents, "save", self._noted_save)
        window.workspace.document_about_to_change.connect(self._about_to_change)
        window.live.shown.connect(self._shown)
        window.live.failed.connect(lambda problem: self.failed.append(str(problem)))
        self.next_path = folder / "unused"
        pixels = np.random.default_rng(seed).integers(0, 255, (3, 40, 40, 3), np.uint8)
        self.photos = [folder / f"photo-{number}.png" for number in range(3)]
        for path, small in zip(self.photos, pixels, strict=True):
            Image.fromarray(small).resize((240, 240), Image.Resampling.BICUBIC).save(path)
        save_mask(folder / "mask.png", np.full((512, 512), 13, np.uint8))

    # What must hold.

    def _answer(self, _parent, _name: str, _is_project: bool) -> str:
        session = self.window.workspace.session
        answer = self.random.choice(["cancel", "discard", "save"])
        self.next_path = self.folder / f"answer-{len(self.answers)}.ora"
        self.answers.append((session, session.state, answer))
        self.log.append(f"asked: {answer}")
        return answer

    def _noted_save(self, path: Path, then=lambda _saved: None) -> None:
        session = self.window.workspace.session
        session.finish_edit()
        mask = session.source_mask

        def saved(done: bool) -> None:
            if done:
                self.saved[path] = mask
            then(done)

        self._save(path, saved)

    def _about_to_change(self) -> None:
        session = self.window.workspace.session
        if session is None:
            return
        self.checks["replaced"] += 1
        session.finish_edit()
        if session.dirty:
            self.checks["discarded"] += 1
            assert self.answers and self.answers[-1] == (session, session.state, "discard"), self.log

    def _checked(self, what: str, rendered):
        request = rendered.result.request
        self.checks[what] += 1
        assert tuple(rendered.result.image[5, 5]) == mark(request.source_mask, request.weights), (what, self.log)
        assert rendered.weights == request.weights, (what, self.log)
        return rendered

    def _shown(self, rendered, _fade: bool) -> None:
        if rendered is not None:
            self._checked("shown", rendered)
            assert rendered.result.request.weights == self.window.editor.worker.weights, self.log

    # What is done.

    def open_photo(self) -> None:
        self.window.documents.open([self.random.choice(self.photos)])

    def open_and_wait(self) -> None:
        self.open_photo()
        self.arrive()

    def arrive(self) -> None:
        """Let everything come to rest: with a photo open, the image shown is the one of its mask and weights."""
        self.release()
        self.let_go()
        window = self.window
        self.qtbot.waitUntil(lambda: not window.documents.opening.is_active and not window.documents.is_saving)
        if window.workspace.target is not None:
            self.qtbot.waitUntil(self._is_up_to_date)

    def _is_up_to_date(self) -> bool:
        live, session = self.window.live, self.window.workspace.session
        request = live.current and live.current.result.request
        if request is None or request.weights != self.window.editor.worker.weights:
            return False
        return np.array_equal(request.source_mask, session.source_mask)

    def open_project(self) -> None:
        if self.saved:
            self.window.documents.open([self.random.choice(list(self.saved))])

    def open_mask(self) -> None:
        self.window.documents.open([self.folder / "mask.png"])

    def paint(self) -> None:
        if self.window.workspace.session is not None:
            x, y = self.random.randrange(60, 400), self.random.randrange(60, 450)
            self.window.workspace.choose_part(self.random.randrange(1, 18))
            drag(self.window.canvas, [(x, y), (x + 40, y)])

    def press(self) -> None:
        if self.window.workspace.session is not None and not self.held:
            place = on_screen(self.window.canvas, (200, 200))
            QTest.mousePress(self.window.canvas, Qt.MouseButton.LeftButton, pos=place)
            move(self.window.canvas, on_screen(self.window.canvas, (240, 220)))
            self.held = True

    def release(self) -> None:
        if self.held:
            QTest.mouseRelease(
                self.window.canvas, Qt.MouseButton.LeftButton, pos=on_screen(self.window.canvas, (240, 220))
            )
            self.held = False

    def undo(self) -> None:
        self.window.actions_["edit.undo"].trigger()

    def save(self) -> None:
        session = self.window.workspace.session
        if session is not None:
            path = self.folder / f"project-{self.random.randrange(3)}.ora"
            self.window.documents.save(path)

    def export(self) -> None:
        session = self.window.workspace.session
        if session is not None and self.window.workspace.target is not None:
            self.next_path = self.folder / f"export-{len(self.exports)}.png"
            self.exports[self.next_path] = mark(session.source_mask, self.window.editor.worker.weights)
            self.window.actions_["file.export_result"].trigger()

    def copy(self) -> None:
        self.window.actions_["edit.copy"].trigger()

    def vary(self) -> None:
        buttons = self.window.panels.morph.findChildren(QPushButton)
        next(button for button in buttons if button.text() == "Variations").click()

    def change_weights(self) -> None:
        self.window.editor.worker.use_weights(self.random.choice(list(SETS)))

    def export_and_change_weights(self) -> None:
        self.pipelines[self.window.editor.worker.weights].gate.clear()
        self.paint()
        self.export()
        self.change_weights()

    def close(self) -> None:
        self.window.documents.close()

    def hold(self) -> None:
        for pipeline in self.pipelines.values():
            self.random.choice([pipeline.gate, pipeline.prepare_gate]).clear()

    def let_go(self) -> None:
        for pipeline in self.pipelines.values():
            pipeline.open_gates()

    def wait(self) -> None:
        self.qtbot.wait(self.random.randrange(60))

    def run(self, steps: int) -> None:
        often = [self.paint] * 6 + [self.wait] * 8 + [self.open_photo, self.let_go, self.release, self.export] * 4
        rare = [
            self.open_and_wait,
            self.export_and_change_weights,
            self.export_and_change_weights,
            self.open_project,
            self.open_mask,
            self.press,
            self.undo,
            self.save,
            self.copy,
            self.vary,
        ]
        self.open_and_wait()
        for _ in range(steps):
            step = self.random.choice([*often, *rare, self.change_weights, self.close, self.hold])
            self.log.append(step.__name__)
            step()
        self.log.append("end")
        self.arrive()
        window = self.window
        done: list[None] = []
        for thread in (window.editor.worker, window.editor.files):
            thread.submit(Priority.FIT, lambda _resource: None, done.append, done.append)
        self.qtbot.waitUntil(
            lambda: len(done) == 2 and not (window.editor.worker.pending or window.editor.files.pending)
        )


@pytest.mark.parametrize("seed", range(3))
def test_nothing_is_lost_unasked_and_no_picture_is_kept_under_a_wrong_key(window, tmp_path, seed, monkeypatch, qtbot):
    soak = Soak(window, tmp_path, seed, monkeypatch, qtbot)
    try:
        with qtbot.capture_exceptions() as exceptions:
            soak.run(STEPS)
    finally:
        soak.let_go()
    assert not exceptions, (exceptions, soak.log)
    missing = 0
    for path, wanted in soak.exports.items():
        if path.exists():
            assert tuple(np.asarray(Image.open(path).convert("RGB"))[5, 5]) == wanted, (path, soak.log)
        else:
            missing += 1
    assert missing <= len(soak.failed), soak.log  # one sentence for each image that was not made
    for path, mask in soak.saved.items():
        layers = Session(load_project(path)).source_mask
        assert np.array_equal(layers, mask), (path, soak.log)
    assert window.editor.activities.text == "", soak.log
    assert soak.checks["shown"] and soak.checks["kept"], (soak.checks, soak.log)
