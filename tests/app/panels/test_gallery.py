"""The gallery, by its tiles."""

from __future__ import annotations

import numpy as np
import pytest
from pointing import press
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QToolButton
from translations import catalogue

from maskgan_studio.app.common.widgets import CAPTION_PX, wrap_caption
from maskgan_studio.document.looks import LOOKS
from maskgan_studio.document.operations.gallery import ITEMS
from maskgan_studio.labels import part_named
from maskgan_studio.paths import resources_dir

GLASSES = part_named("eye_g").index


def test_gallery_puts_glasses_on_the_face(editor):
    glasses = next(item for item in ITEMS if item.part == GLASSES)
    editor.panels.docks["gallery"].raise_()
    press(editor.panels.gallery, glasses.title)
    rows, columns = np.nonzero(editor.workspace.session.source_mask == GLASSES)
    assert 200 < rows.mean() < 290 and columns.mean() == pytest.approx(256, abs=12)
    assert editor.workspace.session.history.entries[-1].title == glasses.title


def test_parts_are_copied_only_from_a_reference(editor):
    editor.panels.docks["gallery"].raise_()
    with pytest.raises(AssertionError, match="Hair"):
        press(editor.panels.gallery, "Hair")


def test_tiles_show_the_parts_on_this_face_once_the_hand_rests(editor, qtbot):
    gallery, drawn = editor.panels.gallery, {}
    editor.editor.tiles.drawn.connect(lambda group, name, pixels: drawn.__setitem__((group, name), pixels))
    editor.panels.docks["gallery"].raise_()
    titles = {item.title for item in ITEMS}
    qtbot.waitUntil(lambda: titles <= {name for group, name in drawn if group == "gallery"})
    assert len({drawn["gallery", title].tobytes() for title in titles}) == len(titles)
    tile = next(b for b in gallery.findChildren(QToolButton) if b.accessibleName() == ITEMS[0].title)
    shown = tile.icon().pixmap(52).toImage()
    before = editor.workspace.target.crop[20:492, 20:492]
    assert shown.pixelColor(2, 2).red() == pytest.approx(int(before[20, 20, 0]), abs=24)  # the photo, not its mask


@pytest.mark.parametrize("language", ["en", "de"])
def test_captions_of_tiles_are_not_cut(qapp, language):
    titles = [*(item.title for item in ITEMS), *(look.title for look in LOOKS)]
    if language != "en":
        translated = catalogue(resources_dir() / "translations" / f"{language}.ts")
        titles = [translated[title] for title in titles]
    font = QFont(qapp.font())
    font.setPixelSize(CAPTION_PX)
    for number, title in enumerate(titles):
        side = 72 if number < len(ITEMS) else 54
        assert wrap_caption(title, font, side + 8).replace("\n", " ").replace("- ", "-") == title


def test_a_caption_of_any_length_takes_two_lines_at_most(qapp):
    font = QFont(qapp.font())
    font.setPixelSize(CAPTION_PX)
    first, second = wrap_caption("a smile of my own & one that does not end", font, 60).split("\n")
    assert first.startswith("a smile") and second.endswith("…")
