"""Every action is one entry, and enables and checks itself by what is open."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolBar

from maskgan_studio.app.actions.table import ACTIONS, MENUS
from maskgan_studio.document.session import Session
from maskgan_studio.errors import StudioError


def test_every_entry_does_one_thing_and_has_a_name_of_its_own():
    assert len({spec.id for spec in ACTIONS}) == len(ACTIONS)
    for spec in ACTIONS:
        assert (spec.run is None) != (spec.toggle is None), spec.id
        assert spec.menu in {"", *dict(MENUS)}, spec.id
    places = [spec.toolbar for spec in ACTIONS if spec.toolbar is not None]
    assert len(set(places)) == len(places)


def test_the_toolbar_has_its_groups_in_order_and_the_last_one_at_the_end(window):
    shown = window.findChild(QToolBar, "main").actions()
    names = ["|" if action.isSeparator() else action.objectName() for action in shown]
    assert names == [
        *("file.open", "file.save", "|", "edit.undo", "edit.redo", "|"),
        *("view.side", "view.mask", "view.compare", "view.split", "view.result", "view.difference", "|"),
        *("view.show_mask", "view.fit", "view.actual", "|", "render.pause", "render.now"),
        *("", "help.palette", "file.export_picture"),  # a space that takes what is left
    ]


def enabled(window, *names: str) -> list[bool]:
    return [window.actions_[name].isEnabled() for name in names]


def test_what_needs_a_document_or_a_photo_can_be_chosen_when_there_is_one(window, photo, qtbot):
    needs = ("file.open", "file.save", "edit.grow", "edit.copy", "render.fit", "edit.undo")
    assert enabled(window, *needs) == [True, False, False, False, False, False]
    window.workspace.open(Session.new(np.zeros((512, 512), np.uint8)), None)
    assert enabled(window, *needs) == [True, True, True, False, False, False]
    window.documents.open([photo])
    qtbot.waitUntil(lambda: window.workspace.target is not None)
    assert enabled(window, *needs) == [True, True, True, True, True, False]
    window.workspace.session.layers.add("One")
    assert enabled(window, "edit.undo", "edit.redo") == [True, False]
    window.actions_["edit.undo"].trigger()
    assert enabled(window, "edit.undo", "edit.redo") == [False, True]
    window.documents.close()
    assert enabled(window, *needs) == [True, False, False, False, False, False]


def checked(window, choice: str) -> list[str]:
    return [spec.id for spec in ACTIONS if spec.choice == choice and window.actions_[spec.id].isChecked()]


def test_a_choice_follows_what_is_in_use_whoever_changed_it(window):
    assert checked(window, "tool") == ["tool.brush"] and checked(window, "view") == ["view.side"]
    window.tools.choose("lasso")
    window.canvas.set_mode("result")
    assert checked(window, "tool") == ["tool.lasso"] and checked(window, "view") == ["view.result"]
    window.actions_["tool.fill"].trigger()
    window.actions_["view.mask"].trigger()
    assert window.canvas.pointer.tool is window.tools["fill"] and window.canvas.mode == "mask"
    assert window.editor.settings.get("view/mode", "") == "mask"


def test_symmetry_is_checked_while_there_is_an_axis(editor):
    action: QAction = editor.actions_["edit.symmetry"]
    action.trigger()
    assert action.isChecked() and editor.workspace.session.axis is not None
    editor.workspace.session.mirror(None)
    assert not action.isChecked()


def test_a_refusal_is_shown_and_the_action_goes_back(editor, monkeypatch):
    def refuse(paused: bool) -> None:
        raise StudioError("It cannot be paused now.")

    monkeypatch.setattr(editor.live, "set_paused", refuse)
    editor.actions_["render.pause"].trigger()
    assert editor.area.message_bar.problem.message == "It cannot be paused now."
    assert not editor.actions_["render.pause"].isChecked()


def test_marking_exports_is_kept_in_the_settings(window):
    action = window.actions_["file.mark_ai"]
    assert action.isChecked()
    action.trigger()
    assert not action.isChecked() and window.editor.settings.get("export/mark_ai", True) is False
