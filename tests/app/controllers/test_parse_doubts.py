"""What the parser was not sure of is told once, hatched on demand, and corrected by a click."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QPushButton

from maskgan_studio.document.geometry.rasterize import Cover
from maskgan_studio.document.geometry.rect import Rect
from maskgan_studio.engine.parse_doubts import Doubt
from maskgan_studio.labels import part_named

HAIR, EAR, SKIN, NOSE = (part_named(name).index for name in ("hair", "l_ear", "skin", "nose"))
# In the drawn face's hair; read as an ear.
TOP, LEFT, SIDE = 100, 240, 24
CURL = np.s_[TOP : TOP + SIDE, LEFT : LEFT + SIDE]


@pytest.fixture
def doubting(window, pipeline, photo, qtbot, monkeypatch):
    """A window whose open photo has a curl that was read as an ear."""
    curl = Doubt(EAR, HAIR, Cover(Rect(TOP, LEFT, TOP + SIDE, LEFT + SIDE), np.ones((SIDE, SIDE), bool)), 0.4, True)
    pipeline.parse_doubts = (curl,)
    whole = pipeline.parse(np.zeros((512, 512, 3), np.uint8))
    whole[CURL] = EAR
    monkeypatch.setattr("fake_pipeline.face_mask", lambda: whole.copy())
    window.documents.open([photo])
    qtbot.waitUntil(lambda: window.live.current is not None)
    return window


def labels(window) -> np.ndarray:
    return window.workspace.session.stack.composite()


def button(window, text: str) -> QPushButton:
    return next(one for one in window.area.message_bar.findChildren(QPushButton) if one.text().startswith(text))


def test_it_is_told_and_a_click_corrects_the_photos_own_mask(doubting):
    bar, session = doubting.area.message_bar, doubting.workspace.session
    assert bar.isVisible() and "Left ear" in bar._text.text() and "Hair" in bar._text.text()
    assert (labels(doubting)[CURL] == EAR).all()
    button(doubting, "Make it").click()
    assert (labels(doubting)[CURL] == HAIR).all()
    assert (doubting.workspace.target.mask[CURL] == HAIR).all()  # no edit: the photo has hair there
    session.undo()
    assert (labels(doubting)[CURL] == EAR).all()


def test_hatching_comes_on_demand_and_goes_with_the_doubt(doubting):
    action, scene = doubting.actions_["view.doubts"], doubting.canvas.scene
    assert scene.doubts is None
    button(doubting, "Show doubtful").click()
    assert action.isChecked()
    hatched = scene.doubts
    assert hatched is not None and hatched.pixelColor(2 * LEFT + 10, 2 * TOP).alpha() == 255
    assert hatched.pixelColor(40, 40).alpha() == 0
    action.trigger()
    assert scene.doubts is None
    action.trigger()
    doubting.documents.doubts.correct(doubting.documents.doubts.at((LEFT + 3.0, TOP + 3.0)))
    assert scene.doubts is None and doubting.documents.doubts.at((LEFT + 3.0, TOP + 3.0)) is None


def menu_at(window, x: float, y: float):
    canvas = window.canvas
    place = canvas.view.to_screen(QPointF(x, y), canvas.panes()[0].frame)
    canvas.customContextMenuRequested.emit(place.toPoint())
    return window.context_menus.shown


def test_the_right_button_corrects_a_doubt_and_makes_any_area_another_part(doubting):
    first = menu_at(doubting, LEFT + 12, TOP + 12).actions()[0]
    assert "Hair" in first.text()
    first.trigger()
    assert (labels(doubting)[CURL] == HAIR).all()
    menu = menu_at(doubting, 256, 300)
    assert "Correct" not in menu.actions()[0].text()
    nose = labels(doubting) == NOSE
    assert nose[300, 256]
    others = next(action.menu() for action in menu.actions() if action.menu() is not None)
    others.actions()[SKIN].trigger()
    assert (labels(doubting)[nose] == SKIN).all()
