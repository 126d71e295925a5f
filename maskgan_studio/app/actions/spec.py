"""What an action is: its place in menu and toolbar, its key, when it can be chosen and what it does, in one entry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from maskgan_studio.app.canvas.canvas import Canvas
from maskgan_studio.app.common.theme import Theme
from maskgan_studio.app.editor import Editor


class Shell(Protocol):
    """What actions change of the window itself."""

    def close(self) -> bool:
        """Close the window."""

    def show_network_output(self, bare: bool) -> None:
        """Show the bare output of the network instead of the edit in the photo."""

    def show_canvas_only(self, alone: bool) -> None:
        """Hide everything but menus, canvas and status bar, or bring it back."""

    def show_full_screen(self, full: bool) -> None:
        """Take the whole screen, or go back to a window."""

    def change_language(self) -> None:
        """Show everything in the language of the settings."""

    def show_panel(self, name: str) -> None:
        """Bring a panel to the front and give it the focus."""

    def open_menus(self) -> None:
        """Go to the menus with the keyboard."""

    def open_command_palette(self) -> None:
        """Find an action by its name."""

    def open_shortcuts(self) -> None:
        """Show all keys, to be changed."""

    def begin_tour(self) -> None:
        """Show the hints for the first minutes."""


@dataclass(frozen=True)
class Context:
    """What actions act on."""

    editor: Editor
    canvas: Canvas
    theme: Theme
    shell: Shell


def always(_context: Context) -> bool:
    """For actions that can be chosen at any time."""
    return True


def has_document(context: Context) -> bool:
    """For actions that make no sense while nothing is open."""
    return context.editor.workspace.session is not None


def has_photo(context: Context) -> bool:
    """For actions that need a photo, and not a mask alone."""
    return context.editor.workspace.target is not None


@dataclass(frozen=True, kw_only=True)
class Action:
    """One command of the program.

    Attributes:
        id: name used in code and in the settings file, "group.verb".
        text: title in menus, English; translated when it is shown.
        run: what it does; may raise StudioError.
        toggle: in place of ``run`` for an action that can be on or off: called with its new state.
        icon: name in the icon family, or an empty string.
        keys: shortcuts on a fresh installation, portable text.
        menu: which menu holds it; an empty string for none.
        section: actions of one section of a menu stand together between two lines.
        toolbar: place in the main toolbar, None for none. The tens are groups between two lines; those from
            ``TOOLBAR_END`` on stand at the right end.
        tip: one-line hint; for tools it shows in the status bar.
        choice: actions with the same choice exclude each other.
        enabled: whether it can be chosen now.
        checked: whether it is on, asked whenever something has changed; None for an action that knows by itself.
    """

    id: str
    text: str
    run: Callable[[Context], object] | None = None
    toggle: Callable[[Context, bool], object] | None = None
    icon: str = ""
    keys: tuple[str, ...] = ()
    menu: str = ""
    section: int = 0
    toolbar: int | None = None
    tip: str = ""
    choice: str = ""
    enabled: Callable[[Context], bool] = always
    checked: Callable[[Context], bool] | None = None

    @property
    def checkable(self) -> bool:
        """Whether it can be on or off."""
        return bool(self.toggle or self.choice)


#: From this place on, actions stand at the right end of the toolbar.
TOOLBAR_END = 90
