"""The catalogues: complete, compiled, and with the same places for values as the English texts."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from pointing import drag
from PySide6.QtCore import QTranslator
from translations import catalogue, texts, unreadable_messages

from maskgan_studio.app.actions.about_dialog import AboutDialog
from maskgan_studio.app.common.i18n import CONTEXT, LANGUAGES, translate_message
from maskgan_studio.errors import ProjectError, Translatable
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


def test_no_text_of_the_window_speaks_of_options_of_the_command_line():
    assert not [text for text in texts() if " --" in text or "(--" in text]


def test_every_message_is_a_template_that_a_catalogue_can_hold():
    assert unreadable_messages() == []


@pytest.fixture
def german(qapp):
    translator = QTranslator()
    assert translator.load("de", str(resources_dir() / "translations"))
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


def test_what_rooms_below_the_window_say_is_shown_in_its_language(german):
    inner = ProjectError(
        "The part “{name}” of the project is damaged; open a backup or an earlier version of it.", name="x"
    )
    message = translate_message(ProjectError("“{name}”: {problem}", name="a.ora", problem=inner))
    assert (
        message
        == "„a.ora“: Der Teil „x“ des Projekts ist beschädigt; öffnen Sie eine Sicherung oder eine frühere Fassung."
    )
    changes = [
        Translatable("what was painted on the photo itself was left out"),
        Translatable("{layer}", {"layer": "Hair"}),
    ]
    notice = Translatable("This project was changed elsewhere: {changes}.", {"changes": changes})
    assert translate_message(notice).endswith("was auf das Foto selbst gemalt war, wurde ausgelassen; Hair.")


def test_the_terms_of_the_weights_that_come_with_it_are_told_in_its_language(german, editor):
    editor.editor.worker.use_weights("studio")
    assert "nur für nichtkommerzielle Forschung" in AboutDialog(editor.editor, editor).text.toPlainText()


def test_the_window_speaks_german_but_leaves_the_names_that_people_gave(german, editor, qtbot):
    session, panel = editor.workspace.session, editor.panels.layers
    session.layers.rename(session.active_layer, "Hair")
    qtbot.waitUntil(lambda: panel._list.item(0).text() == "Hair")
    assert panel._list.item(1).text() == "Aus dem Foto"
    session.layers.lock(session.active_layer, True)
    drag(editor.canvas, [(200, 300), (280, 300)])
    assert editor.area.message_bar.problem.message == (
        "Die Ebene „Hair“ ist gesperrt; entsperren Sie sie oder wählen Sie eine andere Ebene."
    )
    session.activate_layer(session.stack.base.id)
    drag(editor.canvas, [(200, 300), (280, 300)])
    assert "„Aus dem Foto“" in editor.area.message_bar.problem.message
