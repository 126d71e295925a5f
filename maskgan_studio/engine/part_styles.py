"""Single parts of a face in the style of other photos: each style is rendered, and the pictures are blended by part."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

import numpy as np

from maskgan_studio.engine.target import Target
from maskgan_studio.photo.compositing.part_blend import blend_part

if TYPE_CHECKING:
    from maskgan_studio.engine.requests import PartStyle

__all__ = ["lay_part_styles"]

S = TypeVar("S")


class _Pipeline(Protocol[S]):
    """What is used of ``pipeline.Pipeline``."""

    def style(self, target: Target, /) -> S: ...
    def render_edit(self, target: Target, source_mask: np.ndarray, style: S, /) -> np.ndarray: ...
    def preview(self, target: Target, source_mask: np.ndarray, style: S, /) -> np.ndarray: ...
    def composite(
        self, target: Target, source_mask: np.ndarray, result: np.ndarray, style: S, preview: bool, /
    ) -> np.ndarray: ...


def lay_part_styles(
    pipeline: _Pipeline[S],
    target: Target,
    source_mask: np.ndarray,
    pixels: np.ndarray,
    styles: Sequence[PartStyle],
    preview: bool = False,
) -> np.ndarray:
    """Give parts of a finished picture the style of other photos.

    Args:
        pipeline: renders.
        target: the photo that the picture was made of.
        source_mask: label map uint8 (512, 512), what the picture shows.
        pixels: (H, W, 3) uint8, the finished picture, of the photo's size.
        styles: parts and whose style they take. Several styles cost one render each; one that was made for the same
            mask before costs none.
        preview: at the size of previews.

    Returns:
        (H, W, 3) uint8; the same array where there are none.
    """
    pictures: dict[str, np.ndarray] = {}
    for part, source in styles:
        if source.key not in pictures:
            style = pipeline.style(source)
            image = (pipeline.preview if preview else pipeline.render_edit)(target, source_mask, style)
            pictures[source.key] = pipeline.composite(target, source_mask, image, style, preview)
        pixels = blend_part(pixels, pictures[source.key], target.alignment, source_mask, part)
    return pixels
