"""The environment that Qt must find before a QApplication is made."""

from __future__ import annotations

import os
from collections.abc import MutableMapping

_OPENCV_VARIABLES = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")


def prepare_environment(environ: MutableMapping[str, str] | None = None) -> None:
    """Undo what ``import cv2`` does to Qt's plugin search and name the binding for qtawesome.

    opencv-python carries Qt 5 plugins of its own and points these variables at them as soon as it is imported; PySide6
    would then look for its xcb plugin there and abort.

    Args:
        environ: the process environment by default; tests pass a dictionary.
    """
    environ = os.environ if environ is None else environ
    for name in _OPENCV_VARIABLES:
        if f"{os.sep}cv2{os.sep}" in environ.get(name, ""):
            del environ[name]
    environ["QT_API"] = "pyside6"
