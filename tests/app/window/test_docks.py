"""All panels together."""

from __future__ import annotations

from PySide6.QtWidgets import QToolBar, QToolButton


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


def test_the_window_fits_on_small_screens(window, photo, qtbot):
    window.documents.open([photo])
    qtbot.waitUntil(lambda: window.workspace.session is not None)
    window.resize(1200, 680)
    window.panels.arrange()
    for name in window.panels.docks:
        window.panels.show(name)
        least = window.minimumSizeHint()
        assert least.width() <= 853 and least.height() <= 440, (name, least)  # 1280 x 720 at scale 1.5, with a title


def test_in_a_low_window_the_lower_panels_are_one_group_so_that_the_upper_one_has_room(window):
    docks = window.panels.docks
    window.resize(1200, 680)
    window.panels.arrange()
    assert {docks["morph"], docks["gallery"]} <= {*window.tabifiedDockWidgets(docks["layers"])}
    assert docks["style"] in window.tabifiedDockWidgets(docks["face"])


def test_a_window_that_became_high_again_has_its_three_groups(window):
    docks = window.panels.docks
    window.resize(1200, 680)
    window.panels.arrange()
    window.resize(1440, 900)
    window.panels.arrange()
    for names in (("face", "color", "parts"), ("layers", "history"), ("style", "morph", "gallery", "batch")):
        assert set(window.tabifiedDockWidgets(docks[names[0]])) == {docks[name] for name in names[1:]}
        assert all(docks[name].isVisible() for name in names)


def test_smile_is_seen_in_a_low_window_without_scrolling(window, photo, qtbot):
    window.documents.open([photo])
    qtbot.waitUntil(lambda: window.workspace.session is not None)
    window.resize(1216, 684)  # what a screen of 1280 x 720 leaves
    window.panels.arrange()
    row = window.panels.face.row("smile")
    qtbot.waitUntil(lambda: row.visibleRegion().boundingRect() == row.rect())


def test_a_bar_without_room_for_its_tools_shows_in_every_theme_where_the_others_are(window, qtbot):
    bar = window.findChild(QToolBar, "tools")
    more = bar.findChild(QToolButton, "qt_toolbar_ext_button")
    window.resize(1000, 420)
    qtbot.waitUntil(more.isVisible)
    for theme, is_light in (("light", False), ("dark", True)):
        window.actions_[f"theme.{theme}"].trigger()
        image = more.icon().pixmap(12).toImage()
        shown = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
        assert any(color.alpha() > 200 and (color.lightness() > 128) == is_light for color in shown)


def test_placing_by_hand_fits_beside_the_panels_of_a_small_window(window):
    least = window.faces.placing.minimumSizeHint()
    assert least.width() <= 380 and least.height() <= 330  # the canvas of 853 x 480
