"""Where the shipped files lie: the same call works from a checkout and from an installed wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _shipped(name: str) -> Path:
    # The wheel carries models/ and resources/ inside the package (see pyproject.toml); a checkout has them beside it.
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def models_dir() -> Path:
    """Folder with one sub-folder per shipped set of weights."""
    return _shipped("models")


def resources_dir() -> Path:
    """Folder with icons, themes, sample portraits and help text."""
    return _shipped("resources")
