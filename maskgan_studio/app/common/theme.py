"""Dark and light: neutral greys around the image, one accent colour, an 8-pixel rhythm."""

from __future__ import annotations

from dataclasses import dataclass
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from maskgan_studio.paths import resources_dir

CHOICES = ("system", "dark", "light")
#: The rhythm of margins and gaps, in device-independent pixels.
GRID = 8
TEXT_PX = 13


@dataclass(frozen=True)
class Colors:
    """The colours of a theme; greys are neutral (r = g = b) because colours of the image are judged beside them.

    ``chosen`` lies behind the entry of a menu or list that is chosen: its text and icon keep their own colour.
    """

    window: str
    panel: str
    raised: str
    field: str
    surround: str
    border: str
    text: str
    muted: str
    disabled: str
    accent: str
    on_accent: str
    chosen: str
    danger: str
    on_danger: str


DARK = Colors(
    window="#2b2b2b",
    panel="#303030",
    raised="#3c3c3c",
    field="#232323",
    surround="#1e1e1e",
    border="#1b1b1b",
    text="#e2e2e2",
    muted="#a8a8a8",
    disabled="#6f6f6f",
    accent="#4c9ffe",
    on_accent="#0b1420",
    chosen="#2f4d70",
    danger="#5a2326",
    on_danger="#ffe3e1",
)
LIGHT = Colors(
    window="#ececec",
    panel="#f5f5f5",
    raised="#ffffff",
    field="#ffffff",
    surround="#bdbdbd",
    border="#cfcfcf",
    text="#1f1f1f",
    muted="#585858",
    disabled="#9d9d9d",
    accent="#0b63ce",
    on_accent="#ffffff",
    chosen="#c3d9f5",
    danger="#ffd9d6",
    on_danger="#5c1210",
)


class Theme(QObject):
    """The theme in use; ``changed`` is emitted after palette and style sheet are set, so that icons can follow."""

    changed = Signal()

    def __init__(self, app: QApplication, choice: str = "system") -> None:
        super().__init__(app)
        self._app = app
        self.choice = choice if choice in CHOICES else "system"
        self.colors = DARK
        app.setStyle("Fusion")
        font = QFont(app.font())
        font.setPixelSize(TEXT_PX)
        app.setFont(font)
        app.styleHints().colorSchemeChanged.connect(self._follow_system)
        self.apply()

    def choose(self, choice: str) -> None:
        """Switch to one of ``CHOICES``; everything on the screen follows at once."""
        self.choice = choice
        self.apply()

    def apply(self) -> None:
        """Set palette and style sheet for the current choice."""
        self.colors = self._resolve()
        self._app.setPalette(_palette(self.colors))
        self._app.setStyleSheet(_style_sheet(self.colors))
        self.changed.emit()

    def _resolve(self) -> Colors:
        if self.choice == "dark":
            return DARK
        if self.choice == "light":
            return LIGHT
        # Desktops that do not say (and bare window managers) get the dark theme, as image editors do.
        return LIGHT if self._app.styleHints().colorScheme() == Qt.ColorScheme.Light else DARK

    def _follow_system(self) -> None:
        if self.choice == "system" and self._resolve() is not self.colors:
            self.apply()


def contrast(first: str, second: str) -> float:
    """Return the WCAG 2.1 contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(name: str) -> float:
    color = QColor(name)
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (color.redF(), color.greenF(), color.blueF())
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _palette(colors: Colors) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for each, name in (
        (role.Window, colors.window),
        (role.WindowText, colors.text),
        (role.Base, colors.field),
        (role.AlternateBase, colors.panel),
        (role.Text, colors.text),
        (role.PlaceholderText, colors.muted),
        (role.Button, colors.raised),
        (role.ButtonText, colors.text),
        (role.BrightText, colors.on_danger),
        (role.ToolTipBase, colors.raised),
        (role.ToolTipText, colors.text),
        (role.Highlight, colors.accent),
        (role.HighlightedText, colors.on_accent),
        (role.Accent, colors.accent),
        (role.Link, colors.accent),
        (role.Mid, colors.border),
        (role.Dark, colors.border),
        (role.Light, colors.raised),
        (role.Midlight, colors.raised),
        (role.Shadow, colors.border),
    ):
        palette.setColor(each, QColor(name))
    for each in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, each, QColor(colors.disabled))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(colors.border))
    return palette


def _style_sheet(colors: Colors) -> str:
    folder = resources_dir() / "themes"
    arrows = f"{folder.as_posix()}/{{}}-{'light' if colors is LIGHT else 'dark'}.svg"
    return Template((folder / "studio.qss").read_text(encoding="utf-8")).substitute(
        vars(colors), up=arrows.format("up"), down=arrows.format("down")
    )
