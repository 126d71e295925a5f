"""The catalogues: complete, compiled, and with the same places for values as the English texts."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator
from translations import catalogue, texts

from maskgan_studio.app.common.i18n import CONTEXT, LANGUAGES
from maskgan_studio.paths import resources_dir

CATALOGUES = sorted((resources_dir() / "translations").glob("*.ts"))


def _places(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_language_to_choose_has_a_catalogue():
    assert {path.stem for path in CATALOGUES} == {*LANGUAGES} - {"system", "en"}


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_a_catalogue_translates_everything_with_the_same_places(path: Path):
    translated = catalogue(path)
    assert texts() == set(translated)
    assert all(translated.values())
    assert not [text for text in translated if _places(text) != _places(translated[text])]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_the_compiled_catalogue_is_that_of_the_texts(path: Path):
    translator = QTranslator()
    assert translator.load(str(path.with_suffix(".qm")))
    differing = {
        text: translator.translate(CONTEXT, text)
        for text, wanted in catalogue(path).items()
        if translator.translate(CONTEXT, text) != wanted
    }
    assert not differing
