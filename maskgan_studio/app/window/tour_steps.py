"""What the tour points at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QToolBar, QWidget

from maskgan_studio.app.window.tour import Step

if TYPE_CHECKING:
    from maskgan_studio.app.window.main_window import MainWindow

OPEN = "Drop a portrait photo here, or click one of these faces to begin."
PAINT = "Paint here: the mask is the colour over the photo, and the other picture follows. Try a stroke over the hair."
UNDO = "Everything can be undone, here or with Ctrl+Z, and the History panel goes to any step. Try it."
PARTS = "This is what you paint with. Choose another part, or click one on the face while you hold Alt."
LOOKS = "Who does not want to paint clicks an expression or pulls a slider. Try a smile."
ZOOM = "The wheel zooms, Space and dragging moves the picture, and holding Tab shows the original. Try to zoom."
STYLE = "A second photo that is dropped here lends its colours, its mask or single parts."
FIND = "Whatever you look for: Ctrl+K finds it by a few letters of its name."
EXPORT = "Your picture is written here. The photo's own file stays as it is."
TEXTS = (OPEN, PAINT, UNDO, PARTS, LOOKS, ZOOM, STYLE, FIND, EXPORT)


def make_steps(window: MainWindow) -> list[Step]:
    """The steps for the window as it is: where nothing is open, the first one says how to begin."""
    workspace, panels, canvas = window.workspace, window.panels, window.canvas

    def around(widget: QWidget) -> QRect:
        return QRect(widget.mapTo(window, QPoint()), widget.size())

    def edit_pane() -> QRect:
        pane = canvas.panes()[0].visible.toAlignedRect()
        return pane.translated(canvas.mapTo(window, QPoint()))

    def button(name: str) -> QRect:
        bar = window.findChild(QToolBar, "main")
        shown = None if bar is None else bar.widgetForAction(window.actions_[name])
        return around(shown or window.menuBar())

    def panel(name: str) -> QRect:
        return around(panels.docks[name])

    steps = [
        Step(PAINT, edit_pane, (workspace.history_changed,)),
        Step(UNDO, lambda: button("edit.undo"), (workspace.history_changed,)),
        Step(PARTS, lambda: panel("parts"), (workspace.part_chosen,), lambda: panels.bring_to_front("parts")),
        Step(
            LOOKS,
            lambda: panel("face"),
            (panels.face.looks.look_wanted, panels.face.value_wanted),
            lambda: panels.bring_to_front("face"),
        ),
        Step(ZOOM, edit_pane, (canvas.moved,)),
        Step(STYLE, lambda: panel("style"), (), lambda: panels.bring_to_front("style")),
        Step(FIND, lambda: button("help.palette")),
        Step(EXPORT, lambda: button("file.export_picture")),
    ]
    if workspace.session is None:
        return [Step(OPEN, lambda: around(window.area), (workspace.document_changed,)), *steps]
    return steps
