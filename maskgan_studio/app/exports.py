"""Writes what a person made to files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from maskgan_studio.app.render_job import Rendered
from maskgan_studio.photo.loading import Photo
from maskgan_studio.photo.masks import save_mask
from maskgan_studio.photo.saving import save_photo

if TYPE_CHECKING:
    from maskgan_studio.document.session import Session
    from maskgan_studio.engine.target import Target


def whole_picture(target: Target, rendered: Rendered) -> np.ndarray:
    """Return the photo with the edit in it, uint8 (H, W, 3): outside the face the photo's own pixels."""
    pixels = target.photo.pixels.copy()
    height, width = rendered.edit.shape[:2]
    pixels[rendered.top : rendered.top + height, rendered.left : rendered.left + width] = rendered.edit
    return pixels


def export_picture(path: Path, target: Target, rendered: Rendered) -> None:
    """Write the edited photo at its own size with its metadata; raises StudioError."""
    save_photo(path, whole_picture(target, rendered), target.photo)


def export_network_output(path: Path, rendered: Rendered) -> None:
    """Write the bare 512² picture; raises StudioError."""
    save_photo(path, rendered.result.image, Photo.from_pixels(rendered.result.image))


def export_mask(path: Path, session: Session) -> None:
    """Write the edited mask as palette PNG with values 0 to 18; raises StudioError."""
    save_mask(path, session.source_mask)
