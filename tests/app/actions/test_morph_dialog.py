"""What is asked before a morph is drawn."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox

from maskgan_studio.app.actions.morph_dialog import MorphDialog, choose_morph_options
from maskgan_studio.app.rendering.morph import MorphOptions


def answer(button: QDialogButtonBox.StandardButton) -> None:
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, MorphDialog)
    dialog.size_choice.setFocus()
    QTest.keyClick(dialog.size_choice, Qt.Key.Key_Down)
    QTest.keyClick(dialog.format, Qt.Key.Key_Down)
    dialog.steps.selectAll()
    QTest.keyClicks(dialog.steps, "20")
    box = dialog.findChild(QDialogButtonBox)
    QTest.mouseClick(box.button(button), Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(
    ("button", "expected"),
    [
        (QDialogButtonBox.StandardButton.Ok, MorphOptions(True, 20, 2.0, ".mp4")),
        (QDialogButtonBox.StandardButton.Cancel, None),
    ],
)
def test_it_gives_what_was_chosen_or_nothing(window, button, expected):
    QTimer.singleShot(0, lambda: answer(button))
    assert choose_morph_options(window) == expected


def test_the_rate_follows_from_images_and_length():
    assert MorphOptions(steps=13, seconds=2.0).frames_per_second == 12
