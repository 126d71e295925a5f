"""Names of files that look like markup, or that are no UTF-8, are names like any other."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from filing import open_file, save
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtWidgets import QLabel, QMenu, QMessageBox, QWidget

from maskgan_studio.app.actions.about_dialog import AboutDialog
from maskgan_studio.app.files.dialogs import ask_about_changed_file, ask_about_unsaved_work
from maskgan_studio.app.files.drops import dropped_paths


def recent_menu(window) -> QMenu:
    """The menu of recent files, as it is when it is opened."""
    (menu,) = [menu for menu in window.findChildren(QMenu) if menu.title() == "Open recent"]
    menu.aboutToShow.emit()
    return menu


def test_markup_in_a_name_is_shown_as_text(window, photo, qtbot, monkeypatch, tmp_path):
    path = photo.rename(photo.with_name("<b>x & y.png"))
    sentences = []
    monkeypatch.setattr(window.status, "set_busy", sentences.append)
    open_file(window, path, qtbot)
    assert any("<b>x" in sentence for sentence in sentences)
    assert path.name in window.windowTitle()
    broken = path.with_name("<i>z.jpg")
    broken.write_bytes(b"")
    window.documents.open([broken])
    qtbot.waitUntil(lambda: window.area.message_bar.problem is not None)
    assert "<i>z" in window.area.message_bar._text.text()
    entry = recent_menu(window).actions()[0]
    assert entry.text() == "<b>x && y.png"
    labels = window.findChildren(QLabel)
    assert labels and not [
        label for label in labels if label.textFormat() != Qt.TextFormat.PlainText and not label.inherits("QTipLabel")
    ]
    tips = [widget.toolTip() for widget in window.findChildren(QWidget)] + [entry.toolTip()]
    assert not [tip for tip in tips if "<b>" in tip or "<i>" in tip] and "&lt;b&gt;x" in entry.toolTip()


def test_markup_in_a_name_is_shown_as_text_in_dialogs_too(window, monkeypatch):
    boxes = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: boxes.append(box) or QMessageBox.StandardButton.Cancel)
    ask_about_unsaved_work(window, "<b>x</b>.jpg", False)
    ask_about_changed_file(window, "<b>x</b>.jpg")
    assert [(box.textFormat(), "<b>x</b>" in box.text()) for box in boxes] == [(Qt.TextFormat.PlainText, True)] * 2
    monkeypatch.setattr(window.live, "state", replace(window.live.state, weights="<b>x</b>"))
    window.actions_["help.about"].trigger()
    (dialog,) = window.findChildren(AboutDialog)
    assert "<b>x</b>" in dialog.text.toPlainText()
    dialog.close()


@pytest.fixture
def undecodable(photo) -> Path:
    """The photo under a name in Latin-1."""
    path = Path(os.fsdecode(os.fsencode(photo.parent) + b"/caf\xe9.png"))
    try:
        return photo.rename(path)
    except OSError:
        pytest.skip("this file system takes only names in UTF-8")


def test_a_name_that_is_no_utf8_stops_nothing(window, undecodable, qtbot):
    url = QUrl.fromEncoded(undecodable.as_uri().encode())
    data = QMimeData()
    data.setUrls([url])
    assert dropped_paths(data) == [undecodable]
    open_file(window, undecodable, qtbot)
    qtbot.waitUntil(lambda: window.live.current is not None)
    assert window.area.message_bar.problem is None
    assert window.windowTitle().startswith("caf")
    assert recent_menu(window).actions()[0].text().startswith("caf")
    before = window.workspace.session
    recent_menu(window).actions()[0].trigger()  # opens it again
    qtbot.waitUntil(lambda: window.workspace.session is not before)
    project = undecodable.with_suffix(".ora")
    save(window, project, qtbot)
    assert project.exists()
    open_file(window, project, qtbot)
    assert window.workspace.session.path == project
    broken = undecodable.with_suffix(".jpg")
    broken.write_bytes(b"")
    window.documents.open([broken])
    qtbot.waitUntil(lambda: window.area.message_bar.problem is not None)
    assert "is empty" in window.area.message_bar._text.text()
