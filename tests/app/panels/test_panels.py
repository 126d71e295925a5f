"""Panels, palette, themes, keys, recovery: what a person does beside painting."""

from __future__ import annotations

import numpy as np
import pytest
from filing import drop
from PIL import Image
from pointing import drag
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from maskgan_studio.app.actions.command_palette import matches
from maskgan_studio.app.actions.shortcuts_dialog import ShortcutSheet
from maskgan_studio.app.common.theme import DARK, LIGHT, contrast
from maskgan_studio.document.operations.gallery import ITEMS
from maskgan_studio.labels import part_named

HAIR, HAT, GLASSES = (part_named(name).index for name in ("hair", "hat", "eye_g"))


def test_layers_are_listed_top_first_and_can_be_hidden(editor, qtbot):
    session = editor.workspace.session
    editor.workspace.choose_part(HAT)
    drag(editor.canvas, [(200, 300), (220, 300)])
    editor.actions_["layer.add"].trigger()
    layers = editor.panels.layers
    qtbot.waitUntil(lambda: layers._list.count() == 3)
    assert [layers._list.item(row).text() for row in range(3)] == [
        layer.name for layer in reversed(session.stack.layers)
    ]
    session.layers.show(session.stack.layers[1].id, False)
    assert not (session.source_mask == HAT).any()


def test_layer_opacity_fades_the_tint_not_the_mask(editor):
    session = editor.workspace.session
    editor.workspace.choose_part(HAT)
    drag(editor.canvas, [(200, 300), (220, 300)])
    mask, before = session.source_mask, editor.canvas.grab().toImage()
    editor.panels.layers._opacity.setValue(10)
    assert np.array_equal(session.source_mask, mask)
    assert editor.canvas.grab().toImage() != before


def test_history_lists_steps_and_jumps(editor, qtbot):
    session = editor.workspace.session
    for y in (300, 330, 360):
        editor.workspace.choose_part(HAT)
        drag(editor.canvas, [(200, y), (220, y)])
    editor.panels.docks["history"].raise_()
    panel = editor.panels.history
    qtbot.waitUntil(lambda: panel._list.count() == 4)
    panel._list.setCurrentRow(1)
    assert session.history.position == 1
    panel._list.setCurrentRow(3)
    assert session.history.position == 3


def test_a_reference_gives_style_mask_and_parts(editor, photo, qtbot):
    second = photo.with_name("second.png")
    Image.open(photo).rotate(90).save(second)
    drop(editor.panels.style, second)
    qtbot.waitUntil(lambda: editor.workspace.style.reference is not None)
    reference = editor.workspace.style.reference
    qtbot.waitUntil(lambda: editor.live.current.result.request.style_key == reference.key)
    editor.panels.style._mix.setValue(50)
    qtbot.waitUntil(lambda: "@0.500" in editor.live.current.result.request.style_key)
    editor.workspace.choose_part(HAT)
    drag(editor.canvas, [(200, 300), (320, 300)])
    editor.panels.style._use_mask.click()
    assert np.array_equal(editor.workspace.session.source_mask, reference.mask)
    editor.panels.style._clear.click()
    own = editor.workspace.target.key
    qtbot.waitUntil(lambda: editor.live.current.result.request.style_key == own)


def test_gallery_puts_glasses_on_the_face(editor):
    glasses = next(item for item in ITEMS if item.part == GLASSES)
    editor.panels.gallery.item_chosen.emit(glasses)
    rows, columns = np.nonzero(editor.workspace.session.source_mask == GLASSES)
    assert 200 < rows.mean() < 290 and columns.mean() == pytest.approx(256, abs=12)
    assert editor.workspace.session.history.entries[-1].title == glasses.title


def test_palette_finds_by_letters_and_runs(editor):
    palette = editor.palette_
    palette.open()
    QTest.keyClicks(palette._field, "diff")
    QTest.keyClick(palette._field, Qt.Key.Key_Return)
    assert editor.canvas.scene.mode == "difference"
    assert not palette.isVisible()


