"""What the canvas shows, apart from where and how."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from PySide6.QtGui import QImage

from maskgan_studio.app.canvas.overlay import MaskOverlay
from maskgan_studio.app.canvas.placed_image import PlacedImage
from maskgan_studio.document.geometry.symmetry import Axis

#: The views: photo with mask beside the result, photo beside the result, photo with mask, mask over the result, photo
#: and result at a slider, photo with mask and result at a slider, the result alone, how far it differs from the photo.
MODES = ("side", "compare", "mask", "overlay", "split", "mask_split", "result", "difference")
#: The views whose panes meet at a slider.
SPLIT_MODES = ("split", "mask_split")


@dataclass
class Scene:
    """The images of the open document and how they are to be shown.

    Attributes:
        size: width and height of the crop; the labels have this shape.
        labels: uint8 (size, size) composite of the layers, or None when nothing is open.
        crop: the aligned face, which also fills in what the photo lacks.
        photo: the whole photo in the crop's coordinates.
        moved: the part of the photo whose pixels the face's sliders have moved, to lie over it; None where they stay.
        others: what was made of other faces of the photo, to lie over it.
        result, fading: the newest result, and the one before while it fades.
        fade: 0 to 1, how far ``result`` has taken over from ``fading``.
        is_preview: ``result`` is a rough picture that a better one will replace.
        split: position of the split slider, 0 to 1 of the pane's width.
        original: the photo alone is shown while the user holds the key.
        frozen: bool (size, size), pixels that no tool changes; None for none. Read whenever it is drawn.
        doubts: an image of the crop with hatching where the mask is doubtful; None for none.
        axis: the axis of symmetric painting, None when it is off.
        behind: 0 to 1, how far the network is with the newest edit; None when the result is up to date.
    """

    size: int = 512
    labels: np.ndarray | None = None
    crop: PlacedImage | None = None
    photo: PlacedImage | None = None
    moved: PlacedImage | None = None
    others: tuple[PlacedImage, ...] = ()
    result: PlacedImage | None = None
    fading: PlacedImage | None = None
    fade: float = 1.0
    is_preview: bool = False
    mode: str = "side"
    split: float = 0.5
    original: bool = False
    show_mask: bool = True
    behind: float | None = None
    frozen: np.ndarray | None = None
    doubts: QImage | None = None
    axis: Axis | None = None
    overlay: MaskOverlay = field(default_factory=MaskOverlay)

    @property
    def is_provisional(self) -> bool:
        """Whether the full result of what is painted is still to come."""
        return self.photo is not None and (self.is_preview or self.behind is not None)
