"""A portrait that anyone may ship: scikit-image's astronaut (NASA, public domain)."""

from __future__ import annotations

import numpy as np
import pytest


@pytest.fixture(scope="session")
def astronaut() -> np.ndarray:
    """(512, 512, 3) uint8."""
    from skimage import data

    return data.astronaut()


@pytest.fixture(scope="session")
def portrait(astronaut: np.ndarray) -> np.ndarray:
    """(240, 200, 3) uint8, small enough for many files."""
    return np.ascontiguousarray(astronaut[:240, 120:320])


@pytest.fixture(scope="session")
def deep_portrait(portrait: np.ndarray) -> np.ndarray:
    """(240, 200, 3) uint16 with all 16 bits in use."""
    noise = np.random.default_rng(0).integers(-128, 128, portrait.shape)
    return (portrait.astype(np.int64) * 257 + noise).clip(0, 65535).astype(np.uint16)
