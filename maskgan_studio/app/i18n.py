"""Translated texts. Every sentence the window shows passes through ``tr``."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

CONTEXT = "MaskGANStudio"


def tr(text: str, **values: object) -> str:
    """Translate a sentence; ``{name}`` fields are filled in after the translation.

    The English text is the key of the catalogue, so it must be a literal where ``tr`` is called, or a literal in one of
    the tables whose texts are translated when they are shown.
    """
    translated = QCoreApplication.translate(CONTEXT, text)
    return translated.format(**values) if values else translated
