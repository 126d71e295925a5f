"""QActions made from the action table, with the user's own keys and the theme's icons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QSizePolicy, QToolBar, QWidget

from maskgan_studio.app.actions.spec import TOOLBAR_END, Action, Context
from maskgan_studio.app.actions.table import ACTIONS, MENUS
from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.common.icons import icon


class Actions(QObject):
    """All actions of the window, by id. They enable and check themselves whenever what they act on changes.

    Args:
        window: the widget whose shortcuts they are.
        context: what they act on.
        specs: the table.
    """

    keys_changed = Signal()

    def __init__(self, window: QWidget, context: Context, specs: Sequence[Action] = ACTIONS) -> None:
        super().__init__(window)
        self._context = context
        self._settings = context.editor.settings
        self.specs = {spec.id: spec for spec in specs}
        self._actions: dict[str, QAction] = {}
        groups: dict[str, QActionGroup] = {}
        for spec in specs:
            action = QAction(tr(spec.text), self, checkable=spec.checkable)
            action.setObjectName(spec.id)
            action.setShortcuts([QKeySequence(key) for key in self.keys(spec.id)])
            action.setStatusTip(tr(spec.tip) if spec.tip else "")
            # In a menu its place is where the tick belongs.
            action.setIconVisibleInMenu(not spec.checkable)
            action.triggered.connect(lambda checked, spec=spec: self._run(spec, checked))
            if spec.choice:
                group = groups.setdefault(spec.choice, QActionGroup(self))
                group.addAction(action)
            window.addAction(action)
            self._actions[spec.id] = action
            self._set_tool_tip(spec.id)
        self._follow()

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._actions)

    def _follow(self) -> None:
        context, workspace = self._context, self._context.editor.workspace
        for signal in (
            workspace.document_changed,
            workspace.history_changed,
            workspace.active_changed,
            context.editor.tools.changed,
            context.editor.mask_colors.changed,
            context.canvas.mode_changed,
            context.theme.changed,
        ):
            signal.connect(self.refresh)
        # A view is turned with every move of the pointer, and doubts follow the history: each has one action.
        context.canvas.turned.connect(lambda: self._refresh("view.mirror"))
        context.editor.documents.doubts.changed.connect(lambda: self._refresh("view.doubts"))
        context.editor.faces.found.connect(lambda _faces: self._refresh("edit.next_face"))
        # An edit in progress can be taken back before it is an entry of the history.
        workspace.mask_changed.connect(lambda _rect: self._refresh("edit.undo"))
        context.theme.changed.connect(self._set_icons)
        self._set_icons()
        self.refresh()

    def refresh(self) -> None:
        """Enable and check every action as its entry says."""
        # Most entries ask the same few questions.
        answers = {ask: ask(self._context) for ask in {spec.enabled for spec in self.specs.values()}}
        for action_id, spec in self.specs.items():
            self._show_state(action_id, answers[spec.enabled])

    def _refresh(self, action_id: str) -> None:
        self._show_state(action_id, self.specs[action_id].enabled(self._context))

    def _show_state(self, action_id: str, enabled: bool) -> None:
        spec, action = self.specs[action_id], self._actions[action_id]
        action.setEnabled(enabled)
        if spec.checked is not None:
            action.setChecked(spec.checked(self._context))

    def _run(self, spec: Action, checked: bool) -> None:
        attempt = self._context.editor.reporter.attempt
        if spec.toggle is not None:
            attempt(spec.toggle, self._context, checked)
        elif spec.run is not None:
            attempt(spec.run, self._context)
        if spec.checked is not None:
            self.refresh()  # what was asked for may have been refused

    def keys(self, action_id: str) -> tuple[str, ...]:
        """Return the shortcuts of an action: the user's, or those of the table."""
        default = " ".join(self.specs[action_id].keys)
        return tuple(self._settings.get(f"keys/{action_id}", default).split())

    def rebind(self, action_id: str, keys: Sequence[str]) -> None:
        """Give an action other shortcuts; an action that had one of them loses it."""
        for other, action in self._actions.items():
            kept = [key for key in self.keys(other) if key not in keys]
            if other != action_id and len(kept) < len(self.keys(other)):
                self._store(other, kept)
                action.setShortcuts([QKeySequence(key) for key in kept])
                self._set_tool_tip(other)
        self._store(action_id, keys)
        self._actions[action_id].setShortcuts([QKeySequence(key) for key in keys])
        self._set_tool_tip(action_id)
        self.keys_changed.emit()

    def restore_keys(self) -> None:
        """Go back to the shortcuts of the table."""
        for action_id, action in self._actions.items():
            self._settings.remove(f"keys/{action_id}")
            action.setShortcuts([QKeySequence(key) for key in self.keys(action_id)])
            self._set_tool_tip(action_id)
        self.keys_changed.emit()

    def _set_icons(self) -> None:
        for action_id, action in self._actions.items():
            if name := self.specs[action_id].icon:
                action.setIcon(icon(name, self._context.theme.colors))

    def fill_menu_bar(self, bar: QMenuBar) -> dict[str, QMenu]:
        """Make the menus; returns them by name so that dynamic entries can be added."""
        menus: dict[str, QMenu] = {}
        titles = with_mnemonics([tr(title) for name, title in MENUS if "." not in name])
        for name, title in MENUS:
            listed = [spec for spec in self.specs.values() if spec.menu == name]
            parent = menus.get(name.partition(".")[0])
            menu = bar.addMenu(next(titles)) if parent is None else parent.addMenu(tr(title))
            for number, (_, section) in enumerate(groupby(sorted(listed, key=_section), key=_section)):
                if number:
                    menu.addSeparator()
                menu.addActions([self._actions[spec.id] for spec in section])
            menus[name] = menu
        return menus

    def fill_toolbar(self, bar: QToolBar) -> None:
        """Put the actions that have a place in the main toolbar there."""
        placed = sorted((spec.toolbar, action_id) for action_id, spec in self.specs.items() if spec.toolbar is not None)
        before = placed[0][0]
        for place, action_id in placed:
            if before < TOOLBAR_END <= place:
                space = QWidget()
                space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
                bar.addWidget(space)
            elif place // 10 > before // 10:
                bar.addSeparator()
            bar.addAction(self._actions[action_id])
            before = place

    def owner(self, key: str) -> str | None:
        """The action that has a shortcut, portable text; None where it is free."""
        return next((action_id for action_id in self._actions if key in self.keys(action_id)), None)

    def _set_tool_tip(self, action_id: str) -> None:
        spec, action = self.specs[action_id], self._actions[action_id]
        keys = ", ".join(
            QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in self.keys(action_id)
        )
        tip = tr(spec.text) + (f"  ({keys})" if keys else "")
        action.setToolTip(tip)

    def _store(self, action_id: str, keys: Sequence[str]) -> None:
        self._settings.set(f"keys/{action_id}", " ".join(keys))


def with_mnemonics(titles: Sequence[str]) -> Iterator[str]:
    """Give each title the first of its letters that no title before it has, to be opened with together with Alt."""
    taken: set[str] = set()
    for title in titles:
        at = next((at for at, letter in enumerate(title.casefold()) if letter.isalpha() and letter not in taken), None)
        if at is None:
            yield title
        else:
            taken.add(title[at].casefold())
            yield f"{title[:at]}&{title[at:]}"


def _section(spec: Action) -> int:
    return spec.section
