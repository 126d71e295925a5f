"""One render as data: everything the result depends on, comparable with ``==``. Knows no torch."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field

import numpy as np

from maskgan_studio.document.face_layers import MovedPhoto
from maskgan_studio.engine.target import CROP_SIZE, Target, array_digest
from maskgan_studio.gaze import Gaze
from maskgan_studio.recoloring import Recoloring

#: A name of ``recoloring.STYLED_PARTS``, and the photo whose style that part takes.
PartStyle = tuple[str, Target]
#: Rows and columns of an image.
Window = tuple[slice, slice]
#: Called between the layers of a render; False cancels it.
ShouldContinue = Callable[[], bool]


class RenderCancelled(Exception):  # noqa: N818 - a request, no error
    """A render was cancelled in favour of a more urgent one."""


def never_cancelled() -> bool:
    """Never cancel."""
    return True


@dataclass(frozen=True)
class RenderRequest:
    """Two requests are equal exactly when their results are.

    Attributes:
        source_mask: label map uint8 (512, 512) that the result is to follow; not to be changed afterwards.
        style_key: digest of the style (for the photo's own style, the key of its target).
        size: 512 for the full image, less for a preview.
        weights: name or folder of the set of weights.
        moved: how the photo's own pixels move before anything is drawn into it; None where they stay.
        colors: parts that get another colour in the finished image, by name.
        gaze: how the irises move in the finished image.
        network_image: the network's own image is wanted even where the finished image needs none.
        mask_digest: digest of ``source_mask``; stands for it in comparisons.
        moved_key: the same for ``moved``.
    """

    source_mask: np.ndarray = field(compare=False, repr=False)
    style_key: str
    size: int = CROP_SIZE
    weights: str = "studio"
    moved: MovedPhoto | None = field(default=None, compare=False, repr=False)
    colors: tuple[tuple[str, Recoloring], ...] = ()
    gaze: Gaze = field(default_factory=Gaze)
    network_image: bool = False
    mask_digest: str = field(init=False)
    moved_key: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "mask_digest", array_digest(self.source_mask))
        object.__setattr__(self, "moved_key", "" if self.moved is None else self.moved.key)

    def resized(self, size: int) -> RenderRequest:
        """The same request at another size, without a second look at the mask."""
        other = copy(self)
        object.__setattr__(other, "size", size)
        return other


@dataclass(frozen=True, eq=False)
class RenderResult:
    """A rendered image and the request it answers, so that outdated results can be dropped.

    Attributes:
        request: what was asked for.
        image: uint8 (512, 512, 3) RGB.
        milliseconds: time that it took, compositing included.
        device: name of the device it ran on.
    """

    request: RenderRequest
    image: np.ndarray
    milliseconds: float
    device: str
