"""What the program remembers between two starts."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote_to_bytes

import platformdirs
from PySide6.QtCore import QByteArray, QSettings

T = TypeVar("T", bool, int, float, str)

APP_NAME = "maskgan-studio"
RECENT_LIMIT = 12


def config_dir() -> Path:
    """The folder of the settings file."""
    return Path(platformdirs.user_config_dir(APP_NAME))


def state_dir() -> Path:
    """The folder for what may be thrown away: autosaves and the crash log."""
    return Path(platformdirs.user_state_dir(APP_NAME))


class Settings:
    """Typed access to one INI file, so that users can read and copy it."""

    def __init__(self, path: Path | None = None) -> None:
        self._store = QSettings(str(path or config_dir() / "settings.ini"), QSettings.Format.IniFormat)

    def get(self, key: str, default: T) -> T:
        """Return the stored value as the type of ``default``; a value of another kind counts as absent."""
        raw = self._store.value(key)
        if raw is None:
            return default
        if isinstance(default, bool):
            return str(raw).lower() == "true"
        try:
            return type(default)(raw)
        except (TypeError, ValueError):
            return default

    def set(self, key: str, value: bool | int | float | str) -> None:
        """Store a value; ``bool`` is written as true or false."""
        self._store.setValue(key, str(value).lower() if isinstance(value, bool) else value)

    def remove(self, key: str) -> None:
        """Forget a value."""
        self._store.remove(key)

    def get_bytes(self, key: str) -> QByteArray:
        """Return a stored window geometry or dock state, empty when there is none."""
        raw = self._store.value(key)
        return raw if isinstance(raw, QByteArray) else QByteArray()

    def set_bytes(self, key: str, value: QByteArray) -> None:
        """Store a window geometry or dock state."""
        self._store.setValue(key, value)

    def recent_files(self) -> list[Path]:
        """Return the files opened lately that still exist, newest first."""
        raw = self._store.value("files/recent") or []
        names = [raw] if isinstance(raw, str) else raw
        return [path for path in map(_path_of, names) if path.exists()]

    def add_recent(self, path: Path) -> None:
        """Put a file at the head of the list of recent files."""
        resolved = Path(os.path.abspath(path))  # noqa: PTH100 - symbolic links keep the name the user chose
        others = [known for known in self.recent_files() if known != resolved]
        self._store.setValue("files/recent", [_name_of(each) for each in [resolved, *others][:RECENT_LIMIT]])

    def sync(self) -> None:
        """Write the file now."""
        self._store.sync()


def _name_of(path: Path) -> str:
    """How a file is written down: by its name, or where that is no UTF-8, by its address."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return path.as_uri()
    return str(path)


def _path_of(name: str) -> Path:
    scheme, colon, encoded = name.partition("://")
    return Path(os.fsdecode(unquote_to_bytes(encoded))) if colon and scheme == "file" else Path(name)
