"""Displacements by flowing: however strong and however combined, they never fold.

The picture flows along velocities for a unit of time (large deformation diffeomorphic mapping, Beg et al. 2005,
"Computing Large Deformation Metric Mappings via Geodesic Flows of Diffeomorphisms"). Velocities add up; the flow of
their sum is smooth and can be undone, which sums of displacements are not. They may change on the way: what lies
between two features that move apart is stretched evenly if the velocities go with the features.
"""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from maskgan_studio.document.deformation.sampling import sample_at

__all__ = ["STEP", "flow_offsets", "velocity_grid"]

#: Crop pixels between the points at which velocities are known; they are smooth.
STEP = 2
_LARGEST_STEP = 3.0  # crop pixels in one step of the integration
_FEWEST_STEPS, _MOST_STEPS = 4, 16
_STILL = 1e-3  # crop pixels


def velocity_grid(size: int) -> tuple[np.ndarray, np.ndarray]:
    """x and y of the points of a velocity field over (size, size) pixels, pixel centres at whole numbers; float32."""
    line = np.arange(size // STEP, dtype=np.float32) * STEP + np.float32((STEP - 1) / 2)
    x, y = np.meshgrid(line, line)
    return x, y


def flow_offsets(velocity_at: Callable[[float], np.ndarray]) -> np.ndarray:
    """Follow velocities backwards from time 1 to time 0.

    Args:
        velocity_at: gives the velocities of a time, (h, w, 2) float32 in pixels of the crop, at a rectangle of the
            points of ``velocity_grid``, at whose rim nothing moves.

    Returns:
        (2h, 2w, 2) float32, see ``Deformation.offsets``: 0 wherever the velocity is 0 all around.
    """
    last = velocity_at(1.0)
    height, width = last.shape[:2]
    fastest = float(np.abs(last).max(initial=0.0))
    steps = int(np.clip(np.ceil(fastest / _LARGEST_STEP), _FEWEST_STEPS, _MOST_STEPS))
    # In units of the grid, so that points are where the field is looked up.
    grid = np.dstack(np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32)))
    points = grid.copy()
    for step in range(steps):  # midpoint rule
        speed = velocity_at(1 - (step + 0.5) / steps) / np.float32(STEP * steps)
        middle = points - sample_at(speed, points) / 2
        points -= sample_at(speed, middle)
    size = (width * STEP, height * STEP)
    offsets = cv2.resize((points - grid) * np.float32(STEP), size, interpolation=cv2.INTER_LINEAR)
    still = (np.abs(offsets[..., 0]) < _STILL) & (np.abs(offsets[..., 1]) < _STILL)
    offsets[still] = 0
    return offsets
