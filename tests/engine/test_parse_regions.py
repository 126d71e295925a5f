"""Regions that are unlikely as a whole get the class that is likeliest over all of them."""

from __future__ import annotations

import numpy as np

from maskgan_studio.engine.parse_regions import settle_regions
from maskgan_studio.labels import part_named

HAIR, EARRING, HAT = (part_named(name).index for name in ("hair", "ear_r", "hat"))
CURL, RING = np.s_[10:20, 10:20], np.s_[40:50, 40:50]


def test_a_curl_becomes_hair_and_a_sure_earring_stays():
    probabilities = np.zeros((19, 64, 64), np.float32)
    probabilities[HAIR] = 1
    probabilities[:, *CURL] = 0
    for part, share in ((EARRING, 0.4), (HAIR, 0.35), (HAT, 0.25)):
        probabilities[part, *CURL] = share
    probabilities[:, *RING] = 0
    probabilities[EARRING, *RING], probabilities[HAIR, *RING] = 0.6, 0.4
    labels = probabilities.argmax(0).astype(np.uint8)
    assert (labels[CURL] == EARRING).all()
    settled = settle_regions(labels, probabilities)
    assert (settled[CURL] == HAIR).all() and (settled[RING] == EARRING).all()
    assert (labels[CURL] == EARRING).all()  # a copy
