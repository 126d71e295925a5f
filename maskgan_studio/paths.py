"""Where the shipped files lie, and how the program starts itself: the same from a checkout, a wheel and a bundle."""

from __future__ import annotations

import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _shipped(name: str) -> Path:
    # The wheel carries models/ and resources/ inside the package (see pyproject.toml); a checkout has them beside it.
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def models_dir() -> Path:
    """Folder with one sub-folder per shipped set of weights."""
    return _shipped("models")


def presets_dir() -> Path:
    """Folder of a person's own presets of a face."""
    import platformdirs

    return Path(platformdirs.user_data_dir("maskgan-studio")) / "presets"


def resources_dir() -> Path:
    """Folder with icons, themes, sample portraits and help text."""
    return _shipped("resources")


def plugins_dir() -> Path:
    """Folder with the plug-ins for other programs, one sub-folder each."""
    inside = _PACKAGE / "plugins"
    return inside if inside.is_dir() else _PACKAGE.parent / "packaging" / "plugins"


def is_bundle() -> bool:
    """Whether this is the program with its own Python, made by ``packaging/bundle.sh``."""
    return bool(getattr(sys, "frozen", False))


def own_command() -> list[str]:
    """The words that start this program anew, from any folder."""
    if is_bundle():
        return [sys.executable]
    return [sys.executable, "-m", "maskgan_studio"]
