"""Hints for files dragged over the window."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData

from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.files.file_kinds import detect_file_kind


def dropped_paths(data: QMimeData) -> list[Path]:
    """Return the local files of a drop."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def drop_hint(paths: Sequence[Path], has_document: bool) -> str:
    """Say in one sentence what dropping these files does."""
    kinds = [detect_file_kind(path) for path in paths]
    if "project" in kinds:
        return tr("Drop to open this project.")
    if "photo" in kinds and "mask" in kinds:
        return tr("Drop to edit this face with this mask.")
    if "photo" in kinds:
        if has_document:
            return tr("Drop to edit this face instead, or onto the style panel to use its style.")
        return tr("Drop to edit this face.")
    if "mask" in kinds:
        return tr("Drop to lay this mask over the photo.") if has_document else tr("Drop to open this mask.")
    if "weights" in kinds:
        return tr("Drop to render with these weights.")
    return tr("Drop a portrait photo, a mask or a project.")
