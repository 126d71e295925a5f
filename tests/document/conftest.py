"""Small documents to paint on."""

from __future__ import annotations

import numpy as np
import pytest
from drawn_face import draw_face

from maskgan_studio.document.session import Session


@pytest.fixture
def face() -> np.ndarray:
    return draw_face()


@pytest.fixture
def session(face: np.ndarray) -> Session:
    return Session.new(face)
