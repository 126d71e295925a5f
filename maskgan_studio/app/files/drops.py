"""Hints for files dragged over the window."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote_to_bytes

from PySide6.QtCore import QMimeData, QUrl

from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.files.file_kinds import detect_file_kind


def dropped_paths(data: QMimeData) -> list[Path]:
    """Return the local files of a drop."""
    return [_local_path(url) for url in data.urls() if url.isLocalFile()]


def _local_path(url: QUrl) -> Path:
    if os.name != "posix":
        return Path(url.toLocalFile())
    # Names are bytes there, and need not be UTF-8, which Qt takes them for.
    encoded = url.path(QUrl.ComponentFormattingOption.FullyEncoded)
    return Path(os.fsdecode(unquote_to_bytes(encoded)))


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
