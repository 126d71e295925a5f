"""Translated texts. Every sentence the window shows passes through ``tr``."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from maskgan_studio.errors import CommandLineOption, StudioError, Translatable
from maskgan_studio.paths import resources_dir

CONTEXT = "MaskGANStudio"
#: English is what stands in the code; a catalogue ``resources/translations/NAME.ts`` adds a language.
LANGUAGES = ("system", "en", "de")


_installed: list[QTranslator] = []


def install(app: QCoreApplication, choice: str) -> None:
    """Translate what is made from now on, instead of the language before.

    Args:
        app: the application, which keeps the translators.
        choice: one of ``LANGUAGES``; a language without catalogue stays English.
    """
    language = QLocale.system().name() if choice == "system" else choice
    spoken = QLocale(language)
    # Numbers are written as in the language of the words around them, as the country does where it is the system's.
    QLocale.setDefault(QLocale.system() if spoken.language() == QLocale.system().language() else spoken)
    folder = resources_dir() / "translations"
    own, qt = QTranslator(app), QTranslator(app)
    while _installed:
        app.removeTranslator(_installed.pop())
    if own.load(language.partition("_")[0], str(folder)):
        app.installTranslator(own)
        _installed.append(own)
        # The buttons of Qt's own dialogs.
        if qt.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            app.installTranslator(qt)
            _installed.append(qt)


def tr(text: str, /, **values: object) -> str:
    """Translate a sentence; ``{name}`` fields are filled in after the translation.

    The English text is the key of the catalogue, so it must be a literal where ``tr`` is called, or a literal in one of
    the tables whose texts are translated when they are shown.
    """
    translated = QCoreApplication.translate(CONTEXT, text)
    return translated.format(**values) if values else translated


def translate_message(message: StudioError | Translatable) -> str:
    """Return the message of an error, or any other text that rooms below this one made, in the window's language."""
    text = message.message if isinstance(message, StudioError) else message
    return tr(text.template, **{name: _translated(value) for name, value in text.values.items()})


def _translated(value: object) -> object:
    if isinstance(value, StudioError | Translatable):
        return translate_message(value)
    if isinstance(value, CommandLineOption):
        return ""
    return "; ".join(str(_translated(each)) for each in value) if isinstance(value, list | tuple) else value
