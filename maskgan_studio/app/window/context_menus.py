"""What the right button offers on the canvas, on a part and on a layer."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QPoint, QPointF, Qt
from PySide6.QtWidgets import QMenu

from maskgan_studio.app.actions.edit import can_remove, remove
from maskgan_studio.app.actions.registry import Actions
from maskgan_studio.app.canvas.canvas import Canvas
from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.editor import Editor
from maskgan_studio.app.window.docks import DockManager
from maskgan_studio.document.geometry import rasterize
from maskgan_studio.document.geometry.rasterize import Point
from maskgan_studio.labels import NUM_CLASSES, PARTS

_ON_CANVAS = (
    *("edit.undo", "edit.redo", "", "edit.copy", "edit.paste", ""),
    *("view.show_mask", "view.fit", "view.actual", "edit.place_face"),
)
_ON_LAYER = ("layer.duplicate", "layer.merge_down", "layer.raise", "layer.lower", "", "layer.add", "layer.remove")
_ON_PART = ("edit.grow", "edit.shrink", "edit.smooth")


class ContextMenus(QObject):
    """Shows the menus where they are asked for, by the right button or the menu key.

    Attributes:
        shown: the menu that was asked for last.
    """

    def __init__(self, actions: Actions, editor: Editor, canvas: Canvas, panels: DockManager) -> None:
        super().__init__(canvas)
        self._actions, self._editor, self._canvas, self._panels = actions, editor, canvas, panels
        self.shown: QMenu | None = None
        canvas.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        canvas.customContextMenuRequested.connect(self._on_canvas)
        panels.parts.menu_wanted.connect(self._on_part)
        panels.layers.menu_wanted.connect(self._on_layer)

    def _on_canvas(self, place: QPoint) -> None:
        if self._editor.workspace.session is None or self._canvas.pointer.has_taken_back:
            self._canvas.pointer.has_taken_back = False
            return
        menu = QMenu(self._canvas)
        point = self._canvas.to_crop(QPointF(place))
        part = self._canvas.label_at(point)
        if part is not None:
            self._add_reassignment(menu, (point.x(), point.y()))
            self._add_part(menu, part)
            menu.addSeparator()
        self._add(menu, _ON_CANVAS)
        self._show(menu, self._canvas.mapToGlobal(place))

    def _on_part(self, part: int, place: QPoint) -> None:
        if self._editor.workspace.session is None:
            return
        menu = QMenu(self._panels.parts)
        self._add_part(menu, part)
        menu.addSeparator()
        colors = self._editor.mask_colors
        only = menu.addAction(tr("Show this part alone"))
        only.triggered.connect(lambda: colors.hide(frozenset(range(NUM_CLASSES)) - {part}))
        everything = menu.addAction(tr("Show all parts"))
        everything.triggered.connect(lambda: colors.hide(frozenset()))
        everything.setEnabled(bool(colors.hidden))
        self._show(menu, place)

    def _on_layer(self, layer_id: int, place: QPoint) -> None:
        session = self._editor.workspace.session
        if session is None or layer_id not in session.stack:
            return
        layer, layers, menu = session.stack[layer_id], session.layers, QMenu(self._panels.layers)
        attempt = self._editor.reporter.attempt
        menu.addAction(tr("Rename")).triggered.connect(lambda: self._panels.layers.edit_name(layer_id))
        shown, locked = menu.addAction(tr("Show layer")), menu.addAction(tr("Lock layer"))
        for action, state in ((shown, layer.visible), (locked, layer.locked)):
            action.setCheckable(True)
            action.setChecked(state)
        shown.triggered.connect(lambda on: attempt(layers.show, layer_id, on))
        locked.triggered.connect(lambda on: attempt(layers.lock, layer_id, on))
        menu.addSeparator()
        self._add(menu, _ON_LAYER)
        self._show(menu, place)

    def _add_part(self, menu: QMenu, part: int) -> None:
        workspace, colors = self._editor.workspace, self._editor.mask_colors
        session = workspace.session
        assert session is not None
        title = tr(PARTS[part].title)
        paint = menu.addAction(tr("Paint with “{part}”", part=title))
        paint.triggered.connect(lambda: workspace.choose_part(part))
        menu.setDefaultAction(paint)
        seen = menu.addAction(tr("Show {part}", part=title))
        seen.setCheckable(True)
        seen.setChecked(part not in colors.hidden)
        seen.triggered.connect(lambda: colors.toggle_hidden(part))
        locks = session.constraints.locked_parts
        lock = menu.addAction(tr("Never paint over {part}", part=title))
        lock.setCheckable(True)
        lock.setChecked(part in locks)
        lock.triggered.connect(
            lambda: session.constrain(replace(session.constraints, locked_parts=locks ^ frozenset({part})))
        )
        for name in _ON_PART:
            # They act on the part that is painted with.
            action = menu.addAction(self._actions[name].icon(), self._actions[name].text())
            action.triggered.connect(lambda _checked=False, name=name: self._do_with_part(part, name))
        gone = menu.addAction(self._actions["edit.remove"].icon(), tr("Remove {part}", part=title))
        gone.setEnabled(can_remove(frozenset({part})))
        gone.triggered.connect(lambda: self._editor.reporter.attempt(remove, workspace, frozenset({part})))

    def _add_reassignment(self, menu: QMenu, point: Point) -> None:
        """Offer to make the region at a point another part; first what the parser was not sure of."""
        doubts = self._editor.documents.doubts
        doubt = doubts.at(point)
        if doubt is not None:
            title = tr("Correct to “{part}”", part=tr(PARTS[doubt.instead].title))
            menu.addAction(title).triggered.connect(lambda: doubts.correct(doubt))
        others = menu.addMenu(tr("Make this area"))
        for part in PARTS:
            action = others.addAction(tr(part.title))
            action.triggered.connect(lambda _checked=False, index=part.index: self._fill(point, index))
        menu.addSeparator()

    def _fill(self, point: Point, part: int) -> None:
        session = self._editor.workspace.session
        if session is not None:
            cover = rasterize.fill(session.stack.composite(), point)
            self._editor.reporter.attempt(session.paint, "Fill", cover, part)

    def _do_with_part(self, part: int, name: str) -> None:
        self._editor.workspace.choose_part(part)
        self._actions[name].trigger()

    def _add(self, menu: QMenu, names: tuple[str, ...]) -> None:
        for name in names:
            if name:
                menu.addAction(self._actions[name])
            else:
                menu.addSeparator()

    def _show(self, menu: QMenu, place: QPoint) -> None:
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.shown = menu
        menu.popup(place)
