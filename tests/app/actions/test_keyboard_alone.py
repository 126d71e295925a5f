"""Every action can be reached without a pointer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pointing import drag, on_screen
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QLineEdit,
    QListWidget,
    QMenu,
    QScrollBar,
    QWidget,
)

from maskgan_studio.app.actions.registry import with_mnemonics
from maskgan_studio.app.actions.table import MENUS
from maskgan_studio.app.common.messages import Message

ALT, NO = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def active(editor, qtbot):
    """The window with a photo, and with the keyboard."""
    editor.activateWindow()
    qtbot.waitUntil(editor.isActiveWindow)
    editor.canvas.setFocus()
    return editor


def walk(menu: QMenu) -> Iterator[str]:
    """Press the arrow until the menu has been gone round; submenus are entered and left again."""
    seen = []
    while True:
        QTest.keyClick(menu, Qt.Key.Key_Down)
        action = menu.activeAction()
        if action is None or action in seen:
            return
        seen.append(action)
        yield action.objectName()
        if (below := action.menu()) is not None:
            QTest.keyClick(menu, Qt.Key.Key_Right)
            assert below.isVisible(), action.text()
            yield from walk(below)
            QTest.keyClick(below, Qt.Key.Key_Left)


def test_each_action_is_in_a_menu_that_a_letter_opens_or_the_palette_finds_it(active, qtbot):
    reached = set()
    for name, _ in MENUS:
        if "." in name:
            continue
        letter = QKeySequence.mnemonic(active.menus[name].title())[0].key()
        QTest.keyClick(active, letter, ALT)
        qtbot.waitUntil(active.menus[name].isVisible)
        reached.update(walk(active.menus[name]))
        QTest.keyClick(active.menus[name], Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda name=name: not active.menus[name].isVisible())
    enabled = {name for name in active.actions_ if active.actions_[name].isEnabled()}
    for name in enabled - reached:
        active.palette_.open()
        QTest.keyClicks(active.palette_._field, active.actions_[name].text())
        if active.palette_._list.currentItem().data(Qt.ItemDataRole.UserRole) == name:
            reached.add(name)
        QTest.keyClick(active.palette_._field, Qt.Key.Key_Escape)
    assert enabled - reached == set()
    assert len(enabled) > 80
    # The arrow keys pass over what cannot be chosen now, and a menu holds it all the same.
    held = {action.objectName() for menu in active.menus.values() for action in menu.actions()}
    assert set(active.actions_) - enabled - held == set()


def test_f10_goes_to_the_menus(active, qtbot):
    QTest.keyClick(active, Qt.Key.Key_F10)
    assert active.menuBar().activeAction() is active.menus["file"].menuAction()


def test_each_panel_is_entered_with_alt_and_its_number(active):
    for number, name in enumerate(active.panels.docks):
        QTest.keyClick(active, Qt.Key(Qt.Key.Key_1 + number), ALT)
        assert active.panels.docks[name].isAncestorOf(QApplication.focusWidget()), name


def in_a_row(control: QWidget) -> bool:
    """Whether it is in a row of a list, whose menu offers the same (see the test of menus below)."""
    above = control.parentWidget()
    return above is not None and (isinstance(above, QListWidget) or in_a_row(above))


def test_tab_walks_through_every_control_of_every_panel(active):
    missed = {}
    for number, name in enumerate(active.panels.docks):
        QTest.keyClick(active, Qt.Key(Qt.Key.Key_1 + number), ALT)
        dock = active.panels.docks[name]
        wanted = {
            control
            for control in dock.findChildren(QWidget)
            if isinstance(control, QAbstractButton | QAbstractSlider | QListWidget | QLineEdit | QComboBox)
            and not isinstance(control, QScrollBar)
            and control.isVisible()
            and control.isEnabled()
            and not in_a_row(control)
        }
        assert wanted, name
        start = focused = QApplication.focusWidget()
        while True:
            wanted.discard(focused)
            QTest.keyClick(focused, Qt.Key.Key_Tab)
            focused = QApplication.focusWidget()
            if focused is start or not dock.isAncestorOf(focused):
                break
        QTest.keyClick(active, Qt.Key(Qt.Key.Key_1 + number), ALT)
        focused = start
        while wanted:  # those before the one that Alt goes to
            QTest.keyClick(focused, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
            focused = QApplication.focusWidget()
            if focused is start or not dock.isAncestorOf(focused):
                break
            wanted.discard(focused)
        if wanted:
            missed[name] = sorted(
                {f"{type(each).__name__} {each.accessibleName() or each.toolTip()}" for each in wanted}
            )
    assert missed == {}


def walk_with_tab(window, qtbot) -> set[QWidget]:
    """Press Tab until the window has been gone round."""
    focused = QApplication.focusWidget()
    seen: set[QWidget] = set()
    while focused not in seen:
        seen.add(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        if focused is window.canvas:  # where Tab that is held shows the original
            qtbot.waitUntil(lambda: not window.canvas.hasFocus())
        focused = QApplication.focusWidget()
        assert focused is not None and focused.window() is window
    return seen


def test_tab_comes_to_what_a_message_offers_and_to_the_sign_of_flaws(active, qtbot):
    bar, flaws = active.area.message_bar, active.status.flaws
    bar.show_message(Message("Something", "Do", lambda: None, other_actions=(("Else", lambda: None),)))
    qtbot.waitUntil(lambda: not active.editor.mask_checks.busy)  # else it would take the sign away again
    active.status.set_flaws(2, "F8")
    active.actions_["panel.layers"].trigger()
    seen = walk_with_tab(active, qtbot)
    wanted = {*bar.findChildren(QAbstractButton), flaws}
    assert len(wanted) == 4
    assert [each.text() or each.accessibleName() for each in wanted - seen] == []


def test_tab_comes_to_everything_that_one_can_begin_with(window, qtbot):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.area.empty.setFocus()
    if QApplication.focusWidget() is None:
        window.panels.docks["batch"].setFocus()
    wanted = {each for each in window.area.empty.findChildren(QAbstractButton) if each.isVisible()}
    assert len(wanted) >= 4 and wanted - walk_with_tab(window, qtbot) == set()


def test_a_tap_on_tab_leaves_the_canvas_and_shift_tab_comes_back_to_it_with_a_frame(active, qtbot):
    QTest.keyPress(active.canvas, Qt.Key.Key_Tab)
    assert active.canvas.scene.original
    QTest.keyRelease(active.canvas, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: not active.canvas.scene.original and not active.canvas.hasFocus())
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert active.canvas.hasFocus() and active.canvas.is_framed


def test_titles_get_letters_of_their_own():
    assert list(with_mnemonics(["File", "Edit", "Fit", "", "Fie"])) == ["&File", "&Edit", "F&it", "", "Fie"]


def shown(window) -> dict[str, object]:
    menu = window.context_menus.shown
    return {action.text(): action for action in menu.actions() if not action.isSeparator()}


def ask_for_menu(canvas, point: tuple[float, float]) -> None:
    place = on_screen(canvas, point)
    QTest.mousePress(canvas, Qt.MouseButton.RightButton, NO, place)
    QTest.mouseRelease(canvas, Qt.MouseButton.RightButton, NO, place)
    canvas.customContextMenuRequested.emit(place)  # which the platform does on either of the two


def test_the_canvas_offers_what_can_be_done_with_the_part_under_the_pointer(active):
    ask_for_menu(active.canvas, (256, 300))
    shown(active)["Paint with “Nose”"].trigger()
    assert active.workspace.session.active_part == 2
    shown(active)["Never paint over Nose"].trigger()
    assert active.workspace.session.constraints.locked_parts == {2}
    before = int((active.workspace.session.source_mask == 2).sum())
    active.workspace.session.constrain(type(active.workspace.session.constraints)())
    shown(active)["Grow the part"].trigger()
    assert int((active.workspace.session.source_mask == 2).sum()) > before
    shown(active)["Remove Nose"].trigger()
    assert not (active.workspace.session.source_mask == 2).any()
    active.context_menus.shown.close()


def test_a_right_press_that_takes_a_stroke_back_shows_no_menu(active):
    place = on_screen(active.canvas, (256, 300))
    QTest.mousePress(active.canvas, Qt.MouseButton.LeftButton, NO, place)
    ask_for_menu(active.canvas, (256, 300))
    assert active.context_menus.shown is None
    QTest.mouseRelease(active.canvas, Qt.MouseButton.LeftButton, NO, place)
    drag(active.canvas, [(200, 300), (220, 300)])
    ask_for_menu(active.canvas, (256, 300))
    assert active.context_menus.shown is not None
    active.context_menus.shown.close()


def test_a_part_and_a_layer_have_menus(active):
    active.panels.docks["parts"].raise_()
    active.panels.parts.menu_wanted.emit(17, QPoint(10, 10))
    shown(active)["Show this part alone"].trigger()
    assert active.editor.mask_colors.hidden == frozenset(range(19)) - {17}
    active.context_menus.shown.close()
    active.panels.parts.menu_wanted.emit(17, QPoint(10, 10))
    shown(active)["Show all parts"].trigger()
    assert active.editor.mask_colors.hidden == frozenset()
    active.context_menus.shown.close()
    session = active.workspace.session
    active.panels.layers.menu_wanted.emit(session.active_layer, QPoint(10, 10))
    shown(active)["Show layer"].trigger()
    assert not session.stack[session.active_layer].visible
    active.context_menus.shown.close()
