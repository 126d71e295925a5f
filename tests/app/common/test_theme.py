"""Themes."""

from __future__ import annotations

import pytest

from maskgan_studio.app.common.theme import DARK, LIGHT, contrast


def test_theme_follows_at_once(window):
    window.actions_["theme.light"].trigger()
    assert window.theme.colors is LIGHT
    assert window.canvas.colors is LIGHT and window.faces.placing.frame.colors is LIGHT
    window.actions_["theme.dark"].trigger()
    assert window.canvas.colors is DARK


@pytest.mark.parametrize("colors", [DARK, LIGHT])
def test_texts_can_be_read(colors):
    for ground in (colors.window, colors.panel, colors.raised, colors.field):
        assert contrast(colors.text, ground) >= 4.5
        assert contrast(colors.text, colors.chosen) >= 4.5
        assert contrast(colors.muted, ground) >= 4.5
    assert contrast(colors.on_accent, colors.accent) >= 4.5
    assert contrast(colors.on_danger, colors.danger) >= 4.5
