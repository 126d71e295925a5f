"""All panels together."""

from __future__ import annotations


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
