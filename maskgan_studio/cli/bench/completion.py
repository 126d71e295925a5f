"""How long completion takes to lay an edit into its photo, beside the network that draws the edit."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from maskgan_studio.engine.pipeline import Pipeline
from maskgan_studio.engine.synthetic_face import draw_sample_crop, draw_sample_mask
from maskgan_studio.engine.target import Target
from maskgan_studio.labels import part_named
from maskgan_studio.photo.alignment.frame import Alignment
from maskgan_studio.photo.files.loading import Photo

__all__ = ["prepare_completion_timings"]

_MOUTH = [part_named(name).index for name in ("mouth", "u_lip", "l_lip")]
_HAIR = part_named("hair").index


def prepare_completion_timings(pipeline: Pipeline) -> dict[str, Callable[[], np.ndarray]]:
    """What is timed, by key: composites of another mouth, and of all hair asked back, from the DMN's images.

    Args:
        pipeline: with a set of weights that has completion.
    """
    mask = draw_sample_mask()
    bald = np.where(mask == _HAIR, np.uint8(part_named("background").index), mask)
    edits = {"completion_mouth_ms": (mask, _open_mouth(mask)), "completion_hair_ms": (bald, mask)}
    return {key: _prepare(pipeline, own, edited) for key, (own, edited) in edits.items()}


def _open_mouth(mask: np.ndarray) -> np.ndarray:
    """The lips' place becomes an open mouth, lips and all."""
    return np.where(np.isin(mask, _MOUTH), np.uint8(part_named("mouth").index), mask)


def _prepare(pipeline: Pipeline, own: np.ndarray, edited: np.ndarray) -> Callable[[], np.ndarray]:
    crop = draw_sample_crop()
    target = Target(Photo.from_pixels(crop), Alignment.identity(crop.shape), crop, own)
    return partial(pipeline.composite, target, edited, pipeline.render_edit(target, edited, pipeline.style(target)))