def test_words_that_begin_with_the_letters_come_first():
    assert matches("sp", "Save project") < matches("sp", "Rasp")
    assert matches("xyz", "Save project") is None


def test_no_key_belongs_to_two_actions(window):
    taken = {}
    for action_id in window.actions_:
        for key in window.actions_.keys(action_id):
            assert taken.setdefault(key, action_id) == action_id


def test_a_key_that_is_given_away_is_taken_from_its_owner_and_kept(window):
    sheet = ShortcutSheet(window.actions_, window)
    sheet._changed("tool.eraser", window.actions_["tool.brush"].shortcut())
    assert window.actions_.keys("tool.eraser") == ("B",)
    assert window.actions_.keys("tool.brush") == ()
    sheet._restore()
    assert window.actions_.keys("tool.brush") == ("B",)


def test_theme_follows_at_once(window):
    window.actions_["theme.light"].trigger()
    assert window.theme.colors is LIGHT
    assert window.canvas.colors is LIGHT
    window.actions_["theme.dark"].trigger()
    assert window.canvas.colors is DARK


@pytest.mark.parametrize("colors", [DARK, LIGHT])
def test_texts_can_be_read(colors):
    for ground in (colors.window, colors.panel, colors.raised, colors.field):
        assert contrast(colors.text, ground) >= 4.5
        assert contrast(colors.muted, ground) >= 4.5
    assert contrast(colors.on_accent, colors.accent) >= 4.5
    assert contrast(colors.on_danger, colors.danger) >= 4.5


def test_every_control_of_the_panels_has_a_name(window):
    from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QComboBox, QScrollBar

    for panel in (*(dock.widget() for dock in window.panels.docks.values()), window.options_bar):
        for kind in (QAbstractButton, QAbstractSlider, QComboBox):
            for control in panel.findChildren(kind):
                named = control.accessibleName() or getattr(control, "text", str)() or control.toolTip()
                if isinstance(control, QScrollBar):
                    continue
                inside_another = type(control.parent()).__name__ in (
                    "QTabBar",
                    "QScrollBar",
                    "QDockWidget",
                    "QLineEdit",
                )
                assert named or inside_another or control.objectName().startswith("qt_"), (panel, control)


def test_work_survives_a_kill(editor, qtbot):
    from maskgan_studio.app.common.settings import state_dir
    from maskgan_studio.document.storage.autosave import recoverable

    editor.workspace.choose_part(HAT)
    drag(editor.canvas, [(200, 300), (220, 300)])
    wanted = editor.workspace.session.source_mask
    folder = state_dir() / "recovery"
    qtbot.waitUntil(lambda: any(folder.glob("*.ora")), timeout=20000)
    # What a kill leaves: the file stays, and the system releases the lock.
    editor.editor.recovery._autosave._lock.release()
    editor.editor.recovery._autosave = None
    found = recoverable(folder)
    editor.editor.recovery.recover(found[0])
    assert np.array_equal(editor.workspace.session.source_mask, wanted)
    assert editor.workspace.session.dirty


def test_safe_colors_reach_canvas_and_palette(editor):
    before = editor.canvas.grab().toImage()
    editor.actions_["view.safe_colors"].trigger()
    assert editor.canvas.grab().toImage() != before
    assert editor.editor.settings.get("view/safe_colors", False)


def test_the_tour_shows_five_hints_and_then_leaves(editor):
    bar = editor.area.message_bar
    editor.actions_["help.tour"].trigger()
    seen = []
    while bar.problem is not None:
        seen.append(bar.problem.message)
        bar._action.click()
    assert len(seen) == len(set(seen)) == 5


def test_palette_finds_what_only_a_hint_mentions_after_the_titles(editor):
    palette = editor.palette_
    palette.open()
    QTest.keyClicks(palette._field, "gif")
    found = [palette._list.item(row).data(Qt.ItemDataRole.UserRole) for row in range(palette._list.count())]
    assert found[-1] == "file.export_morph"
    palette.hide()
