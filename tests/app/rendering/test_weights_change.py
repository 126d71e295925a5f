"""An image belongs to the weights it was asked for under, also where others are chosen before it is made."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from fake_pipeline import FakePipeline
from PIL import Image
from pointing import drag
from PySide6.QtWidgets import QApplication

from maskgan_studio.app.files import dialogs

HAIR = 13


class Tinted(FakePipeline):
    """Draws in a colour of its own."""

    def __init__(self, name: str, red: int) -> None:
        super().__init__()
        self.weights_name, self._red = name, red

    def render(self, source_mask, style, size=512, should_continue=lambda: True):
        image = super().render(source_mask, style, size, should_continue)
        image[..., 0] = self._red
        return image


@pytest.fixture
def sets(editor, qtbot) -> dict[str, Tinted]:
    """Two sets of weights, ``a`` in use; all images of the opened photo are made."""
    made = {"a": Tinted("a", 10), "b": Tinted("b", 200)}
    editor.editor.worker._make_pipeline = made.__getitem__
    editor.editor.worker.use_weights("a")
    qtbot.waitUntil(lambda: editor.live.current.weights == "a")
    return made


def red(rendered) -> int:
    return int(rendered.result.image[0, 0, 0])


def paint(editor, y: int) -> None:
    editor.workspace.choose_part(HAIR)
    drag(editor.canvas, [(200, y), (280, y)])


@pytest.mark.parametrize("what", ["export", "result", "copy"])
def test_an_export_is_made_with_the_weights_it_was_asked_for_under(
    editor, sets, what, tmp_path: Path, monkeypatch, qtbot
):
    path = tmp_path / "edited.png"
    monkeypatch.setattr(dialogs, "choose_save_path", lambda *_: path)
    sets["a"].gate.clear()
    sets["a"].started.clear()
    paint(editor, 300)
    qtbot.waitUntil(sets["a"].started.is_set)  # a render of the stroke holds the thread
    paint(editor, 340)
    action = {"export": "file.export_picture", "result": "file.export_result", "copy": "edit.copy"}[what]
    editor.actions_[action].trigger()
    editor.editor.worker.use_weights("b")
    sets["a"].gate.set()
    if what == "copy":
        qtbot.waitUntil(lambda: not editor.editor.worker.pending)
        image = QApplication.clipboard().image()
        place = editor.workspace.target.alignment.to_photo(np.array([[240.0, 340.0]]))[0]
        assert image.pixelColor(round(place[0]), round(place[1])).red() == 10
    else:
        qtbot.waitUntil(lambda: path.exists() and not editor.editor.files.pending)
        pixels = np.asarray(Image.open(path).convert("RGB"))
        x, y = editor.workspace.target.alignment.to_photo(np.array([[240.0, 340.0]]))[0].round().astype(int)
        assert pixels[340 if what == "result" else y, 240 if what == "result" else x, 0] == 10
    # Nor is it shown as an image of the others, now or when one goes back and forth.
    qtbot.waitUntil(lambda: editor.live.current.weights == "b" and red(editor.live.current) == 200)
    editor.editor.worker.use_weights("a")
    qtbot.waitUntil(lambda: editor.live.current.weights == "a")
    assert red(editor.live.current) == 10


def test_a_picture_that_arrives_after_the_weights_were_changed_is_not_shown(editor, sets, qtbot):
    sets["a"].gate.clear()
    sets["a"].started.clear()
    paint(editor, 300)
    qtbot.waitUntil(sets["a"].started.is_set)
    editor.editor.worker.use_weights("b")
    shown = []
    editor.live.shown.connect(lambda rendered, _fade: shown.append(rendered.weights))
    sets["a"].gate.set()
    wanted = editor.workspace.session.source_mask
    qtbot.waitUntil(lambda: np.array_equal(editor.live.current.result.request.source_mask, wanted))
    assert set(shown) == {"b"} and red(editor.live.current) == 200


def test_the_same_weights_chosen_again_are_rendered_with(editor, sets, qtbot):
    """They may have been trained on since; and the image that was being made is made all the same."""
    sets["a"].gate.clear()
    paint(editor, 300)
    editor.editor.worker.use_weights("a")
    sets["a"].open_gates()
    wanted = editor.workspace.session.source_mask
    qtbot.waitUntil(lambda: np.array_equal(editor.live.current.result.request.source_mask, wanted))


def test_an_export_under_weights_that_cannot_be_loaded_says_so(editor, sets, qtbot, monkeypatch, tmp_path):
    monkeypatch.setattr(dialogs, "choose_save_path", lambda *_: tmp_path / "edited.png")

    def missing(_weights: str):
        from maskgan_studio.errors import WeightsError

        raise WeightsError("There are no such weights.")

    editor.editor.worker._make_pipeline = missing
    editor.editor.worker.use_weights("c")
    editor.actions_["file.export_picture"].trigger()
    editor.editor.worker._make_pipeline = sets.__getitem__
    editor.editor.worker.use_weights("b")
    qtbot.waitUntil(lambda: editor.live.current.weights == "b" and not editor.editor.worker.pending)
    assert editor.area.message_bar.problem.message == "There are no such weights."
    assert not (tmp_path / "edited.png").exists()


def test_results_of_one_document_are_not_kept_for_the_next(editor, photo, qtbot):
    """Two photos may have the same face in different places."""
    qtbot.waitUntil(lambda: editor.live.current.result.request.size == 512)
    wider = photo.with_name("wider.png")
    pixels = np.asarray(Image.open(photo))
    Image.fromarray(np.pad(pixels, ((0, 0), (100, 100), (0, 0)))).save(wider)
    first = editor.live.current
    editor.documents.open([wider])
    qtbot.waitUntil(lambda: editor.workspace.session.target.name == "wider.png")
    qtbot.waitUntil(lambda: editor.live.current is not None)
    assert editor.live.current is not first and editor.live.current.edit.shape != first.edit.shape
