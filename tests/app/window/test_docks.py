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
