"""Write results to files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
from PIL import Image

from maskgan_studio.errors import StudioError
from maskgan_studio.labels import PARTS
from maskgan_studio.photo.files.saving import save_photo
from maskgan_studio.photo.masks.mask_files import part_file_name, save_color_mask, save_mask, save_parts

if TYPE_CHECKING:
    from maskgan_studio.document.session import Session
    from maskgan_studio.engine.target import Target


def export_network_output(path: Path, mark_as_ai: bool, image: np.ndarray) -> None:
    """Write the bare 512² image and, if wanted, the mark; raises StudioError."""
    save_photo(path, image, mark_as_ai=mark_as_ai)


def export_mask(path: Path, session: Session) -> None:
    """Write the edited mask as palette PNG with values 0 to 18; raises StudioError."""
    save_mask(path, session.source_mask)


def export_color_mask(path: Path, session: Session) -> None:
    """Write the edited mask in the class colours; raises StudioError."""
    save_color_mask(path, session.source_mask)


def export_parts(folder: Path, session: Session) -> None:
    """Write one mask per part, named as in CelebAMask-HQ; raises StudioError."""
    save_parts(folder, session.source_mask)


def part_files(folder: Path) -> list[Path]:
    """The files that ``export_parts`` may write."""
    return [folder / part_file_name(part) for part in PARTS[1:]]


def export_side_by_side(path: Path, target: Target, colors: np.ndarray, mark_as_ai: bool, pixels: np.ndarray) -> None:
    """Write the aligned face, its edited mask in colours uint8 (512, 512, 3), and the edited photo's face beside each
    other; raises StudioError."""
    edited = target.alignment.crop(pixels)
    pixels = np.concatenate([target.crop, colors, edited], axis=1)
    save_photo(path, pixels, mark_as_ai=mark_as_ai)


def export_animation(path: Path, frames: list[np.ndarray], frames_per_second: float = 12.0) -> None:
    """Write images uint8 (H, W, 3) as an endless GIF or WebP, or as an MP4; raises StudioError."""
    try:
        if path.suffix.lower() == ".mp4":
            _write_mp4(path, frames, frames_per_second)
        else:
            images = [Image.fromarray(frame) for frame in frames]
            images[0].save(
                path, save_all=True, append_images=images[1:], duration=round(1000 / frames_per_second), loop=0
            )
    except OSError as problem:
        raise StudioError("“{name}” cannot be written; choose another place.", name=path.name) from problem


def _write_mp4(path: Path, frames: list[np.ndarray], frames_per_second: float) -> None:
    height, width = frames[0].shape[:2]
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), frames_per_second, (width, height))
    if not writer.isOpened():
        raise OSError(path)
    for frame in frames:
        writer.write(cv2.cvtColor(frame, cv2.COLOR_RGB2BGR))
    writer.release()
