"""Opening and saving in a window, waited for."""

from __future__ import annotations

from pathlib import Path


def save(window, path: Path, qtbot) -> None:
    """Save the open document and wait until it is saved."""
    answers: list[bool] = []
    window.documents.save(path, answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == [True]


def open_file(window, path: Path, qtbot) -> None:
    """Open a photo or a project and wait until it is the open document."""
    before = window.workspace.session
    window.documents.open([path])
    qtbot.waitUntil(lambda: window.workspace.session is not before)
