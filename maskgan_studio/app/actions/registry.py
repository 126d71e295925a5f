"""QActions made from the action table, with the person's own keys and the theme's icons."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from maskgan_studio.app.actions.table import ACTIONS, MENUS, ActionSpec
from maskgan_studio.app.common.i18n import sentence, tr
from maskgan_studio.app.common.icons import icon
from maskgan_studio.app.common.settings import Settings
from maskgan_studio.app.common.theme import Colors
from maskgan_studio.errors import StudioError


class Actions(QObject):
    """All actions of the window, by id.

    Args:
        window: the widget whose shortcuts they are.
        settings: holds the keys that the person chose.
        specs: the table.
    """

    #: An action could not do what was asked; one sentence.
    failed = Signal(str)
    keys_changed = Signal()

    def __init__(
        self, window: QWidget, settings: Settings, colors: Colors, specs: Sequence[ActionSpec] = ACTIONS
    ) -> None:
        super().__init__(window)
        self._settings = settings
        self.specs = {spec.id: spec for spec in specs}
        self._actions: dict[str, QAction] = {}
        groups: dict[str, QActionGroup] = {}
        for spec in specs:
            action = QAction(tr(spec.text), self, checkable=spec.checkable)
            action.setObjectName(spec.id)
            action.setShortcuts([QKeySequence(key) for key in self.keys(spec.id)])
            action.setStatusTip(tr(spec.tip) if spec.tip else "")
            if spec.choice:
                group = groups.setdefault(spec.choice, QActionGroup(self))
                group.addAction(action)
            window.addAction(action)
            self._actions[spec.id] = action
            self._set_tool_tip(spec.id)
        self.set_colors(colors)

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._actions)

    def connect_all(self, handlers: dict[str, Callable[[], object]]) -> None:
        """Connect actions to what they do; a checkable action's handler asks it for its state."""
        for action_id, handler in handlers.items():
            self._actions[action_id].triggered.connect(partial(self._run, handler))

    def _run(self, handler: Callable[[], object], _checked: bool = False) -> None:
        try:
            handler()
        except StudioError as problem:
            self.failed.emit(sentence(problem))

    def keys(self, action_id: str) -> tuple[str, ...]:
        """Return the shortcuts of an action: the person's, or those of the table."""
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

    def set_colors(self, colors: Colors) -> None:
        """Draw the icons anew in a theme's colours."""
        for action_id, action in self._actions.items():
            if name := self.specs[action_id].icon:
                action.setIcon(icon(name, colors))

    def fill_menu_bar(self, bar: QMenuBar) -> dict[str, QMenu]:
        """Make the menus; returns them by name so that dynamic entries can be added."""
        menus = {}
        for name, title in MENUS:
            listed = [spec for spec in self.specs.values() if spec.menu == name]
            menu = bar.addMenu(tr(title))
            for number, (_, section) in enumerate(groupby(sorted(listed, key=_section), key=_section)):
                if number:
                    menu.addSeparator()
                menu.addActions([self._actions[spec.id] for spec in section])
            menus[name] = menu
        return menus

    def _set_tool_tip(self, action_id: str) -> None:
        spec, action = self.specs[action_id], self._actions[action_id]
        keys = ", ".join(
            QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in self.keys(action_id)
        )
        tip = tr(spec.text) + (f"  ({keys})" if keys else "")
        action.setToolTip(tip)

    def _store(self, action_id: str, keys: Sequence[str]) -> None:
        self._settings.set(f"keys/{action_id}", " ".join(keys))


def _section(spec: ActionSpec) -> int:
    return spec.section
